import Declared
import Foundation
import Synchronization
import Testing

@testable import Scenario
@testable import Simulator

/// Two runs of a small world that differ in the value of one key.
struct KeyChange: Sendable {
  /// The world of both runs.
  enum World: Hashable, Sendable { case cards, transfers, trace, recorded }

  var world: World
  /// Settings of both runs, under which the key matters.
  var given: [String]
  /// The setting of the second run.
  var set: String

  /// A change in a world of card payments.
  static func cards(_ set: String, given: String...) -> KeyChange {
    KeyChange(world: .cards, given: given, set: set)
  }

  /// A change in a world of transfers between banks.
  static func transfers(_ set: String, given: String...) -> KeyChange {
    KeyChange(world: .transfers, given: given, set: set)
  }

  /// A change in a world that is read from a file.
  static func trace(_ set: String, given: String...) -> KeyChange {
    KeyChange(world: .trace, given: given, set: set)
  }

  /// A change in a world of named banks whose payments are read from a file.
  static func recorded(_ set: String, given: String...) -> KeyChange {
    KeyChange(world: .recorded, given: given, set: set)
  }

  /// What the second run differs in from the first: the first that does.
  func effect() throws -> SettingEffect {
    let before = try KeyRuns.base(world, given)
    let after = try KeyRuns.run(world, given + [set])
    if before.digest != after.digest { return .simulation }
    if try before.figures != after.figures { return .figures }
    if before.files != after.files { return .files }
    if before.verdict != after.verdict { return .verdict }
    return .text
  }
}

/// The runs of the worlds.
enum KeyRuns {
  /// What a change of a key may show in.
  struct Outcome: Sendable {
    /// Nil where the scenario is refused by what it reads.
    var run: RunOutcome?

    var digest: UInt64? { run?.digest }
    /// Files beside the standard ones, and the table that is in a file alone.
    var files: [String] {
      (run?.extraFiles ?? []) + (run?.recorded.map { "\($0)" } ?? [])
    }
    var verdict: String { run.map { "\($0.result.verdict)" } ?? "refused" }

    /// The summary without what names the run, and without the judgement of thresholds and levels.
    var figures: String {
      get throws {
        let read = try JSONSerialization.jsonObject(with: Data((run?.summary ?? "{}").utf8))
        var members = try #require(read as? [String: Any])
        for name in ["identity", "verdict", "levels_decide", "thresholds", "notes"] {
          members[name] = nil
        }
        let kept = try JSONSerialization.data(withJSONObject: members, options: [.sortedKeys])
        return String(decoding: kept, as: UTF8.self)
      }
    }
  }

  private struct Start: Hashable {
    var world: KeyChange.World
    var settings: [String]
  }
  private static let bases = Mutex<[Start: Outcome]>([:])

  /// The run that changes start from; many start from the same.
  static func base(_ world: KeyChange.World, _ settings: [String]) throws -> Outcome {
    let start = Start(world: world, settings: settings)
    if let known = bases.withLock({ $0[start] }) { return known }
    let outcome = try run(world, settings)
    bases.withLock { $0[start] = outcome }
    return outcome
  }

  static func run(_ world: KeyChange.World, _ settings: [String]) throws -> Outcome {
    let trace = TraceFixture()
    let path = trace.write(Array((world == .recorded ? KeyRecords.rows : rows).utf8))
    let banks = trace.write(Array(KeyRecords.banks.utf8), name: "banks.csv")
    var small = SmallWorld(
      settings.map { $0.replacing("TRACE", with: path).replacing("BANKS", with: banks) })
    small.file = "keys.yaml"
    small.scenario =
      switch world {
      case .cards: cards
      case .transfers: transfers
      case .trace: self.trace.replacing("TRACE", with: path)
      case .recorded: KeyRecords.scenario.replacing("TRACE", with: path)
      }
    let loaded = try small.load()
    do {
      return Outcome(run: try ScenarioRun(loaded).run(threads: 1))
    } catch {
      return Outcome()
    }
  }

  private static let rows = """
    id,time,merchant,amount,currency,cancel,other_time,other_merchant,other_amount,other_id,\
    back,pieces,zone,day,clock,grouped
    p1,2026-03-02 09:00:00,m,100.00,USD,0,2026-03-02 09:00:30,n,17.00,x1,\
    ,1,CET,2026-03-02,09:00:00,"1,011.00"
    p2,2026-03-02 09:05:00,n,40.00,USD,0,2026-03-02 09:05:30,n,18.00,x2,\
    ,2,CET,2026-03-02,09:05:00,"1,012.00"
    p2,2026-03-02 09:06:00,n,41.00,USD,0,2026-03-02 09:06:30,m,19.00,x2,\
    ,2,CET,2026-03-02,09:06:00,"1,013.00"
    p3,2026-03-02 09:04:00,n,42.00,USD,0,2026-03-02 09:07:30,m,20.00,x3,\
    ,1,UTC,2026-03-02,09:04:00,"1,014.00"
    p4,2026-03-02 09:08:00,n,nothing,USD,0,2026-03-02 09:08:30,m,21.00,x4,\
    5.00,1,CET,2026-03-02,09:08:00,"1,015.00"
    c5,2026-03-02 09:10:00,n,40.00,USD,1,2026-03-02 09:10:30,m,18.00,x5,\
    ,1,CET,2026-03-02,09:10:00,"1,016.00"
    v6,2026-03-02 09:11:00,n,42.00,USD,0,2026-03-02 09:11:30,m,18.00,x6,\
    ,3,CET,2026-03-02,09:11:00,"1,017.00"
    p7,2026-03-02 09:12:00,n,43.00,EUR,0,2026-03-02 09:12:30,m,22.00,x7,\
    ,1,CET,2026-03-02,09:12:00,"1,018.00"
    p8,2026-03-02 09:13:00,n,44.00,USD,9,2026-03-02 09:13:30,m,22.00,x8,\
    5.00,1,CET,2026-03-02,09:13:00,"1,019.00"

    """

  private static let cards = """
    name: keys
    time: {date: "2026-03-02", duration: 1h}
    cells: {per_region: 1}
    merchants: {count: 20}
    workload: {generated: {payments: 200}}
    """

  private static let transfers = """
    name: keys
    time: {date: "2026-03-02", duration: 14h}
    cells: {per_region: 1}
    merchants:
      count: 1
      markets:
        - {country: US, region: a, time_zone: UTC, currency: USD, settlement_currency: USD,
           share: 1}
    banks: {correspondents: 6, opening_balance: "3000000 USD"}
    workload:
      generated: {payments: 0}
      transfers: {payments: 100, originators: 6, counterparties: 6}
    """

  private static let trace = """
    name: keys
    time: {date: "2026-03-02", duration: 1d}
    cells: {per_region: 1}
    merchants:
      markets:
        - {country: US, region: a, time_zone: America/New_York, currency: USD,
           settlement_currency: USD, share: 1}
        - {country: DE, region: a, time_zone: Europe/Berlin, currency: EUR,
           settlement_currency: EUR, share: 0}
    workload:
      client: {duplicate_share: 0}
      trace: {file: TRACE, malformed_rows: report, duplicate_rows: report, unordered_rows: report}
    """
}
