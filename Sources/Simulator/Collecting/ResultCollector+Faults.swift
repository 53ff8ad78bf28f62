import Money
import Pipeline
import Reporting

/// What faults came to, as results show it.
extension ResultCollector {
  func fillFaults(_ result: inout RunResult, _ figures: RunFigures) {
    guard let found = figures.faults else { return }
    let currency = scenario.settings.costs.currency
    func amount(_ amounts: [Int64]) -> ReportedAmount {
      let units = figures.deployment.inReporting(amounts)
      let minorUnits = (units * Double(currency.minorUnitsPerUnit)).rounded()
      return CostCollector.reported(
        MoneyAmount(minorUnits: Int64(minorUnits), currency: currency))
    }
    result.faults = zip(figures.deployment.faults, found.faults).map { fault, tally in
      var row = FaultRow(
        fault.setting.id, kind: fault.kind.name, target: fault.setting.target ?? "",
        windows: fault.windows, nothing: amount(tally.value))
      row.touched = tally.touched
      row.rerouted = tally.reroutedOrHeld
      row.delayed = tally.delayed
      row.declined = tally.declined
      row.atRisk = amount(tally.value)
      row.declinedValue = amount(tally.declinedValue)
      row.openings = tally.openings
      row.stillOpen = tally.stillOpen
      row.detection = tally.detection
      row.degraded = tally.degraded
      row.drain = tally.drain
      row.recovery = tally.recovery
      row.slowest = tally.slowest
      return row
    }
  }
}
