import Foundation
import Testing

@testable import CommandLine

/// Pages as people see them: laid out by a real browser, and read by another parser.
@Suite("Pages in a browser")
struct PageTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Debian's browser; `make test` installs it.
  static let hasBrowser = ["/usr/bin", "/usr/local/bin"].contains {
    FileManager.default.isExecutableFile(atPath: $0 + "/chromium")
  }

  /// Payments of merchants whose names are markup, very long, or written from right to left.
  private static var hostileTrace: String {
    let names = [
      "<script>alert(1)</script>", "<b onclick=x>&amp;\u{202E}desrever", "%3Cimg src=x%3E",
      String(repeating: "Wide", count: 50), String(repeating: "漢字", count: 60), "a;b|c`d*e_f",
    ]
    let rows = (0..<120).map { index in
      "p\(index),2026-03-02T0\(index / 20):\(10 + index % 20 * 2):00,"
        + "\"\(names[index % names.count])\","
        + "\(1_000 + index * 37)\n"
    }
    return "id,ts,customer,amount\n" + rows.joined()
  }

  private static let hostile = """
    name: hostile-\(String(repeating: "W", count: 56))
    description: "\\"><script>alert('x')</script> \(String(repeating: "description", count: 30))"
    time: {date: "2026-03-02", duration: 1d}
    cells: {per_region: 1}
    merchants:
      markets:
        - {country: GB, region: europe, time_zone: Europe/London, currency: GBP,
           settlement_currency: GBP, share: 1}
      foreign_currency_share: 0
    workload:
      trace: {file: trace.csv, columns: {id: id, time: ts, merchant: customer, amount: amount},
              currency: GBP, amount_unit: minor}

    """

  private static let quiet = """
    name: quiet
    description: "A payment every hour or two, a year long"
    time: {date: "2026-01-05", duration: 365d}
    cells: {per_region: 1}
    merchants: {count: 5}
    workload: {generated: {payments: 5000}}

    """

  private static let overload = """
    name: overload
    time: {date: "2026-03-02", duration: 10min}
    cells: {per_region: 1}
    merchants: {count: 30}
    authorization: {workers: 2}
    bus: {maximum_lag: 60, partitions: 4}
    workload: {generated: {payments: 12000}}
    thresholds: [authorization_latency.p99 <= 1ms]

    """

  /// Results of the whole path, one directory each, and a comparison.
  /// Made once, then only read.
  private nonisolated(unsafe) static let results = {
    let session = Session()
    let shipped = root.appending(path: "Scenarios").path
    session.write("hostile.yaml", hostile)
    session.write("trace.csv", hostileTrace)
    session.write("quiet.yaml", quiet)
    session.write("overload.yaml", overload)
    session.write("tiny.yaml", tinyScenario)
    let runs: [(name: String, arguments: [String], code: Int32)] = [
      ("smoke", ["\(shipped)/smoke.yaml"], 0), ("transfers", ["\(shipped)/transfers.yaml"], 0),
      ("acquirer-outage", ["\(shipped)/acquirer-outage.yaml"], 0),
      ("trace-replay", ["\(shipped)/trace-replay.yaml"], 0), ("hostile", ["hostile.yaml"], 0),
      ("quiet", ["quiet.yaml"], 0), ("overload", ["overload.yaml"], 99),
      ("single", ["tiny.yaml", "--set", "workload.generated.payments=1"], 0),
    ]
    for run in runs {
      let ended = session.run(["run"] + run.arguments + ["--output", run.name])
      #expect(ended.code == run.code, "\(run.name): \(ended.error)")
    }
    let ended = session.run([
      "compare", "tiny.yaml", "--strategies",
      "one_wire_per_payment,merchant_day,fixed_window:window=15min,hybrid", "--replications", "4",
      "--output", "compared",
    ])
    #expect(ended.code == 0, "\(ended.error)")
    return (session: session, names: runs.map(\.name))
  }()

  /// Runs a judge in the session's directory; what it has to say.
  private func judge(_ script: String, _ arguments: [String]) throws -> (code: Int32, text: String)
  {
    let session = Self.results.session
    let path = Self.root.appending(path: "Tests/Judges/\(script)").path
    let words = ([path] + arguments).map { "'\($0)'" }.joined(separator: " ")
    return try session.shell("python3 \(words)")
  }

  @Test(
    """
    at 1,280 and 390 pixels, light and dark: nothing overflows, no letter is small, faint or on \
    another, nothing is asked of the network
    """,
    .enabled(if: hasBrowser, "chromium is missing: `make test` installs it"))
  func browser() throws {
    let names = Self.results.names
    let pages = names.map { "\($0)/report.html" } + ["compared/compare.html"]
    let outcome = try judge("browse_pages.py", pages)
    #expect(outcome.code == 0, "\(outcome.text)")
    #expect(outcome.text.split(separator: "\n").count >= pages.count, "\(outcome.text)")
  }

  @Test("every number of a page is one of the files beside it, and series.csv adds up to them")
  func figures() throws {
    let names = Self.results.names
    let outcome = try judge("page_figures.py", names)
    #expect(outcome.code == 0, "\(outcome.text)")
  }

  @Test("the judge of pages finds what is planted", .enabled(if: hasBrowser))
  func planted() throws {
    let session = Self.results.session
    let page = try #require(session.read("smoke/report.html"))
    let faults: [(old: String, new: String, words: String)] = [
      (
        "<main>",
        "<main><p><code>\(String(repeating: "w", count: 900))</code></p>",
        "overflow"
      ),
      ("font-size: 11.5px", "font-size: 8.5px", "letters of 8.5 px"),
      ("margin: 0 0 4px; }", "margin: 0 0 -18px; }", "letters on letters"),
      ("--quiet: #5d6878", "--quiet: #c5c9cf", "contrast"),
      ("<h2>", "<h4>x</h4><h2>", "heading"),
      ("href=\"#", "href=\"#x", "a link leads to"),
      ("<main>", "<main><img src=\"https://example.com/x.png\" />", "console"),
    ]
    for (index, fault) in faults.enumerated() {
      let range = try #require(page.range(of: fault.old), "\(fault.old)")
      // The changed style sheet has another hash: a page without a policy takes it.
      let changed = page.replacingCharacters(in: range, with: fault.new)
      let free =
        fault.words == "console"
        ? changed
        : changed.replacing("http-equiv=\"Content-Security-Policy\"", with: "name=\"was\"")
      session.write("planted/\(index).html", free)
    }
    let outcome = try judge(
      "browse_pages.py", ["--once"] + faults.indices.map { "planted/\($0).html" })
    #expect(outcome.code == 1)
    for (index, fault) in faults.enumerated() {
      let found = outcome.text.split(separator: "\n").contains {
        $0.hasPrefix("planted/\(index).html at") && $0.contains(fault.words)
      }
      #expect(found, "\(fault.words): \(outcome.text)")
    }
  }
}
