import Testing

@testable import Simulator

@Suite("Shadow prices and runs")
struct ShadowEqualsRunTests {
  /// Strategies whose price is what they cost when they run, some with parameters of their own.
  private static func strategies(_ netting: String, _ world: World) -> [String] {
    if world.isOfClocks { return clocked(netting) }
    return [
      "{name: one_wire_per_payment}", "{name: fixed_window, window: 2h}", "{name: merchant_day}",
      "{name: counterparty_consolidation, window: 2h, fx_netting: \(netting)}",
      "{name: size_threshold, payments: 5, window: 12h}",
      "{name: bilateral_netting, window: 6h, fx_netting: \(netting)}",
      "{name: multilateral_netting, window: 6h, fx_netting: \(netting)}",
      "{name: hybrid, window: 6h, fx_netting: \(netting)}",
    ]
  }

  /// Those with windows that end by clocks, openings and cut-offs.
  private static func clocked(_ netting: String) -> [String] {
    [
      "{name: one_wire_per_payment}",
      "{name: fixed_window, at: [\"05:00\", \"11:59\"], time_zone: Europe/Berlin}",
      "{name: counterparty_consolidation, window: 5h, window_from: opening, "
        + "fx_netting: \(netting)}",
      "{name: size_threshold, payments: 5, before_cut_off: 3h}",
      "{name: bilateral_netting, before_cut_off: 10min, fx_netting: \(netting)}",
      "{name: multilateral_netting, window: 6h, window_from: opening, fx_netting: \(netting)}",
      "{name: hybrid, at: [\"18:00\"], fx_netting: \(netting)}",
    ]
  }

  struct World: CustomTestStringConvertible, Sendable {
    var name: String
    var settings: [String]
    var isRefunds = false
    /// Whether windows end by clocks, openings and cut-offs.
    var isOfClocks = false
    var testDescription: String { name }
  }

  private static let ample = [
    "time.duration=1d", "banks.merchant_banks=3", "merchants.count=10",
    "banks.opening_balance=100000000000 USD", "merchants.cut_off=12:34",
  ]
  private static let cards = ["workload.generated.payments=250"]
  private static let transfers = [
    "workload.transfers.payments=150", "workload.transfers.return_share=0",
  ]
  private static let dollars = [
    "merchants.markets=[{country: US, region: a, time_zone: America/New_York, currency: USD, "
      + "settlement_currency: USD, share: 1}]", "merchants.foreign_currency_share=0",
  ]

  static let worlds = [
    World(name: "cards in one currency", settings: ample + cards + dollars),
    World(name: "cards in four currencies and four cells", settings: ample + cards),
    World(
      name: "cards in parts, discounts on spread",
      settings: ample + cards + [
        "settlement.maximum_batch=4", "costs.discount_base=wire_and_spread",
        "costs.discount_minimum=3", "workload.capture.immediate_share=4/5",
      ]),
    World(
      name: "transfers", settings: ample + transfers + ["workload.generated.payments=0"]),
    World(
      name: "cards and transfers, rails with prices of their own",
      settings: ample + cards + transfers + [
        "costs.discount_base=wire_and_spread", "costs.currency=EUR", "rails.t2.wire=0.77 GBP",
        "rails.fedwire.wire=3.33 USD",
      ]),
    World(
      name: "fees above many payments",
      settings: ample + cards + ["merchants.fee_plans.standard.fixed=60.00 USD"]),
    World(
      name: "cards and transfers on the day on which clocks are set forward, windows by clocks",
      settings: ample + cards + transfers + [
        "time.date=2026-03-29", "time.duration=30h",
        "workload.transfers.weekday_weights=[1, 1, 1, 1, 1, 1, 1]",
      ],
      isOfClocks: true),
    World(
      name: "refunds and negative merchants",
      settings: ["costs.discount_base=wire_and_spread"], isRefunds: true),
  ]

  @Test(
    "with ample money a price is what the strategy costs when it runs, to the cent",
    arguments: worlds, ["off", "on"])
  func equal(_ world: World, _ netting: String) throws {
    let names = Self.strategies(netting, world)
    let outcomes = try names.map { try Self.run(world, names, strategy: $0) }
    for (strategy, outcome) in zip(names, outcomes) {
      #expect(outcome.contradictions == [], "\(strategy)")
      let rows = outcome.result.strategies
      #expect(rows.count == names.count)
      for (priced, row) in zip(outcomes, rows) {
        #expect(row.wires == priced.count("wires"), "\(row.label) beside \(strategy)")
        let cost = priced.metric("cost.wires") - priced.metric("cost.discount")
        #expect(
          cents(row.totalCost.units) == cents(cost + priced.metric("cost.fx")),
          "\(row.label) beside \(strategy)")
        let exchange = outcomes[rows.firstIndex(of: row)!]
        let discounts = exchange.metric("cost.discount")
        // The discount on the spread is part of `cost.discount`.
        #expect(
          row.fxCost.units <= exchange.metric("cost.fx") + 0.001
            && row.fxCost.units >= exchange.metric("cost.fx") - discounts - 0.001)
      }
      #expect(!outcome.result.notes.contains { $0.hasPrefix("shadow prices") })
    }
    // The strategies are told apart at all.
    #expect(Set(outcomes.map { $0.count("wires") }).count > 3)
  }

  private func cents(_ amount: Double) -> Int { Int((amount * 100).rounded()) }

  private static func run(
    _ world: World, _ names: [String], strategy: String
  ) throws -> RunOutcome {
    let choice = [
      "settlement.strategy=\(strategy)",
      "settlement.priced=[\(names.joined(separator: ", "))]",
    ]
    guard world.isRefunds else { return try SmallWorld(world.settings + choice).run() }
    let fixture = TraceFixture()
    return try TraceReplay.world(refunds, in: fixture, world.settings + choice).run()
  }

  /// Payments of six merchants within a day, of which every third is taken back in whole or in
  /// part, most of them after their batch, and more than one merchant took in.
  private static var refunds: [(id: String, second: Int, merchant: String, amount: Int)] {
    var rows: [(id: String, second: Int, merchant: String, amount: Int)] = []
    for place in 0..<120 {
      let second = place * 600
      let merchant = "m\(place * place % 6)"
      let amount = [1, 20, 500, 1_730, 9_000, 25_025, 100_000][place * 5 % 7]
      rows.append(("p\(place)", second, merchant, amount))
      guard place % 3 == 0 else { continue }
      let back = place % 2 == 0 ? amount : max(1, amount / 2)
      rows.append(("C\(place)", min(second + 7_000 + place * 61, 86_000), merchant, -back))
    }
    return rows.sorted { ($0.second, $0.id) < ($1.second, $1.id) }
  }
}
