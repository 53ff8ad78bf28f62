import Testing
import VirtualTime

/// A station with events and one without are the same station.
@Suite struct CoupledStationsTests {
  static let seeds: ClosedRange<UInt64> = 1...5

  @Test(
    "On the same customers both kinds of station give the same wait to each", arguments: seeds,
    [(rate: 0.9, servers: 1), (rate: 2.7, servers: 3), (rate: 16, servers: 20)])
  func sameWaits(seed: UInt64, station: (rate: Double, servers: Int)) {
    let traffic = Traffic.markov(rate: station.rate, service: 1)
    let without = StationRun.waitsWithoutEvents(
      traffic, servers: station.servers, customers: 2_000, seed: seed)
    for suspension in Suspension.allCases {
      let with = StationRun(
        [traffic], servers: station.servers, customers: 2_000, seed: seed, suspension: suspension)
      #expect(with.waits[0] == without)
      #expect(with.strayJobs == 0)
    }
  }

  @Test("Little's law holds to the nanosecond over a run from empty to empty", arguments: seeds)
  func little(seed: UInt64) {
    for servers in [1, 2, 7] {
      let traffic = Traffic.markov(rate: 0.8 * Double(servers), service: 1)
      let run = StationRun([traffic], servers: servers, customers: 2_000, seed: seed)
      #expect(run.presence == run.sojourn)
      #expect(run.presence > 0)
    }
  }

  @Test(
    "A visit costs two events, arrival and departure, whether or not it waits", arguments: seeds)
  func events(seed: UInt64) {
    let traffic = Traffic.markov(rate: 0.95, service: 1)
    let run = StationRun([traffic], servers: 1, customers: 1_000, seed: seed)
    #expect(run.events == 2 * 1_000)
  }
}
