import Text

/// The short form: at most ten lines, each of one line's width.
extension SummaryTable {
  static func short(
    _ result: RunResult, _ options: Options, _ style: TerminalStyle
  ) -> String {
    let identity = result.identity
    let hasFailed = result.verdict != .passed
    var lines: [String?] = [
      style.strong(TextTable.clipped([visible(identity.scenarioName)])),
      TextTable.clipped(facts(result)),
      labelled("set", identity.overrides.map { visible("\($0.path)=\($0.value)") }, "; "),
      labelled("ended", ends(result)),
      labelled("latency", latencies(result)),
      labelled("cost", costs(result)),
      labelled("missed", missed(result), "; "),
    ]
    if !hasFailed, !result.notes.isEmpty {
      lines.append(labelled("notes", ["\(grouped(result.notes.count)), without --short"]))
    }
    lines += footerLines(result, options, style)
    return lines.compactMap(\.self).joined(separator: "\n") + "\n"
  }

  /// A line of as many parts as it has room for; nil without any.
  private static func labelled(
    _ label: String, _ parts: [String], _ separator: String = " · "
  ) -> String? {
    parts.isEmpty ? nil : TextTable.clipped(parts, separator: separator, label: label)
  }

  private static func ends(_ result: RunResult) -> [String] {
    let transfers = result.transfers.map { [("accepted", $0.accepted), ("settled", $0.settled)] }
    let ends =
      result.hasOnlyTransfers ? transfers ?? [] : result.endStates.map { ($0.name, $0.count) }
    return ends.filter { $0.1 > 0 }.map { "\(visible($0.0)) \(grouped($0.1))" }
  }

  private static func latencies(_ result: RunResult) -> [String] {
    result.latencies.filter { ["authorization", "settlement"].contains($0.name) && $0.count > 0 }
      .map {
        "\($0.name) p99 \(HumanFormat.duration($0.p99))"
      }
  }

  private static func costs(_ result: RunResult) -> [String] {
    var parts: [String] = []
    if let total = result.totalCost { parts.append(HumanFormat.money(total)) }
    if let each = result.costPerPayment {
      let what = result.hasOnlyTransfers ? "transfer" : "payment"
      parts.append("\(HumanFormat.money(each)) a \(what)")
    }
    if let chosen = result.strategies.first(where: \.isChosen), let ratio = chosen.savingsRatio {
      parts.append("\(HumanFormat.percent(ratio)) saved by \(visible(chosen.name))")
    }
    return parts
  }

  /// Thresholds that were missed, then levels, with what was found.
  private static func missed(_ result: RunResult) -> [String] {
    let thresholds = result.thresholds.filter { !$0.isPassed }.map {
      "\(visible($0.text)): \(HumanFormat.quantity($0.actual))"
    }
    let levels = result.levels.filter { $0.isMet == false }.map {
      "\(visible($0.name)): \($0.actual.map(HumanFormat.quantity) ?? "no samples")"
    }
    return thresholds + levels
  }
}
