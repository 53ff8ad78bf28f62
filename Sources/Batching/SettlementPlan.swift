import PaymentModel

/// What a strategy makes of pending obligations.
///
/// A strategy settles its batches at the earliest as soon as they are released, and no later than
/// in the window they state. Which wires move the money follows from the batches (`Wires`), and
/// which currencies are exchanged (`Conversions`).
public struct SettlementPlan: Sendable, Equatable {
  /// The batches in the order in which they are to be sent.
  public var batches: [PlannedBatch]
  /// Positions of obligations that stay pending, ascending.
  public var deferred: [Int]
  /// How the plan was found, where that was a search.
  public var report: PlanReport?

  /// A plan.
  public init(
    batches: [PlannedBatch], deferred: [Int] = [], report: PlanReport? = nil
  ) {
    self.batches = batches
    self.deferred = deferred
    self.report = report
  }

  /// Number of obligations in batches.
  public var payments: Int { batches.reduce(0) { $0 + $1.members.count } }

  /// The settlements: ranges of batches that are parts of one.
  public var settlements: [Range<Int>] {
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(batches.count)
    var start = 0
    for position in batches.indices.dropFirst() where batches[position].part == 0 {
      ranges.append(start..<position)
      start = position
    }
    if !batches.isEmpty { ranges.append(start..<batches.count) }
    return ranges
  }
}

/// How a plan was searched for, and how good it is.
public struct PlanReport: Sendable, Equatable {
  /// The method that gave the plan, such as `dive`.
  public var method: String
  /// No plan costs less, in minor units of the reporting currency; nil if no bound was found.
  public var lowerBound: Double?
  /// What the plan costs above the bound, as a part of the plan's cost; nil without a bound.
  public var gap: Double?
  /// Linear programs solved.
  public var linearPrograms: Int
  /// Nodes of the branch-and-bound tree.
  public var nodes: Int
  /// Why a simpler method was taken than the one asked for; nil if it was not.
  public var fallback: String?
  /// Fingerprint of the plan: equal for equal obligations in an equal world.
  public var hash: UInt64
  /// The plans of single payers that this one is put together from, by payer, ascending.
  public var parts: [PayerPlanReport] = []

  /// A report without parts.
  public init(
    method: String, lowerBound: Double?, gap: Double?, linearPrograms: Int, nodes: Int,
    fallback: String?, hash: UInt64
  ) {
    self.method = method
    self.lowerBound = lowerBound
    self.gap = gap
    self.linearPrograms = linearPrograms
    self.nodes = nodes
    self.fallback = fallback
    self.hash = hash
  }
}

/// How the plan of one payer was searched for, and how good it is.
public struct PayerPlanReport: Sendable, Equatable {
  /// The method that gave the plan: `dive`, `branch_and_bound` or `greedy`.
  public var method: String
  /// Obligations planned.
  public var payments: Int
  /// Those of them that are put off.
  public var deferred: Int
  /// Wires of the plan.
  public var wires: Int
  /// What the plan costs, in millionths of a minor unit of the reporting currency.
  public var cost: Int64
  /// What the greedy rule's plan costs, in the same unit.
  public var greedyCost: Int64
  /// No plan costs less, in minor units of the reporting currency; nil if no bound was found.
  public var lowerBound: Double?
  /// What the plan costs above the bound, as a part of the plan's cost; nil without a bound.
  public var gap: Double?
  /// Linear programs solved.
  public var linearPrograms: Int
  /// Nodes of the branch-and-bound tree.
  public var nodes: Int
  /// Why a simpler method was taken than the one asked for; nil if it was not.
  public var fallback: String?
  /// Fingerprint of the plan.
  public var hash: UInt64
  /// What was planned, and the whole plan; only on the way to whoever writes it down.
  public var instance: PlanInstance?
}

extension PlanReport {
  /// The payers of `parts`, in the same order, of a plan that was made for `pending`: who owes
  /// something, ascending.
  public func payers(of pending: [Obligation]) -> [BankID] {
    Set(pending.lazy.filter { $0.amount > 0 }.map(\.route.payer)).sorted()
  }
}
