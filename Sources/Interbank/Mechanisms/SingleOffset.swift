import Declared
import Scenario

/// One payment against one in the opposite direction.
public struct SingleOffset: LiquiditySavingMechanism {
  /// `bilateral_offset`.
  public static let name = "bilateral_offset"
  /// One line for people.
  public static let summary = "One payment against one in the opposite direction, at once"
  /// A page for people.
  public static let explanation = """
    A payment that has to wait is offset against one that its payee has waiting for its payer, at
    once and again at each run; either payer needs cover for the difference alone.

    Under a strict queue order both must be the first of their queues; under fifo_bypass any two
    payments of the pair may be, of which the payment's counterparts are tried in their order, up to
    64 of them.

    Settlements count as bilateral_offset.
    """
  /// None.
  public static let parameters: [ParameterDeclaration] = []

  /// The mechanism.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {}

  /// Offsets the payment.
  public func accept(_ payment: InterbankPayment, in state: inout SettlementState) -> Bool {
    state.offset(payment.id, of: payment.payer, OffsetRule(maximum: 1, in: state.rule))
  }

  /// Offsets every payment that may be.
  public func run(in state: inout SettlementState) {
    _ = state.offsetAll(OffsetRule(maximum: 1, in: state.rule))
  }
}
