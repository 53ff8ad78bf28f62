import Declared

/// A table of the result of a run.
public typealias RunTable = Table<RunResult>

/// The tables of a result in reading order: the one list that screen, Markdown, page,
/// `summary.json` and the CSV files render. A table that is not in it is nowhere; one that is, is
/// everywhere.
public enum RunTables {
  /// All tables.
  public static let all: [RunTable] =
    path + costs + transfers + settlement + money + checks + judgements + [metrics]

  /// The table with that name in files.
  public static func table(_ id: String) -> RunTable? { all.first { $0.id == id } }
}

/// The way of payments.
extension RunTables {
  static let path = [steps, endStates, refusals, latencies, throughput, faults]

  private struct Share {
    let row: NamedCount
    let whole: Int
    var ratio: Double? { whole == 0 ? nil : Double(row.count) / Double(whole) }
  }

  private static let steps = RunTable(
    "steps", "Steps of a payment",
    rows: { result in
      result.steps.map { Share(row: $0, whole: result.steps.first?.count ?? 0) }
    },
    columns: [
      .name("name", "step", "A step of a payment, in the order it meets them") { $0.row.name },
      .count("count", "payments", "Payments that passed it") { $0.row.count },
      .ratio("of_first", "of the first", "Part of those that met the first step") { $0.ratio },
    ])

  private static let endStates = RunTable(
    "end_states", "How payments ended", layout: .line(label: "ended"), zeros: .hideRows,
    rows: { result in
      let whole = result.endStates.reduce(0) { $0 + $1.count }
      return result.endStates.map { Share(row: $0, whole: whole) }
    },
    columns: [
      .name("name", "outcome", "How accepted payments ended") { $0.row.name },
      .count("count", "payments", "Payments that ended so") { $0.row.count },
      .ratio("of_accepted", "of accepted", "Part of all accepted payments") { $0.ratio },
    ])

  private static let refusals = RunTable(
    "refusals", "Requests refused", layout: .line(label: "refused"), zeros: .hideRows,
    rows: \.refusals,
    columns: [
      .name("name", "answer", "Why requests were not accepted") { $0.name },
      .count("count", "requests", "Requests answered so, retries included") { $0.count },
    ])

  private static let latencies = RunTable(
    "latencies", "Latency", note: "Virtual time.", zeros: .hideRows, rows: \.latencies,
    columns: [
      .name("name", "latency", "What is measured") { $0.name },
      TableColumn.text("note", "from, to", "From where to where") { $0.note }.detail,
      .count("count", "count", "Samples") { $0.count },
      TableColumn.duration("mean_ns", "mean", "Mean") { $0.known($0.mean) }.detail,
      .duration("p50_ns", "p50", "Median") { $0.known($0.p50) },
      .duration("p95_ns", "p95", "95th percentile") { $0.known($0.p95) },
      .duration("p99_ns", "p99", "99th percentile") { $0.known($0.p99) },
      TableColumn.duration("p999_ns", "p99.9", "99.9th percentile") { $0.known($0.p999) }.detail,
      .duration("max_ns", "max", "Largest") { $0.known($0.max) },
    ])

  private static let throughput = RunTable(
    "throughput", "Throughput", note: "Over virtual time.", zeros: .hideRows,
    rows: { result in
      let transfers = result.transfers.map {
        NamedQuantity("transfers", Quantity($0.acceptedPerSecond, .perSecond))
      }
      return result.throughput + [transfers].compactMap(\.self)
    },
    columns: [
      .name("name", "rate", "What is counted") { $0.name },
      .quantity("value", "value", in: "unit", "How fast") { $0.quantity },
      .unit(of: "value") { $0.quantity },
    ])
}

extension LatencyRow {
  /// Nothing was measured without samples.
  fileprivate func known(_ value: Int64) -> Int64? { count == 0 ? nil : value }
}
