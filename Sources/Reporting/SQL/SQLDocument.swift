import Declared
import Measurement
import Text

/// A result as SQL that DuckDB and SQLite read alike: a table for the run, for each table of
/// `RunTables` with its typed columns, and for each series.
///
/// It is one transaction, and tables that are there already make it fail: two runs are not mixed.
/// Money has two columns, the amount as in the files and `..._minor` in minor units, which is exact
/// in SQLite too.
public enum SQLDocument {
  /// The statements that make and fill the tables of `result`.
  public static func render(_ result: RunResult) -> String {
    var text = "BEGIN TRANSACTION;\n"
    write(run(result), to: &text)
    for table in RunTables.all { write(Self.table(table, result), to: &text) }
    for (name, series) in series(result) { write(Self.table(name, series), to: &text) }
    return text + "COMMIT;\n"
  }

  /// A table ready to be written.
  private struct SQLTable {
    struct Column {
      var name: String
      var type: String
      var meaning: String
    }
    var name: String
    var title: String
    var columns: [Column]
    /// Literals, row by row.
    var rows: AnySequence<[String]>
  }

  /// Rows of one statement.
  private static let rowsPerInsert = 500

  private static func write(_ table: SQLTable, to text: inout String) {
    text += "\n-- \(table.title)\nCREATE TABLE \(identifier(table.name)) (\n"
    for (place, column) in table.columns.enumerated() {
      let comma = place + 1 < table.columns.count ? "," : ""
      text += "  \(identifier(column.name)) \(column.type)\(comma)  -- \(column.meaning)\n"
    }
    text += ");\n"
    var count = 0
    for row in table.rows {
      let isFirst = count % rowsPerInsert == 0
      if isFirst, count > 0 { text += ";\n" }
      text += isFirst ? "INSERT INTO \(identifier(table.name)) VALUES\n  (" : ",\n  ("
      text += row.joined(separator: ", ") + ")"
      count += 1
    }
    if count > 0 { text += ";\n" }
  }

  // MARK: the run

  private static func run(_ result: RunResult) -> SQLTable {
    let identity = result.identity
    let cells = [
      ("scenario", "TEXT", "Name of the scenario", string(identity.scenarioName)),
      // As text: a seed may be larger than any integer of SQLite.
      ("seed", "TEXT", "Seed of all random streams", string(String(identity.seed))),
      ("digest", "TEXT", "Hash of all events", string(identity.digestHex)),
      ("event_count", "BIGINT", "Events behind it", String(identity.eventCount)),
      ("verdict", "TEXT", "Outcome of the run", string(result.verdict.rawValue)),
      ("complete", "BOOLEAN", "Whether it came to its end", result.isComplete ? "TRUE" : "FALSE"),
      (
        "start_s", "BIGINT", "UTC second since 1970-01-01 at which virtual time begins",
        String(result.startSecond)
      ),
      (
        "virtual_time_ns", "BIGINT", "Virtual time at the end of the run",
        String(result.virtualTimeNanoseconds)
      ),
      ("settlesim_version", "TEXT", "The settlesim that ran it", string(identity.settlesimVersion)),
    ]
    return SQLTable(
      name: "run", title: "The run",
      columns: cells.map { .init(name: $0.0, type: $0.1, meaning: $0.2) },
      rows: AnySequence([cells.map(\.3)]))
  }

  // MARK: tables

  private static func table(_ table: RunTable, _ result: RunResult) -> SQLTable {
    var decimals = [Int](repeating: 0, count: table.columns.count)
    for row in table.rows(of: result) {
      for (place, cell) in row.enumerated() {
        decimals[place] = max(decimals[place], cell.decimals)
      }
    }
    var columns: [SQLTable.Column] = []
    for (place, column) in table.columns.enumerated() {
      columns.append(
        .init(
          name: column.key, type: type(column.kind, decimals: decimals[place]),
          meaning: column.meaning + (column.kind.hasUnit ? " (\(column.kind.unit))" : "")))
      if column.kind.isMoney {
        columns.append(
          .init(name: column.key + "_minor", type: "BIGINT", meaning: "The same in minor units"))
      }
    }
    return SQLTable(
      name: table.id, title: table.title, columns: columns,
      rows: AnySequence(
        table.rows(of: result).lazy.map { row in
          zip(row, table.columns).flatMap { cell, column in
            column.kind.isMoney ? [literal(cell), minorUnits(cell)] : [literal(cell)]
          }
        }))
  }

  private static func type(_ kind: ColumnKind, decimals: Int) -> String {
    switch kind {
    case .name, .text, .currency: "TEXT"
    case .flag, .verdict: "BOOLEAN"
    case .count, .fault, .nanoseconds: "BIGINT"
    case .money, .fineMoney: "DECIMAL(38, \(decimals))"
    case .ratio, .perSecond, .number, .measure: "DOUBLE"
    }
  }

  private static func literal(_ cell: TableCell) -> String {
    switch cell.value {
    case .absent, .verdict(nil): "NULL"
    case .text(let text): string(text)
    case .flag(let flag), .verdict(let flag?): flag ? "TRUE" : "FALSE"
    case .ratio(let value), .perSecond(let value), .number(let value):
      value.isFinite ? value.description : "NULL"
    case .count, .nanoseconds, .money, .fineMoney: cell.field
    }
  }

  private static func minorUnits(_ cell: TableCell) -> String {
    if case .money(let scaled, _, _) = cell.value { String(scaled) } else { "NULL" }
  }

  // MARK: series

  private static func series(_ result: RunResult) -> [(name: String, series: TimeSeries)] {
    [
      ("timeseries", result.series), ("settlement_series", result.settlementSeries),
      ("transfer_series", result.transferSeries),
    ].compactMap { name, series in series.map { (name, $0) } }
  }

  private static func table(_ name: String, _ series: TimeSeries) -> SQLTable {
    let columns = [
      SQLTable.Column(
        name: "slot_start_ns", type: "BIGINT", meaning: "Start of the slot of virtual time (ns)")
    ]
    let values = series.columns.map {
      SQLTable.Column(
        name: $0.name, type: "BIGINT",
        meaning: $0.kind == .sum ? "Counted in the slot" : "Largest in the slot")
    }
    return SQLTable(
      name: name, title: "Slots of virtual time", columns: columns + values,
      rows: AnySequence(
        (0..<series.slotCount).lazy.map { slot in
          [String(Int64(slot) * series.slotLength)]
            + series.columns.indices.map { String(series.value($0, slot: slot)) }
        }))
  }

  // MARK: words

  private static func identifier(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  private static func string(_ text: String) -> String {
    "'" + visible(text).replacing("'", with: "''") + "'"
  }
}

extension TableCell {
  /// Decimals of an amount; zero for other values.
  fileprivate var decimals: Int {
    switch value {
    case .money(_, _, let decimals), .fineMoney(_, _, let decimals): decimals
    default: 0
    }
  }
}

extension ColumnKind {
  fileprivate var isMoney: Bool { if case .money = self { true } else { false } }

  /// Whether the unit says more than the type does.
  fileprivate var hasUnit: Bool {
    switch self {
    case .money, .fineMoney, .nanoseconds, .measure, .perSecond: true
    default: false
    }
  }
}
