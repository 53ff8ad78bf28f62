import Text
import Testing

@testable import Reporting

@Suite struct SummaryTests {
  @Test("the summary on screen reads as designed")
  func golden() throws {
    let options = SummaryTable.Options(
      usesColor: false, reportPath: "runs/standard-day/report.html")
    let text = SummaryTable.render(
      sampleResult(), environment: sampleEnvironment(), options: options)
    try expect(text, isTranscript: "summary/table.txt")
    let short = SummaryTable.render(
      sampleResult(), environment: sampleEnvironment(),
      options: SummaryTable.Options(
        usesColor: false, reportPath: "runs/standard-day/report.html", extent: .short))
    try expect(short, isTranscript: "summary/short.txt")
    #expect(short.split(separator: "\n").count <= 10)
  }

  @Test("infrastructure by part is a table of its own where there are parts")
  func infrastructure() {
    var result = sampleResult()
    #expect(!SummaryTable.render(result).contains("Infrastructure by part"))
    #expect(SummaryDocument.json(result)["infrastructure"] == [])
    result.infrastructure = [
      InfrastructureRow(
        "compute", perMonth: ReportedAmount(100_000_00), amount: ReportedAmount(3_333_33),
        perPayment: FineAmount(scaled: 667)),
      InfrastructureRow(
        "spot instances", perMonth: ReportedAmount(-52_500_00), amount: ReportedAmount(-1_750_00),
        perPayment: nil),
    ]
    let text = SummaryTable.render(result)
    #expect(
      text.contains(
        """
        Infrastructure by part, USD   per month  of the run  per payment
          compute                    100,000.00    3,333.33     0.000667
          spot instances             -52,500.00   -1,750.00            –
        """))
    let json = SummaryDocument.json(result).encoded()
    #expect(SummaryDocument.json(result)["infrastructure"]?.elements?.count == 2)
    #expect(json.contains("-1750.00") && json.contains("0.000667"))
    #expect(HTMLReport.render(result).contains("spot instances"))
  }

  @Test("no line is wider than 100 columns")
  func width() {
    let lines = SummaryTable.render(sampleResult()).split(separator: "\n")
    #expect(lines.allSatisfy { TextTable.width(String($0)) <= 100 })
  }

  @Test("colour is used only when asked for, and a hostile name cannot bring its own")
  func color() {
    let plain = SummaryTable.render(hostileResult())
    #expect(!plain.unicodeScalars.contains { $0 != "\n" && $0.isInvisible })
    let options = SummaryTable.Options(usesColor: true)
    let colored = SummaryTable.render(sampleResult(), options: options)
    #expect(colored.contains("\u{1B}[32m✓ PASSED\u{1B}[0m"))
    var stripped = colored
    for code in ["0", "1", "2", "32", "1;31"] {
      stripped = stripped.split(separator: "\u{1B}[\(code)m", omittingEmptySubsequences: false)
        .joined()
    }
    #expect(stripped == SummaryTable.render(sampleResult()))
  }

  @Test(
    "the last line is the verdict, and a run that failed says how to repeat it",
    arguments: [
      (Verdict.thresholdMissed, "✗ FAILED  1 of 2 thresholds missed · 1 level missed"),
      (.invariantViolated, "✗ INVARIANT VIOLATED  debits equal credits"),
      (.interrupted, "✗ INTERRUPTED  the figures cover what was reached, they are incomplete"),
    ])
  func verdicts(verdict: Verdict, line: String) {
    var result = sampleResult()
    result.verdict = verdict
    result.thresholds[0].isPassed = false
    result.invariants[0].breaches = verdict == .invariantViolated ? 1 : 0
    let lines = SummaryTable.render(result).split(separator: "\n").suffix(2)
    #expect(lines.last.map(String.init) == line)
    #expect(
      lines.first == "reproduce  settlesim run standard-day --seed 42 --set cells.count=8")
  }

  @Test("thresholds judge, and the margin is negative when they are missed")
  func thresholds() {
    func row(_ comparison: Comparison, _ actual: Double) -> ThresholdRow {
      ThresholdRow(
        text: "x", comparison, expected: Quantity(10, .number), actual: Quantity(actual, .number))
    }
    #expect(row(.atMost, 10).isPassed && row(.atMost, 10).margin.value == 0)
    #expect(!row(.atMost, 12).isPassed && row(.atMost, 12).margin.value == -2)
    #expect(row(.atLeast, 12).isPassed && row(.atLeast, 12).margin.value == 2)
    #expect(!row(.below, 10).isPassed && !row(.above, 10).isPassed)
    #expect(!row(.equal, 11).isPassed && row(.equal, 11).margin.value == -1)
    #expect(!row(.atMost, .nan).isPassed)
  }

  @Test("NDJSON is one object a line, each with its section")
  func ndjson() throws {
    let lines = SummaryFormat.ndjson.render(sampleResult()).split(separator: "\n")
    for line in lines {
      let object = try CanonicalJSON(parsing: String(line), file: "line")
      #expect(object["section"]?.text != nil)
    }
    #expect(lines[0].contains(#""section":"run","verdict":"passed""#))
    #expect(lines.filter { $0.contains(#""section":"latencies""#) }.count == 4)
  }

  @Test("CSV is four fields a line, hostile names included")
  func csv() {
    let text = SummaryFormat.csv.render(sampleResult())
    #expect(text.hasPrefix("section,name,field,value\nacquirers,northbank,approved,4300021\n"))
    #expect(text.contains("\nmetrics,,payments.lost,0.0\n"))
    #expect(
      SummaryFormat.csv.render(hostileResult()).contains("\"<script>alert('x')</script>\"\"&"))
  }

  @Test("Markdown keeps hostile names inside their cells")
  func markdown() {
    let text = SummaryFormat.markdown.render(hostileResult())
    #expect(!text.contains("<script"))
    for line in text.split(separator: "\n") where line.hasPrefix("| &lt;") {
      #expect(line.hasSuffix(" |"))
    }
    #expect(
      SummaryFormat.markdown.render(sampleResult()).contains("| accepted | 5,000,000 | 99.8 % |"))
  }

  @Test("the summary document holds no clock, host, path or real duration")
  func noEnvironment() {
    let text = SummaryFormat.json.render(sampleResult())
    for word in ["wall", "host", "thread", "memory", "started", "/"] {
      #expect(!text.contains(word), "\(word)")
    }
  }

  @Test("metrics are listed in the order of their names")
  func metrics() {
    #expect(
      sampleResult().sortedMetrics.map(\.name) == [
        "authorization_latency.p95", "authorization_latency.p99", "payments.lost", "savings_ratio",
      ])
  }
}
