import Testing

@testable import Simulator

@Suite("Metrics by which strategies are compared")
struct ObligationMetricTests {
  /// A business day of 400 transfers between eight banks, in one currency and without returns, so
  /// that what banks owe is the same to the cent in every run.
  private static let day = [
    "time.duration=1d", "workload.generated.payments=0", "workload.transfers.payments=400",
    "workload.transfers.source_currencies={USD: 1}", "workload.transfers.return_share=0",
    "workload.transfers.cross_currency_share=0", "cells.per_region=1", "merchants.count=1",
    "banks.opening_balance=100000000 USD",
  ]
  private static let strategies = [
    "one_wire_per_payment", "{name: fixed_window, window: 1h}",
    "{name: multilateral_netting, window: 1h}",
  ]

  private func run(_ strategy: String, _ settings: [String] = []) throws -> RunOutcome {
    let outcome = try SmallWorld(
      Self.day + ["settlement.strategy=\(strategy)"] + settings
    ).run()
    #expect(outcome.breach == nil && outcome.errors == [])
    #expect(outcome.count("transfers.settled") == 400)
    return outcome
  }

  @Test("gross wires save nothing, netted ones as much as the obligations allow at most")
  func efficiency() throws {
    let outcomes = try Self.strategies.map { try run($0) }
    let realised = outcomes.map { $0.metric("netting.realised_efficiency") }
    #expect(realised[0] == 0 && realised[1] == 0)
    #expect(realised[2] > 0.05)
    #expect(realised[2] <= outcomes[2].metric("netting.multilateral_potential"))
  }

  @Test("the potential and the bounds are the same whatever strategy runs")
  func potential() throws {
    let outcomes = try Self.strategies.map { try run($0) }
    for name in [
      "netting.bilateral_potential", "netting.multilateral_potential",
      "transfer_liquidity.upper_bound", "transfer_liquidity.lower_bound",
    ] { #expect(Set(outcomes.map { $0.metric(name) }).count == 1, "\(name)") }
    for outcome in outcomes {
      #expect(
        outcome.metric("transfer_liquidity.peak")
          >= outcome.metric("transfer_liquidity.lower_bound"))
      #expect(
        outcome.metric("netting.bilateral_potential")
          <= outcome.metric("netting.multilateral_potential"))
    }
  }

  @Test("a strategy that collects is seen to be slower, from arrival on")
  func delay() throws {
    let outcomes = try Self.strategies.map { try run($0) }
    let relative = outcomes.map { $0.metric("delay.relative") }
    let mean = outcomes.map { $0.metric("delay.mean_seconds") }
    #expect(relative.allSatisfy { (0...1).contains($0) })
    #expect(relative[0] < relative[1] && mean[0] < mean[1])
    #expect(abs(outcomes[1].metric("system_delay.relative")) < 1e-3)
  }

  @Test("gross wires take nearly what settling on arrival takes, netted ones less")
  func liquidity() throws {
    let gross = try run(Self.strategies[0])
    #expect(gross.metric("transfer_liquidity.relative") > 0.7)
    let netted = try run(Self.strategies[2])
    #expect(
      netted.metric("transfer_liquidity.relative") < gross.metric("transfer_liquidity.relative"))
  }

  @Test("a settlement mode that nets saves without any batching")
  func mode() throws {
    let gross = try run(Self.strategies[0])
    let net = try run(Self.strategies[0], ["interbank.mode=deferred_net"])
    #expect(gross.metric("netting.realised_efficiency") == 0)
    #expect(net.metric("netting.realised_efficiency") > 0.05)
    #expect(
      net.metric("netting.realised_efficiency") <= net.metric("netting.multilateral_potential"))
  }

  @Test("deadlines are those of transfers, not of the wires that carry them")
  func deadlines() throws {
    for strategy in Self.strategies {
      let outcome = try run(strategy)
      let late = outcome.metric("transfers.deadlines_missed")
      let all = outcome.metric("transfers.accepted")
      #expect(abs(outcome.metric("deadlines.met_ratio") - (1 - late / all)) < 1e-12)
    }
  }
}
