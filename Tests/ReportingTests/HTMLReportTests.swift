import Host
import Foundation
import Measurement
import Testing

@testable import Reporting

/// Whether a Python is at hand to parse the page; without it those tests are skipped and say so.
let hasPython = run(["python3", "-c", ""], input: "").status == 0

func run(_ command: [String], input: String) -> (status: Int32, output: String) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = command
  let source = Pipe()
  let sink = Pipe()
  process.standardInput = source
  process.standardOutput = sink
  process.standardError = sink
  do { try process.run() } catch { return (-1, "\(error)") }
  let writer = Thread { [bytes = Data(input.utf8)] in
    try? source.fileHandleForWriting.write(contentsOf: bytes)
    try? source.fileHandleForWriting.close()
  }
  writer.start()
  let output = String(decoding: sink.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return (process.terminationStatus, output)
}

/// A script that reads a page and fails where it is not as pages of ours must be.
let pageCheck = """
  import sys, xml.etree.ElementTree as tree, html.parser
  text = sys.stdin.buffer.read().decode()
  root = tree.fromstring(text)
  names = {node.tag.split('}')[1] for node in root.iter()}
  allowed = set('''html head meta title style body main header footer section div h1 h2 p span
    code pre dl dt dd ul ol li strong b i nav a details summary figure figcaption table thead tbody
    tr th td svg desc line rect circle text path'''.split())
  assert names <= allowed, names - allowed
  for node in root.iter():
      for key in node.attrib:
          assert not key.startswith('on') and key not in ('style', 'src'), key
          assert key != 'href' or node.attrib[key].startswith('#'), node.attrib[key]
  svgs = [node for node in root.iter() if node.tag.endswith('svg')
      and node.get('class') != 'plot' and node.get('aria-hidden') != 'true']
  for svg in svgs:
      assert [child.tag.split('}')[1] for child in svg][:2] == ['title', 'desc']
  links = [node.attrib['href'][1:] for node in root.iter() if 'href' in node.attrib]
  ids = [node.attrib['id'] for node in root.iter() if 'id' in node.attrib]
  assert len(ids) == len(set(ids)), ids
  assert set(links) <= set(ids), set(links) - set(ids)
  html.parser.HTMLParser().feed(text)
  """

/// A result whose every text tries to break out of where it stands.
func hostileResult() -> RunResult {
  let evil = "<script>alert('x')</script>\"&\u{1B}[31m\u{202E}|`*_\u{0}\n\u{FFFE}"
  var result = sampleResult()
  result.identity.scenarioName = evil
  result.identity.scenarioDescription = evil
  result.identity.scenarioReference = evil
  result.identity.overrides = [SettingOverride(path: evil, value: evil)]
  result.steps[0].name = evil
  result.endStates[0].name = evil
  result.refusals[0].name = evil
  result.latencies[0].name = evil
  result.latencies[0].note = evil
  result.throughput[0].name = evil
  result.money[0].currency = evil
  result.strategies[0].name = evil
  result.costComponents[0].name = evil
  result.acquirers[0].name = evil
  result.merchants[0].name = evil
  result.merchants[0].captured.currency = evil
  result.reconciliation[0].phase = evil
  result.levels[0].name = evil
  result.thresholds[0].text = evil
  result.invariants[0].name = evil
  result.notes = [evil]
  result.series = TimeSeries(columns: [TimeSeries.Column(evil)])
  result.series?.add(0, at: 5, 3)
  result.arrivals = sampleArrivals(acquirers: [evil, "second"])
  result.distributions[0] = RunDistribution(
    "authorization", "from the first to the last", LatencyHistogram())
  return result
}

private func largeResult() -> RunResult {
  var result = sampleResult()
  let columns = (0..<8).map { TimeSeries.Column("column_\($0)", $0 % 2 == 0 ? .sum : .maximum) }
  var series = TimeSeries(columns: columns)
  for minute in 0..<4_096 {
    for column in 0..<8 {
      let time = Int64(minute) * 60_000_000_000
      series.add(column, at: time, (minute * 7_919 + column) % 100_003)
    }
  }
  result.series = series
  result.acquirers = (0..<500).map { AcquirerRow("acquirer-\($0)") }
  result.arrivals = sampleArrivals(acquirers: (0..<500).map { "acquirer-\($0)" })
  result.notes = (0..<5_000).map { "row \($0): expected an amount" }
  return result
}

