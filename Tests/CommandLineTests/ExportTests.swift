import Foundation
import Host
import Reporting
import Testing

@testable import CommandLine

/// Tests/Judges/exports_judge.py in the package's `.venv`, with DuckDB, pandas, the reference
/// parser of OpenMetrics, OpenTelemetry's protocol and HdrHistogram, and promtool beside it. Where
/// any of them is missing the test fails: `make test` brings them.
private enum ExportJudge {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static func judge(_ session: Session) throws -> (code: Int32, text: String) {
    try session.shell(
      "\(root)/.venv/bin/python3 \(root)/Tests/Judges/exports_judge.py .",
      ["PYTHONDONTWRITEBYTECODE": "1"])
  }
}

/// A scenario that others' programs read the exports of: it ends with payments on their way.
private let exported = """
  name: tiny
  time: {date: "2026-03-02", duration: 1h, settlement_horizon: 30h}
  cells: {per_region: 1}
  merchants: {count: 20}
  workload: {generated: {payments: 400}}
  thresholds:
    - payments.lost == 0
    - authorization_latency.p99 <= 500ms

  """

@Suite("Exports for other programs")
struct ExportTests {
  private static let traced = ["--set", "results.trace_one_in=1"]

  @Test("programs of others read every export, and find in it what the summary says")
  func judged() throws {
    let session = Session()
    session.write("tiny.yaml", exported)
    let exports = [
      "openmetrics=metrics.txt", "perfetto=trace.json.gz", "otlp=otlp.json",
      "hgrm:bus=bus.hgrm", "hgrm:commit=commit.hgrm", "ndjson=summary.ndjson", "sql=results.sql",
      "junit=junit.xml",
    ]
    let ended = session.run(
      ["run", "tiny.yaml", "--output", "r", "--set", "results.details=true"] + Self.traced
        + exports.flatMap { ["--export", $0] })
    #expect(ended.code == 0, "\(ended.error)")
    let (code, text) = try ExportJudge.judge(session)
    #expect(code == 0 && text == "\n", "\(text.suffix(4_000))")
  }

  @Test("exports change nothing of the result but the file of the spans")
  func unchanged() throws {
    let session = Session.tiny(nil)
    #expect(session("run", "tiny.yaml", "--output", "a").code == 0)
    let exports = ["openmetrics", "perfetto", "otlp", "hgrm:bus", "sql", "junit", "html", "csv"]
    let ended = session.run(
      ["run", "tiny.yaml", "--output", "b"] + Self.traced
        + exports.enumerated().flatMap { ["--export", "\($1)=x\($0)"] })
    #expect(ended.code == 0)
    // Those that say how the run was asked for.
    let told = ["manifest.json", "environment.json", "summary.json", "report.html"]
    #expect(session.names("b") == (session.names("a") + ["spans.csv"]).sorted())
    for name in session.names("a") where !told.contains(name) {
      #expect(session.bytes("a/" + name) == session.bytes("b/" + name), "\(name)")
    }
    let digests = try ["a", "b"].map { try ResultManifest(readingFrom: session.path($0)) }
    #expect(digests[0].identity.digest == digests[1].identity.digest)
  }

