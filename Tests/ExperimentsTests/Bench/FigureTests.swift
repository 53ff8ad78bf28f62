import Declared
import Text
import Reporting
import Testing

@testable import Experiments

@Suite("Figures of a result")
struct FigureTests {
  @Test("every metric, every amount in minor units and every count has a name of its own")
  func sheet() throws {
    let result = try BenchFixture.result()
    let sheet = FigureSheet(result)
    for (name, value) in result.metrics {
      #expect(sheet.entries[name]?.value.number == value, "\(name)")
    }
    for component in result.costComponents {
      let entry = sheet.entries["cost_components.\(component.name).amount"]
      #expect(entry?.value == .integer(component.amount.minorUnits))
      #expect(
        entry?.unit
          == .money(currency: component.amount.currency, decimals: component.amount.decimals))
    }
    for row in result.money {
      let entry = sheet.entries["money.\(row.currency).settled"]
      #expect(entry?.value == .integer(row.settled))
      #expect(entry?.unit == .money(currency: row.currency, decimals: row.decimals))
    }
    for step in result.steps {
      #expect(sheet.entries["steps.\(step.name).count"]?.value == .integer(Int64(step.count)))
    }
    #expect(sheet.entries["authorization_latency.p99"]?.unit == .nanoseconds)
    #expect(sheet.entries["authorization_latency.count"]?.unit == .plain)
    #expect(sheet.entries["verdict"]?.value == .text("passed"))
  }

  @Test("what says who and when is no figure, and a latency stands there once")
  func leftOut() throws {
    let names = FigureSheet(try BenchFixture.result()).entries.keys
    for part in ["sha256", "_version", "notes", "seed", "latencies.", "thresholds"] {
      #expect(!names.contains { $0.contains(part) }, "\(part)")
    }
  }

  @Test(
    "a value survives the file: counts and minor units exactly, decimals to the last bit",
    arguments: [
      FigureValue.integer(0), .integer(.max), .integer(-1), .decimal(0.1), .decimal(1e300),
      .boolean(true), .boolean(false), .text("passed"), .text("a \"b\" \\ c"),
    ])
  func roundTrip(_ value: FigureValue) throws {
    let text = value.json.encodedLine()
    #expect(FigureValue(try CanonicalJSON(parsing: text, file: "x")) == value)
  }

  @Test(
    "costs, delays and losses are better when lower, savings and success when higher",
    arguments: [
      ("cost_components.wires.amount", FigureDirection.lowerIsBetter),
      ("cost_summary.total", .lowerIsBetter), ("authorization_latency.p99", .lowerIsBetter),
      ("payments.lost", .lowerIsBetter), ("reconciliation.exceptions", .lowerIsBetter),
      ("strategies.merchant_day.total_cost", .lowerIsBetter),
      ("strategies.one_wire_per_payment.savings_ratio", .higherIsBetter),
      ("savings_ratio", .higherIsBetter), ("payments.settled", .higherIsBetter),
      ("settlement_success_rate", .higherIsBetter), ("reconciliation.matched", .higherIsBetter),
      ("authorization_latency.count", .neutral), ("invariants.ledger.balanced.checks", .neutral),
      ("liquidity.relative", .lowerIsBetter), ("liquidity.turnover", .higherIsBetter),
      ("events", .neutral), ("payments.requests", .neutral), ("virtual_seconds", .neutral),
    ])
  func direction(_ name: String, _ direction: FigureDirection) {
    #expect(FigureDirection(of: name) == direction)
  }

  @Test("differences are exact, signed, and written with their currency")
  func difference() {
    let cent = FigureDifference(
      "cost", unit: .money(currency: "USD", decimals: 2), baseline: .integer(500),
      now: .integer(501))
    #expect(cent.difference == .integer(1))
    #expect(cent.relative == 0.002)
    #expect(cent.sentence == "cost USD 5.00 -> USD 5.01 (+USD 0.01, +0.2 %, worse)")
    let yen = FigureDifference(
      "fee", unit: .money(currency: "JPY", decimals: 0), baseline: .integer(10), now: .integer(7))
    #expect(yen.sentence == "fee JPY 10 -> JPY 7 (JPY -3, -30 %, changed)")
    let lost = FigureDifference(
      "payments.lost", unit: .plain, baseline: .integer(0), now: .integer(2))
    #expect(lost.relative == nil && lost.judgement == .worse)
    #expect(lost.sentence == "payments.lost 0 -> 2 (+2, worse)")
    let new = FigureDifference("x", unit: .plain, baseline: nil, now: .decimal(0.25))
    #expect(new.sentence == "x – -> 0.25 (changed)")
    let extremes = FigureDifference(
      "x", unit: .plain, baseline: .integer(.min), now: .integer(.max))
    #expect(extremes.difference == .decimal(Double(Int64.max) - Double(Int64.min)))
    let unbalanced = FigureDifference(
      "ledger.balanced", unit: .plain, baseline: .boolean(true), now: .boolean(false))
    #expect(unbalanced.judgement == .worse)
  }

  @Test("what got worse comes first, metrics before cells, then the largest share")
  func order() throws {
    let result = try BenchFixture.result()
    var baseline = ResultBaseline(result)
    baseline.figures["events"] = .integer(1)
    baseline.figures["payments.settled"] = .integer(1)
    baseline.figures["acquirer_latency.p50"] = .integer(1)
    baseline.figures["cost_components.wires.amount"] = .integer(0)
    let list = FigureDifference.list(baseline, ResultBaseline(result))
    #expect(
      list.map(\.name) == [
        "acquirer_latency.p50", "cost_components.wires.amount", "payments.settled",
        "events",
      ])
    #expect(list.map(\.judgement) == [.worse, .worse, .better, .changed])
  }
}
