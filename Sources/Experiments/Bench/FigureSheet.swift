import Text
import Reporting

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

/// What a figure is measured in, for its reader.
public enum FigureUnit: Sendable, Equatable {
  /// A bare number: a count, a ratio.
  case plain
  /// Nanoseconds of virtual time.
  case nanoseconds
  /// Minor units of a currency.
  case money(currency: String, decimals: Int)
}

/// Every figure of a result under one flat name, with its unit.
///
/// The names are those that a threshold may use (`payments.lost`), and for everything else of
/// `summary.json` the path in it: `cost_components.wires.minor_units`. What says who and when, and
/// what follows from other figures (thresholds, objectives), is left out.
public struct FigureSheet: Sendable, Equatable {
  /// A figure.
  public struct Entry: Sendable, Equatable {
    /// The value.
    public var value: FigureValue
    /// What it is measured in.
    public var unit: FigureUnit
  }

  /// The figures by name.
  public private(set) var entries: [String: Entry] = [:]

  private static let leftOut: Set<String> = [
    "identity", "schema_version", "notes", "objectives", "thresholds", "cost_per_payment",
    "metrics",
  ]
  private static let labels = ["name", "phase", "currency"]

  /// All figures of `result`.
  public init(_ result: RunResult) {
    let document = SummaryDocument.json(result)
    for (section, value) in document.sortedMembers ?? [] where !Self.leftOut.contains(section) {
      // Every latency also stands among the metrics, under the name that thresholds use.
      if section == "latencies" {
        let rest = (value.elements ?? []).filter { row in
          result.metrics["\(row["name"]?.text ?? "")_latency.count"] == nil
        }
        add(.array(rest), at: section)
      } else {
        add(value, at: section)
      }
    }
    for (name, value) in result.sortedMetrics {
      guard let value = FigureValue(.decimal(value)) else { continue }
      entries[name] = Entry(value: value, unit: Self.isLatency(name) ? .nanoseconds : .plain)
    }
  }

  /// The figures in ascending order of their names.
  public var sorted: [(name: String, entry: Entry)] {
    entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { (name: $0.key, entry: $0.value) }
  }

  private static func isLatency(_ name: String) -> Bool {
    name.contains("_latency.") && !name.hasSuffix(".count")
  }

  private mutating func add(
    _ value: CanonicalJSON, at path: String, in parent: CanonicalJSON? = nil
  ) {
    if let members = value.sortedMembers {
      for (key, member) in members where !Self.isBesideMinorUnits(key, value) {
        add(member, at: path + "." + key, in: value)
      }
    } else if let elements = value.elements {
      for (index, element) in elements.enumerated() {
        let label = Self.labels.first { element[$0]?.text != nil }
        let name = label.flatMap { element[$0]?.text } ?? String(index)
        guard case .object(var members) = element else {
          add(element, at: "\(path).\(name)")
          continue
        }
        if let label { members[label] = nil }
        // They say which strategy a row is of.
        members["parameters"] = nil
        let unit = label == "currency" ? element : nil
        for (key, member) in CanonicalJSON.object(members).sortedMembers ?? [] {
          add(member, at: "\(path).\(name).\(key)", in: unit ?? element)
        }
      }
    } else if let figure = FigureValue(value) {
      entries[path] = Entry(value: figure, unit: Self.unit(of: path, in: parent))
    }
  }

  /// The decimal form and the currency of an amount say nothing that its minor units do not.
  private static func isBesideMinorUnits(_ key: String, _ object: CanonicalJSON) -> Bool {
    object["minor_units"] != nil && (key == "amount" || key == "currency")
  }

  private static func unit(of path: String, in parent: CanonicalJSON?) -> FigureUnit {
    if path.hasSuffix("_ns") { return .nanoseconds }
    guard path.hasSuffix("minor_units"), let parent, let currency = parent["currency"]?.text else {
      return .plain
    }
    if case .fixed(_, let decimals)? = parent["amount"] {
      return .money(currency: currency, decimals: decimals)
    }
    return .money(currency: currency, decimals: parent["decimals"]?.integer() ?? 2)
  }
}
