import Measurement
import Money
import PaymentModel
import Pipeline
import Reporting
import Text
import VirtualTime

/// The sections of a result.
extension ResultCollector {
  func fillPath(_ result: inout RunResult, _ totals: RunTotals, _ figures: RunFigures) {
    let accepted = totals.count(.accepted)
    result.steps = [NamedCount("requested", totals.requests)]
    for (name, count) in zip(PaymentSteps.names, totals.steps) {
      result.steps.append(NamedCount(name, count))
    }
    result.steps += [
      NamedCount("confirmed_by_bank", totals.ends.closed),
      NamedCount("reconciled", totals.reconciled),
    ]
    result.endStates = [
      NamedCount("settled", totals.ends.settled), NamedCount("refunded", totals.ends.refunded),
      NamedCount("declined", totals.ends.declined), NamedCount("voided", totals.ends.voided),
      NamedCount("expired", totals.ends.expired),
      NamedCount("abandoned", totals.abandonedPayments),
    ]
    if totals.ends.unsettled > 0 {
      result.endStates.append(NamedCount("unsettled", totals.ends.unsettled))
    }
    result.endStates.append(NamedCount("in_flight", totals.ends.inFlight))
    result.refusals = CellMeasurements.Answer.allCases.filter { $0 != .accepted }.map {
      NamedCount($0.name, totals.count($0))
    }
    result.distributions = figures.distributions()
    result.latencies = result.distributions.map {
      LatencyRow($0.name, note: $0.meaning, $0.histogram)
    }
    result.throughput = throughput(totals, accepted: accepted)
    result.acquirers = zip(simulation.deployment.endpoints, totals.endpoints).map {
      settings, counts in
      var row = AcquirerRow(settings.name)
      row.calls = counts.calls
      row.approved = counts.approved
      row.declined = counts.declined
      row.unavailable = counts.unavailable
      row.late = counts.late
      row.breakerOpens = counts.breakerOpened
      row.failovers = counts.failovers
      return row
    }
    let bus = simulation.deployment.settings.bus
    result.bus = BusReport(
      maximumLag: totals.maximumLag, alertLag: bus.lagAlert, pageLag: bus.lagPage)
    result.series = totals.series
    if totals.requests > 0 { result.arrivals = SeriesFile.fitting(totals.arrivalSeries) }
    result.notes = notes + bandNotes(totals)
    if let note = railNote() { result.notes.append(note) }
    for failure in simulation.failures {
      result.notes.append(
        "\(failure.bank) failed after \(HumanFormat.duration(failure.at)): "
          + "\(counted(failure.reversed, "transfer")) reversed, \(grouped(failure.returned)) "
          + "answered by returning payments, \(counted(failure.refused, "order")) refused.")
    }
    if totals.lagAlerts > 0 {
      result.notes.append(
        "The bus lagged behind its alert level \(counted(totals.lagAlerts, "time")), behind its "
          + "page level \(counted(totals.lagPages, "time")).")
    }
    if totals.lateEvents > 0 {
      result.notes.append(
        "\(counted(totals.lateEvents, "payment")) came after the watermark of their day and joined "
          + "the next.")
    }
    for exception in totals.exceptions.prefix(10) {
      result.notes.append("exception \(exception.kind.rawValue): \(exception.context)")
    }
  }

  private func throughput(_ totals: RunTotals, accepted: Int) -> [NamedQuantity] {
    let seconds = Double(scenario.settings.time.duration.nanoseconds) * 1e-9
    return [
      NamedQuantity("offered", Quantity(Double(totals.requests) / seconds, .perSecond)),
      NamedQuantity("accepted", Quantity(Double(accepted) / seconds, .perSecond)),
      NamedQuantity("peak_minute", Quantity(totals.intake.peakPerSecond ?? 0, .perSecond)),
    ]
  }

  /// How the fraud score did against the hidden truth.
  private func bandNotes(_ totals: RunTotals) -> [String] {
    let scored = zip(CellMeasurements.bandNames, totals.bands).filter { $1[0] + $1[1] > 0 }
    guard !scored.isEmpty else { return [] }
    let text = scored.map { "\($0) \(grouped($1[1])) of \(grouped($1[0] + $1[1]))" }
    return ["Frauds by what the score said: \(text.joined(separator: ", "))."]
  }

  /// How instructions fared on the rails; what did not happen is left out.
  private func railNote() -> String? {
    let rails = simulation.rails
    guard rails.attempts > 0 else { return nil }
    let fates = [
      (rails.waitedForOpening, "waited for an opening"), (rails.retries, "retried"),
      (rails.deferred, "deferred"), (rails.queued, "queued"),
      (rails.returned, "returned at a close"), (rails.rejected, "refused"),
      (rails.rerouted, "rerouted"),
    ].filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
    return "Rails settled \(counted(rails.settled, "instruction")) in "
      + counted(rails.attempts, "attempt")
      + (fates.isEmpty ? "" : ": " + fates.joined(separator: ", ")) + "."
  }

