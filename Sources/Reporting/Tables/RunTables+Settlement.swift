import Declared

/// Settlement systems and banks.
extension RunTables {
  static let settlement = [
    systems, liquidity, delays, queues, mechanisms, monitoring, valueByHour, banks,
  ]

  private static let systems = RunTable(
    "systems", "Settlement systems", zeros: .hideRows, rows: \.systems,
    columns: [
      .system,
      .text("mode", "mode", "The settlement mode in force") { $0.mode },
      .count("submitted", "submitted", "Payments submitted") { $0.submitted },
      .count("settled", "settled", "Payments settled") { $0.settled },
      .money("value", "value settled", "Value settled") { $0.amount($0.value) },
    ])

  private static let liquidity = RunTable(
    "liquidity", "Liquidity",
    note: "Each bank's own largest day, added up (BCBS 248): the most it had sent, net; beside "
      + "what it had sent, net, at a close, and the most if all had settled on arrival. Relative "
      + "is between these, where each day settled what came in on it, no more and no less. "
      + "Turnover and nets are of all days. Of wires, after batching: strategies are compared by "
      + "the figures of transfers.",
    zeros: .hideRows, rows: \.systems,
    columns: [
      .system,
      .money("usage", "usage", "Most sent, net, on each bank's own largest day, summed") {
        $0.amount($0.usage)
      },
      .money("lower_bound", "lower bound", "Sent, net, at the close of each bank's own largest day")
      {
        $0.amount($0.lowerBound)
      },
      .money("upper_bound", "upper bound", "The same if all had settled on arrival") {
        $0.amount($0.upperBound)
      },
      .ratio("relative_usage", "relative", "(usage - lower) / (upper - lower)") {
        $0.relativeUsage
      },
      TableColumn.number(
        "turnover_ratio", "turnover", "Value settled for each unit of liquidity used"
      ) {
        $0.turnoverRatio
      }.detail,
      .ratio("bilateral_efficiency", "bilateral net", "1 - net / gross over pairs") {
        $0.bilateralEfficiency
      },
      .ratio("multilateral_efficiency", "multilateral net", "1 - net / gross of all") {
        $0.multilateralEfficiency
      },
    ])

  private static let delays = RunTable(
    "delays", "Delay of wires",
    note: "From submission to settlement, weighted by value; the ratio is a part of the longest "
      + "possible.",
    zeros: .hideRows, rows: \.systems,
    columns: [
      .system,
      .ratio("delay_ratio", "delay ratio", "Delay by value as a part of the longest possible") {
        $0.delayRatio
      },
      .duration("mean_ns", "mean delay", "Mean by value") { $0.meanDelay },
      .duration("p50_ns", "p50", "Median") { $0.delayQuantiles[0] },
      .duration("p95_ns", "p95", "95th percentile") { $0.delayQuantiles[1] },
      .duration("p99_ns", "p99", "99th percentile") { $0.delayQuantiles[2] },
    ])

  private static let queues = RunTable(
    "queues", "Queues",
    note: "Averages are over the opening hours of the scenario's settlement days. In gridlock some "
      + "waiting payments could settle at one moment, in deadlock none; unknown is which.",
    zeros: .hideRows, rows: \.systems,
    columns: [
      .system,
      .count("largest", "most", "Most payments queued at one time") { $0.largestQueue },
      .number("average", "average", "Payments queued on average") { $0.averageQueue },
      .money("largest_value", "most value", "Largest value queued at one time") {
        $0.amount($0.largestQueueValue)
      },
      .money("average_value", "average value", "Value queued on average") {
        $0.amount($0.averageQueueValue)
      },
      .money("unsettled_at_close", "unsettled", "Most value that stood unsettled at a close") {
        $0.amount($0.unsettledAtClose)
      },
      .duration("gridlock_ns", "gridlock", "Stuck though a set could have settled together") {
        $0.gridlockTime
      },
      .duration("deadlock_ns", "deadlock", "Stuck so that only more liquidity could help") {
        $0.deadlockTime
      },
      .duration("unknown_stall_ns", "unknown", "Stuck, and neither of both was proven") {
        $0.unknownStallTime
      },
    ])

  private struct Mechanism {
    let system: SystemReport
    let row: MechanismRow
  }

  private static let mechanisms = RunTable(
    "mechanisms", "Settled by mechanism", zeros: .hideRows,
    rows: { result in
      result.systems.flatMap { system in
        system.mechanisms.map { Mechanism(system: system, row: $0) }
      }
    },
    columns: [
      .name("currency", "system", "The system, by its currency") { $0.system.currency },
      .name("name", "mechanism", "The mechanism") { $0.row.name },
      .count("count", "payments", "Payments, or parts of split ones") { $0.row.count },
      .money("value", "value", "Their value") { $0.row.value },
      .ratio("share", "share", "Part of the whole value settled") { $0.row.share },
    ])
}

extension TableColumn<SystemReport> {
  /// The settlement system that a row is about.
  static var system: Self {
    .name("currency", "system", "The system, by its currency") { $0.currency }
  }
}
