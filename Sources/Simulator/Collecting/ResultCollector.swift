import Chance
import Batching
import Measurement
import Money
import PaymentModel
import Pipeline
import Reporting
import Scenario
import VirtualTime

/// Turns a finished simulation into the result that is shown, written and compared.
struct ResultCollector {
  let scenario: LoadedScenario
  let simulation: Simulation
  /// Whether the run came to its end by itself.
  let finished: Bool
  /// Whether it was stopped because it did not come to rest.
  let isStuck: Bool
  let inputs: [InputFile]
  let notes: [String]
  /// The payments that a file records, with their ids; nil: there is none.
  let recorded: TransferTraceContents?

  private var settings: ScenarioSettings { scenario.settings }
  private var deployment: Deployment { simulation.deployment }

  /// The whole outcome. Everything in it is the same for any number of threads.
  func outcome() -> RunOutcome {
    let totals = RunTotals(simulation.cells)
    let costs = CostCollector(simulation: simulation, totals: totals)
    var result = RunResult(identity: identity())
    var breach = simulation.world.breach
    if finished, breach == nil { breach = restBreach(totals) }
    if finished || isStuck, breach == nil, !isStopped { breach = forgottenBreach }
    result.isComplete = finished && breach == nil
    result.virtualTimeNanoseconds = simulation.end.nanoseconds
    result.startSecond = deployment.epochSecond
    let owed = OwedMoney(simulation)
    let figures = RunFigures(simulation, totals: totals, costs: costs, owed: owed)
    fillPath(&result, totals, figures)
    fillFaults(&result, figures)
    fillMoney(&result, totals, costs)
    fillSettlement(&result, figures)
    fillUnsettled(&result, costs)
    fillChecks(&result, totals, breach)
    result.spans = simulation.traces().map {
      SampledPayments(oneIn: settings.results.traceOneIn, payments: $0)
    }
    result.metrics = figures.metrics()
    result.figures = MetricCatalog.figures
    result.levels = Level.all.filter { $0.about.map { result.metrics[$0] != nil } ?? true }
      .map { $0.row(result.metrics) }
    result.levelsDecide = settings.gate == .levels
    var errors: [String] = []
    if isStuck { errors.append(unrest(totals)) }
    if !finished, breach == nil { result.notes.insert(cut(result, totals), at: 0) }
    if finished { fillThresholds(&result, &errors) }
    result.verdict = verdict(result, breach)
    return RunOutcome(result: result, files: files(result), breach: breach, errors: errors)
  }

  private func identity() -> RunIdentity {
    var identity = RunIdentity(scenario)
    identity.inputs = inputs
    identity.digest = simulation.world.digest.value
    identity.arrivalDigest = arrivalDigest
    identity.eventCount = simulation.world.eventCount
    identity.settlesimVersion = Version.current
    identity.timeZoneDatabaseVersion = CivilTimeZone.databaseVersion
    return identity
  }

  /// The arrivals of all cells, in the order of the cells, and of the transfer desk.
  private var arrivalDigest: UInt64 {
    var digest = Digest()
    for cell in simulation.cells { digest.add(cell.shared.measurements.arrivals.value) }
    if let transfers = simulation.transfers { digest.add(transfers.arrivals.value) }
    return digest.value
  }

  private func verdict(_ result: RunResult, _ breach: InvariantBreach?) -> Verdict {
    if breach != nil { return .invariantViolated }
    if isStuck { return .notAtRest }
    if !finished { return .interrupted }
    guard result.thresholds.allSatisfy(\.isPassed) else { return .thresholdMissed }
    let missesLevel = result.levels.contains { $0.isMet == false }
    return result.levelsDecide && missesLevel ? .levelMissed : .passed
  }

  /// What must hold when nothing is left to happen, beside what every cell has checked for itself.
  private func restBreach(_ totals: RunTotals) -> InvariantBreach? {
    let accepted = totals.count(.accepted)
    let unsettled = totals.unsettledAccounts + simulation.unsettledTransferAccounts
    let (transferDifference, liquidityDifference) = simulation.moneyDifferences
    let (cardDifference, statementDifference) = (
      simulation.cardDifference, simulation.statementDifference
    )
    let checks: [(Invariant, Bool, String)] = [
      (
        .nothingLost,
        accepted == totals.ends.total && totals.stored == accepted
          && (isStopped || totals.ends.inFlight + totals.ends.unsettled == 0),
        "accepted \(accepted), stored \(totals.stored), ends \(totals.ends)"
      ),
      (
        .transfersSettled, transfersEnd,
        "\(simulation.openTransfers) transfers are open, \(simulation.transfers?.ends ?? "")"
      ),
      (
        .clearingZero, unsettled.isEmpty,
        unsettled.prefix(5).joined(separator: "; ")
      ),
      (.messages, simulation.world.messagesBalanced, "messages were lost on a link"),
      (
        .bankConservation,
        simulation.bankTotals == zip(simulation.openingTotals, simulation.broughtIn).map(+),
        "\(simulation.bankTotals) after \(simulation.openingTotals), of which "
          + "\(simulation.broughtIn) came from outside"
      ),
      (.bankEqualsLedger, bankDifference == nil, bankDifference ?? ""),
      (.paidAsOwed, cardDifference == nil, cardDifference ?? ""),
      (.statementsWhole, statementDifference == nil, statementDifference ?? ""),
      (
        .transfersEqualAccounts, transferDifference == nil, transferDifference ?? ""
      ),
      (.liquidityLowerBound, liquidityDifference == nil, liquidityDifference ?? ""),
    ]
    guard let broken = checks.first(where: { !$0.1 }) else { return nil }
    return InvariantBreach(
      invariant: broken.0.name, instant: simulation.now, island: 0,
      state: broken.2)
  }

