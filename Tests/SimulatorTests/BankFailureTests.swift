import Batching
import Reporting
import Testing

@testable import Simulator

@Suite("A bank that fails")
struct BankFailureTests {
  /// A day of 400 transfers between eight banks.
  private static let day = [
    "time.duration=1d", "cells.per_region=1", "workload.generated.payments=0",
    "workload.transfers.payments=400",
  ]
  private static let dollars = [
    "workload.transfers.source_currencies={USD: 1}", "workload.transfers.cross_currency_share=0",
    "workload.transfers.return_share=0",
  ]

  private func failing(_ failures: String...) -> String {
    "banks.failures=[\(failures.map { "{\($0)}" }.joined(separator: ", "))]"
  }

  private func run(_ settings: [String], threads: Int = 1) throws -> RunOutcome {
    try SmallWorld(Self.day + settings).run(threads: threads)
  }

  /// Figures that must follow from each other when banks have failed.
  private func contradictions(_ outcome: RunOutcome) -> [String] {
    var found = outcome.contradictions
    let transfers = outcome.result.transfers!
    if transfers.accepted != transfers.settled + transfers.reversed + transfers.failed {
      found.append("\(transfers.accepted) accepted, \(transfers.settled) settled")
    }
    let rows = transfers.failures
    if transfers.reversed != rows.reduce(0, { $0 + $1.reversed + $1.refused }) {
      found.append("\(transfers.reversed) reversed, \(rows)")
    }
    if outcome.count("transfers.notices") != rows.reduce(0, { $0 + $1.notices }) {
      found.append("notices: \(outcome.metric("transfers.notices"))")
    }
    return found
  }

