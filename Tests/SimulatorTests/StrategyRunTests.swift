import Testing

@testable import Simulator

@Suite("Strategies that run")
struct StrategyRunTests {
  private static let names = ["one_wire_per_payment", "fixed_window", "merchant_day"]
  /// A day, so that windows and cut-offs of all zones lie within it; the cut-off lies in the busy
  /// hours and inside a window.
  private static let day = [
    "time.duration=24h", "merchants.cut_off=12:34", "settlement.allowed_lateness=10min",
    "merchants.count=12", "workload.capture.immediate_share=4/5",
  ]

  private func run(_ strategy: String, _ settings: [String] = day) throws -> RunOutcome {
    try SmallWorld.kept(settings + ["settlement.strategy=\(strategy)"]).run()
  }

  /// Batches by the journal: each has a number of its own within its cell.
  private func batches(_ outcome: RunOutcome) throws -> Int {
    let kinds: Set = ["fee", "payout", "collection", "convertOut", "convertIn"]
    let ledger = ReferenceLedger(journal: try #require(outcome.file("journal.csv")))
    return Set(
      ledger.entries.filter { kinds.contains($0.kind) }.map { "\($0.cell)/\($0.reference)" }
    ).count
  }

  private func expectShadowPrice(_ outcome: RunOutcome) throws {
    let chosen = try #require(outcome.result.strategies.first { $0.isChosen })
    let batches = try batches(outcome)
    #expect(outcome.contradictions == [])
    #expect(batches == chosen.wires)
    #expect(outcome.count("instructions") <= batches)
  }

  @Test("a run sends as many wires as its strategy's shadow price says", arguments: names)
  func wires(_ name: String) throws {
    let outcome = try run(name)
    try expectShadowPrice(outcome)
    // Amounts lie above the fees, so no batch nets to nothing.
    #expect(outcome.count("instructions") == outcome.result.strategies.first { $0.isChosen }?.wires)
  }

  @Test("also where settlements are sent in parts", arguments: names)
  func parts(_ name: String) throws {
    try expectShadowPrice(try run(name, Self.day + ["settlement.maximum_batch=7"]))
  }

  @Test(
    "also for windows of other lengths", arguments: ["1min", "15min", "8h", "24h"])
  func windows(_ window: String) throws {
    try expectShadowPrice(try run("{name: fixed_window, window: \(window)}"))
  }

  @Test("a strategy priced with other parameters than it runs with has two rows, told apart")
  func parameters() throws {
    let outcome = try run("{name: fixed_window, window: 15min}")
    let labels = outcome.result.strategies.filter { $0.name == "fixed_window" }.map(\.label)
    #expect(labels == ["fixed_window", "fixed_window:window=15min"])
    #expect(outcome.result.strategies.first { $0.isChosen }?.label == labels[1])
  }

  @Test("a batch that nets to nothing sends no wire")
  func nothing() throws {
    let outcome = try run(
      "one_wire_per_payment", ["merchants.fee_plans.standard.fixed=100000.00 USD"])
    #expect(outcome.contradictions == [])
    #expect(outcome.count("instructions") == 0)
    #expect(outcome.result.strategies.map(\.wires) == [0, 0, 0])
    #expect(outcome.count("fees.cut") == outcome.count("payments.settled"))
  }

  @Test("shadow prices do not depend on which strategy runs", arguments: [1, 2])
  func prices(_ seed: Int) throws {
    let outcomes = try Self.names.map { try run($0, Self.day + ["seed=\(seed)"]) }
    #expect(outcomes[0].step("captured") > 1_500)
    for outcome in outcomes {
      #expect(outcome.result.strategies.map(\.name) == Self.names)
      #expect(outcome.step("captured") == outcomes[0].step("captured"))
      #expect(outcome.result.strategies.map(\.wires) == outcomes[0].result.strategies.map(\.wires))
      #expect(
        outcome.result.strategies.map(\.totalCost) == outcomes[0].result.strategies.map(\.totalCost)
      )
      #expect(outcome.result.strategies.filter(\.isChosen).count == 1)
    }
  }

  @Test("refunds are priced and sent as the strategy says", arguments: names)
  func refunds(_ name: String) throws {
    var world = SmallWorld.kept(["settlement.strategy=\(name)"])
    (world.scenario, world.file) = try TraceReplay.shipped()
    try expectShadowPrice(try world.run())
  }
}
