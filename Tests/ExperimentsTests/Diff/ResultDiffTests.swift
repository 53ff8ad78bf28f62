import Batching
import Foundation
import Reporting
import Scenario
import Simulator
import Testing
import Text

@testable import Experiments

@Suite("What changed from one result to another")
struct ResultDiffTests {
  private func side(_ settings: String..., text: String = BenchFixture.scenario) throws -> DiffSide
  {
    var record = ResultBaseline(try BenchFixture.result(text))
    if let setting = settings.first {
      record = ResultBaseline(try BenchFixture.result(text, setting))
    }
    return DiffSide("r", record)
  }

  @Test(
    "the figures of a result are those of its summary, written and read again",
    arguments: ["rough-day", "trace-replay"])
  func sheets(_ name: String) throws {
    let root = URL(filePath: #filePath).appending(path: "../../../..").standardized.path
    let scenario = try LoadedScenario.load(
      path: root + "/Scenarios/\(name).yaml", strategies: StrategyRegistry.declarations)
    let result = try ScenarioRun(scenario).run(threads: 1).result
    let written = SummaryDocument.json(result).encoded()
    let read = try CanonicalJSON(parsing: written, file: "summary.json")
    #expect(FigureSheet(summary: read) == FigureSheet(result))
    #expect(FigureSheet(result).entries.count > 200)
  }

  @Test("an unchanged pair is one line, and no gate fails")
  func same() throws {
    let diff = ResultDiff(try side(), try side())
    #expect(diff.isSame && !diff.isWorse)
    #expect(diff.table().split(separator: "\n").count == 1)
    #expect(diff.table().hasPrefix("✓ SAME  digest \(diff.after.record.digest), "))
  }

  @Test("a cent that is planted alone is the first line, with its size")
  func cent() throws {
    let before = try side()
    var after = before
    guard case .integer(let cents)? = before.record.figures["cost_components.wires.amount"] else {
      Issue.record("no price of wires")
      return
    }
    after.record.figures["cost_components.wires.amount"] = .integer(cents + 1)
    let diff = ResultDiff(before, after)
    #expect(diff.isWorse && diff.differences.count == 1)
    let line = diff.table().split(separator: "\n")[0]
    #expect(line.hasPrefix("✗ cost_components.wires.amount USD"), "\(line)")
    #expect(diff.table().contains("(+USD 0.01, "))
  }

  @Test("a tenth more delay that is planted alone is the first line, before any count")
  func delay() throws {
    let before = try side()
    var after = before
    guard case .integer(let delay)? = before.record.figures["authorization_latency.p99"] else {
      Issue.record("no latency")
      return
    }
    after.record.figures["authorization_latency.p99"] = .integer(delay + delay / 10)
    after.record.figures["payments.declined"] = .integer(1 << 40)
    let diff = ResultDiff(before, after)
    #expect(diff.differences.map(\.name) == ["authorization_latency.p99", "payments.declined"])
    #expect(diff.table().hasPrefix("✗ authorization_latency.p99 "))
    #expect(diff.table().contains("+10 %, worse)"))
  }

  @Test("a setting, a seed, a file, a version that differ are told before any figure")
  func inputs() throws {
    var before = try side()
    before.settings = ["costs.wire": "5.00 USD", "gone": "1"]
    var after = try side("costs.wire=5.01 USD")
    after.settings = ["costs.wire": "5.01 USD", "new": "2"]
    after.record.seed = 7
    after.record.inputs = ["day.csv": "ab"]
    after.record.settlesimVersion = "9.9.9"
    after.record.timeZoneDatabase = "2099z"
    let diff = ResultDiff(before, after)
    #expect(
      diff.inputs.map { "\($0.kind.rawValue) \($0.name)" } == [
        "setting costs.wire", "setting gone", "setting new", "seed ", "file day.csv", "version ",
        "time zones ",
      ])
    #expect(diff.table().hasPrefix("≠ setting costs.wire 5.00 USD -> 5.01 USD\n"))
    #expect(diff.table().contains("\n≠ setting gone 1 -> –\n"))
    #expect(!diff.isSameWork && diff.isWorse)
  }

  @Test("of a side whose settings are not known the text of the scenario is told")
  func text() throws {
    var after = try side(text: BenchFixture.scenario + "# other words\n")
    #expect(ResultDiff(try side(), after).inputs.map(\.kind) == [.text])
    after.settings = ["name": "tiny"]
    #expect(ResultDiff(try side(), after).inputs.map(\.kind) == [.text])
  }

  @Test("other arrivals of the same work fail a gate though every figure got better")
  func arrivals() throws {
    let before = try side()
    var after = before
    after.record.arrivalDigest = "0123456789abcdef"
    after.record.figures["cost.total"] = .integer(0)
    let diff = ResultDiff(before, after)
    #expect(diff.count(.worse) == 0 && diff.count(.better) == 1)
    #expect(diff.isSameWork && diff.hasOtherArrivals && diff.isWorse)
    after.record.seed += 1
    #expect(!ResultDiff(before, after).isWorse)
  }

