import Declared
import Measurement

/// What a settlement system has done, in numbers that have no currency: these merge over systems.
public struct InterbankCounts: Measured, Equatable {
  /// Payments handed in and taken up.
  public var submitted = 0
  /// Payments that have settled whole.
  public var settled = 0
  /// Payments that were refused when they were handed in.
  public var rejected = 0
  /// Payments of which something went back to the payer.
  public var returned = 0
  /// Those of which something was taken back while they waited.
  public var cancelled = 0
  /// Changes of the priority of payments that waited.
  public var reprioritised = 0
  /// Payments that were handed in once more while they waited.
  public var resubmitted = 0
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
  /// Time (ns) in which payments waited, nothing settled, and some could have settled together.
  public var gridlockTime: Int64 = 0
  /// Time (ns) in which payments waited and no set of them could have settled.
  public var deadlockTime: Int64 = 0
  /// Time (ns) in which payments waited, nothing settled, and it could not be told whether some
  /// could have settled together: to prove that would have taken too long.
  public var unknownStallTime: Int64 = 0

  /// Nothing yet.
  public init() {}

  /// Settlements by one mechanism.
  public func count(_ mechanism: SettlementMechanism) -> Int {
    byMechanism[Int(mechanism.rawValue)]
  }

  /// Share of the settlements by one mechanism, 0 to 1; nil without any.
  public func share(_ mechanism: SettlementMechanism) -> Double? {
    let all = byMechanism.reduce(0, +)
    return all == 0 ? nil : Double(count(mechanism)) / Double(all)
  }
}

extension InterbankCounts {
  /// What settlement systems count, of the payments that they are given.
  public static let figures: [Figure<InterbankCounts>] = [
    .count("interbank.submitted", \.submitted, "payments handed in and taken up"),
    .count(
      "interbank.settled", \.settled, .higherIsBetter, "payments that have settled whole"),
    .count(
      "interbank.rejected", \.rejected, .lowerIsBetter,
      "payments refused when they were handed in"),
    .count(
      "interbank.returned", \.returned, .lowerIsBetter,
      "payments of which something went back to the payer"),
    .count(
      "interbank.cancelled", \.cancelled,
      "payments of which something was taken back, by its bank or as a bank had failed"),
    .count(
      "interbank.reprioritised", \.reprioritised, "changes of the priority of waiting payments"),
    .count(
      "interbank.resubmitted", \.resubmitted, "waiting payments that were handed in once more"),
    .counts(
      "interbank.mechanism", \.byMechanism, SettlementMechanism.allCases.map(\.name),
      "settlements by mechanism"),
    .latency(
      "interbank_latency", \.delay, .histogram,
      "payment handed in to a settlement system to settled whole"),
    .count("system_deadlines.timed", \.timed, "payments with a deadline"),
    .count(
      "system_deadlines.met", \.deadlinesMet, .higherIsBetter,
      "payments with a deadline that settled in time"),
    .count(
      "system_deadlines.missed", \.deadlinesMissed, .lowerIsBetter,
      "payments with a deadline that settled late, were refused or went back"),
    .share(
      "system_deadlines.met_ratio", .neutral, "payments with a deadline that settled in time",
      { $0.deadlinesMet }, of: { $0.timed }),
    Figure(
      "queue.largest", \.maximumQueue, .count, .lowerIsBetter, .maximum,
      "most payments that waited at once in one system"
    ).standard(),
    .stored(\.queueTime, .sum, in: "queue.average"),
    .derived(
      "gridlock.seconds", .seconds, .lowerIsBetter,
      "time in which payments waited, nothing settled, and some could have settled together",
      { Double($0.gridlockTime) * 1e-9 }
    ).standard(),
    .stored(\.gridlockTime, .sum, in: "gridlock.seconds"),
    .derived(
      "deadlock.seconds", .seconds, .lowerIsBetter,
      "time in which payments waited and no set of them could have settled",
      { Double($0.deadlockTime) * 1e-9 }),
    .stored(\.deadlockTime, .sum, in: "deadlock.seconds"),
    .derived(
      "stall_unknown.seconds", .seconds, .lowerIsBetter,
      "time in which payments waited and neither gridlock nor deadlock was proven",
      { Double($0.unknownStallTime) * 1e-9 }),
    .stored(\.unknownStallTime, .sum, in: "stall_unknown.seconds"),
  ]
}
