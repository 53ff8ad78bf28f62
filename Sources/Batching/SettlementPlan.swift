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
  var settlements: [Range<Int>] {
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

  /// A report.
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
