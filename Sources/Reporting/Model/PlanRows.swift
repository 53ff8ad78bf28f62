/// A plan that the optimiser made in a round, for `plans.csv`; costs are millionths of a minor
/// unit.
public struct RoundPlanRow: Sendable, Equatable {
  /// Virtual time (ns since the scenario's start).
  public var time: Int64
  /// The rule that was followed.
  public var rule: String
  /// Payments planned.
  public var payments = 0
  /// Those that left as the next round would have made them late.
  public var due = 0
  /// Those that wait for a round in which their currency is paid out.
  public var heldForRound = 0
  /// Those that wait for what their exchange can be set off against.
  public var heldForExchange = 0
  /// Those that wait since a bank has no money for them.
  public var heldForFunds = 0
  /// Wires of the plan.
  public var wires = 0
  /// ISO 4217 code of the reporting currency.
  public var currency: String
  /// Decimals of that currency.
  public var decimals: Int
  /// What following the rule to the end of the horizon was expected to cost.
  public var cost: Int64 = 0
  /// The cheapest of the other rules; nil where there was none.
  public var runnerUp: String?
  /// What that was expected to cost.
  public var runnerUpCost: Int64?
  /// Which search gave what was carried out, where the round was solved as an exact model; `rule`
  /// where that found nothing cheaper than the rule's choice.
  public var foundBy: String?
  /// Payments that were decided on in it.
  public var decided: Int?
  /// What the choice costs in it.
  public var roundCost: Int64?
  /// No choice costs less in it.
  public var bound: Int64?
  /// (cost of the choice - bound) / cost; nil without a bound.
  public var gap: Double?
  /// Rules and schedules priced.
  public var priced = 0
  /// Hash of the plan, alike in every process.
  public var hash: UInt64 = 0
  /// Why the search ended early; nil if it did not.
  public var fallback: String?

  /// A plan by a rule, in a currency.
  public init(time: Int64, rule: String, currency: String, decimals: Int) {
    self.time = time
    self.rule = rule
    self.currency = currency
    self.decimals = decimals
  }
}
