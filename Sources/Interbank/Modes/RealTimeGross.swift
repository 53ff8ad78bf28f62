import Declared
import Scenario

/// Real-time gross settlement: each payment by itself, at once if there is cover; what cannot
/// settle waits in the payer's queue.
public struct RealTimeGross: SettlementMode {
  /// `rtgs`.
  public static let name = "rtgs"
  /// One line for people.
  public static let summary =
    "Real-time gross settlement with queues and a choice of liquidity-saving mechanisms"
  /// A page for people.
  public static let explanation = """
    Every payment settles by itself, finally and at once, if the payer's balance, its credit
    and its caps allow; otherwise it waits in the payer's queue until money comes in. No one
    waits for a cycle, at the price of the most liquidity.

    queue_order says which waiting payment is tried first. All orders but fifo_bypass are
    strict: the first that cannot settle stops those behind it. Strict first-in-first-out is
    what banks can foresee; by-passing settles more value with the same money and lets large
    payments starve.

    liquidity_saving looks for waiting payments that pay for each other:
      bilateral_offset      one against one in the opposite direction, at once and at each
                            interval
      one_to_many_offset    one against up to offset_limit (RITS of Australia tries ten)
      gridlock_resolution   at each interval, the largest set that keeps the queue order,
                            all at one moment (Bech and Soramaki; exact under strict orders)
      maximum_circulation   at each interval, the most value that circulates, payments in
                            part where need be and out of order between different payees
    maximum_part cuts larger payments into parts that settle one after another.

    Used by: Fedwire, CHAPS, T2, RITS, Lynx, in variants.
    """
  /// Which waiting payments are settled together.
  public enum LiquiditySaving: String, Sendable, CaseIterable {
    /// None.
    case none
    /// One against one.
    case bilateralOffset = "bilateral_offset"
    /// One against several.
    case oneToManyOffset = "one_to_many_offset"
    /// The largest set that keeps the order.
    case gridlockResolution = "gridlock_resolution"
    /// The circulation of most value.
    case maximumCirculation = "maximum_circulation"
  }
  /// See `explanation`.
  public static let parameters = [
    ModeParameters.queueOrder(default: .fifo), liquiditySavingParameter,
    ModeParameters.interval(default: .seconds(300)), ModeParameters.offsetLimit,
    ModeParameters.maximumPart, ModeParameters.atClose,
  ]

  private static let liquiditySavingParameter = ParameterDeclaration(
    name: "liquidity_saving", kind: .choice(LiquiditySaving.allCases.map(\.rawValue)),
    defaultValue: .choice(LiquiditySaving.none.rawValue),
    description: "Which waiting payments are settled together")

  /// How waiting payments are taken.
  public let queueRule: QueueRule
  /// What happens at the close.
  public let closingRule: ClosingRule
  /// Which waiting payments are settled together.
  public let liquiditySaving: LiquiditySaving
  private let interval: Int64
  private let offsetRule: OffsetRule

  /// The mode with these parameters.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    let word = try Self.liquiditySavingParameter.choice(in: parameters)
    guard let saving = LiquiditySaving(rawValue: word) else { preconditionFailure(word) }
    liquiditySaving = saving
    queueRule = QueueRule(
      order: try ModeParameters.queueOrder(in: parameters),
      maximumPart: try ModeParameters.maximumPart(in: parameters),
      netsInParts: saving == .maximumCirculation)
    closingRule = try ModeParameters.closingRule(in: parameters)
    interval = try ModeParameters.interval(in: parameters)
    let several = try ModeParameters.offsetLimit(in: parameters)
    offsetRule = OffsetRule(
      maximum: saving == .oneToManyOffset ? several : 1,
      order: queueRule.order.isStrict ? .inOrder : .bypass)
  }

  /// Strict orders are kept unless a circulation passes them.
  public var promise: QueuePromise {
    guard queueRule.order.isStrict, liquiditySaving != .maximumCirculation else { return .none }
    return .strict(queueRule.order)
  }

  /// Settles the payment, or tries to offset it.
  public func accept(_ payment: InterbankPayment, in state: inout SettlementState) {
    guard state.settleOrQueue(payment) != nil, offsets else { return }
    _ = state.offset(payment.id, of: payment.payer, offsetRule)
  }

  /// At each interval, as long as payments wait and are settled together.
  public func nextTick(in state: SettlementState) -> Int64? {
    guard liquiditySaving != .none, state.queuedCount > 0 else { return nil }
    return state.nextMultiple(of: interval)
  }

  /// Settles waiting payments together.
  public func tick(in state: inout SettlementState) {
    switch liquiditySaving {
    case .none: break
    case .bilateralOffset, .oneToManyOffset: _ = state.offsetAll(offsetRule)
    case .gridlockResolution: _ = state.resolveGridlock()
    case .maximumCirculation: _ = state.circulate()
    }
  }

  /// Once more.
  public func close(in state: inout SettlementState) { tick(in: &state) }

  private var offsets: Bool {
    liquiditySaving == .bilateralOffset || liquiditySaving == .oneToManyOffset
  }
}
