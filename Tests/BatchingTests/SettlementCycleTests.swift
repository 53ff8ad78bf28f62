import Declared
import Money
import PaymentModel
import Rails
import Scenario
import Testing

@testable import Batching

@Suite("Windows of strategies")
struct SettlementCycleTests {
  private static let minute: Int64 = 60_000_000_000

  /// The cycle of a strategy from 2026-03-27, a Friday, on the rails of the defaults.
  private func cycle(_ parameters: [String: ParameterValue]) throws -> SettlementCycle {
    let date = CivilDate("2026-03-27")!
    let outlook = SettlementOutlook(
      ScenarioSettings(name: "cycle"), epochSecond: Int64(date.dayNumber) * 86_400,
      currencies: [.usd, .eur], rates: try SmallWorld.settlementWorld(maximumBatch: 1).rates)
    let strategy = try StrategyRegistry.make("fixed_window", parameters: parameters)
    return try #require(
      strategy.bound(to: outlook, until: 4 * TimeSlots.day).release.cycle)
  }

  private func ends(_ cycle: SettlementCycle, _ currency: Currency, _ count: Int) -> [Int64] {
    var (ends, time): ([Int64], Int64) = ([], 0)
    for _ in 0..<count {
      time = cycle.end(after: time, currency)
      ends.append(time / Self.minute)
    }
    return ends
  }

  /// Minutes since the start of the run of a time on a day, from 0, in UTC.
  private func at(_ day: Int64, _ hour: Int64, _ minute: Int64) -> Int64 {
    (day * 24 + hour) * 60 + minute
  }

  @Test("end at times of day of a zone, in whatever order they are listed")
  func times() throws {
    let times = ["23:30", "02:30"].map { TimeOfDay($0)! }
    let cycle = try cycle(["at": .times(times), "time_zone": .timeZone("Europe/Berlin")])
    // At 02:30 of the 29th, which clocks leave out, it is 03:00: 01:00 UTC.
    let expected = [
      at(0, 1, 30), at(0, 22, 30), at(1, 1, 30), at(1, 22, 30), at(2, 1, 0), at(2, 21, 30),
      at(3, 0, 30),
    ]
    #expect(ends(cycle, .usd, 7) == expected)
    #expect(!cycle.isPerCurrency && cycle.lane(of: .usd) == cycle.lane(of: .eur))
  }

  @Test("end before the customers' cut-off of each currency's rail, on its business days")
  func cutOff() throws {
    let cycle = try cycle(["before_cut_off": .duration(.seconds(300))])
    // Fedwire closes at 18:45 in New York (22:45 UTC), T2 at 18:00 in Berlin.
    #expect(ends(cycle, .usd, 2) == [at(0, 22, 40), at(3, 22, 40)])
    #expect(ends(cycle, .eur, 2) == [at(0, 16, 55), at(3, 15, 55)])
    #expect(cycle.isPerCurrency && cycle.lane(of: .usd) != cycle.lane(of: .eur))
    let next = cycle.nextEnd(after: 0, of: [.usd, .eur])
    #expect(next.time == at(0, 16, 55) * Self.minute && next.currencies == [.eur])
  }

  @Test("follow each other from the opening to the next one, which ends the last")
  func opening() throws {
    let cycle = try cycle([
      "window": .duration(.seconds(7 * 3_600)), "window_from": .choice("opening"),
    ])
    // T2 opens at 02:30 in Berlin: at 01:30 UTC on Friday, and in summer time on Monday at 00:30.
    let found = ends(cycle, .eur, 13)
    #expect(Array(found.prefix(4)) == [90, 510, 930, 1_350])
    #expect(found.contains(at(3, 0, 30)) && found.contains(at(3, 7, 30)))
    #expect(zip(found, found.dropFirst()).allSatisfy { $1 - $0 <= 420 && $1 > $0 })
  }

  @Test("after all that was laid out they end every 24 hours")
  func afterwards() throws {
    let cycle = try cycle(["at": .times([TimeOfDay("12:00")!])])
    #expect(ends(cycle, .usd, 40) == (0..<40).map { at($0, 12, 0) })
  }

  @Test("slots are cut where windows end, and each says when it began", arguments: 0..<40)
  func slots(seed: Int) {
    var numbers = SplitMix(seed: seed)
    let length = Int64(numbers.pick(1...20))
    let cuts = Set((0..<numbers.pick(0...12)).map { _ in Int64(numbers.pick(1...100)) }).sorted()
    let scale = SlotScale(length: length, cuts: cuts)
    let begins = Set(cuts + (0...100 / length).map { $0 * length }).sorted()
    for time in 0...Int64(100) {
      let slot = scale.slot(at: time)
      #expect(scale.start(of: slot) == begins.last { $0 <= time })
      #expect(time == 0 || (slot > scale.slot(at: time - 1)) == begins.contains(time))
    }
  }

  @Test(
    "what does not go together is refused by name",
    arguments: [
      (["time_zone": ParameterValue.timeZone("UTC")], "time_zone"),
      (
        ["at": .times([TimeOfDay("12:00")!]), "before_cut_off": .duration(.seconds(60))],
        "before_cut_off"
      ),
      (["at": .times([TimeOfDay("12:00")!]), "window_from": .choice("opening")], "window_from"),
      (["at": .times([])], "at"), (["time_zone": .timeZone("Mars/Base")], "time_zone"),
      (["before_cut_off": .duration(.zero)], "before_cut_off"),
    ])
  func refused(_ parameters: [String: ParameterValue], _ name: String) {
    for strategy in ["fixed_window", "size_threshold", "hybrid"] {
      do {
        _ = try StrategyRegistry.make(strategy, parameters: parameters)
        Issue.record("\(strategy) takes \(parameters)")
      } catch {
        #expect(error.description.hasPrefix("\(strategy).\(name): "), "\(error)")
      }
    }
  }
}
