import Testing

@testable import Simulator

/// The stations of a payment's path as queueing systems, in whole runs of small scenarios.
@Suite("Stations against queueing theory")
struct StationTheoryTests {
  /// Whose mean response time is looked at.
  enum Place: Sendable, CaseIterable { case gateway, acquirer }

  /// A station with exponential service at five servers, or constant service at one.
  enum Kind: Sendable, CaseIterable {
    case markov, constant

    var servers: Int { self == .markov ? 5 : 1 }
    var service: String { self == .markov ? "{mean: 1s, kind: exponential}" : "1s" }

    /// Mean response in seconds at a load of each server, with a mean service of a second.
    func response(_ load: Double) -> Double {
      switch self {
      case .markov: 1 + StationTheoryTests.waitMMc(offered: load * 5, servers: 5)
      case .constant: 1 + load / (2 * (1 - load))
      }
    }
  }

  private static let load = 0.7
  private static let payments = 1_000
  /// Sixteen runs that know nothing of each other, which give the error of their mean.
  private static let seeds = 1...16
  /// Three standard errors, where the error is itself estimated from sixteen runs: the quantile of
  /// Student's t with 15 degrees of freedom that leaves out as much as three of the normal does.
  private static let threeErrors = 3.586

  /// Erlang C: the mean wait in M/M/c in units of the mean service.
  private static func waitMMc(offered: Double, servers: Int) -> Double {
    // The blocking of Erlang B by its recursion, and from it the part that waits.
    let blocking = (1...servers).reduce(1.0) { blocking, count in
      offered * blocking / (Double(count) + offered * blocking)
    }
    let free = 1 - offered / Double(servers)
    return blocking / (free + (1 - free) * blocking) / (Double(servers) - offered)
  }

  /// Payments alone on a path on which nothing else takes time; arrivals are Poisson.
  private static func world(_ place: Place, _ kind: Kind, seed: Int) -> SmallWorld {
    let rate = load * Double(kind.servers)
    let seconds = Int((Double(payments) / rate).rounded())
    let ones = "[1\(String(repeating: ", 1", count: 23))]"
    var settings = [
      "seed=\(seed)", "time.duration=\(seconds)s", "cells.per_region=1", "merchants.count=200",
      "merchants.markets=[{country: GB, region: a, time_zone: UTC, currency: GBP, "
        + "settlement_currency: GBP, share: 1}]", "merchants.rate_limit_per_second=100000",
      "merchants.rate_limit_burst=100000", "workload.generated.hour_weights=\(ones)",
      "workload.generated.weekday_weights=[1, 1, 1, 1, 1, 1, 1]",
      "workload.generated.account_to_account_share=0", "workload.generated.invalid_share=0",
      "workload.client.duplicate_share=0", "merchants.foreign_currency_share=0",
      "gateway.network_latency=0ms", "idempotency.fast_store_latency=0ms",
      "idempotency.database_latency=0ms", "bus.publish_latency=0ms", "bus.ordering=payment",
      "authorization.workers=10000", "authorization.deadline=8h",
      "authorization.token_vault_latency=0ms", "authorization.fraud_latency=0ms",
      "authorization.block_score=100", "authorization.challenge_score=99",
    ]
    switch place {
    case .gateway:
      settings += [
        "gateway.instances=\(kind.servers)", "gateway.concurrency=1",
        "gateway.service_time=\(kind.service)", "gateway.queue_limit=1h",
      ]
    case .acquirer:
      settings += [
        "gateway.service_time=0ms",
        "acquirers=[{name: northbank, latency: \(kind.service), concurrency: \(kind.servers), "
          + "queue_limit: 1h, late_rate: 0, unavailable_rate: 0}]",
      ]
    }
    var world = SmallWorld(settings)
    world.scenario = """
      name: station
      time: {date: "2026-03-02"}
      workload: {generated: {rate: \(rate)}}
      """
    return world
  }

  @Test(
    "the mean response is that of theory, within three standard errors", arguments: Place.allCases,
    Kind.allCases)
  func response(_ place: Place, _ kind: Kind) throws {
    let name = place == .gateway ? "acceptance_latency.mean" : "acquirer_latency.mean"
    let means = try Self.seeds.map { seed in
      let outcome = try Self.world(place, kind, seed: seed).run()
      #expect(outcome.contradictions == [])
      #expect(abs(outcome.count("payments.accepted") - Self.payments) < 200)
      return outcome.metric(name) * 1e-9
    }
    let mean = means.reduce(0, +) / Double(means.count)
    let squares = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / Double(means.count * (means.count - 1))).squareRoot()
    let expected = kind.response(Self.load)
    #expect(
      abs(mean - expected) < Self.threeErrors * error, "\(mean) +- \(error) s, theory \(expected) s"
    )
    // An error that is small enough to tell a station with waiting from one without.
    #expect(Self.threeErrors * error < expected - 1, "\(means)")
  }
}
