import Testing

@testable import Simulator

@Suite("Rails of one currency keep their own hours")
struct RailHoursTests {
  /// Opening and closing in minutes of a UTC day; equal: around the clock.
  struct Hours: Sendable, CustomTestStringConvertible {
    var open: Int
    var close: Int

    func hold(_ minute: Int) -> Bool {
      if open == close { return true }
      return open < close
        ? minute >= open && minute < close : minute >= open || minute < close
    }

    func rail(_ name: String, fee: Int) -> String {
      func text(_ minute: Int) -> String {
        let (hour, rest) = minute.quotientAndRemainder(dividingBy: 60)
        return "\"\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)\""
      }
      return "{name: \(name), currency: USD, time_zone: UTC, open: \(text(open)), "
        + "close: \(text(close)), fee: \"\(fee) USD\", weekends: true, latency: 0s, "
        + "unavailable_rate: 0}"
    }

    var testDescription: String { "\(open)-\(close)" }
  }

  /// Before, within, around, across and after the first rail's hours, over midnight, always.
  static let hours: [(first: Hours, second: Hours)] = [
    (Hours(open: 660, close: 1_320), Hours(open: 480, close: 540)),
    (Hours(open: 660, close: 1_320), Hours(open: 700, close: 720)),
    (Hours(open: 660, close: 1_320), Hours(open: 600, close: 1_380)),
    (Hours(open: 660, close: 1_320), Hours(open: 1_300, close: 1_340)),
    (Hours(open: 660, close: 1_320), Hours(open: 1_320, close: 1_439)),
    (Hours(open: 660, close: 1_320), Hours(open: 1_380, close: 60)),
    (Hours(open: 1_260, close: 1_125), Hours(open: 1_130, close: 1_250)),
    (Hours(open: 480, close: 540), Hours(open: 0, close: 0)),
  ]

  private static func world(
    _ hours: (first: Hours, second: Hours), _ settings: [String] = []
  ) -> SmallWorld {
    var world = SmallWorld(settings)
    world.scenario = """
      name: hours
      time: {date: "2026-03-02", duration: 1d}
      cells: {per_region: 1}
      merchants:
        count: 20
        foreign_currency_share: 0
        markets:
          - {country: US, region: r, time_zone: UTC, currency: USD, settlement_currency: USD,
             share: 1}
      workload: {generated: {payments: 100}}
      settlement: {strategy: one_wire_per_payment, rail_choice: cheapest}
      results: {details: true}
      rails:
        - \(hours.first.rail("one", fee: 2))
        - \(hours.second.rail("two", fee: 1))
      """
    return world
  }

  @Test(
    "an instruction makes one attempt, in its rail's hours, whatever the other's", arguments: 0..<8)
  func ownHours(_ index: Int) throws {
    let hours = Self.hours[index]
    for settings in [[], ["settlement.rail_choice=fastest"]] {
      let outcome = try Self.world(hours, settings).run()
      #expect(outcome.breach == nil && outcome.errors == [])
      let wires = outcome.table("wires")
      #expect(wires.count > 50 && outcome.count("rails.instructions") == wires.count)
      #expect(outcome.count("rails.attempts") == wires.count)
      #expect(outcome.count("rails.settled") == wires.count)
      for wire in wires {
        let minute = try #require(Int(wire["settled_ns"]!)) / 60_000_000_000 % 1_440
        #expect((wire["rail"] == "one" ? hours.first : hours.second).hold(minute), "\(wire)")
      }
      if settings.isEmpty { #expect(wires.allSatisfy { $0["rail"] == "two" }) }
    }
  }

  @Test("an attempt that would come after the close waits for the next opening, and is none")
  func afterTheClose() throws {
    let outcome = try Self.world(
      Self.hours[0], ["rails.two.latency={median: 20min, p99: 3h}"]
    ).run()
    #expect(outcome.breach == nil && outcome.errors == [])
    #expect(outcome.count("rails.attempts") == outcome.count("rails.instructions"))
    #expect(outcome.count("rails.waited_for_opening") > outcome.count("rails.instructions"))
    for wire in outcome.table("wires") {
      let minute = try #require(Int(wire["settled_ns"]!)) / 60_000_000_000 % 1_440
      #expect(Self.hours[0].second.hold(minute), "\(wire)")
    }
  }

  @Test(
    "what cannot be reached on one rail goes over the other in its hours, or waits",
    arguments: 0..<8)
  func unreachable(_ index: Int) throws {
    let hours = Self.hours[index]
    let outcome = try Self.world(hours, ["rails.two.unavailable_rate=1"]).run()
    #expect(outcome.breach == nil && outcome.errors == [])
    // Four attempts on the second rail, again whenever its next window comes first, and one on the
    // first.
    let visits = outcome.count("rails.rerouted") + outcome.count("rails.deferred")
    #expect(outcome.count("rails.attempts") == 4 * visits + outcome.count("rails.settled"))
    #expect(outcome.count("rails.rerouted") == outcome.count("rails.instructions"))
    for wire in outcome.table("wires") {
      let minute = try #require(Int(wire["settled_ns"]!)) / 60_000_000_000 % 1_440
      #expect(wire["rail"] == "one" && hours.first.hold(minute), "\(wire)")
    }
  }
}
