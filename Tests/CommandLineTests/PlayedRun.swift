import Chance
import Reporting
import Scenario
@testable import Simulator
@testable import VirtualTime

@testable import CommandLine

/// A run of which seed and settings decide every figure, so that comparisons can be foretold.
struct PlayedRun: PreparedRun {
  let scenario: LoadedScenario
  /// Changes the outcome.
  var alter: (inout RunOutcome) -> Void = { _ in }

  func run(threads: Int, progress: @escaping (RunProgress) -> Bool) -> RunOutcome {
    let settings = scenario.settings
    let goesOn = progress(
      RunProgress(
        now: VirtualInstant(nanoseconds: 60_000_000_000),
        arrivalsEnd: VirtualInstant(nanoseconds: 60_000_000_000), requests: 100,
        expectedRequests: 100, events: 1_000))
    var identity = RunIdentity(
      scenarioName: settings.name,
      scenarioText: String(decoding: scenario.source, as: UTF8.self), seed: settings.seed,
      scenarioReference: scenario.file.split(separator: "/").last.map(String.init))
    identity.overrides = scenario.overrides.filter { $0.path != "seed" }.map {
      SettingOverride(path: $0.path, value: $0.value)
    }
    identity.settlesimVersion = Version.current
    identity.eventCount = 1_000
    identity.arrivalDigest = mix64(settings.seed)
    identity.digest = settings.settlement.strategy.name.utf8.reduce(mix64(settings.seed)) {
      mix64($0 ^ UInt64($1))
    }
    var result = RunResult(identity: identity)
    result.verdict = goesOn ? .passed : .interrupted
    result.isComplete = goesOn
    result.metrics = metrics(settings)
    result.gatewayFees = ReportedAmount(0, settings.costs.currency.code)
    var outcome = RunOutcome(result: result, files: [], breach: nil, errors: [])
    alter(&outcome)
    return outcome
  }

  private func metrics(_ settings: ScenarioSettings) -> [String: Double] {
    let wave = Double(mix64(settings.seed) % 100) / 100
    let wires: Double =
      switch settings.settlement.strategy.name {
      case "one_wire_per_payment": 300
      case "fixed_window": 120
      default: 40
      }
    let price = Double(settings.costs.wire.minorUnits) / 100
    return [
      "cost_per_payment": (wires + (10 * wave).rounded()) * price / 300,
      "instructions": wires + (10 * wave).rounded(), "payments.accepted": 300,
      "settlement_latency.mean": (3_600 + 600 * wave + (300 - wires) * 60) * 1e9,
      "settlement_success_rate": 1,
    ]
  }
}

extension Session {
  /// A session in which the runs of the tiny scenario are played, which has a strategy of its own.
  static func played(_ alter: @escaping (inout RunOutcome) -> Void = { _ in }) -> Session {
    let session = Session()
    session.write(
      "tiny.yaml", tinyScenario + "settlement: {strategy: counterparty_consolidation}\n")
    session.play = { PlayedRun(scenario: $0, alter: alter) }
    return session
  }
}
