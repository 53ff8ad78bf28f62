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
  /// What the exact model of the round came to; nil where it was too large, or there was nothing to
  /// choose.
  public var exact: ExactRound?
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
}

/// What is decided in a round, as a problem that is solved exactly as far as it goes: costs of what
/// is pending alone, in millionths of a minor unit of the reporting currency.
public struct ExactRound: Sendable, Equatable {
  /// Which search gave what is carried out, such as `branch_and_bound`; `rule` where the rule's own
  /// choice was as cheap.
  public var method: String
  /// Payments that could be decided on.
  public var payments: Int
  /// What the choice costs that is carried out.
  public var cost: Int64
  /// What the rule's own choice would have cost.
  public var ruleCost: Int64
  /// No choice costs less.
  public var bound: Int64
  /// Whether nothing is cheaper.
  public var isComplete: Bool

  /// A round with all its parts.
  public init(
    method: String, payments: Int, cost: Int64, ruleCost: Int64, bound: Int64, isComplete: Bool
  ) {
    self.method = method
    self.payments = payments
    self.cost = cost
    self.ruleCost = ruleCost
    self.bound = bound
    self.isComplete = isComplete
  }

  /// What the choice costs above the bound, as a part of its cost.
  public var gap: Double { cost > 0 ? max(0, Double(cost - bound) / Double(cost)) : 0 }
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
