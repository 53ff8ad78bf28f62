import Foundation
import Testing

@testable import Simulator

@Suite("Rails and rates in a run")
struct RailAndRateTests {
  /// A day of 300 transfers between eight banks and no card payments.
  static let day = [
    "time.duration=1d", "workload.generated.payments=0", "workload.transfers.payments=300",
  ]

  @Test("with the reference rails the cheapest choice takes batches and costs less than the first")
  func cheapest() throws {
    let first = try SmallWorld(Self.day + ["rails=reference"]).run()
    let cheap = try SmallWorld(
      Self.day + ["rails=reference", "settlement.rail_choice=cheapest"]
    ).run()
    for outcome in [first, cheap] {
      #expect(outcome.breach == nil && outcome.errors == [])
      #expect(outcome.count("transfers.settled") >= 300)
    }
    func instructions(_ rail: String) -> Int {
      cheap.result.rails.first { $0.name == rail }?.instructions ?? 0
    }
    #expect(instructions("same_day_ach") + instructions("ach") > 0)
    #expect(instructions("sct") > 0)
    let batch = cheap.result.systems.flatMap(\.mechanisms).first { $0.name == "batch" }
    #expect(batch != nil)
    #expect(cheap.metric("cost.wires") < first.metric("cost.wires") * 2 / 3)
    #expect(cheap.result.identity.arrivalDigest == first.result.identity.arrivalDigest)
  }

  @Test("instant payments settle on a Sunday, when the settlement system is closed")
  func instant() throws {
    let outcome = try SmallWorld(
      Self.day + [
        "time.date=2026-03-01", "workload.transfers.weekday_weights=[1, 1, 1, 1, 1, 1, 1]",
        "rails=reference", "settlement.rail_choice=fastest",
        "settlement.strategy=one_wire_per_payment",
        "workload.transfers.source_currencies={EUR: 1}",
        "workload.transfers.cross_currency_share=0", "workload.transfers.return_share=0",
      ]
    ).run()
    #expect(outcome.breach == nil && outcome.errors == [])
    let instant = outcome.result.rails.first { $0.name == "sct_inst" }
    #expect(instant?.instructions ?? 0 > 200)
    #expect(outcome.result.transfers!.meanDelay < 12 * 3_600_000_000_000)
  }

  @Test("a bank's limit towards one other bank makes queues")
  func namedLimit() throws {
    let plain = Self.day + ["settlement.strategy=one_wire_per_payment", "cells.per_region=1"]
    let limited = "interbank.participants=[{name: correspondent-1, bilateral_limits: {"
    let outcomes = try ["correspondent-2: 2000000 USD", "correspondent-2: 0 USD"].map {
      try SmallWorld(plain + [limited + $0 + "}}]"]).run()
    }
    let queued = outcomes.map { $0.result.systems.map(\.largestQueue).max() ?? 0 }
    #expect(outcomes[0].breach == nil && outcomes[0].errors == [])
    #expect(outcomes[1].breach == nil)
    #expect(queued[0] == 0 && queued[1] > 0)
  }

  @Test("a process moves the rates: other money arrives, the same orders, the same every time")
  func process() throws {
    let fixed = try SmallWorld(Self.day).run()
    let moving = Self.day + ["fx.process={step: hourly}"]
    let first = try SmallWorld(moving).run()
    let second = try SmallWorld(moving).run(threads: 2)
    #expect(first.breach == nil && first.errors == [])
    #expect(first.result.identity.digest == second.result.identity.digest)
    #expect(first.result.identity.digest != fixed.result.identity.digest)
    #expect(first.result.identity.arrivalDigest == fixed.result.identity.arrivalDigest)
  }

  @Test("a move of the rates beyond the trigger brings a plan before its time")
  func trigger() throws {
    let calm = Self.day + ["fx.process={step: hourly}", "settlement.strategy=merchant_day"]
    let patient = try SmallWorld(calm).run()
    let nervous = try SmallWorld(calm + ["fx.volatility_trigger=1"]).run()
    #expect(nervous.metric("delay.mean_seconds") < patient.metric("delay.mean_seconds"))
    #expect(nervous.metric("wires") > patient.metric("wires"))
  }

  static let rates = TraceFiles.root + "/../shared/data/fx/eurofxref-hist.csv.gz"

  @Test(
    "reference rates of the European Central Bank are those of the virtual day",
    .enabled(if: FileManager.default.fileExists(atPath: rates), "needs ../shared/data"))
  func referenceRates() throws {
    let outcome = try SmallWorld(Self.day + ["fx.ecb.file=\(Self.rates)"]).run()
    #expect(outcome.breach == nil && outcome.errors == [])
    #expect(outcome.result.identity.inputs.map(\.name) == [Self.rates])
    let fixed = try SmallWorld(Self.day).run()
    #expect(outcome.result.identity.digest != fixed.result.identity.digest)
  }
}
