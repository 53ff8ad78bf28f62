import Declared
import Measurement
import PaymentModel
import Reporting
import Testing

@testable import Pipeline
@testable import Simulator

@Suite("Service levels")
struct LevelTests {
  /// For each level that a run of the small scenario can miss, settings with which it does.
  private static let runs: [(level: String, settings: [String])] = [
    ("intake p99", ["gateway.service_time=60ms"]),
    ("authorisation p95", ["ledger.commit_latency=400ms"]),
    ("authorisation p99", ["ledger.commit_latency=600ms"]),
    ("idempotency check p95", ["idempotency.fast_store_latency=51ms"]),
    ("batches submitted after cut-off", ["settlement.task_time=2000s", "settlement.workers=1"]),
    (
      "intake availability",
      [
        "gateway.instances=1", "gateway.concurrency=1", "gateway.queue_limit=1ms",
        "gateway.service_time=600ms",
      ]
    ),
    ("acquirers' technical success", ["authorization.deadline=150ms"]),
  ]

  @Test("a run that does not keep a level misses it, and one of the defaults keeps it")
  func missed() throws {
    let usual = try SmallWorld().run().result
    for (name, settings) in Self.runs {
      let kept = try #require(usual.levels.first { $0.name == name })
      #expect(kept.isMet == true, "\(kept)")
      let result = try SmallWorld(settings).run().result
      let level = try #require(result.levels.first { $0.name == name })
      #expect(level.isMet == false, "\(level)")
      // Levels decide nothing unless they are asked to.
      #expect(result.verdict == .passed, "\(settings)")
    }
  }

  @Test("what a run that comes to its end cannot miss is missed by what would have been measured")
  func measured() throws {
    var ends = CellResult(
      unsettled: UnsettledPayments(currencies: 0), obligations: .init(slots: SlotScale(length: 1)))
    ends.steps[ends.steps.count - 5] = 0
    var metrics = Self.metrics(of: ends)
    #expect(Self.row("settlement success", metrics).isMet == nil)
    #expect(Self.row("reconciliation exceptions", metrics).isMet == nil)
    ends.steps = ends.steps.map { _ in 1_000 }
    ends.ends.settled = 990
    ends.ends.refunded = 8
    ends.reconciliation.lines = 900
    ends.reconciliation.movements = 100
    ends.reconciliation.exceptions = 2
    metrics = Self.metrics(of: ends)
    #expect(Self.row("settlement success", metrics).actual == Quantity(0.998, .ratio))
    #expect(Self.row("settlement success", metrics).isMet == false)
    #expect(Self.row("reconciliation exceptions", metrics).isMet == false)
    ends.ends.settled = 991
    ends.reconciliation.exceptions = 1
    metrics = Self.metrics(of: ends)
    #expect(Self.row("settlement success", metrics).isMet == true)
    #expect(Self.row("reconciliation exceptions", metrics).isMet == true)
  }

  @Test("sustained intake is judged once the target rate is offered, and shown before")
  func sustained() {
    func row(accepted: Int, slow: Int, refused: Int) -> LevelRow {
      var intake = IntakeMinutes()
      for index in 0..<(accepted + refused) {
        intake.add(
          at: 60_000_000_000 + Int64(index), isAccepted: index < accepted,
          after: index < slow ? 100_000_001 : 100_000_000)
      }
      var metrics: [String: Double] = [:]
      metrics["intake.offered_per_second"] = intake.offeredPerSecond
      metrics["intake.sustained_per_second"] = intake.sustainedPerSecond
      return Self.row("sustained intake", metrics)
    }
    let target = 480_000
    let idle = row(accepted: target - 1, slow: 0, refused: 0)
    #expect(idle.isMet == nil && idle.actual == Quantity(479_999.0 / 60, .perSecond))
    #expect(row(accepted: target, slow: target / 100, refused: 0).isMet == true)
    #expect(row(accepted: target, slow: target / 100 + 1, refused: 0).isMet == false)
    #expect(row(accepted: target - 1, slow: 0, refused: 1).isMet == false)
  }

  @Test("recovery is judged where a fault touched payments, and not shown without a fault")
  func recovery() throws {
    func row(_ faults: String) throws -> LevelRow? {
      try SmallWorld("faults=[\(faults)]").run().result.levels
        .first { $0.name == "recovery from faults" }
    }
    let slow = "{id: f, kind: token_vault_slow, factor: 2, at: 1h, for: 5min}"
    let lost = "{id: f, kind: acquirer_lost_reply, target: northbank, at: 1h, for: 5min}"
    let idle = "{id: f, kind: token_vault_slow, factor: 2, at: 1h, for: 1ns}"
    #expect(try row("") == nil)
    #expect(try row(slow)?.isMet == true)
    #expect(try row(lost)?.isMet == false)
    #expect(try row(idle)?.isMet == nil && row(idle) != nil)
  }

  @Test("every level is missed by one of these tests, and no other has a name here")
  func complete() {
    let missed =
      Self.runs.map(\.level) + [
        "settlement success", "reconciliation exceptions", "sustained intake",
        "recovery from faults",
      ]
    #expect(missed.sorted() == Level.all.map(\.name).sorted())
    #expect(Level.all.allSatisfy { !$0.condition.isEmpty })
  }

  @Test("levels decide where the scenario says so, thresholds before them")
  func gate() throws {
    let slow = "gateway.service_time=60ms"
    let missed = try SmallWorld(slow, "gate=levels").run().result
    #expect(missed.verdict == .levelMissed && missed.levelsDecide)
    #expect(try SmallWorld("gate=levels").run().result.verdict == .passed)
    let both = try SmallWorld(slow, "gate=levels", "thresholds=[payments.settled == 0]").run()
    #expect(both.result.verdict == .thresholdMissed)
    let suites = JUnitDocument(missed).suites
    let levels = try #require(suites.first { $0.name == "small: levels" })
    #expect(levels.cases.count == Level.all.count { $0.about == nil })
    let failed = levels.cases.filter { if case .failed = $0.outcome { true } else { false } }
    #expect(failed.map(\.name) == missed.levels.filter { $0.isMet == false }.map(\.name))
    #expect(failed.map(\.name).contains("intake p99"))
    // Of a run that levels do not decide, the missed one is told, but fails nothing.
    let open = try #require(
      JUnitDocument(try SmallWorld(slow).run().result).suites.first { $0.name == "small: levels" })
    let case0 = try #require(open.cases.first { $0.name == "intake p99" })
    guard case .skipped(let reason) = case0.outcome else {
      Issue.record("\(case0)")
      return
    }
    #expect(reason.hasPrefix("missed"))
  }

  private static func metrics(of result: CellResult) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: CellResult.figures.flatMap { $0.read(result) })
  }

  private static func row(_ name: String, _ metrics: [String: Double]) -> LevelRow {
    Level.all.first { $0.name == name }!.row(metrics)
  }
}
