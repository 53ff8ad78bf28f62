import Declared
import Scenario

/// One payment against several in the opposite direction.
public struct OneToManyOffset: LiquiditySavingMechanism {
  /// `one_to_many_offset`.
  public static let name = "one_to_many_offset"
  /// One line for people.
  public static let summary =
    "One payment against up to offset_limit in the opposite direction, at once"
  /// A page for people.
  public static let explanation = """
    A payment that has to wait is offset against the first payments that its payee has waiting for
    its payer, as many as suffice and offset_limit at most, at once and again at each run (RITS of
    Australia tries ten: Reserve Bank of Australia, Research Discussion Paper 2012-05).

    Under a strict queue order all must be the first of their queues. Under fifo_bypass the
    combination that comes first in the order of the queue is taken; the search looks at 64 payments
    of the counterparty and gives up after 4,096 steps.

    Settlements count as bilateral_offset.
    """
  /// See `explanation`.
  public static let parameters = [ModeParameters.offsetLimit]

  private let maximum: Int

  /// The mechanism.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    maximum = try ModeParameters.offsetLimit(in: parameters)
  }

  /// Offsets the payment.
  public func accept(_ payment: InterbankPayment, in state: inout SettlementState) -> Bool {
    state.offset(payment.id, of: payment.payer, OffsetRule(maximum: maximum, in: state.rule))
  }

  /// Offsets every payment that may be.
  public func run(in state: inout SettlementState) {
    _ = state.offsetAll(OffsetRule(maximum: maximum, in: state.rule))
  }
}
