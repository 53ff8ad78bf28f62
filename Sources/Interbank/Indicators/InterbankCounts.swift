import Measurement

/// What a settlement system has done, in numbers that have no currency: these merge over systems.
public struct InterbankCounts: Sendable, Equatable {
  /// Payments handed in and taken up.
  public var submitted = 0
  /// Payments that have settled whole.
  public var settled = 0
  /// Payments that were refused when they were handed in.
  public var rejected = 0
  /// Payments of which something went back to the payer.
  public var returned = 0
  /// Settlements (payments or parts of them), by `SettlementMechanism.rawValue`.
  public var byMechanism = [Int](repeating: 0, count: SettlementMechanism.allCases.count)
  /// From submission to whole settlement, of the payments that have settled.
  public var delay = LatencyHistogram()
  /// Payments with a deadline.
  public var timed = 0
  /// Those of them that settled in time.
  public var deadlinesMet = 0
  /// Those that settled late, were refused or went back; the rest is still open.
  public var deadlinesMissed = 0
  /// The most payments that waited at once in one system.
  public var maximumQueue = 0
  /// Sum over time of the number of waiting payments (payments x ns).
  public var queueTime: Int128 = 0
  /// Time in which systems were open (ns).
  public var openTime: Int64 = 0
  /// Time (ns) in which payments waited, nothing settled, and some could have settled together.
  public var gridlockTime: Int64 = 0
  /// Time (ns) in which payments waited and no set of them could have settled.
  public var deadlockTime: Int64 = 0

  /// Nothing yet.
  public init() {}

  /// Adds what another system has done.
  public mutating func merge(_ other: InterbankCounts) {
    submitted += other.submitted
    settled += other.settled
    rejected += other.rejected
    returned += other.returned
    for index in byMechanism.indices { byMechanism[index] += other.byMechanism[index] }
    delay.merge(other.delay)
    timed += other.timed
    deadlinesMet += other.deadlinesMet
    deadlinesMissed += other.deadlinesMissed
    maximumQueue = max(maximumQueue, other.maximumQueue)
    queueTime += other.queueTime
    openTime += other.openTime
    gridlockTime += other.gridlockTime
    deadlockTime += other.deadlockTime
  }

  /// Settlements by one mechanism.
  public func count(_ mechanism: SettlementMechanism) -> Int {
    byMechanism[Int(mechanism.rawValue)]
  }

  /// Share of the settlements by one mechanism, 0 to 1; nil without any.
  public func share(_ mechanism: SettlementMechanism) -> Double? {
    let all = byMechanism.reduce(0, +)
    return all == 0 ? nil : Double(count(mechanism)) / Double(all)
  }

  /// Waiting payments, averaged over the open time; nil if never open.
  public var averageQueue: Double? {
    openTime == 0 ? nil : Double(queueTime) / Double(openTime)
  }
}
