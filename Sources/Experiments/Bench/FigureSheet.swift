import Declared
import Text
import Reporting
import Simulator

/// The value of a figure of a result. Amounts of money and counts are integers, so that a
/// difference of one minor unit is exact.
public enum FigureValue: Sendable, Equatable {
  /// Counts, minor units, nanoseconds.
  case integer(Int64)
  /// Ratios and rates.
  case decimal(Double)
  /// Findings: whether the ledger balanced.
  case boolean(Bool)
  /// Words: the verdict.
  case text(String)

  /// The value as a JSON scalar.
  var json: CanonicalJSON {
    switch self {
    case .integer(let value): .int(value)
    case .decimal(let value): .decimal(value)
    case .boolean(let value): .boolean(value)
    case .text(let value): .string(value)
    }
  }

  /// The value of a cell; nil where there is none, and for the code of a currency, which stands in
  /// the unit of the amounts.
  init?(_ cell: TableCell.Value) {
    switch cell {
    case .absent, .verdict(nil): return nil
    case .text(let text): self = .text(text)
    case .flag(let flag), .verdict(let flag?): self = .boolean(flag)
    case .count(let count): self = .integer(Int64(count))
    case .nanoseconds(let value), .money(let value, _, _), .fineMoney(let value, _, _):
      self = .integer(value)
    case .ratio(let value), .perSecond(let value), .number(let value): self.init(value)
    }
  }

  /// The value of a JSON scalar; nil for lists, objects and null. A decimal that is a whole number
  /// is an integer, so that a figure has one form whether it was computed or read.
  init?(_ json: CanonicalJSON) {
    switch json {
    case .string(let text): self = .text(text)
    case .boolean(let value): self = .boolean(value)
    case .integer(let value):
      self = Int64(exactly: value).map(FigureValue.integer) ?? .decimal(Double(value))
    case .decimal(let value): self.init(value)
    case .fixed(let scaled, let decimals):
      var value = Double(scaled)
      for _ in 0..<decimals { value /= 10 }
      self.init(value)
    case .null, .array, .object: return nil
    }
  }

  private init(_ value: Double) {
    let isWhole = value == value.rounded() && value.magnitude < 9e15
    self = isWhole ? .integer(Int64(value)) : .decimal(value)
  }

  /// The number, for differences; nil for words and findings.
  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .decimal(let value): value
    case .boolean, .text: nil
    }
  }
}

/// What a figure of a result is measured in, for its reader.
public enum SheetUnit: Sendable, Equatable {
  /// A bare number: a count, a ratio.
  case plain
  /// Nanoseconds of virtual time.
  case nanoseconds
  /// Minor units of a currency, or parts of them where there are more decimals.
  case money(currency: String, decimals: Int)
  /// Whole units of a currency, with a fraction.
  case amount(currency: String)

  /// ISO 4217 code of the currency; nil for what is no money.
  public var currency: String? {
    switch self {
    case .plain, .nanoseconds: nil
    case .money(let currency, _), .amount(let currency): currency
    }
  }

  /// The unit of a cell.
  init(_ cell: TableCell.Value) {
    switch cell {
    case .nanoseconds: self = .nanoseconds
    case .money(_, let currency, let decimals), .fineMoney(_, let currency, let decimals):
      self = .money(currency: currency, decimals: decimals)
    default: self = .plain
    }
  }
}

/// Every figure of a result under one flat name, with its unit.
///
/// The names are those that a threshold may use (`payments.lost`), and for everything else table,
/// row and column: `cost_components.wires.amount`. What says who and when, and what follows from
/// other figures (thresholds, levels), is left out.
public struct FigureSheet: Sendable, Equatable {
  /// A figure.
  public struct Entry: Sendable, Equatable {
    /// The value.
    public var value: FigureValue
    /// What it is measured in.
    public var unit: SheetUnit
  }

  /// The figures by name.
  public private(set) var entries: [String: Entry] = [:]

  /// Tables of what follows from other figures, and the log of plans, whose rows have no names.
  private static let leftOut: Set<String> = ["levels", "thresholds", "metrics", "plans"]

  /// All figures of `result`.
  public init(_ result: RunResult) {
    entries["verdict"] = Entry(value: .text(result.verdict.rawValue), unit: .plain)
    entries["complete"] = Entry(value: .boolean(result.isComplete), unit: .plain)
    entries["virtual_time_ns"] = Entry(
      value: .integer(result.virtualTimeNanoseconds), unit: .nanoseconds)
    for table in RunTables.all where !Self.leftOut.contains(table.id) {
      for row in table.limitedRows(of: result) { add(row, table, result) }
    }
    for (name, value) in result.sortedMetrics {
      guard let value = FigureValue(.decimal(value)) else { continue }
      entries[name] = Entry(value: value, unit: Self.unit(ofMetric: name, result))
    }
  }

  /// The figures in ascending order of their names.
  public var sorted: [(name: String, entry: Entry)] {
    entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { (name: $0.key, entry: $0.value) }
  }

  private static func unit(ofMetric name: String, _ result: RunResult) -> SheetUnit {
    switch MetricCatalog.figure(name)?.unit {
    case .nanoseconds: .nanoseconds
    case .money: result.reportingCurrency.map { .amount(currency: $0) } ?? .plain
    default: .plain
    }
  }

  /// The cells of a row under the names of the table, of the row and of their columns.
  private mutating func add(_ row: [TableCell], _ table: RunTable, _ result: RunResult) {
    let names = zip(table.columns, row).filter { $0.0.kind == .name }.map(\.1.text)
    // Every latency also stands among the metrics, under the name that thresholds use.
    if table.id == "latencies", result.metrics["\(names[0])_latency.count"] != nil { return }
    let place = ([table.id] + names).joined(separator: ".")
    for (column, cell) in zip(table.columns, row) {
      // Parameters say which strategy a row is of; the cost of each follows from the cost of all.
      let isDerived = ["parameters", "each"].contains(column.key)
      guard column.kind != .name, column.kind != .currency, !isDerived,
        let value = FigureValue(cell.value)
      else { continue }
      entries["\(place).\(column.key)"] = Entry(value: value, unit: SheetUnit(cell.value))
    }
  }
}
