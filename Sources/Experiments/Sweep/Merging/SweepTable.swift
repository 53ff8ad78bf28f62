import Statistics
import Reporting

/// The table of a merged sweep: a row for each combination of values, with chosen figures.
public struct SweepTable: Sendable {
  /// Texts of the header.
  public var columns: [String]
  /// Which columns hold figures, set flush right.
  public var figures: [Bool]
  /// A text for each column.
  public var rows: [[String]]

  /// The figures that are shown where none are chosen.
  public static let defaultMetrics = [
    "cost_per_payment", "savings_ratio", "settlement_latency.p50",
  ]

  /// The table of `results` with the figures `metrics`, written for people: of several seeds the
  /// median and, in brackets, its interval.
  public init(_ results: SweepResults, metrics: [String]) {
    self.init(results, metrics: metrics) { name, interval in
      guard let interval else { return ["–"] }
      func text(_ value: Double) -> String {
        HumanFormat.quantity(Quantity(value, MetricTraits.of(name).unit))
      }
      let middle = text(interval.median)
      return interval.count > 1
        ? [middle, "[\(text(interval.low)), \(text(interval.high))]"] : [middle, ""]
    }
  }

  /// The same for machines: numbers as they are, median, low and high each in a column.
  public static func plain(_ results: SweepResults, metrics: [String]) -> SweepTable {
    SweepTable(results, metrics: metrics, suffixes: ["", ".low", ".high"]) { _, interval in
      guard let interval else { return ["", "", ""] }
      return [interval.median, interval.low, interval.high].map(\.description)
    }
  }

  private init(
    _ results: SweepResults, metrics: [String], suffixes: [String] = ["", "interval"],
    cells: (String, MedianInterval?) -> [String]
  ) {
    let hasSeeds = results.definition.grid.seeds.count > 1
    let isPlain = suffixes.count == 3
    let suffixes = hasSeeds ? suffixes : [""]
    columns =
      ["point"] + results.definition.grid.axes.map(\.path)
      + metrics.flatMap { name in
        let measure = MetricTraits.measure(of: name, currency: results.currency)
        let title = isPlain || measure.isEmpty ? name : "\(name), \(measure)"
        return suffixes.map { $0.isEmpty ? title : isPlain ? name + $0 : $0 }
      } + ["verdict"]
    figures =
      [true] + results.definition.grid.axes.map { _ in false }
      + metrics.flatMap { _ in suffixes.map { _ in true } } + [false]
    rows = results.combinations.map { combination in
      var row = ["\(combination.firstPoint)"] + combination.values
      for name in metrics {
        let texts = cells(name, combination.interval(name))
        row += suffixes.indices.map { $0 < texts.count ? texts[$0] : "" }
      }
      return row + [combination.verdict.words]
    }
  }
}
