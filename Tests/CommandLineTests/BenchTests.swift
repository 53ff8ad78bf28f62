import Text
import Foundation
import FoundationXML
import Reporting
import Testing

@testable import CommandLine

@Suite("Comparing with baselines")
struct BenchTests {
  /// A session with the tiny scenario among the shipped ones and its baseline; really run.
  private func session() -> Session {
    let session = Session()
    session.write("Scenarios/tiny.yaml", tinyScenario)
    let recorded = session("bench", "--only", "virtual", "--update-baseline")
    #expect(recorded.code == 0 && recorded.error.isEmpty)
    #expect(recorded.output.contains("✓ recorded  tiny  a first baseline"))
    return session
  }

  @Test("unchanged scenarios pass, on any number of threads")
  func passes() {
    let session = session()
    for threads in ["1", "3"] {
      let ended = session("bench", "--only", "virtual", "--threads", threads)
      #expect(ended.code == 0 && ended.error.isEmpty, "\(ended)")
      #expect(ended.output.hasSuffix("\n✓ PASSED  1 comparison held\n"))
    }
    #expect(session("bench", "tiny", "--only=virtual").code == 0)
    #expect(session("bench", "Scenarios/tiny.yaml", "--only=virtual").code == 0)
  }

  @Test("a program whose wires cost one cent more is found: code 98, the figure, by how much")
  func oneCent() throws {
    let session = session()
    session.altered = ["costs.wire=5.01 USD"]
    let ended = session("bench", "--only", "virtual")
    #expect(ended.code == 98)
    let line = try #require(ended.errors.first)
    #expect(ended.errors.count == 1)
    #expect(line.hasPrefix("settlesim: tiny: ") && line.contains("worse"), "\(line)")
    let lines = ended.output.split(separator: "\n")
    let name = try #require(
      lines.lastIndex { $0.contains("strategies.one_wire_per_payment.wire_cost") })
    // A name that is too long stands above its figures.
    let row = lines[name].hasSuffix("wire_cost") ? lines[name + 1] : lines[name]
    #expect(row.contains("+0.2 %") && row.hasSuffix("worse"), "\(row)")
    #expect(ended.output.contains("scenario, inputs and seed are those of the baseline"))
    #expect(ended.output.contains("✗ REGRESSION"))
  }

  @Test("a scenario file that changed is told apart")
  func scenarioChanged() {
    let session = session()
    session.alter("Scenarios/tiny.yaml", "payments: 300", "payments: 301")
    let ended = session("bench", "--only", "virtual")
    #expect(ended.code == 98)
    #expect(ended.output.contains("note: the scenario file is not that of the baseline"))
    #expect(!ended.output.contains("the program changed"))
  }

  @Test("--update-baseline says what changes, leaves no partial file, and then all is well")
  func update() {
    let session = session()
    let before = session.read("Results/baselines/tiny.json")
    #expect(session("bench", "--only", "virtual", "--update-baseline").code == 0)
    #expect(session.read("Results/baselines/tiny.json") == before)
    session.alter("Scenarios/tiny.yaml", "payments: 300", "payments: 301")
    let ended = session("bench", "--only", "virtual", "--update-baseline")
    #expect(ended.code == 0 && ended.error.isEmpty)
    #expect(ended.output.contains("figures of the baseline moved"))
    #expect(ended.output.contains("✓ RECORDED  review the difference before you commit it"))
    #expect(session.names("Results/baselines") == ["tiny.json"])
    #expect(session.read("Results/baselines/tiny.json") != before)
    #expect(session("bench", "--only", "virtual").code == 0)
  }

  @Test("a baseline that cannot be written ends with 74 and leaves the former one")
  func cannotWrite() {
    let session = session()
    session.write("file", "")
    let ended = session(
      "bench", "--only", "virtual", "--update-baseline", "--baselines", "file/below")
    #expect(ended.code == 74 && ended.errors.count == 1)
    #expect(session.names() == ["Results", "Scenarios", "file"])
  }

  @Test("a missing baseline ends with 66 and the command that makes it")
  func missing() {
    let session = Session.tiny()
    let ended = session("bench", "tiny.yaml", "--only", "virtual")
    #expect(ended.code == 66 && session.fake?.windowsRun == 0)
    #expect(ended.errors[0].hasSuffix("Results/baselines/tiny.json: no such baseline"))
    #expect(
      ended.errors[1] == "make it with `settlesim bench tiny.yaml --only virtual --update-baseline`"
    )
    let elsewhere = session("bench", "tiny.yaml", "--only", "virtual", "--baselines", "b")
    #expect(elsewhere.errors[1].contains("--baselines b --update-baseline"))
    #expect(session("bench", "tiny.yaml", "--only", "virtual", "--update-baseline").code == 0)
    #expect(session("bench", "tiny.yaml", "--only", "virtual").code == 0)
  }

  @Test("a bad baseline ends with 65 and its place; --update-baseline replaces it and says so")
  func bad() {
    let session = session()
    session.alter("Results/baselines/tiny.json", "\"schema_version\": 2", "\"schema_version\": 1")
    let ended = session("bench", "--only", "virtual")
    #expect(ended.code == 65)
    #expect(ended.errors[0].contains("tiny.json:"))
    #expect(ended.errors[0].contains("schema_version: this settlesim reads 2, found 1"))
    let updated = session("bench", "--only", "virtual", "--update-baseline")
    #expect(updated.code == 0 && updated.errors[0].hasPrefix("settlesim: replaced: "))
    #expect(session("bench", "--only", "virtual").code == 0)
  }

  @Test("larger scenarios wait for --all, and the largest for their name")
  func sizes() {
    let session = Session()
    session.fake = FakeRun()
    for (name, count) in [("a", "100000"), ("b", "100001"), ("c", "10000001")] {
      session.write(
        "Scenarios/\(name).yaml",
        "name: \(name)\nworkload: {generated: {payments: \(count)}}\n")
    }
    session.write(
      "Scenarios/d.yaml",
      "name: d\ntime: {duration: 1h}\nworkload: {generated: {rate: 28}}\n")
    func benched(_ arguments: String...) -> [String] {
      session.preparedNames = []
      _ = session.run(["bench", "--only", "virtual", "--update-baseline"] + arguments)
      return session.preparedNames
    }
    #expect(benched() == ["a"])
    #expect(benched("--all") == ["a", "b", "d"])
    #expect(benched("c", "a") == ["c", "a"])
    #expect(session("bench", "a", "Scenarios/a.yaml").code == 64)
  }

  @Test("a scenario with the name of the speed's baseline is refused, and nothing is replaced")
  func speedName() {
    let session = session()
    session.write("fast.yaml", tinyScenario.replacing("name: tiny", with: "name: speed"))
    session.write("Results/baselines/speed.json", "{}")
    for flags in [[], ["--update-baseline"]] {
      let ended = session.run(["bench", "fast.yaml", "--only", "virtual"] + flags)
      #expect(ended.code == 65)
      #expect(
        ended.errors == [
          "settlesim: fast.yaml: a scenario called `speed` has no baseline: speed.json is that of "
            + "the simulator's speed; give it another name"
        ])
    }
    #expect(session.read("Results/baselines/speed.json") == "{}")
  }

  @Test("a broken invariant ends with 96 and the reproducing command, and records nothing")
  func invariant() {
    let session = Session.tiny()
    session.fake?.verdict = .invariantViolated
    let ended = session("bench", "tiny.yaml", "--only", "virtual", "--update-baseline")
    #expect(ended.code == 96 && ended.errors.last?.hasPrefix("settlesim run ") == true)
    #expect(session.names() == ["tiny.yaml"])
  }

  @Test("a signal stops it: nothing is compared and nothing recorded")
  func signal() {
    let session = Session.tiny()
    session.caughtSignal = 2
    let ended = session("bench", "tiny.yaml", "--only", "virtual", "--update-baseline")
    #expect(ended.code == 130 && session.names() == ["tiny.yaml"])
  }

  @Test("the report comes in every format and every export, the numbers in the failure's text")
  func formats() throws {
    let session = session()
    session.altered = ["costs.wire=5.01 USD"]
    let words = ["bench", "--only", "virtual"]
    let exports = ["junit", "markdown", "json", "csv"].flatMap { ["--export", "\($0)=out.\($0)"] }
    #expect(session.run(words + exports).code == 98)
    let figure = "strategies.one_wire_per_payment.wire_cost"
    for format in ["json", "csv", "ndjson", "markdown"] {
      let printed = session.run(words + ["--format", format]).output
      if format != "ndjson" { #expect(session.read("out.\(format)") == printed) }
      let name = format == "markdown" ? figure.replacing("_", with: "\\_") : figure
      #expect(printed.contains(name), "\(format)")
    }
    let json = try CanonicalJSON(parsing: session.read("out.json")!, file: "out.json")
    #expect(json["verdict"]?.text == "regression")
    #expect(session.read("out.json") == json.encoded())
    let suites = try JUnitCheck(session.read("out.junit")!).suites
    #expect(suites.map(\.failures) == [1])
    let text = suites[0].cases[0].text
    #expect(text.contains("\(figure) USD") && text.contains("+0.2 %, worse"))
    #expect(session.run(words + ["--export", "html=x"]).code == 64)
  }
}

