import Declared
import Scenario
import Testing

@testable import Interbank

@Suite("Searches that found nothing")
struct FutileSearchTests {
  private static let modes: [(String, [String: ParameterValue])] = [
    ("rtgs", ["liquidity_saving": .choice("bilateral_offset")]),
    ("rtgs", ["liquidity_saving": .choice("gridlock_resolution")]),
    ("rtgs", ["liquidity_saving": .choice("maximum_circulation")]),
    ("rtgs", ["liquidity_saving": .choice("bilateral")]),
    ("rtgs", ["liquidity_saving": .choice("whole_payment")]),
    (
      "rtgs",
      ["liquidity_saving": .members([.init("bilateral_offset"), .init("gridlock_resolution")])]
    ),
    ("hybrid_offset", [:]), ("deferred_net", ["cycle": .duration(.seconds(300))]),
  ]

  @Test(
    "a queue that nothing changes is searched once, however many intervals pass", arguments: 0..<8)
  func once(_ index: Int) throws {
    let (name, parameters) = Self.modes[index]
    let terms = Array(repeating: ParticipantTerms(openingBalance: 0), count: 3)
    var driver = try SettlementDriver(name, parameters, terms)
    // A chain, which nothing but money can settle.
    driver.pay(1, 0, 1, 100, at: 1)
    driver.pay(2, 1, 2, 100, at: 2)
    driver.advance(to: 7_200_000_000_000)
    let made = driver.system.state.searches.made
    #expect(made > 0)
    driver.advance(to: 80_000_000_000_000)
    #expect(driver.system.state.searches.made == made && driver.system.queueCount == 2)
    // Money that comes in is looked at: with it both settle.
    #expect(driver.adjust(0, by: 100, at: 80_000_000_000_001) == nil)
    driver.advance(to: 81_000_000_000_000)
    #expect(driver.system.queueCount == 0 && driver.check.violation == nil)
  }

  @Test(
    "what settles, when and why, is the same as if every queue were searched at every interval",
    arguments: SettlementModeRegistry.names)
  func sameEvents(mode: String) throws {
    var saved = 0
    for seed in 0..<1_000 {
      let world = try RandomWorld(seed: seed, mode: mode)
      let remembering = try world.run()
      let searching = try world.run(prepare: { $0.system.state.searches.isOn = false })
      #expect(remembering.log == searching.log, "\(world)")
      #expect(remembering.system.indicators == searching.system.indicators, "\(world)")
      saved += searching.system.state.searches.made - remembering.system.state.searches.made
    }
    #expect(saved > 0 || mode == "continuous_net")
  }
}
