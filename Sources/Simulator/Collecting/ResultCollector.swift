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

  private var settings: ScenarioSettings { scenario.settings }
  private var deployment: Deployment { simulation.deployment }

  /// The whole outcome. Everything in it is the same for any number of threads.
  func outcome() -> RunOutcome {
    let totals = RunTotals(simulation.cells)
    let costs = CostCollector(simulation: simulation, totals: totals)
    var result = RunResult(identity: identity())
    var breach = simulation.world.breach
    if finished, breach == nil { breach = restBreach(totals) }
    result.isComplete = finished && breach == nil
    result.virtualTimeNanoseconds = simulation.world.islands.map(\.now).max()!.nanoseconds
    fillPath(&result, totals)
    fillMoney(&result, totals, costs)
    let owed = OwedMoney(simulation)
    fillSettlement(&result, owed)
    fillChecks(&result, totals, breach)
    result.metrics = MetricCollector(
      totals: totals, costs: costs, simulation: simulation, result: result, owed: owed
    ).metrics()
    result.objectives = Objectives(totals: totals, metrics: result.metrics).rows()
    var errors: [String] = []
    if isStuck {
      errors.append(
        "\(scenario.file): the run did not come to rest within time.drain_limit after the last "
          + "arrival; \(totals.ends.inFlight) payments are in flight, \(simulation.openTransfers) "
          + "transfers are open\(deadlocks)")
    }
    if finished { fillThresholds(&result, &errors) }
    result.verdict = verdict(result, breach)
    return RunOutcome(result: result, files: files(), breach: breach, errors: errors)
  }

  /// Systems whose queues only more liquidity can move, for a message.
  private var deadlocks: String {
    let stuck = zip(simulation.indicators, deployment.currencies).filter {
      $0.0.counts.deadlockTime > 0
    }.map(\.1.code)
    guard !stuck.isEmpty else { return "" }
    return
      "; queues in \(stuck.joined(separator: ", ")) are in deadlock: give banks more liquidity "
      + "(banks.opening_balance, banks.overdraft_limit, interbank.collateral)"
  }

  private func identity() -> RunIdentity {
    var identity = RunIdentity(
      scenarioName: settings.name,
      scenarioText: String(decoding: scenario.source, as: UTF8.self), seed: settings.seed,
      scenarioReference: scenario.file.split(separator: "/").last.map(String.init))
    identity.scenarioDescription = settings.description
    // The seed stands by itself, whatever gave it.
    identity.overrides = scenario.overrides.filter { $0.path != "seed" }.map {
      SettingOverride(path: $0.path, value: $0.value)
    }
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
    return result.thresholds.allSatisfy(\.isPassed) ? .passed : .thresholdMissed
  }

  /// What must hold when nothing is left to happen, beside what every cell has checked for itself.
  private func restBreach(_ totals: RunTotals) -> InvariantBreach? {
    let accepted = totals.count(.accepted)
    let unsettled = totals.unsettledAccounts + simulation.unsettledTransferAccounts
    let transferDifference = simulation.transferDifference
    let checks: [(String, Bool, String)] = [
      (
        "flow.nothing_lost",
        accepted == totals.ends.total && totals.ends.inFlight == 0 && totals.stored == accepted,
        "accepted \(accepted), stored \(totals.stored), ends \(totals.ends)"
      ),
      (
        "transfers.all_settled", simulation.openTransfers == 0,
        "\(simulation.openTransfers) transfers are open"
      ),
      (
        "ledger.clearing_zero", unsettled.isEmpty,
        unsettled.prefix(5).joined(separator: "; ")
      ),
      ("runtime.messages", simulation.world.messagesBalanced, "messages were lost on a link"),
      (
        "bank.conservation", simulation.bankTotals == simulation.openingTotals,
        "\(simulation.bankTotals) after \(simulation.openingTotals)"
      ),
      ("bank.equals_ledger", bankDifference == nil, bankDifference ?? ""),
      (
        "transfers.equal_accounts", transferDifference == nil, transferDifference ?? ""
      ),
    ]
    guard let broken = checks.first(where: { !$0.1 }) else { return nil }
    return InvariantBreach(
      invariant: broken.0, instant: simulation.world.islands.map(\.now).max()!, island: 0,
      state: broken.2)
  }

  /// Where the bank's balance of a platform account moved by something else than the ledger says.
  private var bankDifference: String? {
    for (index, cell) in simulation.cells.enumerated() {
      guard let result = cell.result else { continue }
      for currency in deployment.currencies.indices {
        let moved =
          simulation.platformBalance(cell: index, currency: currency)
          - simulation.openingBalances[currency]
        if moved != result.nostro[currency] {
          return "cell \(index), \(deployment.currencies[currency]): bank \(moved), "
            + "ledger \(result.nostro[currency])"
        }
      }
    }
    return nil
  }

  private func fillThresholds(_ result: inout RunResult, _ errors: inout [String]) {
    for threshold in settings.thresholds {
      guard let actual = result.metrics[threshold.metric] else {
        errors.append(
          "\(scenario.file): thresholds: \"\(threshold.text)\": the run has no samples of "
            + "\(threshold.metric)")
        continue
      }
      let unit: Quantity.Unit = threshold.isDuration ? .nanoseconds : .number
      result.thresholds.append(
        ThresholdRow(
          text: threshold.text, Comparison(threshold.comparison),
          expected: Quantity(threshold.value, unit), actual: Quantity(actual, unit)))
    }
  }

  private func files() -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    if settings.ledger.journal {
      var journal = Array(Cell.journalHeader.utf8)
      for cell in simulation.cells { journal += cell.result?.journal ?? [] }
      files.append(("journal.csv", journal))
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
