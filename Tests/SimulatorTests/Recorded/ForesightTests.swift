import Testing

@testable import Simulator

@Suite("A plan knows nothing of what has not arrived")
struct ForesightTests {
  private static let hour: Int64 = 3_600_000_000_000

  /// Payments in two currencies among three banks, from six o'clock on.
  private static func rows(
    _ numbers: Range<Int>, every minutes: Int, from start: Int, times factor: Int
  ) -> [String] {
    let banks = ["A", "B", "C"]
    return numbers.enumerated().map { place, number in
      let minute = start + place * minutes
      let (payer, payee) = (banks[number % 3], banks[(number + 1 + number / 3 % 2) % 3])
      let currencies = number % 4 == 0 ? "USD,EUR" : number % 4 == 1 ? "EUR,USD" : "USD,"
      let clock =
        "2026-03-02T\(minute / 60 < 10 ? "0" : "")\(minute / 60):"
        + "\(minute % 60 < 10 ? "0" : "")\(minute % 60):00Z"
      return "p\(number),\(clock),\(payer),\(payee),\(100 + factor * number * 37 % 5_000)00.00,"
        + currencies
    }
  }

  /// What was put on its way until noon, batch by batch.
  private func morning(
    _ later: [String], times factor: Int = 1, netsConversions: Bool
  ) throws -> (morning: [[String: String]], all: Int) {
    var world = RecordedWorld(
      banks: ["A", "B", "C"].map {
        "{name: \($0), balances: {USD: 900000000.00 USD, EUR: 900000000.00 EUR}}"
      },
      strategy: "{name: optimised, grid: 2h, fx_netting: \(netsConversions ? "on" : "off")}",
      header: "id,time,payer,payee,amount,currency,to_currency")
    world.rows = Self.rows(0..<90, every: 4, from: 360, times: factor) + later
    let rail = #"time_zone: UTC, close: "18:00", unavailable_rate: 0, latency: 0s, fee: "1 USD"}"#
    world.settings = [
      "results.details=true", "costs.delay_rate=1",
      "rails=[{name: gross, currency: USD, open: \"06:00\", \(rail), "
        + "{name: euro, currency: EUR, open: \"09:00\", \(rail)]",
    ]
    let outcome = try world.run()
    #expect(outcome.breach == nil && outcome.errors == [])
    #expect(outcome.recorded.allSatisfy { $0.end == .settled })
    let batches = outcome.table("batches")
    let columns = ["payer", "payee", "currency", "payout_minor", "payments", "netting", "window"]
    let early = batches.filter { Int64($0["due_ns"] ?? "") ?? .max <= 12 * Self.hour }
    return (
      early.map { row in row.filter { columns.contains($0.key) || $0.key == "due_ns" } },
      batches.count
    )
  }

  @Test(
    "what arrives after noon, how much and between whom, changes nothing before noon",
    arguments: [true, false])
  func later(_ netsConversions: Bool) throws {
    let plain = try morning([], netsConversions: netsConversions)
    let many = try morning(
      Self.rows(100..<250, every: 2, from: 722, times: 3), netsConversions: netsConversions)
    #expect(plain.morning.count > 3)
    #expect(many.all > plain.all)
    #expect(plain.morning == many.morning)
    let other = try morning([], times: 2, netsConversions: netsConversions)
    #expect(plain.morning != other.morning)
  }
}