  /// What holds also where a run does not come to rest: it lacks money, or time, and nothing else.
  private var forgottenBreach: InvariantBreach? {
    simulation.forgotten.map {
      InvariantBreach(
        invariant: Invariant.nothingForgotten.name, instant: simulation.now, island: 0, state: $0)
    }
  }

  /// Whether the horizon has ended settlement.
  private var isStopped: Bool { simulation.stop != nil }

  /// Whether every transfer taken on has one end, or is open at the horizon.
  private var transfersEnd: Bool {
    guard let transfers = simulation.transfers else { return simulation.openTransfers == 0 }
    let open = simulation.openTransfers
    return (open == 0 || isStopped) && transfers.accepted == transfers.ended + open
  }

  /// Where the bank's balance of a platform account moved by something else than the ledger says.
  private var bankDifference: String? {
    for (index, cell) in simulation.cells.enumerated() {
      guard let result = cell.result else { continue }
      for currency in deployment.currencyIndices {
        let moved =
          simulation.platformBalance(cell: index, currency: currency)
          - simulation.openingBalances[Int(currency)]
        let booked =
          result.nostro[Int(currency)]
          + simulation.outstandingParts(cell: index, currency: currency)
        if moved != booked {
          return "cell \(index), \(deployment.currencies[Int(currency)]): bank \(moved), "
            + "ledger \(booked)"
        }
      }
    }
    return nil
  }

  private func fillThresholds(_ result: inout RunResult, _ errors: inout [String]) {
    for (index, threshold) in settings.thresholds.enumerated() {
      let place = "\(scenario.position(ofThreshold: index)): thresholds[\(index)]: "
      guard let actual = result.metrics[threshold.metric] else {
        errors.append(
          place + "`\(threshold.text)`: the run has no samples of \(threshold.metric)")
        continue
      }
      let reporting = settings.costs.currency
      guard let figure = MetricCatalog.figure(threshold.metric),
        let expected = threshold.value.value(in: figure, reporting: reporting)
      else { preconditionFailure("\(threshold.text) was not checked") }
      func quantity(_ value: Double) -> Quantity {
        Quantity(value, figure.unit, currency: reporting.code)
      }
      result.thresholds.append(
        ThresholdRow(
          text: threshold.text, Comparison(threshold.comparison),
          expected: quantity(expected), actual: quantity(actual)))
    }
  }

  private func files(_ result: RunResult) -> [(name: String, bytes: [UInt8])] {
    var files = simulation.records()
    if let spans = result.spans { files.append(spans.file) }
    if settings.results.details {
      let document = ResolvedDocument(scenario, simulation.facts)
      files.append(("resolved.json", Array(document.json.encoded().utf8)))
    }
    for cell in simulation.cells {
      let exchanged = cell.result?.files ?? []
      files += exchanged.map { ("files/\($0.name)", $0.bytes) }
    }
    return files
  }
}

extension Comparison {
  init(_ comparison: ThresholdSetting.Comparison) {
    switch comparison {
    case .lessOrEqual: self = .atMost
    case .greaterOrEqual: self = .atLeast
    case .less: self = .below
    case .greater: self = .above
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    }
  }
}

/// What this program calls itself.
public enum Version {
  /// Semantic version.
  public static let current = "0.1.0"
}

extension RunIdentity {
  /// What is known of the run of a scenario before it begins.
  init(_ scenario: LoadedScenario) {
    let settings = scenario.settings
    self.init(
      scenarioName: settings.name,
      scenarioText: String(decoding: scenario.source, as: UTF8.self), seed: settings.seed,
      scenarioReference: scenario.file.split(separator: "/").last.map(String.init))
    scenarioDescription = settings.description
    // The seed stands by itself, whatever gave it.
    overrides = scenario.overrides.filter { $0.path != "seed" }.map {
      SettingOverride(path: $0.path, value: $0.value)
    }
  }
}
