import Text
import Statistics

/// The files of a comparison's directory.
public enum ComparisonFiles {
  /// The page among them.
  public static let pageName = "compare.html"

  /// The files that are the same in every comparison of the same plan, the manifest excepted.
  public static func deterministic(
    _ result: ComparisonResult
  ) -> [(name: String, text: String)] {
    [
      ("comparison.json", ComparisonDocument.json(result).encoded()),
      ("comparison.csv", observations(result)),
      ("verdicts.csv", verdicts(result)),
      (pageName, ComparisonPage.render(result)),
    ]
  }

  /// The manifest with the files it lists.
  public static func manifest(_ result: ComparisonResult, files: [InputFile]) -> CanonicalJSON {
    ComparisonManifest.json(result, files: files)
  }

  /// Long form: every figure of every run, a row each, also those that were not compared.
  static func observations(_ result: ComparisonResult) -> String {
    var rows = [["replication", "seed", "strategy", "at_rest", "metric", "unit", "value"]]
    let units = result.metrics.map { ($0.name, $0.unitName) }
    for run in result.runs {
      let names = run.metrics.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      for name in names {
        rows.append([
          String(run.replication), String(run.identity.seed),
          result.strategies[run.strategy].name, String(run.unrest == nil), name,
          units.first { $0.0 == name }?.1 ?? "", "\(run.metrics[name]!)",
        ])
      }
    }
    return CSV.encode(rows)
  }

  /// One row for each metric and strategy.
  static func verdicts(_ result: ComparisonResult) -> String {
    var rows = [
      [
        "metric", "unit", "better", "role", "judged_by", "strategy", "baseline", "count",
        "not_at_rest", "mean", "median", "mean_difference", "mean_relative", "mean_lower",
        "mean_upper", "median_difference", "median_relative", "median_lower", "median_upper",
        "skewness", "mean_p_value", "rank_p_value", "p_value", "adjusted_p_value", "verdict",
      ]
    ]
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    func figures(_ estimate: ComparedMetric.Estimate?) -> [Double?] {
      [estimate?.value, estimate?.relative, estimate?.interval?.lower, estimate?.interval?.upper]
    }
    for metric in result.metrics {
      for (strategy, row) in zip(result.strategies, metric.rows) {
        let difference = row.difference
        let figures =
          [row.mean, row.median] + figures(difference?.mean) + figures(difference?.median) + [
            difference?.skewness, difference?.meanPValue, difference?.rankPValue,
            difference?.pValue, difference?.adjustedPValue,
          ]
        rows.append(
          [
            metric.name, metric.unitName, metric.preference.rawValue,
            metric.role, metric.leading.rawValue,
            strategy.name, result.strategies[result.baseline].name, String(row.count),
            String(strategy.restless),
          ] + figures.map(text) + [difference?.verdict?.rawValue ?? ""])
      }
    }
    return CSV.encode(rows)
  }
}
