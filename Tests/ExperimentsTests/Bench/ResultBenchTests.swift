import Foundation
import Reporting
import Testing

@testable import Experiments

@Suite("Results against their baselines")
struct ResultBenchTests {
  private func baseline(_ change: (inout ResultBaseline) -> Void = { _ in }) throws
    -> (result: RunResult, baseline: ResultBaseline)
  {
    let result = try BenchFixture.result()
    var baseline = ResultBaseline(result)
    change(&baseline)
    return (result, baseline)
  }

  @Test("an unchanged run is the same")
  func unchanged() throws {
    let (_, baseline) = try baseline()
    let bench = ResultBench(try BenchFixture.result(), baseline: baseline)
    #expect(bench.outcome == .same && bench.notes.isEmpty && bench.differences.isEmpty)
    #expect(!bench.isRegression)
  }

  @Test(
    "a wire that costs one cent more is found, though no event changed, and named with its size")
  func oneCent() throws {
    let (result, baseline) = try baseline()
    let bench = ResultBench(
      try BenchFixture.result(BenchFixture.scenario, "costs.wire=5.01 USD"), baseline: baseline)
    #expect(bench.isRegression && bench.outcome == .worse)
    #expect(bench.digest == baseline.digest)
    let name = "strategies.one_wire_per_payment.wire_cost"
    let difference = try #require(bench.differences.first { $0.name == name })
    let wires = try #require(result.strategies.first).wires
    #expect(difference.difference == .integer(Int64(wires)))
    #expect(difference.judgement == .worse)
    #expect(difference.sentence.contains("+USD \(wires / 100).\(wires % 100 < 10 ? "0" : "")"))
  }

  @Test("a run in another currency than the baseline's is refused, and both are named")
  func currencies() throws {
    let (result, baseline) = try baseline()
    #expect(baseline.mixedUnits(result) == nil)
    #expect(baseline.currencies["cost.total"] == "USD")
    #expect(baseline.currencies["events"] == nil)
    let other = try BenchFixture.result(BenchFixture.scenario, "costs.currency=EUR")
    let refusal = try #require(baseline.mixedUnits(other))
    #expect(refusal.contains("the baseline of tiny reports money in USD and this run, "))
    #expect(refusal.contains("for one, in EUR: amounts of two currencies are neither added"))
    // Differences of money say what they are in.
    let dearer = ResultBench(
      try BenchFixture.result(BenchFixture.scenario, "costs.wire=5.01 USD"), baseline: baseline)
    for name in ["cost.total", "cost_per_payment"] {
      let difference = try #require(dearer.differences.first { $0.name == name })
      #expect(difference.cells[3].hasPrefix("+USD "), "\(difference.cells)")
    }
  }

  @Test("one minor unit in any one figure is found")
  func everyFigure() throws {
    let (result, baseline) = try baseline()
    for (name, value) in baseline.figures {
      guard case .integer(let number) = value else { continue }
      var moved = baseline
      moved.figures[name] = .integer(number + 1)
      let bench = ResultBench(result, baseline: moved)
      #expect(bench.differences.map(\.name) == [name])
      #expect(bench.differences.first?.difference == .integer(-1))
    }
  }

  @Test("what only got better fails no gate, and says that the baseline can be recorded anew")
  func improved() throws {
    let (result, baseline) = try baseline()
    let bench = ResultBench(
      try BenchFixture.result(BenchFixture.scenario, "costs.wire=4.99 USD"), baseline: baseline)
    #expect(bench.outcome == .improved && !bench.isRegression)
    #expect(bench.count(.worse) == 0 && bench.count(.better) > 0)
    #expect(bench.headline.hasSuffix("record the baseline anew with --update-baseline"))
    // The same figures of other arrivals are no improvement.
    var other = baseline
    other.arrivalDigest = "0123456789abcdef"
    other.figures["cost.total"] = .integer(1 << 40)
    let elsewhere = ResultBench(result, baseline: other)
    #expect(elsewhere.count(.worse) == 0 && elsewhere.isRegression)
  }

