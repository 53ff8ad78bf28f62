import Text

/// The summary of a run on screen, for a person at a terminal of 80 to 100 columns.
public enum SummaryTable {
  /// How the summary is drawn.
  public struct Options: Sendable {
    /// Whether to use ANSI colours. The caller knows about terminals, `NO_COLOR` and `TERM`.
    public var usesColor = false
    /// Where the report was written, for the last line; nil when nothing was written.
    public var reportPath: String?
    /// Whether every table is shown with every column, zeros included.
    public var isFull = false

    /// No colour, no report.
    public init() {}

    /// Colour and report as given.
    public init(usesColor: Bool, reportPath: String? = nil, isFull: Bool = false) {
      self.usesColor = usesColor
      self.reportPath = reportPath
      self.isFull = isFull
    }
  }

  /// The summary of `result`; with `environment` also what the run took on this machine.
  public static func render(
    _ result: RunResult, environment: RunEnvironment? = nil, options: Options = Options()
  ) -> String {
    let style = TerminalStyle(usesColor: options.usesColor)
    var blocks = [header(result, style)]
    let view = TableView(extent: options.isFull ? .full : .brief)
    var lines: [String] = []
    for table in RunTables.all {
      if case .line(let label) = table.layout, !options.isFull {
        lines += [line(table, label, result)].compactMap(\.self)
        continue
      }
      if !lines.isEmpty { blocks.append(lines.joined(separator: "\n")) }
      lines = []
      guard let report = view.report(table, result) else { continue }
      let bars = table.id == "steps" ? bars(result) : []
      blocks.append(
        TextTable.render(
          report, style, trailing: bars, showsNote: options.isFull, splits: true))
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
    return TextTable.wrapped(parts, separator: "  ·  ", label: label, width: 96)
  }

  private static func notes(_ result: RunResult, _ style: TerminalStyle) -> String {
    ([style.strong("Notes")] + result.notes.map { "  " + visible($0) }).joined(separator: "\n")
  }
}
