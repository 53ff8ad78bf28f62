import Money
import Scenario
import Testing

@testable import Rails

@Suite("Prices and the choice of rails")
struct RailPriceTests {
  @Test("fees follow the tiers, each instruction by its number in the month")
  func tiers() throws {
    var fedwire = try reference("fedwire")
    let fees = RailFees(fedwire)
    #expect(
      [1, 14_000, 14_001, 90_000, 90_001].map { fees.fee(ofItem: $0).minorUnits }
        == [94, 94, 29, 29, 19])
    #expect(fees.fee(ofItems: 0) == .zero(.usd))
    #expect(fees.fee(ofItems: 14_000).minorUnits == 14_000 * 94)
    #expect(fees.fee(ofItems: 14_002).minorUnits == 14_000 * 94 + 2 * 29)
    #expect(fees.fee(ofItems: 90_003).minorUnits == 14_000 * 94 + 76_000 * 29 + 3 * 19)
    fedwire.priorItems = 13_999
    let later = RailFees(fedwire)
    #expect(later.prior == 13_999)
    #expect([1, 2].map { later.fee(ofItem: later.prior + $0).minorUnits } == [94, 29])
  }

  @Test("the sum of fees is that of the single ones", arguments: 0..<20)
  func sums(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    var rail = try reference("t2")
    var from = 1
    rail.feeTiers = (0..<numbers.pick(1...5)).map { _ in
      let tier = RailSettings.FeeTier(
        from: from, fee: MoneyAmount(minorUnits: Int64(numbers.pick(0...100)), currency: .eur))
      from += numbers.pick(1...30)
      return tier
    }
    let fees = RailFees(rail)
    var sum = MoneyAmount.zero(.eur)
    for number in 1...100 {
      sum += fees.fee(ofItem: number)
      #expect(fees.fee(ofItems: number) == sum, "seed \(seed), \(number)")
    }
  }

  @Test("a rail without tiers has one fee, and one without price that of its kind")
  func simple() throws {
    let costs = CostSettings()
    let expected: [(String, Int64)] = [
      ("fedwire", 500), ("ach", 35), ("same_day_ach", 35), ("sct_inst", 50), ("swift_usd", 2_500),
    ]
    for (name, price) in expected {
      #expect(costs.wire(on: try reference(name)).minorUnits == price, "\(name)")
    }
    var own = try reference("ach")
    own.wire = MoneyAmount(minorUnits: 7, currency: .eur)
    #expect(costs.wire(on: own) == own.wire)
    #expect(RailFees(own).fee(ofItem: 1_000_000) == own.fee)
  }

  /// A chooser among the reference table's rails of a currency.
  private func chooser(_ choice: RailChoice, _ currency: Currency = .usd) throws -> RailChooser {
    var settings = ScenarioSettings(name: "x")
    settings.rails = RailSettings.reference
    settings.settlement.railChoice = choice
    let rates = try FXTable(usdPerUnit: settings.fx.usdPerUnit, spreads: settings.fx.spreads)
    return RailChooser(settings, currency: currency, rates: rates)
  }

  private func name(
    _ chooser: RailChooser, _ amount: Int64, _ time: String, by day: String? = nil,
    deadline: String? = nil, currency: Currency = .usd, offset: Int = -5
  ) -> String? {
    let request = RailChooser.Request(
      amount: MoneyAmount(minorUnits: amount, currency: currency),
      second: RailScheduleTests.at(time, offset), latestValueDate: day.flatMap { CivilDate($0) },
      deadline: deadline.map { RailScheduleTests.at($0, offset) })
    return chooser.choose(request).map { chooser.schedules[$0.rail].settings.name }
  }

  @Test("the first rail is taken whatever it costs, unless the amount exceeds its limit")
  func first() throws {
    #expect(try name(chooser(.first), 100, "2026-03-02 12:00") == "fedwire")
    let limited = try settings("name: x\nrails: [same_day_ach, fedwire, t2, chaps, bojnet]\n")
    let rates = try FXTable(usdPerUnit: limited.fx.usdPerUnit, spreads: limited.fx.spreads)
    let limit = RailChooser(limited, currency: .usd, rates: rates)
    #expect(name(limit, 1_000_000_00, "2026-03-02 12:00") == "same_day_ach")
    #expect(name(limit, 1_000_000_01, "2026-03-02 12:00") == "fedwire")
  }

  @Test("the cheapest rail is the one that just keeps the deadline and takes the amount")
  func cheapest() throws {
    let cheapest = try chooser(.cheapest)
    #expect(name(cheapest, 100, "2026-03-02 12:00") == "ach")
    #expect(name(cheapest, 100, "2026-03-02 12:00", by: "2026-03-03") == "ach")
    #expect(name(cheapest, 100, "2026-03-02 12:00", by: "2026-03-02") == "same_day_ach")
    #expect(name(cheapest, 1_000_000_01, "2026-03-02 12:00", by: "2026-03-02") == "fedwire")
    #expect(name(cheapest, 100, "2026-03-02 16:45", by: "2026-03-02") == "fedwire")
    #expect(
      name(cheapest, 100, "2026-03-02 12:00", deadline: "2026-03-02 12:30") == "fedwire")
    // Too late for all: the one that loses least.
    #expect(name(cheapest, 100, "2026-03-02 19:30", by: "2026-03-02") == "fedwire")
    let euros = try chooser(.cheapest, .eur)
    #expect(
      name(euros, 100, "2026-03-02 13:00", by: "2026-03-02", currency: .eur, offset: 1)
        == "sct_inst")
    #expect(name(euros, 100, "2026-03-02 13:00", currency: .eur, offset: 1) == "sct")
  }

  @Test("the fastest rail is the one that is final first")
  func fastest() throws {
    let euros = try chooser(.fastest, .eur)
    #expect(name(euros, 100, "2026-03-02 12:00", currency: .eur, offset: 1) == "t2")
    #expect(name(euros, 100, "2026-03-07 12:00", currency: .eur, offset: 1) == "sct_inst")
    #expect(name(euros, 100_000_01, "2026-03-07 12:00", currency: .eur, offset: 1) == "t2")
  }

  @Test("tiers reached before make a rail cheaper, and lateness is told")
  func decision() throws {
    let chooser = try chooser(.first)
    let request = RailChooser.Request(
      amount: MoneyAmount(minorUnits: 100, currency: .usd),
      second: RailScheduleTests.at("2026-03-02 20:00", -5), latestValueDate: CivilDate("2026-03-02")
    )
    let decision = try #require(chooser.choose(request))
    #expect(!decision.isInTime && decision.price.minorUnits == 594)
    #expect(decision.times == chooser.schedules[0].times(at: request.second))
    let later = try #require(chooser.choose(request, itemsSoFar: [14_000, 0, 0, 0]))
    #expect(later.price.minorUnits == 529)
  }

  @Test("an amount above every limit has no rail")
  func none() throws {
    var settings = ScenarioSettings(name: "x")
    settings.rails = [try reference("sct_inst")]
    let rates = try FXTable(usdPerUnit: settings.fx.usdPerUnit, spreads: settings.fx.spreads)
    for choice in RailChoice.allCases {
      settings.settlement.railChoice = choice
      let chooser = RailChooser(settings, currency: .eur, rates: rates)
      #expect(name(chooser, 100_000_01, "2026-03-02 12:00", currency: .eur) == nil)
    }
  }
}
