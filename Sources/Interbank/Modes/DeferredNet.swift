import Declared
import Scenario

/// Deferred net settlement: payments are collected and settle net at the end of each cycle.
public struct DeferredNet: SettlementMode {
  /// `deferred_net`.
  public static let name = "deferred_net"
  /// One line for people.
  public static let summary =
    "Payments settle net at the end of each cycle, those without cover later"
  /// A page for people.
  public static let explanation = """
    Payments are collected. At the end of each cycle (cycle, counted from the start of the
    day) every participant pays or receives only the net amount, at one moment: the least
    liquidity, at the price of the longest delay. Nothing is final before that moment, so no
    one is exposed to a payment that has been passed on but not paid for.

    A payment belongs to the cycle in which it is handed in; one that comes at the very end
    belongs to the next. With settlement_lag a cycle settles that long after its end, while
    the next one is open: only its own payments take part, and a participant's cover for
    others is not touched.

    netting: multilateral (one net amount a participant) or bilateral (one a pair).

    shortfall, when a net debtor has no cover for what it owes:
      move_payments   its last payments in queue_order are moved to the next cycle, one by
                      one, until what remains is covered; this may leave another short,
                      whose last payments are then moved too. What settles is the largest
                      set that keeps the order.
      unwind_debtor   all its payments of the cycle are moved; those to it stay.
    Either way the payments of participants with cover settle.

    Used by: card schemes, ACH operators, Bacs, EURO1 (end of day).
    """
  /// Between whom net amounts are formed.
  public enum Netting: String, Sendable, CaseIterable {
    /// Each participant against all others.
    case multilateral
    /// Each pair by itself.
    case bilateral
  }
  /// What is moved to the next cycle when a debtor has no cover.
  public enum Shortfall: String, Sendable, CaseIterable {
    /// Its last payments, as few as suffice.
    case movePayments = "move_payments"
    /// All its payments.
    case unwindDebtor = "unwind_debtor"
  }
  /// See `explanation`.
  public static let parameters = [
    cycleParameter, lagParameter, nettingParameter, shortfallParameter,
    ModeParameters.queueOrder(default: .fifo), ModeParameters.atClose,
  ]

  private static let cycleParameter = ModeParameters.interval(
    "cycle", default: .seconds(14_400), "Length of a cycle; the last one ends at the close")
  private static let lagParameter = ModeParameters.lag(
    "Time from the end of a cycle to its settlement")
  private static let nettingParameter = ParameterDeclaration(
    name: "netting", kind: .choice(Netting.allCases.map(\.rawValue)),
    defaultValue: .choice(Netting.multilateral.rawValue),
    description: "Between whom net amounts are formed")
  private static let shortfallParameter = ParameterDeclaration(
    name: "shortfall", kind: .choice(Shortfall.allCases.map(\.rawValue)),
    defaultValue: .choice(Shortfall.movePayments.rawValue),
    description: "What is moved to the next cycle when a debtor has no cover")

  /// Nothing settles between the ends of cycles.
  public let queueRule: QueueRule
  /// What happens at the close.
  public let closingRule: ClosingRule
  /// Between whom net amounts are formed.
  public let netting: Netting
  /// What is moved when a debtor has no cover.
  public let shortfall: Shortfall
  private let cycle: Int64
  private let lag: Int64

  /// The mode with these parameters.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {
    queueRule = QueueRule(
      order: try ModeParameters.queueOrder(in: parameters), settlesGross: false)
    closingRule = try ModeParameters.closingRule(in: parameters)
    cycle = ModeParameters.nanoseconds(try Self.cycleParameter.duration(in: parameters))
    lag = try ModeParameters.lag(in: parameters)
    let netting = try Self.nettingParameter.choice(in: parameters)
    let shortfall = try Self.shortfallParameter.choice(in: parameters)
    guard let netting = Netting(rawValue: netting), let shortfall = Shortfall(rawValue: shortfall)
    else { preconditionFailure("\(netting) \(shortfall)") }
    self.netting = netting
    self.shortfall = shortfall
  }

  /// A payer's order is kept where all payments are netted together; payments of a later cycle may
  /// go before others only by an order that is not that of arrival.
  public var promise: QueuePromise {
    guard netting == .multilateral, queueRule.order.isStrict else { return .none }
    return lag == 0 || queueRule.order == .fifo ? .strict(queueRule.order) : .none
  }

  /// Payments wait by design.
  public var watchesStalls: Bool { false }

  /// The payment waits for the end of the cycle.
  public func accept(_ payment: InterbankPayment, in state: inout SettlementState) {
    state.enqueue(payment, .awaitingCycle)
  }

  /// The next settlement of a cycle, if payments wait.
  public func nextTick(in state: SettlementState) -> Int64? {
    state.queuedCount == 0 ? nil : state.nextMultiple(of: cycle, lag: lag)
  }

  /// Settles the cycle that ended `lag` ago.
  public func tick(in state: inout SettlementState) {
    settle(before: lag == 0 ? .max : state.now - lag, in: &state)
  }

  /// The last cycle ends at the close.
  public func close(in state: inout SettlementState) { settle(before: .max, in: &state) }

  private func settle(before cutOff: Int64, in state: inout SettlementState) {
    switch (netting, shortfall) {
    case (.multilateral, .movePayments): _ = state.resolveGridlock(.netCycle, before: cutOff)
    case (.multilateral, .unwindDebtor): state.settleWithoutShortDebtors(before: cutOff)
    case (.bilateral, _):
      state.settlePairs(before: cutOff, wholeDebtors: shortfall == .unwindDebtor)
    }
    state.deferWaiting(before: cutOff)
  }
}
