import Text
import Statistics

/// The comparison as one self-contained HTML page, made like the report of a run: no network, no
/// scripts, light and dark, printable, well-formed XML, the same bytes on every machine.
public enum ComparisonPage {
  /// Bytes from which on no further metric is shown; the page stays below 300 kB.
  private static let budget = 230_000

  /// The page for `result`.
  public static func render(_ result: ComparisonResult) -> String {
    var body = header(result)
    body += conclusions(result)
    body += tradeOffs(result)
    body += metrics(result, room: budget - body.utf8.count)
    if result.pairing == .paired {
      body += HTMLReport.section(ComparisonTables.replications(result))
    }
    body += notes(result)
    body +=
      "<footer>Times are virtual. Every figure of every run is in comparison.csv, the verdicts are "
      + "in verdicts.csv, all of it is in comparison.json; the digest of each run is in "
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
  private static func conclusions(_ result: ComparisonResult) -> String {
    let table = ComparisonTables.conclusions(result)
    let sentences = ComparisonSentences.all(result).map { "<li>\(escapedHTML($0))</li>\n" }
    let words = ComparisonText.reading(result).joined(separator: " ")
    let reading = ([words] + ComparisonText.adding(result)).joined(separator: ". ")
    return "<section id=\"\(table.id)\"><h2>\(escapedHTML(table.title))</h2>\n"
      + "<p class=\"note\">\(escapedHTML(reading)).</p>\n"
      + HTMLReport.html(table)
      + "<ul class=\"notes\">\n\(sentences.joined())</ul>\n</section>\n"
  }

  private static func tradeOffs(_ result: ComparisonResult) -> String {
    let charts = TradeOffChart.all(result).map { "<figure>\n\($0)</figure>\n" }
    guard !charts.isEmpty else { return "" }
    let table = ComparisonTables.tradeOffs(result)
    let figures =
      charts.count == 1 ? charts[0] : "<div class=\"pair\">\n\(charts.joined())</div>\n"
    return "<section id=\"\(table.id)\"><h2>\(table.title)</h2>\n"
      + "<p class=\"note\">\(escapedHTML(table.note)) Lines reach from quartile to quartile over "
      + "the replications.</p>\n\(figures)\(HTMLReport.html(table))</section>\n"
  }

  /// As many metrics as the page has room for.
  private static func metrics(_ result: ComparisonResult, room: Int) -> String {
    var text = ""
    for position in result.metrics.indices {
      let section = HTMLReport.section(
        ComparisonTables.metric(at: position, result),
        IntervalChart.render(result.metrics[position], at: position, result))
      guard text.utf8.count + section.utf8.count <= room else {
        let left = result.metrics.count - position
        return text + "<p class=\"note\">\(left) more metrics are in verdicts.csv.</p>\n"
      }
      text += section
    }
    return text
  }

  private static func notes(_ result: ComparisonResult) -> String {
    guard !result.notes.isEmpty else { return "" }
    let items = result.notes.prefix(HTMLReport.maximumRows).map {
      "<li>\(escapedHTML($0))</li>\n"
    }
    return "<section id=\"notes\"><h2>Notes</h2>\n<ul class=\"notes\">\n"
      + items.joined() + "</ul></section>\n"
  }
}