  @Test("a digest that moved while every figure stayed is told as that")
  func digestOnly() throws {
    let (result, baseline) = try baseline { $0.digest = "0123456789abcdef" }
    let bench = ResultBench(result, baseline: baseline)
    #expect(bench.outcome == .digestDiffers && bench.isRegression)
    #expect(bench.headline.contains("0123456789abcdef there, \(bench.digest) here"))
    #expect(
      bench.notes == ["scenario, inputs and seed are those of the baseline: the program changed"])
  }

  @Test("a changed scenario file is told apart from a changed program")
  func scenarioChanged() throws {
    let (_, baseline) = try baseline()
    let text = BenchFixture.scenario.replacing("payments: 400", with: "payments: 401")
    let bench = ResultBench(try BenchFixture.result(text), baseline: baseline)
    #expect(bench.isRegression)
    #expect(bench.notes.count == 2 && bench.notes[0].hasPrefix("the scenario file is not that"))
    #expect(bench.notes[1].hasPrefix("what merchants asked for is not that of the baseline"))
    let comment = ResultBench(
      try BenchFixture.result(BenchFixture.scenario + "# a comment\n"), baseline: baseline)
    #expect(!comment.isRegression && comment.notes.count == 1)
  }

  @Test("figures that came or went are differences")
  func cameAndWent() throws {
    let (result, baseline) = try baseline {
      $0.figures["savings_ratio"] = nil
      $0.figures["queue.gone"] = .integer(3)
    }
    let bench = ResultBench(result, baseline: baseline)
    #expect(Set(bench.differences.map(\.name)) == ["savings_ratio", "queue.gone"])
    // Of one that is gone nothing is known any more; one that came is no news of this run.
    #expect(bench.isRegression)
    #expect(
      !ResultBench(result, baseline: try self.baseline { $0.figures["events"] = nil }.1)
        .isRegression)
  }

  @Test("seed, inputs and versions that differ are named")
  func notes() throws {
    let (result, baseline) = try baseline {
      $0.seed = 9
      $0.inputs = ["trace.csv": "00"]
      $0.timeZoneDatabase = "1970a"
      $0.settlesimVersion = "0.0.1"
    }
    let notes = ResultBench(result, baseline: baseline).notes.joined(separator: "\n")
    for text in ["seed 9 there", "file trace.csv is not", "1970a there", "0.0.1 there"] {
      #expect(notes.contains(text))
    }
  }
}

@Suite("Baseline files")
struct BaselineFileTests {
  private let folder = Folder()

  private static let recorded = Result { try ResultBaseline(BenchFixture.result()).json.encoded() }

  private func text() throws -> String { try Self.recorded.get() }

  @Test("a baseline survives its file, one value a line and keys sorted")
  func roundTrip() throws {
    let baseline = ResultBaseline(try BenchFixture.result())
    let path = folder.write("tiny.json", baseline.json.encoded())
    #expect(try ResultBaseline(readingFrom: path, scenario: "tiny") == baseline)
    let lines = try text().split(separator: "\n").filter { $0.hasPrefix("    \"") }
    let denominated = baseline.units.count
    #expect(denominated > 0 && lines.count == denominated + baseline.figures.count)
    let names = lines.map { String($0.split(separator: "\"")[1]) }
    let figures = baseline.figures.count
    for part in [Array(names.prefix(figures)), Array(names.dropFirst(figures))] {
      #expect(part == part.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }
  }

  @Test("a missing baseline is told as that")
  func missing() {
    let path = folder.path + "/none.json"
    #expect(throws: BaselineError.missing(path: path)) {
      try ResultBaseline(readingFrom: path, scenario: "none")
    }
  }

  @Test(
    "a bad baseline is refused with the place and what was expected",
    arguments: [
      (
        "\"kind\": \"settlesim-baseline\"", "\"kind\": \"cake\"",
        "kind: expected settlesim-baseline"
      ),
      (
        "\"schema_version\": 2", "\"schema_version\": 1",
        "schema_version: this settlesim reads 2, found 1; make the baseline anew"
      ),
      ("\"seed\": 1", "\"seed\": -1", "seed: expected a whole number of 0 to 18446744073709551615"),
      ("\"scenario\": \"tiny\"", "\"scenario\": \"huge\"", "scenario: expected tiny, found huge"),
      ("\"digest\": \"", "\"digest\": \"z", "digest: expected 16 hexadecimal digits"),
      ("\"events\": ", "\"events\": [], \"more\": ", "events: expected a number"),
      ("\"seed\": 1,", "\"seed\": 1", "expected ',' or '}'"),
      ("\"inputs\": {}", "\"inputs\": {\"a\": 1}", "a: expected a text"),
      ("\"inputs\": {}", "\"outputs\": {}", "inputs: missing; expected an object"),
    ])
  func refused(_ old: String, _ new: String, _ message: String) throws {
    let whole = try text()
    let range = try #require(whole.range(of: old))
    let path = folder.write("tiny.json", whole.replacingCharacters(in: range, with: new))
    do throws(BaselineError) {
      _ = try ResultBaseline(readingFrom: path, scenario: "tiny")
      Issue.record("not refused")
    } catch {
      let line = whole[..<range.lowerBound].count { $0 == "\n" } + 1
      #expect("\(error)".contains(message), "\(error)")
      let isAtEnd = message.contains("','") || message.contains("missing")
      if !isAtEnd { #expect("\(error)".hasPrefix("\(path):\(line):"), "\(error)") }
    }
  }

  @Test("no damage to a baseline crashes the reader", arguments: 0..<300)
  func damaged(_ step: Int) throws {
    var bytes = Array(try text().utf8)
    let position = step * bytes.count / 300
    if step.isMultiple(of: 2) {
      bytes[position] ^= 0x21
    } else {
      bytes.removeSubrange(position...)
    }
    let path = folder.path + "/tiny.json"
    try Data(bytes).write(to: URL(filePath: path))
    _ = try? ResultBaseline(readingFrom: path, scenario: "tiny")
  }
}