  @Test("a path that ends in .gz is written compressed, the same data otherwise")
  func compressed() throws {
    let session = Session.tiny(nil)
    let ended = session(
      "run", "tiny.yaml", "--output", "r", "--export", "sql=x.sql.gz", "--export", "sql=x.sql")
    #expect(ended.code == 0)
    let bytes = Array(try #require(session.bytes("x.sql.gz")))
    let plain = Array(try #require(session.bytes("x.sql")))
    #expect(try GzipInflater.inflated(bytes, limit: 1 << 26) == plain)
    #expect(bytes.count < plain.count / 3)
  }

  @Test(
    "an export that cannot hold anything is refused before the run",
    arguments: [
      (
        "perfetto=x",
        "--export perfetto: the scenario traces no payment; add --set results.trace_one_in=1000"
      ),
      (
        "otlp=x",
        "--export otlp: the scenario traces no payment; add --set results.trace_one_in=1000"
      ),
      ("hgrm=x", "--export: expected hgrm:LATENCY=PATH with one of acceptance, "),
      ("hgrm:buss=x", "found `buss`; did you mean `bus`?"),
      ("json:bus=x", "--export: json takes no name, found `bus`"),
    ])
  func refused(_ export: String, _ message: String) {
    let session = Session.tiny()
    let ended = session("run", "tiny.yaml", "--export", export)
    #expect(ended.code == 64)
    #expect(ended.error.contains(message), "\(ended.error)")
    #expect(session.names() == ["tiny.yaml"])
  }

  @Test("traces of a scenario without card payments are refused")
  func withoutCards() {
    let ended = Session.tiny().run(
      ["run", "tiny.yaml", "--export", "perfetto=x", "--set", "workload.generated.payments=0"]
        + ["--set", "workload.transfers.payments=10", "--set", "time.duration=12h"] + Self.traced)
    #expect(ended.code == 64)
    #expect(
      ended.error.contains("--export perfetto: card payments are traced, and the scenario has none")
    )
  }
}

@Suite("Annotations for GitHub Actions")
struct AnnotationTests {
  @Test("what a command would be ended by is escaped, in properties more than in the text")
  func escapes() {
    let annotation = Annotation(
      .error, file: "a,b:c%.json", title: "t: 1,5 %\r", "100 %\r\n: , ::end\u{1B}[0m")
    #expect(
      annotation.line
        == "::error file=a%2Cb%3Ac%25.json,title=t%3A 1%2C5 %25%0D::"
        + "100 %25%0D%0A: , ::end\u{FFFD}[0m\n")
    #expect(Annotation(.notice, title: "t", "x").line == "::notice title=t::x\n")
  }

  @Test("bench marks the baseline of what got worse, beside its report, and notes what improved")
  func bench() {
    let session = Session.tiny(nil)
    let words = ["bench", "tiny.yaml", "--only", "virtual"]
    #expect(session.run(words + ["--update-baseline"]).code == 0)
    let same = session.run(words + ["--export", "github=-"])
    #expect(same.code == 0 && !same.output.contains("::"))
    #expect(same.output == session.run(words).output)
    session.altered = ["costs.wire=5.01 USD"]
    let ended = session.run(words + ["--export", "github=-", "--export", "github=a.txt"])
    #expect(ended.code == 98)
    let lines = ended.output.split(separator: "\n", omittingEmptySubsequences: false)
    let head = "::error file=Results/baselines/tiny.json,title=settlesim bench%3A tiny::"
    #expect(lines[0].hasPrefix(head), "\(lines[0])")
    #expect(lines[0].contains("%0A") && lines[0].contains("USD"))
    #expect(lines.dropFirst().contains { $0.contains("tiny") && !$0.contains("::") })
    #expect(session.read("a.txt") == lines[0] + "\n")
  }

  @Test("bench notes where figures only improved, and says what to do")
  func improved() {
    let session = Session.played()
    let words = ["bench", "tiny.yaml", "--only", "virtual"]
    #expect(session.run(words + ["--update-baseline"]).code == 0)
    session.play = { scenario in
      PlayedRun(scenario: scenario) { $0.result.metrics["cost_per_payment"]! -= 0.01 }
    }
    let improved = session.run(words + ["--export", "github=-"])
    #expect(improved.code == 0)
    #expect(
      improved.output.hasPrefix(
        "::notice file=Results/baselines/tiny.json,title=settlesim bench%3A tiny::"))
    #expect(improved.output.contains("--update-baseline"))
  }

  @Test("diff marks each figure that got worse, run each threshold that was missed")
  func diffAndRun() {
    let session = Session.tiny(nil)
    #expect(session("run", "tiny.yaml", "--output", "a").code == 0)
    session.altered = ["costs.wire=5.01 USD"]
    #expect(session("run", "tiny.yaml", "--output", "b").code == 0)
    let ended = session("diff", "a", "b", "--export", "github=-")
    let errors = ended.output.split(separator: "\n").filter { $0.hasPrefix("::error ") }
    #expect(ended.code == 0 && errors.contains { $0.contains("cost.wires") }, "\(ended)")
    #expect(errors.allSatisfy { $0.hasPrefix("::error title=settlesim diff%3A ") })
    session.altered = []
    session.write(
      "tiny.yaml", tinyScenario + "thresholds: [authorization_latency.p99 <= 1ms]\n")
    let missed = session("run", "tiny.yaml", "--output", "c", "--export", "github=-")
    #expect(missed.code == 99)
    #expect(
      missed.output.hasPrefix(
        "::error title=settlesim run%3A authorization_latency.p99 <= 1ms::expected 1.00 ms, actual")
    )
  }
}
