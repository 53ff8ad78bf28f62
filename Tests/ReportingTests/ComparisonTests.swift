import Host
import Text
import Foundation
import Statistics
import Testing

@testable import Reporting

@Suite("A comparison rendered")
struct ComparisonTests {
  @Test("the table on screen is what it was")
  func table() throws {
    let options = SummaryTable.Options(usesColor: false, reportPath: "r/compare.html")
    let text = ComparisonText.render(sampleComparison(), as: .table, options: options)
    try expect(text, isTranscript: "comparison/table.txt")
    #expect(text.split(separator: "\n").allSatisfy { TextTable.width(String($0)) <= 80 })
  }

  @Test("the page is well-formed", .enabled(if: hasPython), arguments: 0..<4)
  func wellFormed(_ index: Int) {
    var unpaired = sampleComparison()
    unpaired.pairing = .unpaired
    unpaired.isStored = true
    unpaired.metrics = []
    unpaired.conclusions = unpaired.conclusions.map {
      StrategyConclusion(verdicts: [:], isBaseline: $0.word == .baseline, dominatedBy: [])
    }
    let results = [sampleComparison(), hostileComparison(), largeComparison(), unpaired]
    let outcome = run(
      ["python3", "-c", pageCheck], input: ComparisonPage.render(results[index]))
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  @Test("no text from outside reaches the page unescaped, and it names no address")
  func escaping() {
    let page = ComparisonPage.render(hostileComparison())
    #expect(!page.contains("<script"))
    #expect(!page.unicodeScalars.contains { $0 != "\n" && $0.isInvisible })
    let addresses = page.components(separatedBy: "http").dropFirst().filter {
      !$0.hasPrefix("://www.w3.org/") && !$0.hasPrefix("-equiv")
    }
    #expect(addresses.isEmpty)
    #expect(page.contains("content=\"default-src 'none'; style-src 'sha256-"))
  }

  @Test("the page stays below 300 kB however much there is, and says what it left out")
  func size() {
    let page = ComparisonPage.render(largeComparison())
    #expect(page.utf8.count < 300_000, "\(page.utf8.count)")
    #expect(page.contains("more metrics are in verdicts.csv"))
  }

  @Test("the page has a chart for each pair of dimensions and each metric, and a table under each")
  func content() {
    let page = ComparisonPage.render(sampleComparison())
    #expect(page.components(separatedBy: "<svg").count - 1 == 3 * 2 + 5)
    #expect(page.components(separatedBy: "<table").count - 1 == 1 + 1 + 5 + 1)
    #expect(page.contains("<pre>settlesim compare standard-day"))
    for sentence in [
      "one_wire_per_payment is the baseline; it belongs to the Pareto set.",
      "merchant_day+deferred_net is better in cost (-90,500.36 USD, -72.4 %), "
        + "is worse in delay (+2 h 12 min, +59.8 %), "
        + "is better in liquidity (-1,000,000 USD, -40.0 %); it belongs to the Pareto set.",
      "fixed_window:window=15min is better in cost (-38,750.16 USD, -31.0 %), "
        + "cannot be told from the baseline in delay, "
        + "is worse in liquidity (+30,000 USD, +1.20 %); "
        + "it is dominated by merchant_day+deferred_net.",
    ] { #expect(page.contains(sentence), "\(sentence)") }
    #expect(page.components(separatedBy: "class=\"ghost\"").count - 1 == 3 * 2)
  }

  @Test("json, ndjson, csv and Markdown say the same")
  func formats() throws {
    let result = sampleComparison()
    let json = try CanonicalJSON(
      parsing: ComparisonText.render(result, as: .json), file: "comparison.json")
    #expect(json["metrics"]?.elements?.count == 5)
    let row = json["metrics"]?.elements?[1]["strategies"]?.elements?[1]
    #expect(row?["difference"]?["verdict"]?.text == "worse")
    #expect(json["schema_version"] == .int(2))
    let cost = json["metrics"]?.elements?[0]
    #expect(cost?["judged_by"]?.text == "mean" && cost?["role"]?.text == "confirmatory")
    for figure in ["mean", "median"] {
      let difference = cost?["strategies"]?.elements?[1]["difference"]?[figure]
      #expect(difference?["interval"]?["lower"] != nil && difference?["relative"] != nil)
    }
    let described = json["metrics"]?.elements?[3]
    #expect(described?["role"]?.text == "descriptive")
    let undecided = described?["strategies"]?.elements?[1]["difference"]
    #expect(undecided?["verdict"] == .null && undecided?["adjusted_p_value"] == .null)
    #expect(json["conclusions"]?.elements?[2]["dominated_by"] == ["merchant_day+deferred_net"])
    #expect(json["runs"]?.elements?[5]["seed"]?.integer() == 43)
    let lines = ComparisonText.render(result, as: .ndjson).split(separator: "\n")
    for line in lines { _ = try CanonicalJSON(parsing: String(line), file: "line") }
    #expect(lines.count(where: { $0.contains("\"section\":\"metrics\"") }) == 5)
    let csv = ComparisonText.render(result, as: .csv).split(separator: "\n")
    #expect(csv.count == 1 + 5 * 3 && csv[2].hasSuffix(",better") && csv[1].hasSuffix(","))
    let markdown = ComparisonText.render(result, as: .markdown)
    #expect(markdown.hasPrefix("# standard-day\n"))
    #expect(
      markdown.contains("| merchant\\_day+deferred\\_net | better | worse | better | mixed |"))
  }

  @Test("comparison.csv has a row for every figure of every run")
  func longForm() {
    let rows = ComparisonFiles.observations(sampleComparison()).split(separator: "\n")
    #expect(rows.count == 1 + 6 * 5)
    #expect(rows[0] == "replication,seed,strategy,at_rest,metric,unit,value")
    #expect(rows[1] == "0,42,one_wire_per_payment,true,cost.total,USD,123750.495")
  }

  @Test("of a strategy that did not come to rest every form shows figures, runs and no claim")
  func unrest() throws {
    var result = sampleComparison()
    result.runs[1].unrest = "queues are in deadlock"
    result.strategies[1].restless = 1
    for index in result.metrics.indices { result.metrics[index].rows[1].difference = nil }
    result.conclusions[1] = StrategyConclusion(claimingNothing: .notAtRest)
    result.conclusions[2].dominatedBy = []
    let words = "not at rest in 1 of 2 runs"
    let table = ComparisonText.render(result, as: .table).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    // Descriptive metrics have no column for it: the three dimensions and the verdicts.
    #expect(table.components(separatedBy: words).count - 1 == 3 + 1)
    #expect(table.contains("34,500"))
    let page = ComparisonPage.render(result)
    #expect(page.contains(words) && page.contains("(not at rest)"))
    #expect(page.contains("merchant_day+deferred_net is \(words): nothing is claimed of it."))
    #expect(ComparisonText.render(result, as: .markdown).contains("| \(words) | – |"))
    let csv = ComparisonText.render(result, as: .csv).split(separator: "\n")
    #expect(csv[2].hasPrefix("cost.total,USD,lower,confirmatory,mean,merchant_day+deferred_net,"))
    #expect(csv[2].contains(",20,1,34500.1") && csv[2].hasSuffix(",,"))
    let json = ComparisonDocument.json(result)
    #expect(json["strategies"]?.elements?[1]["not_at_rest"] == .int(1))
    #expect(json["conclusions"]?.elements?[1]["verdict"] == .string("not_at_rest"))
    #expect(json["conclusions"]?.elements?[1]["pareto"] == .boolean(false))
    #expect(json["runs"]?.elements?[1]["at_rest"] == .boolean(false))
  }

  @Test("tables, axes and files say what money and spans of time stand in")
  func measures() {
    let result = sampleComparison()
    #expect(ComparisonText.render(result, as: .table).contains("cost.total, USD ↓"))
    #expect(ComparisonText.render(result, as: .markdown).contains("liquidity.usage, USD, lower"))
    let page = ComparisonPage.render(result)
    for text in [
      "cost: cost.total, USD</text>", "mean difference from one_wire_per_payment, USD</span>",
      "cost.total, USD: mean differences",
    ] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(ComparisonText.render(result, as: .csv).contains("\nsettlement_latency.mean,nanosec"))
  }

  @Test("every form shows mean and median, each with its interval, and marks what is descriptive")
  func bothFigures() throws {
    let result = sampleComparison()
    let table = ComparisonText.render(result, as: .table)
    // The mean leads for money, and the median stands in a row of its own beneath it.
    #expect(table.contains("-90,500   -72.4 %  -99,550 to -81,450  better"))
    #expect(table.contains("-88,690   -71.0 %  -97,740 to -79,640\n"))
    let full = ComparisonText.render(
      result, as: .table, options: SummaryTable.Options(usesColor: false, extent: .full))
    for text in ["-90,500.36 USD", "-99,550.40 to -81,450.33", "< 0.0001"] {
      #expect(full.contains(text), "\(text)")
    }
    #expect(table.contains("savings_ratio ↑, descriptive"))
    let markdown = ComparisonText.render(result, as: .markdown)
    let page = ComparisonPage.render(result)
    for text in ["-90,500.36 USD", "-88,690.35 USD", "-97,740.39 to -79,640.32"] {
      #expect(markdown.contains(text) && page.contains(text), "\(text)")
    }
    #expect(page.contains("higher is better, descriptive"))
    let csv = ComparisonText.render(result, as: .csv).split(separator: "\n")
    let (header, row) = (csv[0].split(separator: ","), csv[2].split(separator: ","))
    for (column, value) in [
      ("mean_difference", "-90500.362"), ("median_difference", "-88690.3547"),
      ("role", "confirmatory"), ("judged_by", "mean"), ("unit", "USD"),
    ] {
      let position = try #require(header.firstIndex { $0 == column })
      #expect(row[position].hasPrefix(value), "\(column): \(row[position])")
    }
  }

  @Test("where too few replications rule an interval or a word out, that is what stands there")
  func tooFew() throws {
    var result = sampleComparison()
    for index in result.metrics.indices {
      for row in 1...2 {
        result.metrics[index].rows[row].difference!.count = 1
        result.metrics[index].rows[row].difference!.mean.interval = nil
        result.metrics[index].rows[row].difference!.median.interval = nil
        result.metrics[index].rows[row].difference!.verdict = nil
        result.metrics[index].rows[row].difference!.adjustedPValue = nil
      }
    }
    result.conclusions = result.conclusions.map {
      StrategyConclusion(verdicts: [:], isBaseline: $0.word == .baseline, dominatedBy: [])
    }
    let table = ComparisonText.render(result, as: .table)
    let lines = table.split(separator: "\n")
    let judged = try #require(lines.firstIndex { $0.hasPrefix("  merchant_day+deferred_net") })
    #expect(lines[judged...].prefix(2).joined().contains("too few"), "\(table)")
    #expect(!table.contains("  better\n") && !table.contains("  worse\n"), "\(table)")
    #expect(ComparisonPage.render(result).contains("merchant_day+deferred_net is not judged"))
    let json = ComparisonDocument.json(result)
    #expect(json["conclusions"]?.elements?[1]["verdict"] == .string("undecided"))
    let row = json["metrics"]?.elements?[0]["strategies"]?.elements?[1]
    #expect(row?["difference"]?["mean"]?["interval"] == .null)
  }

  @Test("what stored results differ in stands before the figures")
  func distinctions() throws {
    var result = sampleComparison()
    result.isStored = true
    result.distinctions = ["costs.wire: 5.00 USD and 30.00 USD", "seeds: 1 to 8 and 21 to 28"]
    for format in [SummaryFormat.table, .markdown] {
      let text = ComparisonText.render(result, as: format)
      let line = try #require(text.firstRange(of: "costs.wire: 5.00 USD and 30.00 USD"))
      let figures = try #require(text.firstRange(of: "cost.total, USD"))
      #expect(line.upperBound < figures.lowerBound, "\(format)")
    }
    #expect(ComparisonPage.render(result).contains("<li>  seeds: 1 to 8 and 21 to 28</li>"))
    #expect(ComparisonDocument.json(result)["distinctions"]?.elements?.count == 2)
    result.distinctions = []
    #expect(
      ComparisonText.render(result, as: .table).contains("the same scenario, settings, seeds"))
  }

