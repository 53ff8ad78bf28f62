import Declared
import Money
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
      // Whole numbers below 2^53 and powers of ten up to 10^22 are exact, so that the quotient is
      // what a reader of the written digits gets.
      self.init(Double(scaled) / (0..<decimals).reduce(1.0) { power, _ in power * 10 })
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

  /// The unit in files: `ns`, `USD`, `USD minor units`; empty for bare numbers.
  var word: String {
    switch self {
    case .plain: ""
    case .nanoseconds: "ns"
    case .money(let currency, _): currency + Self.minorUnits
    case .amount(let currency): currency
    }
  }

  /// The unit of such a word; nil where it is none.
  init?(word: String) {
    let code = word.hasSuffix(Self.minorUnits) ? word.dropLast(Self.minorUnits.count) : word[...]
    if word == "ns" {
      self = .nanoseconds
    } else if let currency = Currency(code: String(code)) {
      self =
        code == word
        ? .amount(currency: word)
        : .money(currency: String(code), decimals: currency.minorUnitDigits)
    } else {
      return nil
    }
  }

  private static let minorUnits = " minor units"
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
  public init(_ result: RunResult) { self.init(summary: SummaryDocument.json(result)) }

  /// All figures of a summary, computed or read from `summary.json`.
  public init(summary: CanonicalJSON) {
    for (name, unit) in [("verdict", SheetUnit.plain), ("complete", .plain)] {
      add(name, summary[name], unit)
    }
    add("virtual_time_ns", summary["virtual_time_ns"], .nanoseconds)
    let metrics = summary["metrics"]
    for table in RunTables.all where !Self.leftOut.contains(table.id) {
      let rows = summary[table.id]
      for row in rows?.elements ?? [rows].compactMap(\.self) { add(row, table, metrics) }
    }
    let currency = StoredSample.currency(ofSummary: summary)
    for (name, value) in metrics?.sortedMembers ?? [] {
      add(name, value, Self.unit(ofMetric: name, currency))
    }
  }

  private mutating func add(_ name: String, _ value: CanonicalJSON?, _ unit: SheetUnit) {
    guard let value = value.flatMap(FigureValue.init) else { return }
    entries[name] = Entry(value: value, unit: unit)
  }

  private static func unit(ofMetric name: String, _ currency: String) -> SheetUnit {
    switch MetricCatalog.figure(name)?.unit {
    case .nanoseconds: .nanoseconds
    case .money: currency.isEmpty ? .plain : .amount(currency: currency)
    default: .plain
    }
  }

  /// The cells of a row under the names of the table, of the row and of their columns.
  private mutating func add(_ row: CanonicalJSON, _ table: RunTable, _ metrics: CanonicalJSON?) {
    let names = table.columns.filter { $0.kind == .name }.map { row[$0.key]?.text ?? "" }
    // Every latency also stands among the metrics, under the name that thresholds use.
    if table.id == "latencies", metrics?["\(names[0])_latency.count"] != nil { return }
    let place = ([table.id] + names).joined(separator: ".")
    for column in table.columns {
      // Parameters say which strategy a row is of; the cost of each follows from the cost of all.
      let isDerived = ["parameters", "each"].contains(column.key)
      guard column.kind != .name, column.kind != .currency, !isDerived,
        let cell = row[column.key]
      else { continue }
      let amount = cell["minor_units"] ?? cell["amount"] ?? cell
      add("\(place).\(column.key)", amount, SheetUnit(cell, column.kind, of: row))
    }
  }
}

extension SheetUnit {
  /// The unit of a cell of `row`, as the summary writes it.
  fileprivate init(_ cell: CanonicalJSON, _ kind: ColumnKind, of row: CanonicalJSON) {
    switch kind {
    case .nanoseconds: self = .nanoseconds
    case .money, .fineMoney:
      guard let code = cell["currency"]?.text else {
        self = .plain
        return
      }
      let digits = Currency(code: code)?.minorUnitDigits ?? 2
      self =
        cell["minor_units"] == nil
        ? .amount(currency: code) : .money(currency: code, decimals: digits)
    case .measure(let key):
      let unit = row[key]?.text ?? ""
      let isMoney = Currency(code: unit) != nil
      self =
        unit == FigureUnit.nanoseconds.rawValue
        ? .nanoseconds : isMoney ? .amount(currency: unit) : .plain
    default: self = .plain
    }
  }
}
