import Text

extension SummaryTable {
  /// What the run took, where the report is, and the verdict as the last line.
  static func footer(
    _ result: RunResult, _ environment: RunEnvironment?, _ options: Options, _ style: TerminalStyle
  ) -> String {
    var lines: [String] = []
    if let environment { lines.append(effort(environment)) }
    if let path = options.reportPath { lines.append("report     \(visible(path))") }
    if result.verdict != .passed {
      lines.append("reproduce  \(visible(result.identity.reproducingCommand))")
    }
    lines.append(verdict(result, style))
    return lines.joined(separator: "\n")
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
    return "took       \(wall) on \(threads)  ·  \(rates.joined(separator: "  ·  "))  ·  "
      + "\(grouped(environment.eventsPerSecond / 1e6, decimals: 2)) M events/s  ·  "
      + "peak \(HumanFormat.bytes(environment.peakResidentBytes))"
  }

  private static func verdict(_ result: RunResult, _ style: TerminalStyle) -> String {
    let invariants = result.invariants.filter { $0.checks > 0 }
    let checked = "\(grouped(invariants.reduce(0) { $0 + $1.checks })) invariant checks"
    switch result.verdict {
    case .passed:
      let held = result.thresholds.isEmpty ? "" : "\(result.thresholds.count) thresholds held, "
      return style.good("✓ PASSED") + "  \(held)\(checked)"
    case .thresholdMissed:
      let missed = result.thresholds.filter { !$0.isPassed }.count
      return style.bad("✗ FAILED") + "  \(missed) of \(result.thresholds.count) thresholds missed"
    case .invariantViolated:
      let broken = result.invariants.filter { $0.breaches > 0 }.map { visible($0.name) }
      return style.bad("✗ INVARIANT VIOLATED") + "  " + broken.joined(separator: ", ")
    case .notAtRest:
      return style.bad("✗ NOT AT REST")
        + "  not all was settled within time.drain_limit after the last arrival"
    case .interrupted:
      return style.bad("✗ INTERRUPTED")
        + "  the figures cover what was reached, they are incomplete"
    }
  }
}