  func fillMoney(_ result: inout RunResult, _ totals: RunTotals, _ costs: CostCollector) {
    result.money = zip(simulation.deployment.currencies, totals.turnover).map { currency, sums in
      var row = CurrencyTotals(currency.code, decimals: currency.minorUnitDigits)
      row.authorized = sums.authorized
      row.captured = sums.captured
      row.voided = sums.voided
      row.refunded = sums.refunded
      row.settled = sums.settled
      row.fees = sums.fees
      row.feesCut = sums.feesCut
      row.sold = sums.sold
      row.bought = sums.bought
      return row
    }
    if totals.feesCut > 0 { result.notes.append(feesCut(result.money, totals)) }
    result.notes += costs.priceNotes
    result.strategies = costs.strategies
    result.costComponents = costs.components
    result.infrastructure = costs.infrastructure
    result.costPerPayment = costs.perPayment
    result.gatewayFees = CostCollector.reported(costs.gatewayFees)
    result.merchants = merchants()
  }

  /// What merchants were not charged, as a fee is never larger than its payment.
  private func feesCut(_ money: [CurrencyTotals], _ totals: RunTotals) -> String {
    let amounts = money.filter { $0.feesCut > 0 }.map {
      HumanFormat.money(ReportedAmount($0.feesCut, $0.currency, decimals: $0.decimals))
    }
    return "fees: \(totals.feesCut) were larger than their payment and cut to it; "
      + "\(amounts.joined(separator: ", ")) less were charged"
  }

  /// Every merchant that had a payment, those with the most first.
  private func merchants() -> [MerchantRow] {
    struct Candidate {
      var merchant: Merchant
      var payments: Int
      var captured: Int64
      var settled: Int64
    }
    let deployment = simulation.deployment
    var candidates: [Candidate] = []
    for cell in simulation.cells {
      let payments = cell.shared.measurements.merchantPayments
      for (index, merchant) in cell.shared.plan.merchants.enumerated() where payments[index] > 0 {
        candidates.append(
          Candidate(
            merchant: merchant, payments: Int(payments[index]),
            captured: cell.shared.measurements.merchantCaptured[index],
            settled: cell.shared.measurements.merchantSettled[index]))
      }
    }
    candidates.sort { ($1.payments, $0.merchant.id) < ($0.payments, $1.merchant.id) }
    return candidates.map {
      let currency = deployment.currencies[Int($0.merchant.settlementCurrency)]
      func amount(_ minorUnits: Int64) -> ReportedAmount {
        ReportedAmount(minorUnits, currency.code, decimals: currency.minorUnitDigits)
      }
      return MerchantRow(
        deployment.name(of: $0.merchant.id), payments: $0.payments, captured: amount($0.captured),
        settled: amount($0.settled))
    }
  }

  func fillChecks(_ result: inout RunResult, _ totals: RunTotals, _ breach: InvariantBreach?) {
    result.ledger = LedgerReport(
      transfers: totals.transfers, windowsChecked: totals.checks.ledgerWindows,
      isBalanced: breach?.invariant != Invariant.balanced.name,
      isClearingZero: totals.unsettledAccounts.isEmpty)
    let counts = totals.reconciliation
    let lines = counts.lines - counts.matched
    result.reconciliation = [
      ReconciliationRow(
        "acquirers' lines by reference", lines: counts.lines, matched: counts.matched,
        exceptions: lines),
      ReconciliationRow(
        "rest by merchant, amount, date", lines: lines, matched: counts.fuzzy,
        exceptions: lines - counts.fuzzy),
      ReconciliationRow(
        "bank movements", lines: counts.movements, matched: counts.movementsMatched,
        exceptions: counts.movements - counts.movementsMatched),
      ReconciliationRow(
        "totals by acquirer and currency", lines: counts.totalsCompared,
        matched: counts.totalsEqual, exceptions: counts.totalsCompared - counts.totalsEqual),
    ]
    let looked = InvariantCounts(simulation, totals, finished: finished)
    result.invariants = Invariant.all.map { invariant in
      InvariantRow(
        invariant.name, checks: looked.checks(of: invariant),
        breaches: breach?.invariant == invariant.name ? 1 : 0)
    }
    if let breach, !result.invariants.contains(where: { $0.breaches > 0 }) {
      result.invariants.append(InvariantRow(breach.invariant, checks: 1, breaches: 1))
    }
    if let breach { result.notes.insert("\(breach)", at: 0) }
  }
}
