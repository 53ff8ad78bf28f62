import Chance
import Testing
import VirtualTime

/// Both kinds of station against theory, by thirty independent replications each.
@Suite struct QueueingTheoryTests {
  static let markov = [
    (rate: 0.5, service: 1.0, servers: 1), (rate: 7, service: 0.1, servers: 1),
    (rate: 1.5, service: 1, servers: 2), (rate: 40, service: 0.1, servers: 5),
    (rate: 57.87, service: 0.1207, servers: 10),
  ]

  @Test("Erlang C gives textbook values")
  func erlang() {
    #expect(QueueingTheory.waitMMc(arrivals: 0.5, service: 1, servers: 1) == 1)
    let two = QueueingTheory.waitMMc(arrivals: 1.5, service: 1, servers: 2)
    #expect(abs(two - 9.0 / 7) < 1e-12)
  }

  @Test("The mean wait at servers without events is that of Erlang C", arguments: markov)
  func withoutEvents(rate: Double, service: Double, servers: Int) {
    let theory = QueueingTheory.waitMMc(arrivals: rate, service: service, servers: servers)
    let measured = Replications {
      settledMean(
        StationRun.waitsWithoutEvents(
          .markov(rate: rate, service: service), servers: servers, customers: 20_000, seed: $0))
    }
    #expect(measured.agree(with: theory, within: 0.15), "\(measured.interval) for \(theory)")
  }

  @Test(
    "The mean wait at a resource is that of Erlang C", arguments: Suspension.allCases,
    [markov[0], markov[2], markov[3]])
  func withEvents(
    suspension: Suspension, station: (rate: Double, service: Double, servers: Int)
  ) {
    let (rate, service, servers) = station
    let theory = QueueingTheory.waitMMc(arrivals: rate, service: service, servers: servers)
    let measured = Replications {
      settledMean(
        StationRun(
          [.markov(rate: rate, service: service)], servers: servers, customers: 5_000, seed: $0,
          suspension: suspension
        ).waits[0])
    }
    #expect(measured.agree(with: theory, within: 0.15), "\(measured.interval) for \(theory)")
  }

  @Test("The mean number in M/M/1 is rho / (1 - rho)", arguments: [0.3, 0.5, 0.7])
  func numberInSystem(utilisation: Double) {
    let measured = Replications {
      let run = StationRun(
        [.markov(rate: utilisation, service: 1)], servers: 1, customers: 5_000, seed: $0)
      return Double(run.presence) / Double(run.end)
    }
    let theory = utilisation / (1 - utilisation)
    #expect(measured.agree(with: theory, within: 0.15), "\(measured.interval) for \(theory)")
  }

  /// Log-normal service with mean 1 s and a squared coefficient of variation of e^(sigma^2) - 1.
  static func logNormal(sigma: Double, rate: Double) -> (Traffic, theory: Double) {
    let mu = PortableMath.ln(1e9) - sigma * sigma / 2
    let theory = QueueingTheory.waitMG1(
      arrivals: rate, mean: 1, secondMoment: PortableMath.exp(sigma * sigma))
    let service = Latency.table(.logNormal(mu: mu, sigma: sigma))
    return (Traffic(name: "customers", rate: rate, service: service), theory)
  }

  @Test(
    "M/G/1 with log-normal service waits as Pollaczek and Khinchine say", arguments: [0.3, 0.8])
  func logNormalWithoutEvents(sigma: Double) {
    let (traffic, theory) = Self.logNormal(sigma: sigma, rate: 0.6)
    let measured = Replications {
      settledMean(
        StationRun.waitsWithoutEvents(traffic, servers: 1, customers: 20_000, seed: $0))
    }
    #expect(measured.agree(with: theory, within: 0.15), "\(measured.interval) for \(theory)")
  }

  @Test("M/G/1 at a resource waits as theory says", arguments: Suspension.allCases)
  func logNormalWithEvents(suspension: Suspension) {
    let (traffic, theory) = Self.logNormal(sigma: 0.8, rate: 0.6)
    let measured = Replications {
      settledMean(
        StationRun([traffic], servers: 1, customers: 5_000, seed: $0, suspension: suspension)
          .waits[0])
    }
    #expect(measured.agree(with: theory, within: 0.15), "\(measured.interval) for \(theory)")
  }

  @Test("M/D/1 waits half as long as M/M/1")
  func constantService() {
    let traffic = Traffic(name: "customers", rate: 0.5, service: .constant(1_000_000_000))
    let measured = Replications {
      settledMean(
        StationRun.waitsWithoutEvents(traffic, servers: 1, customers: 20_000, seed: $0))
    }
    #expect(measured.agree(with: 0.5), "\(measured.interval)")
  }

  @Test("Two classes at one server wait as Cobham says", arguments: Suspension.allCases)
  func priority(suspension: Suspension) {
    let urgent = Traffic.markov("urgent", rate: 0.3, service: 1, priority: 0)
    let patient = Traffic.markov("patient", rate: 0.3, service: 1, priority: 1)
    let theory = QueueingTheory.waitsWithPriority((0.3, 1), (0.3, 1))
    for (index, theory) in [theory.0, theory.1].enumerated() {
      let measured = Replications {
        settledMean(
          StationRun(
            [urgent, patient], servers: 1, customers: 3_000, seed: $0, suspension: suspension
          ).waits[index])
      }
      #expect(measured.agree(with: theory, within: 0.15), "\(measured.interval) for \(theory)")
    }
  }
}