  @Test("another digest of the same work that no figure explains fails a gate")
  func unexplained() throws {
    let before = try side()
    var after = before
    after.record.digest = "0123456789abcdef"
    let diff = ResultDiff(before, after)
    #expect(diff.isUnexplained && diff.isWorse && !diff.isSame)
    #expect(diff.table().contains("the digest is not, \(before.record.digest) -> 0123456789abcdef"))
  }

  @Test("a verdict that is no longer passed is worse, and stands before money")
  func verdict() throws {
    let before = try side()
    var after = before
    after.record.figures["verdict"] = .text("threshold_missed")
    after.record.figures["cost.total"] = .integer(1 << 40)
    let diff = ResultDiff(before, after)
    #expect(diff.differences.map(\.name) == ["verdict", "cost.total"])
    #expect(diff.differences.allSatisfy { $0.judgement == .worse })
    #expect(ResultDiff(after, before).count(.better) == 2)
  }

  @Test("tolerance leaves out what moved little, never what came from zero; the last one counts")
  func tolerance() throws {
    let before = try side()
    var after = before
    after.record.figures["cost.total"] = .decimal(
      before.record.figures["cost.total"]!.number! * 1.02)
    after.record.figures["payments.lost"] = .integer(1)
    func names(_ tolerances: (String, Double)...) -> [String] {
      let rules = DiffRules(
        tolerances: tolerances.map { DiffRules.Tolerance(pattern: $0.0, share: $0.1) })
      let diff = ResultDiff(before, after, rules: rules)
      #expect(diff.tolerated + diff.differences.count == 2)
      return diff.differences.map(\.name)
    }
    #expect(names() == ["cost.total", "payments.lost"])
    #expect(names(("*", 0.01)) == ["cost.total", "payments.lost"])
    #expect(names(("*", 0.03)) == ["payments.lost"])
    #expect(names(("*", 0.03), ("cost.*", 0.01)) == ["cost.total", "payments.lost"])
    let ignoring = ResultDiff(before, after, rules: DiffRules(ignored: ["*.total"]))
    #expect(ignoring.ignored == 1 && ignoring.differences.map(\.name) == ["payments.lost"])
    #expect(ignoring.table().contains("; 1 ignored"))
  }

  @Test("an amount that is in another currency has no difference, and is neither better nor worse")
  func otherCurrency() throws {
    let before = try side()
    var after = before
    let name = "cost_components.wires.amount"
    after.record.units[name] = .money(currency: "JPY", decimals: 0)
    let diff = ResultDiff(before, after)
    #expect(diff.differences.count == 1 && !diff.isWorse)
    let sentence = diff.differences[0].sentence
    #expect(sentence.contains(" USD ") && sentence.contains("-> JPY "), "\(sentence)")
    #expect(ResultDiff.refusal(before, after) == nil)
  }

  @Test(
    "a star stands for any characters, also none",
    arguments: [
      ("cost.total", "cost.total", true), ("cost.total", "cost", false), ("cost.total", "*", true),
      ("cost.total", "cost.*", true), ("cost.total", "*.total", true),
      ("cost.total", "c*t*l", true),
      ("cost.total", "*cost.total*", true), ("cost.total", "cost.total.*", false),
      ("aba", "ab*ba", false), ("", "*", true), ("", "", true),
    ])
  func patterns(_ name: String, _ pattern: String, _ matches: Bool) {
    #expect(DiffRules.matches(name, pattern) == matches)
  }

  @Test("no line is longer than 80 columns where its parts are not")
  func width() throws {
    let diff = ResultDiff(try side(), try side("seed=2"))
    #expect(diff.differences.count > ResultDiff.shownDifferences)
    for line in diff.table(isFull: true).split(separator: "\n") {
      #expect(TextTable.width(String(line)) <= 80, "\(line)")
    }
    #expect(diff.table().contains("more figures; --full lists all"))
  }

  @Test("every format has every difference, and what differs in the input")
  func formats() throws {
    var before = try side()
    var after = try side("costs.wire=5.01 USD")
    (before.settings, after.settings) = (["costs.wire": "5 | USD"], ["costs.wire": "5.01 USD"])
    let diff = ResultDiff(before, after)
    let json = try CanonicalJSON(parsing: diff.json.encoded(), file: "diff.json")
    #expect(json["verdict"]?.text == "worse")
    #expect(json["inputs"]?.elements?.first?["after"]?.text == "5.01 USD")
    let names = json["differences"]?.elements?.compactMap { $0["figure"]?.text }
    #expect(names == diff.differences.map(\.name))
    let csv = diff.csv().split(separator: "\n")
    #expect(csv.count == 1 + diff.inputs.count + diff.differences.count)
    let failed = diff.junit().text.ranges(of: "<failure").count
    #expect(failed == diff.count(.worse) && failed > 0)
    #expect(diff.markdown().contains("| setting | costs.wire | 5 \\| USD | 5.01 USD |"))
    let same = ResultDiff(before, before)
    #expect(same.junit().text.contains("tests=\"1\" failures=\"0\""))
  }
}
