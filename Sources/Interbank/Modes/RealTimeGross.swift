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

    liquidity_saving looks for waiting payments that pay for each other: a mechanism by its name,
    run at each interval, or a list of them, run in its order, each at its own times:
      liquidity_saving: [fifo, {mechanism: bilateral, every: 1min}, gridlock_resolution]
    An entry of a list has its own every (5min if left out) and its own offset_limit in the place of
    the mode's. At a time at which several are due each finds what the ones before it have left;
    `settlesim list mechanisms` tells them all. Those that pass the order of the queue settle
    payments before others that a strict queue_order puts first.
    maximum_part cuts larger payments into parts that settle one after another.

    Used by: Fedwire, CHAPS, T2, RITS, Lynx, in variants.
    """
  /// See `explanation`.
  public static let parameters = [
    ModeParameters.queueOrder(default: .fifo), liquiditySavingParameter,
    ModeParameters.interval(default: .seconds(300)), ModeParameters.offsetLimit,
    ModeParameters.maximumPart, ModeParameters.atClose,
  ]

  private static let liquiditySavingParameter = LiquiditySaving.parameter(
    default: LiquiditySaving.none, "Which waiting payments are settled together")

  /// How waiting payments are taken.
  public let queueRule: QueueRule
  /// What happens at the close.
  public let closingRule: ClosingRule
  private let saving: LiquiditySaving

  /// The mode with these parameters.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    for own in [ModeParameters.interval(default: .seconds(300)), ModeParameters.offsetLimit] {
      try LiquiditySaving.requireDefault(of: own, besideListIn: parameters)
    }
    saving = try LiquiditySaving(
      Self.liquiditySavingParameter, interval: try ModeParameters.interval(in: parameters),
      in: parameters)
    queueRule = QueueRule(
      order: try ModeParameters.queueOrder(in: parameters),
      maximumPart: try ModeParameters.maximumPart(in: parameters),
      netsInParts: saving.netsInParts, collects: saving.collects)
    closingRule = try ModeParameters.closingRule(in: parameters)
  }

  /// Strict orders are kept unless a mechanism passes them.
  public var promise: QueuePromise {
    guard queueRule.order.isStrict, !saving.passesOrder else { return .none }
    return .strict(queueRule.order)
  }

  /// Settles the payment, or tries to offset it; where payments are collected it waits.
  public func accept(_ payment: InterbankPayment, in state: inout SettlementState) {
    if queueRule.collects, payment.priority != .urgent {
      state.enqueue(payment, .awaitingBatch)
    } else if state.settleOrQueue(payment) == nil {
      return
    }
    saving.accept(payment, in: &state)
  }

  /// When a mechanism is to be run next, as long as payments wait.
  public func nextTick(in state: SettlementState) -> Int64? { saving.nextTick(in: state) }

  /// Settles waiting payments together.
  public func tick(in state: inout SettlementState) { saving.tick(in: &state) }

  /// Once more.
  public func close(in state: inout SettlementState) { saving.close(in: &state) }
}