  @Test("an entry that stands as in the scenario says so")
  func inherited() {
    var result = sampleComparison()
    result.strategies[1].settings = []
    for (index, name) in [(1, "merchant_day"), (2, "fixed_window")] {
      result.strategies[index].inherited = [
        SettingOverride(path: "settlement.strategy", value: name)
      ]
    }
    result.strategies[2].settings = [
      SettingOverride(path: "settlement.strategy.window", value: "15min")
    ]
    let table = ComparisonText.render(result, as: .table)
    #expect(table.contains("  fixed_window:window=15min *\n"), "\(table)")
    #expect(table.contains("\n  *: what it does not name is as in the scenario"))
    let full = SummaryTable.Options(usesColor: false, extent: .full)
    for text in [
      ComparisonText.render(result, as: .table, options: full), ComparisonPage.render(result),
    ] {
      #expect(text.contains("merchant_day+deferred_net (as in the scenario)"))
      #expect(text.contains("fixed_window:window=15min (fixed_window else as in the scenario)"))
    }
    let strategy = ComparisonDocument.json(result)["strategies"]?.elements?[1]
    #expect(strategy?["as_in_scenario"]?.elements?.first?["value"]?.text == "merchant_day")
  }

  @Test("where the parts of the settlement's cost are shown, it is said how they add up")
  func adding() {
    var result = sampleComparison()
    let words = "cost.settlement of a run is cost.wires less cost.discount, and its other parts"
    #expect(!ComparisonText.render(result, as: .table).contains(words))
    result.metrics[0].name = "cost.settlement"
    result.metrics[4].name = "cost.discount"
    #expect(ComparisonText.render(result, as: .table).contains("\n  \(words)\n"))
    #expect(ComparisonPage.render(result).contains("no test, no verdict. \(words).</p>"))
  }

