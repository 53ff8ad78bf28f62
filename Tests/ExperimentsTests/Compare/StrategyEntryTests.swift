import Scenario
import Testing

@testable import Experiments

@Suite("Entries of --strategies")
struct StrategyEntryTests {
  private func settings(_ text: String) throws -> [[String]] {
    try StrategyEntry.list(text).map { $0.settings.map { "\($0.path)=\($0.value)" } }
  }

  @Test("names, parameters and paths become settings")
  func settings() throws {
    #expect(
      try settings("merchant_day,fixed_window:window=15min") == [
        ["settlement.strategy=merchant_day"],
        ["settlement.strategy=fixed_window", "settlement.strategy.window=15min"],
      ])
    #expect(
      try settings("scenario, costs.wire=5.05 USD ,merchant_day:costs.wire=1 USD:seed.x=2") == [
        [], ["costs.wire=5.05 USD"],
        ["settlement.strategy=merchant_day", "costs.wire=1 USD", "seed.x=2"],
      ])
  }

  @Test("a colon separates before a key only, a comma outside brackets and quotes only")
  func separators() throws {
    #expect(
      try settings("scenario:merchants.cut_off=12:34:costs.wire=1 USD") == [
        ["merchants.cut_off=12:34", "costs.wire=1 USD"]
      ])
    #expect(
      try settings("scenario:a.b=[1, 2]:c.d={x: 1, y: 2},scenario:e.f=\"p,q:r=s\"") == [
        ["a.b=[1, 2]", "c.d={x: 1, y: 2}"], ["e.f=\"p,q:r=s\""],
      ])
  }

  @Test("a plus sign joins names also behind a parameter, and belongs to a number's value")
  func joined() throws {
    #expect(
      try settings("optimised:fx_netting=on+deferred_net") == [
        [
          "settlement.strategy=optimised", "settlement.strategy.fx_netting=on",
          "interbank.mode=deferred_net",
        ]
      ])
    #expect(
      try settings("deferred_net+fixed_window:window=15min + scenario:costs.wire=1 USD") == [
        [
          "interbank.mode=deferred_net", "settlement.strategy=fixed_window",
          "settlement.strategy.window=15min", "costs.wire=1 USD",
        ]
      ])
    for value in ["1e+5", "a+b", "+5", "rates+more.csv", "[fixed_window, x+merchant_day]"] {
      #expect(
        try settings("scenario:a.b=\(value):c.d=2+merchant_day") == [
          ["a.b=\(value)", "c.d=2", "settlement.strategy=merchant_day"]
        ])
    }
  }

  @Test("a repeated entry gets a number, and every entry a name of its own")
  func repeated() throws {
    let entries = try StrategyEntry.list("merchant_day,merchant_day,scenario,merchant_day")
    #expect(
      entries.map(\.name) == ["merchant_day", "merchant_day#2", "scenario", "merchant_day#3"])
    #expect(Set(entries.map(\.text)) == ["merchant_day", "scenario"])
  }

  @Test(
    "what cannot be understood is refused, with what was meant",
    arguments: [
      ("merchent_day", "there is no strategy `merchent_day`; did you mean `merchant_day`?"),
      ("xyzzy", "there is no strategy `xyzzy`; expected one_wire_per_payment, "),
      ("merchant_day,,scenario", "there is no strategy ``; expected"),
      ("merchant_day+fixed_window", "`merchant_day+fixed_window` names two of one kind"),
      ("fixed_window:wndow=3s", "no parameter `wndow`, and no path of the scenario"),
      ("fixed_window:wndow=3s", "did you mean `window`?"),
      ("scenario:window=3s", "no parameter `window`"),
      ("scenario:a.b=1:a.b=2", "sets `a.b` twice"),
      ("optimised:fx_netting=on+deferred_nett", "there is no strategy `deferred_nett` (in `opt"),
      ("optimised:fx_netting=on+deferred_nett", "did you mean `deferred_net`?"),
      ("fixed_window:window=1h+xyzzy:window=1h", "there is no strategy `xyzzy` (in `fixed"),
      (
        "fixed_window:window=1h+deferred_net:wndow=1h",
        "`deferred_net:wndow=1h` in `fixed_window:window=1h+deferred_net:wndow=1h`: no parameter "
          + "`wndow`"
      ),
      (
        "fixed_window:wndow=1h+deferred_net",
        "`fixed_window:wndow=1h` in `fixed_window:wndow=1h+deferred_net`: no parameter `wndow`, "
          + "and no path of the scenario, which has a point in it; did you mean `window`?"
      ),
    ])
  func refusals(_ text: String, _ message: String) {
    do {
      _ = try StrategyEntry.list(text)
      Issue.record("\(text) was taken")
    } catch { #expect(error.description.contains(message), "\(error)") }
  }

  @Test("an entry outranks shared settings of its paths and of what lies below them")
  func overrides() throws {
    let shared = ["settlement.strategy=x", "settlement.strategy.window=1s", "costs.wire=1 USD"]
      .map { ScenarioOverride(assignment: $0)! }
    let entry = try StrategyEntry.list("merchant_day:costs.wire=2 USD")[0]
    #expect(
      entry.overrides(over: shared).map(\.path) == ["settlement.strategy", "costs.wire"])
    #expect(entry.overrides(over: shared).last?.value == "2 USD")
    let none = try StrategyEntry.list("scenario")[0]
    #expect(none.overrides(over: shared) == shared)
  }

  @Test("replication r has the seed r more, also across the end of the numbers")
  func seeds() throws {
    let entries = try StrategyEntry.list("scenario,merchant_day")
    var plan = ComparisonPlan(entries: entries, firstSeed: .max)
    plan.replications = 3
    #expect(plan.runCount == 6)
    #expect((0..<6).map { plan.place(of: $0).strategy } == [0, 1, 0, 1, 0, 1])
    #expect((0..<3).map(plan.seed) == [.max, 0, 1])
    #expect(plan.overrides(run: 5).map(\.path) == ["seed", "settlement.strategy"])
    #expect(plan.overrides(run: 5)[0].value == "1")
  }

  @Test(
    "a recorded command writes numbers as flags take them, without an exponent",
    arguments: [
      (0.00005, "0.00005"), (0, "0.0"), (1, "1.0"), (0.25, "0.25"), (1e-7, "0.0000001"),
      (1.25e-5, "0.0000125"), (1.2345678901234567e-20, "0.000000000000000000012345678901234567"),
    ])
  func plainNumbers(_ value: Double, _ text: String) throws {
    #expect(ComparisonFlags.plain(value) == text)
    #expect(Double(text) == value)
    var plan = ComparisonPlan(entries: try StrategyEntry.list("scenario,rtgs"), firstSeed: 1)
    plan.effectFloor = value
    #expect(plan.command(reference: "x").contains("--effect-floor \(text)"))
  }
}
