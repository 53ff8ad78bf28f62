import Measurement
import Declared
import Measurement
import Pipeline
import Reporting
import VirtualTime

/// Everything that a run has measured, for the figures that thresholds may name.
struct RunFigures: Sendable {
  let totals: RunTotals
  let costs: CostCollector
  let rails: RailMeasurements
  /// Nil in a scenario without transfers.
  let transfers: TransferMeasurements?
  let systems: SystemFigures
  /// What settling costs the banks; nil where nothing of it is priced.
  let bankPricing: BankPricing?
  let owed: OwedMoney?
  let plans: PlanTotals
  let failures: [BankFailureTally]
  /// Nil where nothing goes wrong.
  let faults: FaultFigures?
  /// Transfers open at the horizon, and those that failed for lack of funds before it.
  let unsettled: UnsettledTransfers
  let neverSettled: UnsettledTransfers
  let deployment: Deployment
  /// Events that all islands have processed.
  let events: Int
  /// Jobs that ran outside every island.
  let strayJobs: Int
  /// Virtual time at the end of the run (ns).
  let end: Int64

  init(
    _ simulation: Simulation, totals: RunTotals, costs: CostCollector, owed: OwedMoney?
  ) {
    self.totals = totals
    self.costs = costs
    self.owed = owed
    rails = simulation.rails
    transfers = simulation.transfers
    systems = SystemFigures(simulation)
    bankPricing = BankPricing(simulation)
    plans = simulation.plans
    failures = simulation.failures
    faults = FaultFigures(of: simulation.cells)
    unsettled = simulation.unsettledTransfers
    neverSettled = simulation.neverSettled
    deployment = simulation.deployment
    events = simulation.world.eventCount
    strayJobs = simulation.world.strayJobs
    end = simulation.end.nanoseconds
  }

  /// Transfers settled after their latest window, or open at the horizon and past it.
  var deadlinesMissed: Int { (transfers?.deadlinesMissed ?? 0) + unsettled.late }

  /// Those of them whose latest window no rule could meet.
  var deadlinesUnmeetable: Int {
    (transfers?.deadlinesUnmeetable ?? 0) + unsettled.unmeetable
  }

  /// Every figure, in the order of reading.
  static let figures: [Figure<RunFigures>] =
    [
      .all(CostCollector.figures, of: { $0.costs }),
      .all(RailMeasurements.figures, of: { $0.rails }),
      .all(delay, of: { $0 }),
      .all(CellMeasurements.figures, of: { $0.totals.cells }),
      .all(CellResult.figures, of: { $0.totals.results }),
      .all(OwedMoney.figures, of: { $0.owed }),
      .all(SystemFigures.figures, of: { $0.systems }),
      .all(BankPricing.figures, of: { $0.bankPricing }),
      .all(TransferMeasurements.figures, of: { $0.transfers }),
      .all(ofTransfers, of: { $0.transfers == nil ? nil : $0 }),
      .all(PlanTotals.figures, of: { $0.plans }),
      .all(FaultFigures.figures, of: { $0.faults }),
      .all(ofFaults, of: { $0.faults == nil ? nil : $0 }),
    ] + run

  /// Figures of the run as a whole.
  private static let run: [Figure<RunFigures>] = [
    .derived(
      "payments.lost", .count, .lowerIsBetter, "accepted payments that have no end",
      { Double($0.totals.count(.accepted) - $0.totals.ends.total) }),
    .derived(
      "virtual_seconds", .seconds, "virtual time from the start to the last event",
      { Double($0.end) * 1e-9 }),
    .derived(
      "events", .count, "events that the simulation has processed", { Double($0.events) }),
    .derived(
      "stray_jobs", .count, .lowerIsBetter,
      "jobs that ran outside the simulation, which must be none", { Double($0.strayJobs) }),
  ]

  /// Time from the moment money was owed to its arrival, over card payments and transfers; of what
  /// never arrived, until the horizon or, for what failed in a run without one, until the last
  /// transfer was due: else who leaves the slow ones unsettled would seem the faster.
  private static let delay: [Figure<RunFigures>] = [
    .derived(
      "delay.mean_seconds", .seconds, .lowerIsBetter,
      "time from owed to paid, of card payments and transfers, weighted by value",
      { $0.meanDelay }
    ).standard()
  ]

  private static let ofTransfers: [Figure<RunFigures>] = [
    .derived(
      "transfers.deadlines_missed", .count, .lowerIsBetter,
      "transfers settled after their latest window, or open at the horizon and past it",
      { Double($0.deadlinesMissed) }),
    .derived(
      "transfers.deadlines_unmeetable", .count,
      "transfers among these that came after the customers' cut-off of the last day of their "
        + "latest window, so that no rule could meet it",
      { Double($0.deadlinesUnmeetable) }),
    .derived(
      "transfers.notices", .count, "notices of failed banks given for transfers",
      { Double($0.failures.reduce(0) { $0 + $1.notices }) }),
    .derived(
      "exposure.peak", .money, .lowerIsBetter,
      "most value of transfers taken on that was neither settled nor reversed",
      { run in
        run.transfers.map {
          run.deployment.inReporting(
            Double($0.peakOpenValue), run.deployment.settings.costs.currency)
        }
      }),
  ]

  private static let ofFaults: [Figure<RunFigures>] = [
    .derived(
      "faults.money_at_risk", .money, .lowerIsBetter,
      "value of the payments that a fault touched, at the rates of the start",
      { run in run.faults.map { run.deployment.inReporting($0.touchedValue) } }),
    .derived(
      "faults.money_declined", .money, .lowerIsBetter,
      "value of the payments declined because of a fault, likewise",
      { run in run.faults.map { run.deployment.inReporting($0.lostValue) } }),
  ]

  private var meanDelay: Double? {
    var paid = 0.0
    var waited = 0.0
    let results = totals.results
    for (index, valueTime) in results.valueTime.enumerated() {
      let currency = deployment.currencies[index]
      let open = results.unsettled
      waited += deployment.inReportingSeconds(valueTime + open.valueTimes[index], currency)
      paid += deployment.inReporting(
        Double(results.valuePaid[index] + open.amounts[index]), currency)
    }
    if let transfers {
      let reporting = deployment.settings.costs.currency
      let valueTime = transfers.valueTime + neverSettled.valueTime
      waited += deployment.inReportingSeconds(valueTime, reporting)
      paid += deployment.inReporting(
        Double(transfers.value + Int128(neverSettled.value)), reporting)
    }
    return paid > 0 ? waited / paid : nil
  }

  /// The figures by name; one without samples is left out.
  func metrics() -> [String: Double] {
    Dictionary(uniqueKeysWithValues: Self.figures.flatMap { $0.read(self) })
  }

  /// The latencies of which there are samples, in the order of reading.
  func distributions() -> [RunDistribution] {
    Self.figures.flatMap(\.distributions).compactMap { latency in
      guard let found = latency.read(self), found.count > 0 else { return nil }
      guard let histogram = found as? LatencyHistogram else {
        preconditionFailure("\(latency.stem) is kept as \(type(of: found))")
      }
      return RunDistribution(
        String(latency.stem.dropLast("_latency".count)), latency.meaning, histogram)
    }
  }
}