  @Test("names of near points cover neither each other nor a point", arguments: 1...12)
  func labels(_ count: Int) {
    let area = LabelPlacement.Box(left: 74, right: 520, top: 22, bottom: 332)
    let points = (0..<count).map { index -> (x: Double, y: Double) in
      let (column, row) = (Double(index % 3), Double(index / 3))
      return (x: 200 + column * 4, y: 150 + row * 5)
    }
    func placed() -> [LabelPlacement.Place] {
      var placement = LabelPlacement(area: area, points: points)
      return points.compactMap { placement.place("fixed_window:window=15min", x: $0.x, y: $0.y) }
    }
    let places = placed()
    #expect(places.count == count && placed() == places)
    for (index, place) in places.enumerated() {
      #expect(area.contains(place.box))
      for other in places[..<index] { #expect(!place.box.overlaps(other.box)) }
      for (x, y) in points {
        let mark = LabelPlacement.Box(left: x - 7, right: x + 7, top: y - 7, bottom: y + 7)
        #expect(!place.box.overlaps(mark))
      }
    }
  }

  @Test("a comparison is published whole, replaces a run's result and is replaced by one")
  func directory() throws {
    let sandbox = Sandbox()
    func publish() throws {
      let directory = try ResultDirectory(path: sandbox.path + "/r")
      try directory.publish(sampleComparison(), environment: sampleEnvironment())
    }
    try publish()
    let names = [
      "compare.html", "comparison.csv", "comparison.json", "environment.json", "manifest.json",
      "verdicts.csv",
    ]
    #expect(sandbox.names("/r") == names && sandbox.names() == ["r"])
    let manifest = try CanonicalJSON(
      parsing: try #require(sandbox.text("r/manifest.json")), file: "m")
    #expect(
      manifest["files"]?.elements?.compactMap { $0["name"]?.text }
        == names.filter {
          $0 != "environment.json" && $0 != "manifest.json"
        })
    for file in manifest["files"]?.elements ?? [] {
      let text = try #require(sandbox.text("r/" + (file["name"]?.text ?? "")))
      #expect(file["sha256"]?.text == SHA256.hexDigest(of: text))
    }
    try sandbox.publish("r")
    #expect(sandbox.names("/r").contains("summary.json"))
    try publish()
    #expect(sandbox.names("/r") == names)
    sandbox.put("r/mine.txt", "")
    #expect(sandbox.refusal("r")?.kind == .refused)
  }

  @Test(
    "an axis covers its values with round ticks in a fitting unit",
    arguments: [
      (0.0, 10.0, Quantity.Unit.number, "10"), (-5.2, -3.1, .number, "-5"),
      (3.4e12, 15e12, .nanoseconds, "4 h"), (0.001, 0.02, .ratio, "2 %"),
      (7, 7, .count, "7"), (0, 0, .number, "0"), (-2e6, 3e6, .nanoseconds, "0 ms"),
      (1e15, 1e15 + 1, .number, ""),
    ])
  func axes(_ low: Double, _ high: Double, _ unit: Quantity.Unit, _ label: String) {
    let axis = ValueAxis(low, high, unit: unit, count: 6)
    #expect(axis.low < low + 1e-9 && axis.high >= high && axis.low < axis.high)
    #expect(axis.ticks.count <= 9)
    for tick in axis.ticks { #expect((-1e-9...1 + 1e-9).contains(axis.position(tick))) }
    if !label.isEmpty {
      #expect(axis.ticks.map(axis.label).contains(label), "\(axis.ticks.map(axis.label))")
    }
  }
}
