/// How the plan of a round was found, what it leaves and why, and how good it is.
///
/// Costs are millionths of a minor unit of the reporting currency, and are those of the whole
/// horizon: what is expected of following a rule from this round on.
public struct PlanReport: Sendable, Equatable {
  /// The rule that is followed in this round, such as `lots_together`.
  public var method: String
  /// Obligations planned.
  public var payments = 0
  /// Those of them that leave since the next round would make them late.
  public var due = 0
  /// Those that wait for a round in which their currency is paid out.
  public var heldForRound = 0
  /// Those that wait for something that their exchange can be set off against.
  public var heldForExchange = 0
  /// Those that wait since a bank has no money for them.
  public var heldForFunds = 0
  /// Wires of the plan.
  public var wires = 0
  /// What following the rule is expected to cost.
  public var cost: Int64
  /// The rule that is the cheapest of all others, and what following it would cost; nil where there
  /// is none.
  public var runnerUp: PricedRule?
  /// No schedule of rounds costs less by the same estimate; nil where that is not proved.
  public var lowerBound: Int64?
  /// Rules and schedules priced.
  public var priced = 0
  /// Why the search ended before nothing could be improved any more; nil if it did not.
  public var fallback: String?
  /// Fingerprint of the plan: equal for equal obligations in an equal world.
  public var hash: UInt64 = 0

  /// A report of a rule and its cost.
  public init(method: String, cost: Int64) {
    self.method = method
    self.cost = cost
  }

  /// Those of the obligations that wait.
  public var deferred: Int { heldForRound + heldForExchange + heldForFunds }

  /// What the rule costs above the bound, as a part of its cost; nil without a bound.
  public var gap: Double? {
    lowerBound.map { cost > 0 ? max(0, Double(cost - $0) / Double(cost)) : 0 }
  }
}

/// What following a rule to the end of the horizon is expected to cost.
public struct PricedRule: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// Millionths of a minor unit of the reporting currency.
  public var cost: Int64

  /// A rule and its cost.
  public init(name: String, cost: Int64) {
    self.name = name
    self.cost = cost
  }
}
