/// A plan that the optimiser made for one payer, for `plans.csv`.
public struct PayerPlanRow: Sendable, Equatable {
  /// Virtual time (ns since the scenario's start).
  public var time: Int64
  /// The bank whose payments were planned.
  public var payer: String
  /// Payments planned.
  public var payments: Int
  /// Those of them that were put off to the next plan.
  public var deferred: Int
  /// Wires of the plan.
  public var wires: Int
  /// The method that gave the plan.
  public var method: String
  /// ISO 4217 code of the reporting currency.
  public var currency: String
  /// Decimals of that currency.
  public var decimals: Int
  /// What the plan costs, in millionths of a minor unit.
  public var cost: Int64
  /// What the greedy rule's plan costs, in millionths of a minor unit.
  public var greedyCost: Int64
  /// No plan costs less, in minor units; nil where no linear program was solved.
  public var bound: Double?
  /// (cost - bound) / cost; nil without a bound.
  public var gap: Double?
  /// Linear programs solved.
  public var linearPrograms: Int
  /// Nodes of the branch-and-bound tree.
  public var nodes: Int
  /// Hash of the plan, alike in every process.
  public var hash: UInt64
  /// Why a simpler method was taken than the one asked for; nil if it was not.
  public var fallback: String?

  /// A plan with all that is known of it.
  public init(
    time: Int64, payer: String, payments: Int, deferred: Int, wires: Int, method: String,
    currency: String, decimals: Int, cost: Int64, greedyCost: Int64, bound: Double?, gap: Double?,
    linearPrograms: Int, nodes: Int, hash: UInt64, fallback: String?
  ) {
    self.time = time
    self.payer = payer
    self.payments = payments
    self.deferred = deferred
    self.wires = wires
    self.method = method
    self.currency = currency
    self.decimals = decimals
    self.cost = cost
    self.greedyCost = greedyCost
    self.bound = bound
    self.gap = gap
    self.linearPrograms = linearPrograms
    self.nodes = nodes
    self.hash = hash
    self.fallback = fallback
  }
}
