import Text

/// The summary of a run on screen, for a person at a terminal of 80 to 100 columns.
public enum SummaryTable {
  /// How the summary is drawn.
  public struct Options: Sendable {
    /// Whether to use ANSI colours. The caller knows about terminals, `NO_COLOR` and `TERM`.
    public var usesColor = false
    /// Where the report was written, for the last line; nil when nothing was written.
    public var reportPath: String?

    /// No colour, no report.
    public init() {}

    /// Colour and report as given.
    public init(usesColor: Bool, reportPath: String? = nil) {
      self.usesColor = usesColor
      self.reportPath = reportPath
    }
  }

  /// The summary of `result`; with `environment` also what the run took on this machine.
  public static func render(
    _ result: RunResult, environment: RunEnvironment? = nil, options: Options = Options()
  ) -> String {
    let style = TerminalStyle(usesColor: options.usesColor)
    var blocks = [header(result, style)]
    blocks.append(steps(result, style))
    blocks.append(outcomes(result, style))
    let tables = [
      ReportTables.latencies(result), ReportTables.throughput(result),
      ReportTables.strategies(result), ReportTables.components(result),
      ReportTables.infrastructure(result),
      ReportTables.rails(result), ReportTables.transfers(result),
      ReportTables.failures(result), ReportTables.planning(result),
      ReportTables.liquidity(result), ReportTables.delays(result), ReportTables.queues(result),
      ReportTables.mechanisms(result), ReportTables.money(result), ReportTables.acquirers(result),
      ReportTables.checks(result), ReportTables.reconciliation(result),
      ReportTables.objectives(result), ReportTables.thresholds(result),
      failedInvariants(result),
    ]
    for table in tables where !table.isEmpty {
      let caption = table.id == "strategies" ? ReportTables.savingsCaption(result) : nil
      blocks.append(TextTable.render(table, style, caption: caption))
    }
    if !result.notes.isEmpty { blocks.append(notes(result, style)) }
    blocks.append(footer(result, environment, options, style))
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private static func header(_ result: RunResult, _ style: TerminalStyle) -> String {
    let identity = result.identity
    var lines = [style.strong(visible(identity.scenarioName))]
    if !identity.scenarioDescription.isEmpty {
      lines.append(
        visible(identity.scenarioDescription.split(separator: "\n").joined(separator: " ")))
    }
    let time = HumanFormat.duration(result.virtualTimeNanoseconds)
    lines.append(
      "seed \(identity.seed)  ·  digest \(identity.digestHex)  ·  "
        + "\(grouped(identity.eventCount)) events  ·  \(time) of virtual time")
    if !identity.overrides.isEmpty {
      let settings = identity.overrides.map { visible($0.path + "=" + $0.value) }
      lines.append("set " + settings.joined(separator: ", "))
    }
    return lines.joined(separator: "\n")
  }

  /// The funnel: a bar beside each step.
  private static func steps(_ result: RunResult, _ style: TerminalStyle) -> String {
    guard let first = result.steps.first, first.count > 0 else { return "" }
    let table = ReportTables.funnel(result)
    let largest = result.steps.map(\.count).max() ?? 0
    let bars = result.steps.map { TextTable.bar($0.count, of: largest, width: 28) }
    return TextTable.render(table, style, trailing: bars)
  }

  /// End states and refusals on a line each, the zeros left out.
  private static func outcomes(_ result: RunResult, _ style: TerminalStyle) -> String {
    func line(_ label: String, _ counts: [NamedCount]) -> String? {
      let shown = counts.filter { $0.count != 0 }
      guard !shown.isEmpty else { return nil }
      let parts = shown.map { "\(visible($0.name)) \(grouped($0.count))" }
      return TextTable.wrapped(parts, separator: "  ·  ", label: label, width: 96)
    }
    return [line("ended", result.endStates), line("refused", result.refusals)]
      .compactMap { $0 }.joined(separator: "\n")
  }

  private static func failedInvariants(_ result: RunResult) -> ReportTable {
    var failed = result
    failed.invariants = result.invariants.filter { $0.breaches > 0 }
    return ReportTables.invariants(failed)
  }

  private static func notes(_ result: RunResult, _ style: TerminalStyle) -> String {
    ([style.strong("Notes")] + result.notes.map { "  " + visible($0) }).joined(separator: "\n")
  }
}