@Suite struct HTMLReportTests {
  @Test(
    "the page is well-formed, for ordinary, hostile and empty results", .enabled(if: hasPython),
    arguments: 0..<4)
  func wellFormed(index: Int) {
    let results = [
      sampleResult(), hostileResult(), largeResult(),
      RunResult(identity: RunIdentity(scenarioName: "", scenarioText: "", seed: 0)),
    ]
    let outcome = run(["python3", "-c", pageCheck], input: HTMLReport.render(results[index]))
    #expect(outcome.status == 0, "\(outcome.output)")
  }

  @Test("no text of a scenario reaches the page unescaped")
  func escaping() {
    let page = HTMLReport.render(hostileResult())
    #expect(!page.contains("<script"))
    #expect(!page.unicodeScalars.contains { $0 != "\n" && $0.isInvisible })
    #expect(page.contains("&lt;script&gt;alert(&#39;x&#39;)"))
  }

  @Test("the page allows no script and no network, and its one style sheet by hash")
  func policy() {
    var faulty = sampleResult()
    faulty.faults = [
      FaultRow(
        "noon", kind: "acquirer_down", target: "northbank", windows: [0..<60_000_000_000],
        nothing: ReportedAmount(0, "USD"))
    ]
    for result in [sampleResult(), hostileResult(), faulty] { checkPolicy(result) }
  }

  private func checkPolicy(_ result: RunResult) {
    let page = HTMLReport.render(result)
    let style = page.components(separatedBy: "<style>")[1].components(separatedBy: "</style>")[0]
    var hash = SHA256()
    hash.update(Array(style.utf8))
    let source = "'sha256-\(Data(hash.finalized()).base64EncodedString())'"
    #expect(page.contains("content=\"default-src 'none'; style-src \(source); base-uri"))
    let addresses = page.components(separatedBy: "http").dropFirst().filter {
      !$0.hasPrefix("://www.w3.org/") && !$0.hasPrefix("-equiv")
    }
    #expect(addresses.isEmpty)
  }

  @Test("the page stays below 300 kB however much there is to show")
  func size() {
    #expect(HTMLReport.render(largeResult()).utf8.count < 300_000)
  }

  @Test("seed, digest and the reproducing command stand at the top, charts have tables")
  func content() {
    var result = sampleResult()
    var histogram = LatencyHistogram()
    histogram.record(180_000_000)
    result.latencies.append(LatencyRow("authorization", histogram))
    let page = HTMLReport.render(result)
    #expect(page.contains("<code>42</code>") && page.contains("<code>0123456789abcdef</code>"))
    #expect(page.contains("<pre>settlesim run standard-day --seed 42 --set cells.count=8</pre>"))
    // Authorisation, payments, acceptance, refusals, declines and lag; calls and answers of two
    // acquirers; one distribution; the latencies of the table.
    #expect(page.components(separatedBy: "<svg xmlns").count - 1 - bars(page) == 6 + 4 + 1 + 1)
    #expect(bars(page) == 6 + 3)
    for id in ["arrivals", "acquirers-over-time", "spread", "latencies"] {
      #expect(page.contains("<section id=\"\(id)\">") && page.contains("href=\"#\(id)\""), "\(id)")
    }
    #expect(page.contains("✗ MISSED") && page.contains("shadow-priced"))
    #expect(page.contains("prefers-color-scheme: dark") && page.contains("@media print"))
  }

  private func bars(_ page: String) -> Int {
    page.components(separatedBy: "class=\"bar\"").count - 1
  }

  @Test("base 64 equals Foundation's", arguments: 0..<70)
  func base64Golden(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 200) }
    #expect(base64(bytes) == Data(bytes).base64EncodedString())
  }
}
