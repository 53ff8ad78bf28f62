import Measurement
import Text

/// The report as one self-contained HTML page: no network, no scripts, light and dark, printable.
///
/// Deterministic like the summary: it shows nothing of the machine or the clock. The page is also
/// well-formed XML, so that any parser can check it. Every text from a scenario is escaped.
public enum HTMLReport {
  /// Rows a table shows at most; the CSV files have all.
  static let maximumRows = 200

  /// The page for `result`: head, contents, what was judged, charts over time, then every table of
  /// `RunTables` in its order, with its chart.
  public static func render(_ result: RunResult) -> String {
    let head = header(result) + tiles(result)
    let time = overTime(result)
    var room = Room(
      bytes: budget - head.utf8.count - time.reduce(0) { $0 + $1.html.utf8.count })
    let judged = RunTables.judgements.filter { $0.prominence == .always }.map(\.id)
    let first = sections(RunTables.all.filter { judged.contains($0.id) }, result, &room)
    let rest = sections(RunTables.all.filter { !judged.contains($0.id) }, result, &room)
    let notes = [notes(result)].compactMap(\.self)
    let all = first.sections + time + rest.sections + notes
    return page(
      title: result.identity.scenarioName,
      body: head + PageSection.contents(all) + first.html + time.map(\.html).joined() + rest.html
        + notes.map(\.html).joined() + footer(result))
  }

  /// Bytes of the page's body; style and frame come on top, and the page stays below 300 kB.
  private static let budget = 276_000

  /// What happened while payments came, how latencies are spread, and what was settled when.
  private static func overTime(_ result: RunResult) -> [PageSection] {
    var sections = ArrivalCharts(result)?.sections() ?? []
    let spread = DistributionChart.all(result)
    if !spread.isEmpty {
      sections.append(
        PageSection(
          id: "spread", title: "How latencies are spread",
          content: "<p class=\"note\">Over the whole run, in virtual time.</p>\n" + grid(spread)))
    }
    let transfersEnd = result.transferSeries.flatMap { series in
      series.index(of: "accepted").flatMap { column in
        series.values(column).lastIndex { $0 > 0 }.map { Int64($0 + 1) * series.slotLength }
      }
    }
    let end = max(result.arrivals?.end ?? 0, transfersEnd ?? 0)
    func charts(
      _ series: TimeSeries?, _ id: String, _ title: String, _ columns: (TimeSeries) -> [Int]
    ) -> PageSection? {
      series.flatMap { series in
        SettlementCharts(
          series: series, id: id, title: title, columns: columns(series), arrivalsEnd: end,
          reportingCurrency: result.reportingCurrency, bands: FaultBand.all(result)
        ).section()
      }
    }
    func named(_ names: [String]) -> (TimeSeries) -> [Int] {
      { series in names.compactMap { series.index(of: $0) } }
    }
    sections += [
      charts(
        result.series, "settled-time", "Payments captured and settled",
        named(["settled", "captured"])),
      charts(
        result.transferSeries, "transfer-time", "Transfers over time",
        named([
          "settled", "open", "settled_late", "accepted", "settled_value_minor_units",
          "open_value_minor_units",
        ])),
      charts(result.settlementSeries, "settlement-time", "Settlement systems over time") {
        Array($0.columns.indices)
      },
    ].compactMap(\.self)
    return sections
  }

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

  /// Tables whose chart says the same, and one that is for looking up.
  private static let folded: Set<String> = ["steps", "metrics"]

  /// Tables with their charts; narrow ones that follow each other stand side by side.
  private static func sections(
    _ tables: [RunTable], _ result: RunResult, _ room: inout Room
  ) -> (sections: [PageSection], html: String) {
    let view = TableView(extent: .complete)
    var body = ""
    var narrow: [PageSection] = []
    var all: [PageSection] = []
    for (index, table) in tables.enumerated() {
      guard let report = view.report(table, result),
        let section = section(
          report, chart(table, result), rows: room.rows(report, before: tables.count - index),
          isFolded: folded.contains(table.id))
      else { continue }
      all.append(section)
      room.take(section.html)
      if report.columns.count <= 4 {
        narrow.append(section)
        if narrow.count < 2 { continue }
        body += pair(narrow)
      } else {
        body += pair(narrow) + section.html
      }
      narrow = []
    }
    return (all, body + pair(narrow))
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

  private static func notes(_ result: RunResult) -> PageSection? {
    guard !result.notes.isEmpty else { return nil }
    let items = result.notes.prefix(maximumRows).map { "<li>\(proseHTML($0))</li>\n" }
    return PageSection(
      id: "notes", title: "Notes", content: "<ul class=\"notes\">\n\(items.joined())</ul>\n")
  }

  private static func footer(_ result: RunResult) -> String {
    "<footer>Times are virtual. The figures behind this page are in summary.json and the CSV files "
      + "beside it; what the run took on its machine is in environment.json.</footer>\n"
  }
}