  @Test("what is not final is reversed, later orders are refused, and notices are given")
  func reversal() throws {
    let outcome = try run(
      Self.dollars + [
        "settlement.strategy={name: fixed_window, window: 2h}",
        failing("bank: correspondent-3, at: 15h, uncredited: 0s"),
      ])
    #expect(contradictions(outcome) == [])
    let row = try #require(outcome.result.transfers?.failures.first)
    #expect(row.bank == "correspondent-3" && row.at == 15 * 3_600_000_000_000)
    #expect(row.reversed > 0 && row.refused > 0 && row.returned == 0)
    #expect(row.reversedValue.minorUnits > 0 && row.notices == row.reversed + row.refused)
    #expect(
      outcome.result.notes.contains {
        $0.hasPrefix("correspondent-3 failed after 15 h")
          && $0.contains("\(row.reversed) transfers reversed")
      })
    #expect(outcome.summary.contains("\"bank\": \"correspondent-3\""))
    #expect(SummaryTable.render(outcome.result).contains("Failed banks"))
  }

  @Test("wires that wait for a batch's settlement are taken back")
  func onTheirWay() throws {
    let ach = [
      "rails=[same_day_ach, t2, chaps, bojnet]", "settlement.strategy=one_wire_per_payment",
      "workload.transfers.maximum_amount=900000 USD",
      "workload.transfers.hour_weights=[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0]",
    ]
    // All orders come from 10:00 to 11:00 in New York; the second batch settles at 17:00.
    let outcome = try run(
      Self.dollars + ach + [failing("bank: correspondent-1, at: 20h, uncredited: 0s")])
    #expect(contradictions(outcome) == [])
    let row = try #require(outcome.result.transfers?.failures.first)
    #expect(row.reversed > 0 && row.refused == 0)
    let plain = try run(Self.dollars + ach)
    let executed = outcome.result.rails[0].instructions
    #expect(executed == plain.result.rails[0].instructions - row.reversed)
  }

  @Test("what is final stays settled, and a returning payment answers what cannot be credited")
  func returning() throws {
    let gross = Self.dollars + ["settlement.strategy=one_wire_per_payment"]
    let credited = try run(gross + [failing("bank: correspondent-2, at: 16h, uncredited: 0s")])
    let uncredited = try run(gross + [failing("bank: correspondent-2, at: 16h, uncredited: 4h")])
    #expect(contradictions(credited) == [] && contradictions(uncredited) == [])
    let row = try #require(uncredited.result.transfers?.failures.first)
    #expect(row.returned > 0 && row.returnedValue.minorUnits > 0)
    #expect(uncredited.result.transfers!.returned == row.returned)
    #expect(
      uncredited.result.transfers!.settled == credited.result.transfers!.settled + row.returned)
    #expect(credited.result.transfers!.failures[0].returned == 0)
  }

  @Test("a bank's part of a netting is final with its wire: what arrives later is sent back")
  func finalLater() throws {
    let outcome = try run([
      "interbank.net_debit_cap=20000 USD", "interbank.mode={name: rtgs, maximum_part: 100000}",
      "workload.transfers.maximum_amount=19000 USD", "workload.transfers.return_share=0",
      "settlement.strategy={name: multilateral_netting, window: 1h}",
      failing("bank: correspondent-1, at: 15h, uncredited: 0s"),
    ])
    #expect(contradictions(outcome) == [])
    let row = try #require(outcome.result.transfers?.failures.first)
    #expect(row.returned > 0 && row.returned == outcome.result.transfers!.returned)
  }

  @Test(
    "no money is lost under any strategy, in nettings with conversions least of all",
    arguments: StrategyRegistry.declarations.map(\.name), [9, 14, 20])
  func strategies(_ name: String, hour: Int) throws {
    let outcome = try run([
      "settlement.strategy=\(name)",
      failing(
        "bank: correspondent-1, at: \(hour)h", "bank: correspondent-4, at: \(hour + 1)h"),
    ])
    #expect(contradictions(outcome) == [], "\(name), \(hour)")
    let reversed = outcome.count("transfers.reversed")
    #expect(reversed > 0, "\(name), \(hour)")
  }

  /// Modes under which wires wait, the first two of which settle them in parts.
  private static let waiting = [
    "{name: rtgs, maximum_part: 100000}",
    "{name: rtgs, maximum_part: 100000, queue_order: fifo_bypass, at_close: return}",
    "hybrid_offset", "deferred_net",
  ]

  @Test(
    "nor where wires wait in queues under a cap and settle in parts", arguments: waiting, 1...3)
  func queues(_ mode: String, seed: Int) throws {
    let isSplit = mode.contains("maximum_part")
    let outcome = try run([
      "seed=\(seed)", "interbank.mode=\(mode)", "interbank.net_debit_cap=20000 USD",
      "workload.transfers.maximum_amount=19000 USD", "time.drain_limit=60d",
      "settlement.strategy="
        + (isSplit ? "{name: multilateral_netting, window: 1h}" : "one_wire_per_payment"),
      failing(
        "bank: correspondent-1, at: 15h", "bank: correspondent-5, at: 18h, uncredited: 3h",
        "bank: correspondent-2, at: 20h"),
    ])
    #expect(contradictions(outcome) == [], "\(mode), seed \(seed)")
    let mechanisms = outcome.result.systems.flatMap(\.mechanisms).map(\.name)
    #expect(mechanisms.contains("split") == isSplit)
    #expect(outcome.result.transfers!.rearranged > 0)
  }

  @Test("a netting goes on without the failed bank")
  func netting() throws {
    let outcome = try run(
      Self.dollars + [
        "rails=[same_day_ach, t2, chaps, bojnet]",
        "workload.transfers.maximum_amount=100000 USD",
        "settlement.strategy={name: multilateral_netting, window: 1h}",
        failing("bank: correspondent-1, at: 16h"),
      ])
    #expect(contradictions(outcome) == [])
    #expect(outcome.result.transfers!.rearranged > 0)
  }

  @Test("without a failure nothing is reversed")
  func none() throws {
    let outcome = try run([])
    #expect(outcome.contradictions == [])
    #expect(outcome.count("transfers.reversed") == 0 && outcome.count("transfers.notices") == 0)
    #expect(outcome.result.transfers?.failures == [])
    #expect(!SummaryTable.render(outcome.result).contains("Failed banks"))
  }

  @Test("a failure after the last transfer has settled changes none of them")
  func late() throws {
    let outcome = try run([
      "settlement.strategy=fixed_window", failing("bank: correspondent-1, at: 6d, uncredited: 6d"),
    ])
    #expect(contradictions(outcome) == [])
    let row = try #require(outcome.result.transfers?.failures.first)
    #expect(row.reversed == 0 && row.refused == 0 && row.returned > 0)
  }

  @Test("the result is the same on one and on two threads")
  func threads() throws {
    let settings = [
      "workload.generated.payments=300", "settlement.strategy=multilateral_netting",
      failing("bank: correspondent-1, at: 12h", "bank: correspondent-2, at: 15h"),
    ]
    let summaries = try [1, 2].map { try run(settings, threads: $0).summary }
    #expect(summaries[0] == summaries[1])
  }
}