@Suite("JUnit reports")
struct JUnitTests {
  @Test("thresholds and invariants of a run are test cases, the numbers in the failure's text")
  func run() throws {
    let session = Session()
    session.write(
      "tiny.yaml",
      tinyScenario + "thresholds: [payments.lost == 0, authorization_latency.p99 <= 1ms]\n")
    let ended = session(
      "run", "tiny.yaml", "--export", "junit=j.xml", "--export", "markdown=m.md", "--output", "r")
    #expect(ended.code == 99)
    #expect(session.read("m.md")?.hasPrefix("# tiny\n") == true)
    let suites = try JUnitCheck(session.read("j.xml")!).suites
    #expect(
      suites.map(\.name) == ["tiny: run", "tiny: thresholds", "tiny: levels", "tiny: invariants"])
    #expect(suites.map(\.failures) == [0, 1, 0, 0])
    let missed = suites[1].cases[1]
    #expect(missed.name == "authorization_latency.p99 <= 1ms" && missed.outcome == "failure")
    #expect(missed.text.contains("expected 1.00 ms") && missed.text.contains("actual"))
    #expect(missed.text.contains("reproduce: settlesim run tiny.yaml --seed 1"))
    #expect(suites[3].cases.count > 5)
  }

  @Test("names that would be markup or no XML at all are written harmlessly")
  func hostile() throws {
    let name = "a<b>&\"'c\u{1}\u{FFFF}\u{202E}\n]]>"
    let report = JUnitDocument(
      name,
      [
        .init(
          name,
          [
            .init(name, className: name, .failed(message: name, details: name)),
            .init(name, className: name, .skipped(name)),
          ])
      ])
    let suites = try JUnitCheck(report.text).suites
    #expect(suites[0].cases.map(\.outcome) == ["failure", "skipped"])
    #expect(suites[0].cases[0].text == "a<b>&\"'c\u{FFFD}\u{FFFD}\u{FFFD}\n]]>")
  }
}

