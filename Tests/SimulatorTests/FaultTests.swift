import Faults
import Reporting
import Scenario
import Testing
import VirtualTime

@testable import Simulator

@Suite("Faults")
struct FaultTests {
  static let down = "{id: noon, kind: acquirer_down, target: northbank, at: \"01:00\", for: 90s}"
  private static let busy = ["workload.generated.payments=8000", "cells.per_region=1"]

  private func run(_ faults: String..., with settings: [String] = []) throws -> RunOutcome {
    let list = "faults=[\(faults.joined(separator: ", "))]"
    return try SmallWorld(Self.busy + settings + [list]).run()
  }

  private func row(_ outcome: RunOutcome, _ id: String = "f") throws -> FaultRow {
    try #require(outcome.result.faults.first { $0.id == id })
  }

  @Test("an acquirer that is down is found out, passed over and taken back; nothing is lost")
  func down() throws {
    let outcome = try run(Self.down)
    #expect(outcome.contradictions == [] && outcome.count("payments.lost") == 0)
    let row = try row(outcome, "noon")
    #expect(row.windows == [3_600_000_000_000..<3_690_000_000_000])
    #expect(row.touched > 50 && row.rerouted > 0 && row.delayed > 10 && row.openings >= 2)
    #expect(row.touched >= row.delayed && row.touched >= row.declined)
    let (found, end) = (try #require(row.detection), Int64(90_000_000_000))
    #expect(found > 0 && found < end)
    #expect(row.stillOpen == 0)
    #expect(try #require(row.degraded) >= found)
    #expect(try #require(row.recovery) >= row.drain!)
    #expect(try #require(row.drain) < 300_000_000_000)
    let usual = try run()
    #expect(usual.result.faults == [] && usual.metric("faults.occurrences") == -1)
    #expect(outcome.count("acquirers.unavailable") > usual.count("acquirers.unavailable"))
    #expect(outcome.count("acquirers.failovers") > usual.count("acquirers.failovers"))
    #expect(outcome.result.identity.arrivalDigest == usual.result.identity.arrivalDigest)
    let untouched = outcome.metric("untouched_latency.p99")
    #expect(untouched > 0 && untouched <= 1.2 * usual.metric("authorization_latency.p99"))
  }

  @Test("no faults and an empty list of them are the same")
  func none() throws {
    let without = try SmallWorld(Self.busy).run()
    #expect(try run().digest == without.digest)
    #expect(try run().result.metrics == without.result.metrics)
    #expect(try run().extraFiles == without.extraFiles)
  }

  @Test("every kind touches payments, loses none and says what it did", arguments: FaultKind.all)
  func kinds(_ kind: FaultKind) throws {
    let target = kind.station == .acquirer ? "target: northbank, " : ""
    let factor = kind.takesFactor ? "factor: 4, " : ""
    let outcome = try run("{id: f, kind: \(kind.name), \(target)\(factor)at: 1h, for: 5min}")
    #expect(outcome.contradictions == [] && outcome.count("payments.lost") == 0)
    let row = try row(outcome)
    #expect(row.touched > 20 && row.atRisk.minorUnits > 0)
    #expect(row.declined <= row.touched && row.delayed <= row.touched)
    #expect(row.degraded != nil && row.drain != nil && row.slowest != nil)
    let alone = kind.alone
    if alone.declines {
      #expect(row.declined > 20 && row.delayed == 0)
      #expect(row.declinedValue.minorUnits > 0)
    } else {
      #expect(row.delayed > 10)
    }
    if alone.losesReply {
      #expect(outcome.count("acquirers.reversed") >= row.delayed / 2)
    }
    if kind.station != .acquirer { #expect(row.openings == 0 && row.detection == nil) }
  }

  @Test("a station that is down holds its payments until it is back")
  func held() throws {
    let vault = try row(run("{id: f, kind: token_vault_down, at: 1h, for: 5min}"))
    #expect(try #require(vault.slowest) > 290_000_000_000)
    #expect(try #require(vault.drain) < 60_000_000_000)
    #expect(vault.declined == 0)
  }

  @Test("a fault of one cell touches fewer than that of all")
  func cell() throws {
    let kind = "id: f, kind: fraud_service_slow, factor: 9, at: 1h, for: 5min"
    let all = try row(run("{\(kind)}"))
    let one = try row(run("{\(kind), target: cell-0}"))
    #expect(one.touched > 0 && one.touched < all.touched)
  }

  @Test("faults draw by themselves: one without effect leaves what the other does as it was")
  func streams() throws {
    let first = "{id: a, kind: acquirer_down, target: northbank, share: 0.3, at: 1h, for: 5min}"
    let other =
      "{id: b, kind: acquirer_slow, factor: 1, target: northbank, share: 0.5, at: 1h, for: 5min}"
    let alone = try run(first)
    let both = try run(first, other)
    #expect(alone.digest == both.digest)
    #expect(try row(alone, "a").declined == row(both, "a").declined)
  }

  @Test("faults that hold at once combine: down is down, and factors multiply")
  func overlap() throws {
    func slow(_ id: String, _ factor: Int) -> String {
      "{id: \(id), kind: token_vault_slow, factor: \(factor), at: 1h, for: 5min}"
    }
    #expect(try run(slow("a", 3), slow("b", 4)).digest == run(slow("f", 12)).digest)
    let twice = Self.down.replacing("noon", with: "again")
    #expect(try run(Self.down, twice).digest == run(Self.down).digest)
  }

  @Test("what comes again does so at its times, and by chance at times of its own")
  func times() throws {
    let kind = "kind: acquirer_down, target: northbank"
    let often = try row(run("{id: f, \(kind), every: 30min, for: 60s}"))
    #expect(
      often.windows.map { $0.lowerBound / 60_000_000_000 } == [30, 60, 90]
        && often.windows.allSatisfy { $0.upperBound - $0.lowerBound == 60_000_000_000 })
    let chance = try row(run("{id: f, \(kind), rate: 6/h, for: 60s}"))
    #expect((4...25).contains(chance.windows.count))
    let pairs = zip(chance.windows, chance.windows.dropFirst())
    #expect(pairs.allSatisfy { $0.upperBound < $1.lowerBound })
    let other = try row(run("{id: g, \(kind), rate: 6/h, for: 60s}"), "g")
    #expect(other.windows != chance.windows)
  }

  @Test("an instant is one of UTC, of a zone or of the run")
  func instants() throws {
    func begin(_ at: String) throws -> Int64 {
      try row(run("{id: f, kind: acquirer_down, target: northbank, at: \(at), for: 60s}"))
        .windows[0].lowerBound / 60_000_000_000
    }
    #expect(try begin("\"01:30\"") == 90)
    #expect(try begin("{time: \"02:30\", zone: Europe/Berlin}") == 90)
  }

  @Test("with every kind on, a run is the same for any number of threads", arguments: [1, 2, 4])
  func threads(_ threads: Int) throws {
    let list = FaultKind.all.enumerated().map { number, kind in
      let target = kind.station == .acquirer ? "target: northbank, " : ""
      let factor = kind.takesFactor ? "factor: 3, " : ""
      return "{id: f\(number), kind: \(kind.name), \(target)\(factor)share: 0.4, "
        + "at: \(20 + 10 * number)min, for: 15min}"
    }
    let world = SmallWorld.kept(["faults=[\(list.joined(separator: ", "))]"])
    let expected = try world.run(threads: 1)
    var other = world
    other.suspension = .continuation
    let actual = try other.run(threads: threads)
    #expect(actual.contradictions == [] && actual.count("payments.lost") == 0)
    #expect(actual.result.identity.digestHex == expected.result.identity.digestHex)
    #expect(actual.summary == expected.summary)
    #expect(actual.extraFiles == expected.extraFiles)
    #expect(actual.result.faults.allSatisfy { $0.touched > 0 })
  }
}
