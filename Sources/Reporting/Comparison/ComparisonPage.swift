import Text
import Statistics

/// The comparison as one self-contained HTML page, made like the report of a run: no network, no
/// scripts, light and dark, printable, well-formed XML, the same bytes on every machine.
public enum ComparisonPage {
  /// Bytes from which on no further metric is shown; the page stays below 300 kB.
  private static let budget = 230_000

  /// The page for `result`.
  public static func render(_ result: ComparisonResult) -> String {
    let head = header(result)
    var sections = [conclusions(result), tradeOffs(result)].compactMap(\.self)
    let size = head.utf8.count + sections.reduce(0) { $0 + $1.html.utf8.count }
    let (metrics, left) = metrics(result, room: budget - size)
    sections += metrics
    let words = "\(left) more metrics are in verdicts.csv."
    let more = left > 0 ? "<p class=\"note\">\(words)</p>\n" : ""
    var rest: [PageSection] = []
    if result.pairing == .paired {
      rest = [HTMLReport.section(ComparisonTables.replications(result))].compactMap(\.self)
    }
    rest += [notes(result)].compactMap(\.self)
    let body =
      head + PageSection.contents(sections + rest) + sections.map(\.html).joined() + more
      + rest.map(\.html).joined()
      + "<footer>Times are virtual. Every figure of every run is in comparison.csv, the verdicts "
      + "are in verdicts.csv, all of it is in comparison.json; the digest of each run is in "
      + "manifest.json.</footer>\n"
    return HTMLReport.page(
      title: "\(result.identity.scenarioName), strategies compared", body: body)
  }

  private static func header(_ result: ComparisonResult) -> String {
    let identity = result.identity
    let last = identity.seed &+ UInt64(max(0, result.replications - 1))
    func code(_ text: String) -> String { "<code>\(escapedHTML(text))</code>" }
    var facts = [("strategies", grouped(result.strategies.count))]
    if result.pairing == .paired {
      facts.append(("replications", grouped(result.replications)))
    }
    if !result.isStored {
      facts += [
        ("seeds", code("\(identity.seed)") + " to " + code("\(last)"))
      ]
    }
    facts += [
      ("baseline", code(result.strategies[result.baseline].name)),
      ("confidence", HumanFormat.percent(result.confidence)),
      ("effect floor", HumanFormat.percent(result.effectFloor)),
      ("digest of all runs", code(identity.digestHex)),
      ("arrivals", code(identity.arrivalDigestHex)), ("events", grouped(identity.eventCount)),
      ("scenario SHA-256", code(String(identity.scenarioSHA256.prefix(16)) + "…")),
    ]
    if !identity.settlesimVersion.isEmpty {
      facts.append(("settlesim", escapedHTML(identity.settlesimVersion)))
    }
    let lead =
      identity.scenarioDescription.isEmpty
      ? "" : "<p class=\"lead\">\(escapedHTML(identity.scenarioDescription))</p>\n"
    let list = facts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" }.joined(separator: "\n")
    let command =
      result.reproducingCommand.isEmpty
      ? "" : "<pre>\(escapedHTML(result.reproducingCommand))</pre>\n"
    let distinctions = ComparisonText.distinctions(result).map {
      "<li>\(escapedHTML($0))</li>\n"
    }
    let differing =
      distinctions.isEmpty ? "" : "<ul class=\"notes\">\n\(distinctions.joined())</ul>\n"
    return """
      <header>
      <div class="title"><h1>\(escapedHTML(identity.scenarioName)), strategies compared</h1></div>
      \(lead)<dl class="facts">
      \(list)
      </dl>
      \(differing)\(command)</header>

      """
  }

  /// The words, in a table and in sentences.
  private static func conclusions(_ result: ComparisonResult) -> PageSection? {
    let table = ComparisonTables.conclusions(result)
    let sentences = ComparisonSentences.all(result).map { "<li>\(escapedHTML($0))</li>\n" }
    let words = ComparisonText.reading(result).joined(separator: " ")
    let reading = ([words] + ComparisonText.adding(result)).joined(separator: ". ")
    return PageSection(
      id: table.id, title: table.title,
      content: "<p class=\"note\">\(escapedHTML(reading)).</p>\n" + HTMLReport.html(table)
        + "<ul class=\"notes\">\n\(sentences.joined())</ul>\n")
  }

  private static func tradeOffs(_ result: ComparisonResult) -> PageSection? {
    let charts = TradeOffChart.all(result)
    guard !charts.isEmpty else { return nil }
    let table = ComparisonTables.tradeOffs(result)
    return PageSection(
      id: table.id, title: table.title,
      content: "<p class=\"note\">\(escapedHTML(table.note)) Lines reach from quartile to quartile "
        + "over the replications.</p>\n\(HTMLReport.grid(charts))\(HTMLReport.html(table))")
  }

  /// As many metrics as the page has room for, and how many are left.
  private static func metrics(
    _ result: ComparisonResult, room: Int
  ) -> (sections: [PageSection], left: Int) {
    var sections: [PageSection] = []
    var size = 0
    for position in result.metrics.indices {
      guard
        var section = HTMLReport.section(
          ComparisonTables.metric(at: position, result),
          IntervalChart.render(result.metrics[position], at: position, result))
      else { continue }
      section.link = visible(result.metrics[position].label)
      // A link in the contents, and markup.
      size += section.html.utf8.count + section.title.utf8.count + 100
      guard size <= room else { return (sections, result.metrics.count - position) }
      sections.append(section)
    }
    return (sections, 0)
  }

  private static func notes(_ result: ComparisonResult) -> PageSection? {
    guard !result.notes.isEmpty else { return nil }
    let items = result.notes.prefix(HTMLReport.maximumRows).map {
      "<li>\(escapedHTML($0))</li>\n"
    }
    return PageSection(
      id: "notes", title: "Notes", content: "<ul class=\"notes\">\n\(items.joined())</ul>\n")
  }
}
