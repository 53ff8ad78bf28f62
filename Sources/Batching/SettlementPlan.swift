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
