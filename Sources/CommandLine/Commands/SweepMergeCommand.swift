import Text
import Experiments
import Reporting

extension Command {
  static let sweepMerge = Command(
    "sweep merge", "Proves that a sweep is complete, and gives its figures and its verdict.",
    operands: Operands("DIR...", 1...Int.max, .directories),
    flags: [.output, .metrics, .format, .quiet, .color],
    examples: ["sweep merge retries", "sweep merge part-1 part-2 --output whole --format json"],
    details:
      """
      DIR is the --output of a sweep, or of a share of it. Every point must be there once, or more
      than once with the same bytes. Writes points.csv, points.json and summary.json to the first
      DIR or to --output: the same bytes however the points were shared out. Over several seeds a
      figure is the median, with the interval between two order statistics that holds it with a
      confidence of at least 95 %; below six seeds that is the whole range, and its confidence less.
      """,
    endings: [
      Ending(.badInput, "points are missing, or are not those of one sweep"),
      Ending(.missingFile, "there is no sweep in a DIR"),
      Ending(.invariantViolated, "an invariant broke in a point"),
      Ending(.replayDiffers, "two results of one point differ"),
      Ending(.thresholdMissed, "a threshold was missed in a point"),
    ],
    run: { context throws(Failure) in try SweepMergeCommand(context).run() })
}

/// `settlesim sweep merge`: proves that a sweep is complete, and shows what came of it.
///
/// 1. The directories are read, and every byte of every point checked.
/// 2. `points.csv`, `points.json` and `summary.json` are written.
/// 3. The table is printed; the worst verdict of all points is the command's.
struct SweepMergeCommand {
  private let context: Context

  init(_ context: Context) { self.context = context }

  func run() throws(Failure) -> ExitCode {
    let view = try SweepView(context)
    let target = context.options.given(.output)?.text ?? context.operands[0]
    let directories = context.operands.map {
      SweepDirectory(path: context.surroundings.resolved($0))
    }
    let results: SweepResults
    do throws(SweepError) {
      results = try SweepResults(from: directories)
      try SweepDirectory(path: context.surroundings.resolved(target)).write(results)
    } catch { throw Failure(error) }
    return try view.show(results, at: target)
  }
}

/// How the results of a sweep are shown, by flags.
struct SweepView {
  private let context: Context
  private let format: SummaryFormat
  private let usesColor: Bool
  private let metrics: [String]

  init(_ context: Context) throws(Failure) {
    self.context = context
    format = try context.options.choice(.format, default: SummaryFormat.table)
    usesColor = try context.usesColor()
    metrics = try context.options.metrics() ?? SweepTable.defaultMetrics
  }

  /// Prints `results`; the exit code by their verdict.
  func show(_ results: SweepResults, at target: String) throws(Failure) -> ExitCode {
    try context.console.write(text(results))
    context.console.note(
      "written: points.csv, points.json and summary.json in \(visible(target))")
    switch results.verdict {
    case .passed: return .passed
    case .thresholdMissed, .levelMissed: return .thresholdMissed
    case .notAtRest: return .badInput
    case .invariantViolated: return .invariantViolated
    case .interrupted: return .internalError
    }
  }

  private func text(_ results: SweepResults) -> String {
    switch format {
    case .table: screen(results)
    case .json: results.summaryJSON.encoded()
    case .ndjson:
      (results.summaryJSON["combinations"]?.elements ?? []).map { $0.encodedLine() + "\n" }.joined()
    case .csv: CSV.encode([plain(results).columns] + plain(results).rows)
    case .markdown: FigureTable(SweepTable(results, metrics: metrics)).markdown()
    }
  }

  private func plain(_ results: SweepResults) -> SweepTable {
    SweepTable.plain(results, metrics: metrics)
  }

  private func screen(_ results: SweepResults) -> String {
    let definition = results.definition
    let seeds = definition.grid.seeds.count
    let count = HumanFormat.count(results.entries.count)
    var text = "\(visible(definition.scenarioName))\n"
    text += "sweep \(definition.identifier)  ·  \(count) points"
    text += seeds > 1 ? ", \(seeds) seeds each\n\n" : ", seed \(definition.grid.seeds[0])\n\n"
    text += FigureTable(SweepTable(results, metrics: metrics)).table()
    text += footnote(results)
    return text + "\n" + verdict(results) + "\n"
  }

  /// What the medians are of, and what the brackets of the figures shown hold.
  private func footnote(_ results: SweepResults) -> String {
    let seeds = results.definition.grid.seeds.count
    let shown = results.combinations.flatMap { row in metrics.compactMap { row.interval($0) } }
    guard seeds > 1, !shown.isEmpty else { return "" }
    let isWhole = shown.allSatisfy { $0.count == seeds }
    var text = "  medians over \(isWhole ? "" : "up to ")\(seeds) seeds"
    let confidences = shown.filter { $0.count > 1 }.map(\.confidence)
    if let least = confidences.min(), let most = confidences.max() {
      text += "; in brackets what holds the median with a confidence of "
      text += HumanFormat.percent(least)
      if least < most {
        text += " to \(HumanFormat.percent(most)), by how many seeds have samples"
      }
    }
    return text + "\n"
  }

  private func verdict(_ results: SweepResults) -> String {
    let verdict = results.verdict
    guard verdict != .passed else {
      return mark("✓ PASSED", "32") + "  \(HumanFormat.count(results.entries.count)) points"
    }
    let points = results.entries.filter { $0.manifest.verdict == verdict }.map(\.point.number)
    return mark("✗ \(verdict.words.uppercased())", "1;31")
      + "  in \(points.count) of \(results.entries.count) points: "
      + PointList.text(points, limit: 20)
  }

  private func mark(_ text: String, _ code: String) -> String {
    usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
