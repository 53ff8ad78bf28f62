import Text

extension SummaryTable {
  /// What the run took, where the report is, and the verdict as the last line.
  static func footer(
    _ result: RunResult, _ environment: RunEnvironment?, _ options: Options, _ style: TerminalStyle
  ) -> String {
    ((environment.map { [effort($0)] } ?? []) + footerLines(result, options, style))
      .joined(separator: "\n")
  }

  /// Where the report is, how a failure comes again, and the verdict as the last line.
  static func footerLines(
    _ result: RunResult, _ options: Options, _ style: TerminalStyle
  ) -> [String] {
    var lines: [String] = []
    if let path = options.reportPath { lines.append("report     \(visible(path))") }
    if result.verdict != .passed {
      lines.append("reproduce  \(visible(result.identity.reproducingCommand))")
    }
    return lines + [verdict(result, style)]
  }

  /// Real time, rates and memory on one line.
  static func effort(_ environment: RunEnvironment) -> String {
    let seconds = environment.wallSeconds
    let wall = HumanFormat.duration(seconds.magnitude < 9e9 ? Int64(seconds * 1e9) : .max)
    let threads = environment.threads == 1 ? "1 thread" : "\(environment.threads) threads"
    var rates: [String] = []
    if environment.paymentsPerSecond > 0 || environment.transfersPerSecond == 0 {
      rates.append("\(grouped(environment.paymentsPerSecond, decimals: 0)) payments/s")
    }
    if environment.transfersPerSecond > 0 {
      rates.append("\(grouped(environment.transfersPerSecond, decimals: 0)) transfers/s")
    }
    let parts =
      ["\(wall) on \(threads)"] + rates + [
        "\(grouped(environment.eventsPerSecond / 1e6, decimals: 2)) M events/s",
        "peak \(HumanFormat.bytes(environment.peakResidentBytes))",
      ]
    return TextTable.wrapped(parts, separator: " · ", label: "took")
  }

  private static func verdict(_ result: RunResult, _ style: TerminalStyle) -> String {
    switch result.verdict {
    case .passed:
      return style.good("✓ PASSED") + "  " + judged(result).joined(separator: " · ")
    case .thresholdMissed, .levelMissed:
      return style.bad("✗ FAILED") + "  " + judged(result).joined(separator: " · ")
    case .invariantViolated:
      return style.bad("✗ INVARIANT VIOLATED") + "  " + broken(result)
    case .notAtRest:
      return style.bad("✗ NOT AT REST")
        + "  not all was settled within time.drain_limit"
    case .interrupted:
      return style.bad("✗ INTERRUPTED")
        + "  the figures cover what was reached, they are incomplete"
    }
  }

  /// How many thresholds and levels held, and how often invariants were checked.
  private static func judged(_ result: RunResult) -> [String] {
    var parts: [String] = []
    let thresholds = result.thresholds.count
    let missed = result.thresholds.filter { !$0.isPassed }.count
    if missed > 0 {
      parts.append("\(missed) of \(counted(thresholds, "threshold")) missed")
    } else if thresholds > 0 {
      parts.append("\(counted(thresholds, "threshold")) held")
    }
    let levels = result.levels.compactMap(\.isMet)
    let missedLevels = levels.filter { !$0 }.count
    if missedLevels > 0 {
      parts.append("\(counted(missedLevels, "level")) missed")
    } else if !levels.isEmpty {
      parts.append("\(counted(levels.count, "level")) met")
    }
    if result.verdict == .passed {
      let checks = result.invariants.reduce(0) { $0 + $1.checks }
      parts.append("\(counted(checks, "invariant check"))")
    }
    return parts
  }

  /// The invariants that broke, as many as stand on the line.
  private static func broken(_ result: RunResult) -> String {
    let names = result.invariants.filter { $0.breaches > 0 }.map { visible($0.name) }
    let shown = names.prefix(1)
    let more = names.count - shown.count
    return shown.joined() + (more > 0 ? " and \(more) more" : "")
  }
}
