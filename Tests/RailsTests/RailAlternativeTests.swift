import Money
import Scenario
import Testing

@testable import Rails

@Suite("The next rail where one cannot be used")
struct RailAlternativeTests {
  /// Which of the reference table's dollar rails an instruction of 1,000.00 takes on a Monday.
  private func name(
    _ choice: RailChoice, at time: String = "10:00", amount: Int64 = 1_000_00,
    without excluded: [String] = [], before: String? = nil
  ) throws -> String? {
    var settings = ScenarioSettings(name: "x")
    settings.rails = RailSettings.reference
    settings.settlement.railChoice = choice
    let rates = try FXTable(usdPerUnit: settings.fx.usdPerUnit, spreads: settings.fx.spreads)
    let chooser = RailChooser(settings, currency: .usd, rates: rates)
    let names = chooser.schedules.map(\.settings.name)
    var request = RailChooser.Request(
      amount: MoneyAmount(minorUnits: amount, currency: .usd),
      second: utcSecond("2026-03-02", time, offset: -5))
    request.excluded = excluded.map { names.firstIndex(of: $0)! }
    request.processedBefore = before.map { utcSecond("2026-03-02", $0, offset: -5) }
    return chooser.choose(request).map { names[$0.rail] }
  }

  @Test("a rail that is excluded is passed over, in the order of the choice")
  func excluded() throws {
    #expect(try name(.first) == "fedwire")
    #expect(try name(.first, without: ["fedwire"]) == "same_day_ach")
    #expect(try name(.first, without: ["fedwire", "same_day_ach"]) == "ach")
    #expect(try name(.fastest, without: ["fedwire"]) != "fedwire")
    #expect(try name(.cheapest, without: ["ach"]) == "same_day_ach")
    #expect(
      try name(.first, without: ["fedwire", "same_day_ach", "ach", "swift_usd"]) == nil)
  }

  @Test("an amount beyond the limit of the next rail goes over the one after it")
  func limit() throws {
    #expect(try name(.first, amount: 1_000_000_01, without: ["fedwire"]) == "ach")
  }

  @Test("a rail that works on the instruction too late is not eligible")
  func hours() throws {
    let rest = ["fedwire", "swift_usd"]
    #expect(try name(.first, at: "17:00", without: rest, before: "21:00") == nil)
    #expect(try name(.first, at: "16:00", without: rest, before: "21:00") == "same_day_ach")
    #expect(try name(.first, at: "16:00", without: rest, before: "16:45") == nil)
  }
}
