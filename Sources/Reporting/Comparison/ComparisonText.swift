import Text
import Statistics

/// A comparison in the forms of `--format`.
public enum ComparisonText {
  /// `result` in the form `format`. Only the table shows `environment` and uses `options`.
  public static func render(
    _ result: ComparisonResult, as format: SummaryFormat, environment: RunEnvironment? = nil,
    options: SummaryTable.Options = SummaryTable.Options()
  ) -> String {
    switch format {
    case .table: table(result, environment, options)
    case .json: ComparisonDocument.json(result).encoded()
    case .ndjson: SummaryLines.ndjson(ComparisonDocument.json(result))
    case .csv: ComparisonFiles.verdicts(result)
    case .markdown: markdown(result)
    }
  }

  private static func table(
    _ result: ComparisonResult, _ environment: RunEnvironment?, _ options: SummaryTable.Options
  ) -> String {
    let style = TerminalStyle(usesColor: options.usesColor)
    let isFull = options.extent == .full
    var blocks = [
      ([style.strong(visible(result.identity.scenarioName))]
        + facts(result).map {
          TextTable.paragraph(visible($0), indent: indent(of: $0), hanging: 2)
        })
        .joined(separator: "\n")
    ]
    let isShort = options.extent == .short
    let silent = result.metrics.filter { !isFull && isSilent($0) }
    if !isShort {
      for (position, metric) in result.metrics.enumerated() where isFull || !isSilent(metric) {
        let table = ComparisonTables.metric(at: position, result, isShort: !isFull)
        blocks.append(TextTable.render(table, style))
      }
    }
    if !isShort, !silent.isEmpty {
      let names = silent.map { visible($0.name) }
      blocks.append(TextTable.wrapped(names, separator: ", ", label: "all zero"))
    }
    let signs =
      "↓: less is better, ↑: more is better"
      + (isFull ? "; p adj.: adjusted for all tests, –: all is equal" : "")
    let isInherited = !isFull && result.strategies.contains { !$0.inherited.isEmpty }
    let star =
      isInherited
      ? ["\(ComparisonTables.inheritedMark): what it does not name is as in the scenario"] : []
    let reading = self.reading(result)
    let sentences =
      isShort
      ? []
      : [reading.prefix(2).joined(separator: " ")] + reading.dropFirst(2) + adding(result)
        + [signs] + star
    blocks.append(
      ([TextTable.render(ComparisonTables.conclusions(result, isShort: !isFull), style)]
        + sentences.map { style.muted(TextTable.paragraph($0, indent: 2, hanging: 2)) })
        .joined(separator: "\n"))
    if !result.notes.isEmpty {
      let notes = result.notes.map { TextTable.paragraph(visible($0), indent: 2, hanging: 2) }
      blocks.append(
        isShort
          ? "notes      \(grouped(notes.count)), without --short"
          : ([style.strong("Notes")] + notes).joined(separator: "\n"))
    }
    var footer: [String] = []
    if let environment, !isShort { footer.append(SummaryTable.effort(environment)) }
    if let path = options.reportPath { footer.append("report     \(visible(path))") }
    if !footer.isEmpty { blocks.append(footer.joined(separator: "\n")) }
    return blocks.joined(separator: isShort ? "\n" : "\n\n") + "\n"
  }

  private static func indent(of line: String) -> Int { line.prefix { $0 == " " }.count }

  /// Whether a descriptive metric is zero with every strategy: nothing is left to be compared.
  private static func isSilent(_ metric: ComparedMetric) -> Bool {
    metric.dimension == nil && metric.rows.allSatisfy { $0.mean == 0 && $0.median == 0 }
  }

  private static func markdown(_ result: ComparisonResult) -> String {
    let escaped = SummaryMarkdown.escaped
    var blocks = ["# " + escaped(result.identity.scenarioName)]
    blocks.append(facts(result).map { "- " + escaped($0) }.joined(separator: "\n"))
    blocks.append(SummaryMarkdown.render(ComparisonTables.conclusions(result)))
    blocks.append(escaped((reading(result) + adding(result)).joined(separator: "; ")))
    for position in result.metrics.indices {
      blocks.append(SummaryMarkdown.render(ComparisonTables.metric(at: position, result)))
    }
    if !result.notes.isEmpty {
      blocks.append(
        (["## Notes", ""] + result.notes.map { "- " + escaped($0) }).joined(separator: "\n"))
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// What was compared, in two or three lines.
  static func facts(_ result: ComparisonResult) -> [String] {
    let identity = result.identity
    let count = result.strategies.count
    var lines: [String] = []
    switch (result.pairing, result.isStored) {
    case (.paired, false):
      let last = identity.seed &+ UInt64(max(0, result.replications - 1))
      lines.append(
        "\(count) strategies, \(result.replications) replications on the same arrivals "
          + "(seeds \(identity.seed) to \(last))")
    case (.paired, true):
      lines.append("\(count) results, \(result.replications) pairs of runs on the same arrivals")
    case (.unpaired, _):
      let runs = result.strategies.indices.map { index in
        String(result.runs.count { $0.strategy == index })
      }
      lines.append(
        "\(count) results of \(runs.joined(separator: " and ")) runs, compared without pairs: "
          + "their seeds or arrivals differ")
    }
    lines.append(
      "digest \(identity.digestHex)  ·  arrivals \(identity.arrivalDigestHex)  ·  "
        + "\(grouped(identity.eventCount)) events")
    if !identity.overrides.isEmpty {
      lines.append(
        "set " + identity.overrides.map { "\($0.path)=\($0.value)" }.joined(separator: ", "))
    }
    return lines + distinctions(result)
  }

  /// What stored samples differ in, a line each under one of its own.
  static func distinctions(_ result: ComparisonResult) -> [String] {
    guard result.isStored else { return [] }
    guard !result.distinctions.isEmpty else {
      return ["the two have the same scenario, settings, seeds and versions"]
    }
    let shown = result.distinctions.prefix(20)
    let more = result.distinctions.count - shown.count
    return ["the two differ in"] + shown.map { "  " + $0 }
      + (more > 0 ? ["  and \(more) more; --format json lists all"] : [])
  }

  /// How the parts of the settlement's cost add up, where they were compared.
  static func adding(_ result: ComparisonResult) -> [String] {
    guard result.metric("cost.settlement") != nil, result.metric("cost.discount") != nil else {
      return []
    }
    return ["cost.settlement of a run is cost.wires less cost.discount, and its other parts"]
  }

  /// How the words come about.
  static func reading(_ result: ComparisonResult) -> [String] {
    let level = HumanFormat.plain(((1 - result.confidence) * 10_000).rounded() / 100)
    let floor = HumanFormat.plain((result.effectFloor * 100_000).rounded() / 1_000)
    let judged = result.metrics.filter { $0.dimension != nil }
    let paired = result.pairing == .paired
    var tests: [String] = []
    if judged.contains(where: { $0.leading == .mean }) {
      tests.append(paired ? "means by their interval" : "means by Welch's interval")
    }
    if judged.contains(where: { $0.leading == .median }) {
      tests.append(
        paired ? "medians by Wilcoxon's signed ranks" : "medians by Mann and Whitney's ranks")
    }
    let by = tests.isEmpty ? "" : "(\(tests.joined(separator: ", ")), Holm); "
    return [
      "better, worse: \(floor) % or more, and beyond chance at \(level) % over cost, delay, "
        + "liquidity",
      "\(by)~: less, or not told from chance", "descriptive: no test, no verdict",
    ]
  }
}
