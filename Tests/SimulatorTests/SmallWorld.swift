import Batching
import Reporting
import Scenario
import Simulator
import VirtualTime

/// Whole runs that take about a second, and what the tests look at in them.
struct SmallWorld {
  /// Changes of the small scenario, `path=value` each.
  var settings: [String] = []
  var scenario = SmallWorld.standard
  /// Names the scenario; a relative trace is relative to its directory.
  var file = "small.yaml"
  var suspension = Suspension.parking

  /// Two regions of two cells, four currencies, 2,000 payments in two hours of a Monday.
  static let standard = """
    name: small
    time: {date: "2026-03-02", duration: 2h}
    cells: {per_region: 2}
    merchants: {count: 40}
    workload:
      generated: {payments: 2000}
    """

  init(_ settings: String...) { self.settings = settings }
  init(_ settings: [String]) { self.settings = settings }

  /// The small scenario with the journal and the exchanged files kept.
  static func kept(_ settings: [String] = []) -> SmallWorld {
    SmallWorld(settings + ["ledger.journal=true", "reconciliation.keep_files=true"])
  }

  func load() throws -> LoadedScenario {
    try LoadedScenario.load(
      Array(scenario.utf8), file: file,
      overrides: settings.map { ScenarioOverride(assignment: $0)! },
      strategies: StrategyRegistry.declarations)
  }

  func run(
    threads: Int = 1, progress: @escaping (RunProgress) -> Bool = { _ in true }
  ) throws -> RunOutcome {
    try ScenarioRun(load(), suspension: suspension).run(threads: threads, progress: progress)
  }
}

extension RunOutcome {
  /// A metric of the result; -1 when it is missing.
  func metric(_ name: String) -> Double { result.metrics[name] ?? -1 }

  func count(_ name: String) -> Int { Int(metric(name)) }

  /// Accepted payments that took a named step.
  func step(_ name: String) -> Int { result.steps.first { $0.name == name }?.count ?? -1 }

  func refusals(_ name: String) -> Int { result.refusals.first { $0.name == name }?.count ?? -1 }

  /// Lines of the bank's statements.
  var movements: Int { result.reconciliation.first { $0.phase == "bank movements" }?.lines ?? -1 }

  func latency(_ name: String) -> LatencyRow? { result.latencies.first { $0.name == name } }

  /// The canonical bytes of `summary.json`, without what names the run's settings.
  var summary: String { SummaryDocument.json(result).encoded() }

  var digest: UInt64 { result.identity.digest }

  /// Names and contents of the files beside the standard ones.
  var extraFiles: [String] {
    files.map { "\($0.name)\n\(String(decoding: $0.bytes, as: UTF8.self))" }
  }

  func file(_ name: String) -> String? {
    files.first { $0.name == name }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  /// Figures that must follow from each other, for a run that came to its end; what does not,
  /// named.
  var contradictions: [String] {
    var found: [String] = []
    func expect(_ holds: Bool, _ text: @autoclosure () -> String) {
      if !holds { found.append(text()) }
    }
    let ends = ["settled", "refunded", "declined", "voided", "expired"]
      .map { count("payments.\($0)") }
    expect(breach == nil, "breach: \(breach.map { "\($0)" } ?? "")")
    expect(errors.isEmpty, "errors: \(errors)")
    expect(result.isComplete, "incomplete")
    expect(
      count("payments.accepted") == ends.reduce(0, +),
      "accepted is not the sum of the ends: \(ends)")
    expect(count("payments.in_flight") == 0, "payments in flight")
    expect(count("payments.lost") == 0, "payments lost")
    expect(count("stray_jobs") == 0, "stray jobs")
    let voided = count("payments.voided_after_capture")
    let settled = ends[0] + ends[1] + voided
    for name in [
      "captured", "posted", "windowed", "batched", "stated_by_acquirer", "confirmed_by_bank",
    ] { expect(step(name) == settled, "\(name): \(step(name)), settled \(settled)") }
    expect(step("held") == settled - voided + ends[3] + ends[4], "held: \(step("held"))")
    expect(step("validated") == count("payments.accepted"), "validated: \(step("validated"))")
    let answered = count("payments.accepted") + count("payments.refused")
    expect(answered == count("payments.requests"), "\(answered) answers")
    expect(result.ledger.isBalanced && result.ledger.isClearingZero, "ledger: \(result.ledger)")
    expect(count("reconciliation.exceptions") == 0, "notes: \(result.notes)")
    for row in result.reconciliation {
      expect(row.exceptions == 0 && row.matched == row.lines, "reconciliation: \(row)")
    }
    for row in result.invariants { expect(row.breaches == 0, "\(row)") }
    return found
  }
}
