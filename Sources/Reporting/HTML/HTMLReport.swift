import Text

/// The report as one self-contained HTML page: no network, no scripts, light and dark, printable.
///
/// Deterministic like the summary: it shows nothing of the machine or the clock. The page is also
/// well-formed XML, so that any parser can check it. Every text from a scenario is escaped.
public enum HTMLReport {
  /// Rows a table shows at most; the CSV files have all.
  static let maximumRows = 200

  /// The page for `result`: head, what was judged, charts over time, then every table of
  /// `RunTables` in its order, with its chart.
  public static func render(_ result: RunResult) -> String {
    let head = header(result) + tiles(result)
    let time =
      timeSection(
        result.series, main: RunResult.paymentsColumn, id: "time", small: 6, "Over virtual time")
      + timeSection(
        result.transferSeries, main: "open", id: "transfer-time", "Transfers over virtual time")
      + timeSection(
        result.settlementSeries, main: "", id: "settlement-time", "Settlement over virtual time")
    var room = Room(bytes: budget - head.utf8.count - time.utf8.count)
    let judged = RunTables.judgements.filter { $0.prominence == .always }.map(\.id)
    let first = RunTables.all.filter { judged.contains($0.id) }
    let rest = RunTables.all.filter { !judged.contains($0.id) }
    let body =
      head + sections(first, result, &room) + time + sections(rest, result, &room) + notes(result)
    return page(title: result.identity.scenarioName, body: body + footer(result))
  }

  /// Bytes of the page's body; style and frame come on top, and the page stays below 300 kB.
  private static let budget = 280_000

  /// The chart of a table, if it has one.
  private static func chart(_ table: RunTable, _ result: RunResult) -> String {
    switch table.id {
    case "steps": FunnelChart.render(result)
    case "latencies": LatencyChart.render(result)
    case "strategies": StrategyChart.render(result)
    case "liquidity": LiquidityChart.render(result)
    default: ""
    }
  }

  /// Tables with their charts; narrow ones that follow each other stand side by side.
  private static func sections(
    _ tables: [RunTable], _ result: RunResult, _ room: inout Room
  ) -> String {
    let view = TableView(extent: .complete)
    var body = ""
    var narrow: [String] = []
    for (index, table) in tables.enumerated() {
      guard let report = view.report(table, result) else { continue }
      let text = section(
        report, chart(table, result), rows: room.rows(report, before: tables.count - index))
      room.take(text)
      if report.columns.count <= 5 {
        narrow.append(text)
        if narrow.count < 2 { continue }
        body += pair(narrow)
      } else {
        body += pair(narrow) + text
      }
      narrow = []
    }
    return body + pair(narrow)
  }

  static func page(title: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
    <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="\(HTMLStyle.contentSecurityPolicy)" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <meta name="color-scheme" content="light dark" />
    <title>\(escapedHTML(title)) · settlesim</title>
    <style>\(HTMLStyle.sheet)</style>
    </head>
    <body>
    <main>
    \(body)</main>
    </body>
    </html>

    """
  }

  private static func header(_ result: RunResult) -> String {
    let identity = result.identity
    let mark = result.verdict == .passed ? "✓ " : "✗ "
    let tone = result.verdict == .passed ? "good" : "bad"
    let complete = result.isComplete ? "" : " · incomplete"
    var facts = [
      ("seed", "<code>\(identity.seed)</code>"),
      ("digest", "<code>\(identity.digestHex)</code>"),
      ("events", grouped(identity.eventCount)),
      ("virtual time", HumanFormat.duration(result.virtualTimeNanoseconds)),
      (
        "scenario SHA-256",
        "<code>\(escapedHTML(String(identity.scenarioSHA256.prefix(16))))…</code>"
      ),
    ]
    if !identity.settlesimVersion.isEmpty {
      facts.append(("settlesim", escapedHTML(identity.settlesimVersion)))
    }
    let lead =
      identity.scenarioDescription.isEmpty
      ? "" : "<p class=\"lead\">\(escapedHTML(identity.scenarioDescription))</p>\n"
    let list = facts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" }.joined(separator: "\n")
    return """
      <header>
      <div class="title"><h1>\(escapedHTML(identity.scenarioName))</h1>
      <span class="badge \(tone)">\(mark)\(result.verdict.words)\(complete)</span></div>
      \(lead)<dl class="facts">
      \(list)
      </dl>
      <pre>\(escapedHTML(identity.reproducingCommand))</pre>
      </header>

      """
  }

  /// A few large figures.
  private static func tiles(_ result: RunResult) -> String {
    var tiles: [(String, String)] = []
    if let first = result.steps.first, first.count > 0 {
      tiles.append((grouped(first.count), first.name))
      if result.steps.count > 1, let last = result.steps.last {
        tiles.append((grouped(last.count), last.name))
      }
    } else if let transfers = result.transfers, transfers.accepted > 0 {
      tiles += [
        (grouped(transfers.accepted), "transfers accepted"),
        (grouped(transfers.settled), "transfers settled"),
        (HumanFormat.money(transfers.value), "value settled"),
        (HumanFormat.duration(transfers.meanDelay), "mean delay by value"),
      ]
    }
    let latency = result.latencies.first {
      $0.name.lowercased().hasPrefix("authori") && $0.count > 0
    }
    if let latency { tiles.append((HumanFormat.duration(latency.p99), "\(latency.name) p99")) }
    if let chosen = result.strategies.first(where: \.isChosen), let ratio = chosen.savingsRatio {
      tiles.append((HumanFormat.percent(ratio), "saved by \(chosen.label), shadow-priced"))
    }
    if let cost = result.costPerPayment {
      let each = result.hasOnlyTransfers ? "cost per transfer" : "cost per payment"
      tiles.append((HumanFormat.money(cost), each))
    }
    guard !tiles.isEmpty else { return "" }
    let items = tiles.map {
      "<li><strong>\(escapedHTML($0.0))</strong><span>\(escapedHTML($0.1))</span></li>\n"
    }
    return "<ul class=\"tiles\">\n\(items.joined())</ul>\n"
  }

  private static func notes(_ result: RunResult) -> String {
    guard !result.notes.isEmpty else { return "" }
    let items = result.notes.prefix(maximumRows).map { "<li>\(escapedHTML($0))</li>\n" }
    return
      "<section id=\"notes\"><h2>Notes</h2>\n<ul class=\"notes\">\n"
      + items.joined() + "</ul></section>\n"
  }

  private static func footer(_ result: RunResult) -> String {
    "<footer>Times are virtual. The figures behind this page are in summary.json and the CSV files "
      + "beside it; what the run took on its machine is in environment.json.</footer>\n"
  }
}