/// A JUnit report as an XML parser reads it, held against the schema of the Jenkins xUnit plugin:
/// which elements nest in which, which attributes each has, counts that add up.
private final class JUnitCheck: NSObject, XMLParserDelegate {
  struct Case {
    var name = ""
    var outcome = "passed"
    var text = ""
  }
  struct Suite {
    var name = ""
    var tests = 0
    var failures = 0
    var skipped = 0
    var cases: [Case] = []
  }

  private(set) var suites: [Suite] = []
  private var path: [String] = []
  private var violations: [String] = []

  private static let rules:
    [String: (parent: String, required: Set<String>, optional: Set<String>)] =
      [
        "testsuites": ("", ["name", "tests", "failures"], ["errors", "time", "disabled"]),
        "testsuite": (
          "testsuites", ["name", "tests"], ["failures", "errors", "skipped", "time", "hostname"]
        ),
        "testcase": ("testsuite", ["name", "classname"], ["time"]),
        "failure": ("testcase", [], ["message", "type"]),
        "skipped": ("testcase", [], ["message"]),
        "system-out": ("testcase", [], []),
      ]

  struct Violation: Error { var texts: [String] }

  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    if !parser.parse() { violations.append("no XML: \(String(describing: parser.parserError))") }
    for suite in suites {
      func count(_ outcome: String) -> Int { suite.cases.count { $0.outcome == outcome } }
      if suite.tests != suite.cases.count || suite.failures != count("failure")
        || suite.skipped != count("skipped")
      {
        violations.append("the counts of \(suite.name) do not add up")
      }
    }
    if !violations.isEmpty { throw Violation(texts: violations) }
  }

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    guard let rule = Self.rules[element], rule.parent == path.last ?? "" else {
      violations.append("\(element) in \(path)")
      return path.append(element)
    }
    let names = Set(attributes.keys)
    if !rule.required.isSubset(of: names) || !names.isSubset(of: rule.required.union(rule.optional))
    {
      violations.append("\(element) has the attributes \(names.sorted())")
    }
    path.append(element)
    func number(_ name: String) -> Int { Int(attributes[name] ?? "0") ?? -1 }
    switch element {
    case "testsuite":
      suites.append(
        Suite(
          name: attributes["name"] ?? "", tests: number("tests"), failures: number("failures"),
          skipped: number("skipped")))
    case "testcase": suites[suites.count - 1].cases.append(Case(name: attributes["name"] ?? ""))
    case "failure", "skipped":
      let suite = suites.count - 1
      suites[suite].cases[suites[suite].cases.count - 1].outcome = element
    default: break
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    guard path.last == "failure", let suite = suites.indices.last else { return }
    suites[suite].cases[suites[suite].cases.count - 1].text += string
  }

  func parser(
    _ parser: XMLParser, didEndElement element: String, namespaceURI: String?,
    qualifiedName: String?
  ) { path.removeLast() }
}
