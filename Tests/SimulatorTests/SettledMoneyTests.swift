import Testing

@testable import Simulator

@Suite("What merchants are paid")
struct SettledMoneyTests {
  private static let strategies = [
    "one_wire_per_payment", "fixed_window", "merchant_day", "size_threshold",
    "counterparty_consolidation", "bilateral_netting", "multilateral_netting",
    "{name: counterparty_consolidation, fx_netting: on}", "hybrid",
  ]

  /// Paid out in each currency, by the result.
  private func settled(_ outcome: RunOutcome) -> [String: Int64] {
    Dictionary(uniqueKeysWithValues: outcome.result.money.map { ($0.currency, $0.settled) })
      .filter { $0.value != 0 }
  }

  @Test(
    "what was settled in a currency is what its merchants were paid, whatever the strategy",
    arguments: strategies)
  func merchants(_ strategy: String) throws {
    let outcome = try SmallWorld([
      "time.duration=1d", "merchants.count=9", "workload.generated.payments=400",
      "banks.merchant_banks=3", "settlement.strategy=\(strategy)",
    ]).run()
    #expect(outcome.contradictions == [])
    var paid: [String: Int64] = [:]
    for row in outcome.result.merchants {
      paid[row.settled.currency, default: 0] += row.settled.minorUnits
    }
    #expect(outcome.result.merchants.count == 9)
    #expect(paid.filter { $0.value != 0 } == settled(outcome))
    #expect(settled(outcome).count == 4)
  }

  @Test(
    "in one currency merchants are paid what was captured less refunds and fees, by the journal",
    arguments: strategies)
  func journal(_ strategy: String) throws {
    let fixture = TraceFixture()
    var rows: [(id: String, second: Int, merchant: String, amount: Int)] = []
    for place in 0..<60 {
      let (second, merchant, amount) = (place * 900, "m\(place % 4)", 700 + place * 37)
      rows.append(("p\(place)", second, merchant, amount))
      rows.append(("C\(place)", second + 20_000, merchant, place % 3 == 0 ? -amount : -1))
    }
    rows.sort { $0.second < $1.second }
    let outcome = try TraceReplay.world(
      rows, in: fixture,
      [
        "settlement.strategy=\(strategy)", "settlement.priced=[one_wire_per_payment]",
        "merchants.markets=[{country: GB, region: a, time_zone: Europe/London, currency: GBP, "
          + "settlement_currency: GBP, share: 1}]", "merchants.foreign_currency_share=0",
      ]
    ).run()
    let ledger = ReferenceLedger(journal: try #require(outcome.file("journal.csv")))
    #expect(ledger.faults == [])
    var owed: [String: Int] = [:]
    for entry in ledger.entries {
      switch entry.kind {
      case "capture": owed[entry.credit, default: 0] += entry.amount
      case "refund", "void", "fee": owed[entry.debit, default: 0] -= entry.amount
      case "feeReturned": owed[entry.credit, default: 0] += entry.amount
      default: break
      }
    }
    let paid = outcome.result.merchants.map { Int($0.settled.minorUnits) }
    #expect(paid.sorted() == owed.values.sorted())
    #expect(settled(outcome) == ["GBP": Int64(owed.values.reduce(0, +))])
  }

  @Test("deals of the platform stand apart from what merchants are paid")
  func deals() throws {
    let outcome = try SmallWorld([
      "merchants.count=1", "workload.generated.payments=20",
      "merchants.markets=[{country: DE, region: e, time_zone: Europe/Berlin, currency: EUR, "
        + "settlement_currency: USD, share: 1}]", "merchants.foreign_currency_share=0",
      "merchants.fee_plans=[{name: none, share: 1, rate: 0, fixed: 0 USD}]",
    ]).run()
    let euro = try #require(outcome.result.money.first { $0.currency == "EUR" })
    let dollar = try #require(outcome.result.money.first { $0.currency == "USD" })
    #expect(euro.captured > 0 && euro.settled == 0 && euro.sold == euro.captured)
    #expect(euro.bought == 0 && dollar.sold == 0)
    // At 1.1684 and no fee, in one or several settlements and deals that are each rounded.
    let expected = Double(euro.captured) * 1.1684
    #expect(abs(Double(dollar.settled) - expected) < 20)
    #expect(abs(Double(dollar.bought) - expected) < 20)
  }

  @Test("what is collected comes off what was paid")
  func collected() throws {
    let fixture = TraceFixture()
    // 100.00 and 40.00 paid on Monday, and the 40.00 taken back a day after the cut-off. Fees of
    // 2.9 % and what 0.30 USD are in pounds stay charged.
    let outcome = try TraceReplay.world(
      [("p1", 32_400, "m", 10_000), ("p2", 33_000, "m", 4_000), ("C1", 200_000, "m", -4_000)],
      in: fixture, ["settlement.strategy=merchant_day", "time.duration=3d"]
    ).run()
    let row = try #require(outcome.result.money.first { $0.currency == "GBP" })
    #expect(row.captured == 14_000 && row.refunded == 4_000)
    #expect(row.settled == 10_000 - row.fees)
    #expect(outcome.result.merchants[0].settled.minorUnits == row.settled)
  }

  @Test("a fee above its payment is cut to it, and said with the amount")
  func cut() throws {
    let fixture = TraceFixture()
    // 0.10 and 0.05 of pounds at 2.9 % and a fixed fee of 0.25: 0.25 each, as 0.3 and 0.1 pence are
    // rounded to nothing; so 0.15 and 0.20 less are charged.
    let outcome = try TraceReplay.world(
      [("p1", 32_400, "m", 10), ("p2", 33_000, "m", 5), ("p3", 33_000, "n", 10_000)],
      in: fixture,
      [
        "settlement.strategy=merchant_day",
        "merchants.fee_plans=[{name: x, share: 1, rate: 0.029, fixed: 0.25 GBP}]",
      ]
    ).run()
    #expect(outcome.count("fees.cut") == 2)
    let row = try #require(outcome.result.money.first { $0.currency == "GBP" })
    #expect(row.feesCut == 35)
    #expect(row.fees == 15 + 290 + 25)
    #expect(abs(outcome.metric("fees.cut_amount") - 0.35 * 1.3421) < 0.005)
    #expect(outcome.result.notes.contains { $0.contains("2 were larger than their payment") })
  }
}
