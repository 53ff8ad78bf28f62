import Text

/// The summary of a run on screen, for a person at a terminal of 80 columns.
public enum SummaryTable {
  /// How much of a summary is shown.
  public enum Extent: Sendable {
    /// At most ten lines.
    case short
    /// What matters: no details, no zeros.
    case usual
    /// Every table, column and row, zeros included.
    case full
  }

  /// How the summary is drawn.
  public struct Options: Sendable {
    /// Whether to use ANSI colours. The caller knows about terminals, `NO_COLOR` and `TERM`.
    public var usesColor = false
    /// Where the report was written, for the last line; nil when nothing was written.
    public var reportPath: String?
    /// How much is shown.
    public var extent = Extent.usual

    /// No colour, no report.
    public init() {}

    /// Colour and report as given.
    public init(usesColor: Bool, reportPath: String? = nil, extent: Extent = .usual) {
      self.usesColor = usesColor
      self.reportPath = reportPath
      self.extent = extent
    }
  }

  /// The summary of `result`; with `environment` also what the run took on this machine.
  public static func render(
    _ result: RunResult, environment: RunEnvironment? = nil, options: Options = Options()
  ) -> String {
    let style = TerminalStyle(usesColor: options.usesColor)
    if options.extent == .short { return short(result, options, style) }
    let isFull = options.extent == .full
    var blocks = [header(result, style)]
    let view = TableView(extent: isFull ? .full : .brief)
    var lines: [String] = []
    for table in RunTables.all {
      if case .line(let label) = table.layout, !isFull {
        lines += [line(table, label, result)].compactMap(\.self)
        continue
      }
      if !lines.isEmpty { blocks.append(lines.joined(separator: "\n")) }
      lines = []
      guard let report = view.report(table, result) else { continue }
      let bars = table.id == "steps" ? bars(result) : []
      blocks.append(
        TextTable.render(report, style, trailing: bars, showsNote: isFull))
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
        TextTable.paragraph(
          visible(identity.scenarioDescription.split(separator: "\n").joined(separator: " ")),
          indent: 0))
    }
    lines.append(TextTable.wrapped(facts(result), separator: " · ", indent: 0))
    if !identity.overrides.isEmpty {
      let settings = identity.overrides.map { visible($0.path + "=" + $0.value) }
      lines.append(TextTable.wrapped(settings, separator: ", ", indent: 4, label: "set "))
    }
    return lines.joined(separator: "\n")
  }

  /// What tells this run from others.
  static func facts(_ result: RunResult) -> [String] {
    [
      "seed \(result.identity.seed)", "digest \(result.identity.digestHex)",
      "\(grouped(result.identity.eventCount)) events",
      "\(HumanFormat.duration(result.virtualTimeNanoseconds)) of virtual time",
    ]
  }

  /// The funnel: a bar beside each step.
  private static func bars(_ result: RunResult) -> [String] {
    let largest = result.steps.map(\.count).max() ?? 0
    return result.steps.map { TextTable.bar($0.count, of: largest, width: 28) }
  }

  /// Names and counts on a line, the zeros left out.
  private static func line(_ table: RunTable, _ label: String, _ result: RunResult) -> String? {
    let parts = table.rows(of: result).filter { $0.contains(where: \.isNews) }.map { row in
      "\(row[0].shown(.name).text) \(row[1].shown(.count).text)"
    }
    guard !parts.isEmpty else { return nil }
    return TextTable.wrapped(parts, separator: " · ", label: label)
  }

  private static func notes(_ result: RunResult, _ style: TerminalStyle) -> String {
    ([style.strong("Notes")]
      + result.notes.map { TextTable.paragraph(visible($0), indent: 2, hanging: 2) })
      .joined(separator: "\n")
  }
}
