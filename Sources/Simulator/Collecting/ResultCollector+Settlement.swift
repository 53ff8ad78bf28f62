import Interbank
import Money
import PaymentModel
import Pipeline
import Reporting
import Text

/// The sections of a result that tell how banks settled.
extension ResultCollector {
  func fillSettlement(_ result: inout RunResult, _ figures: RunFigures) {
    result.rails = rails()
    result.systems = systems()
    result.transfers = figures.transfers.map { transfers($0, figures) }
    let plans = figures.plans
    result.planning = planning(plans)
    result.plans = rows(plans)
    let listed = PlanTotals.maximumRows
    if plans.rowCount > listed {
      result.notes.append(
        "plans.csv is left out, as there are \(grouped(plans.rowCount)) plans, and at most "
          + "\(grouped(listed)) are listed.")
    }
    result.banks = banks(figures.bankPricing)
    result.payments = payments()
    result.schedule = simulation.scheduled.map(row)
    result.residuals = zip(simulation.residuals, deployment.currencies).filter { $0.0 != 0 }.map {
      CostCollector.reported(MoneyAmount(minorUnits: $0.0, currency: $0.1))
    }
    result.settlementSeries = simulation.settlementSeries
    result.transferSeries = figures.transfers?.series
  }

  private func banks(_ pricing: BankPricing?) -> [BankRow] {
    let systems = Array(zip(simulation.indicators, zip(deployment.currencies, deployment.horizons)))
    return simulation.banks.flatMap { bank -> [BankRow] in
      let isNamed = simulation.isNamed(bank)
      return systems.enumerated().compactMap { place, system -> BankRow? in
        let found = system.0.participants[Int(bank.rawValue)]
        let account = simulation.account(of: bank, currency: CurrencyIndex(place))
        let hasMoved = found.paymentsSent.sum > 0 || found.paymentsReceived.sum > 0
        guard hasMoved || isNamed && account.opening > 0 else { return nil }
        var row = BankRow(
          simulation.name(of: bank), system.1.0, found, horizon: system.1.1)
        (row.opening, row.closing, row.credit) = account
        row.cost = pricing.map { BankCostRow($0.cost(of: Int(bank.rawValue), in: place)) }
        return row
      }
    }
  }

  private func row(_ record: ScheduledRecord) -> ScheduleRow {
    let currency = record.currency.map { deployment.currencies[Int($0)] }
    func amount(_ minorUnits: Int64?) -> ReportedAmount? {
      guard let minorUnits, let currency else { return nil }
      return CostCollector.reported(MoneyAmount(minorUnits: minorUnits, currency: currency))
    }
    return ScheduleRow(
      entry: record.entry, at: record.at, action: record.action.rawValue,
      bank: simulation.name(of: record.bank),
      counterparty: record.counterparty.map { simulation.name(of: $0) } ?? "",
      currency: currency?.code ?? "", payments: record.payments, asked: amount(record.asked),
      applied: amount(record.applied))
  }

  private func rows(_ plans: PlanTotals) -> [RoundPlanRow] {
    let currency = deployment.settings.costs.currency
    let rows = plans.rows.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }
    return rows.map { _, plan in
      let report = plan.report
      var row = RoundPlanRow(
        time: plan.time, rule: report.method, currency: currency.code,
        decimals: currency.minorUnitDigits)
      (row.payments, row.due, row.wires) = (report.payments, report.due, report.wires)
      (row.heldForRound, row.heldForExchange) = (report.heldForRound, report.heldForExchange)
      row.heldForFunds = report.heldForFunds
      row.cost = report.cost
      if let exact = report.exact {
        (row.foundBy, row.decided, row.roundCost) = (exact.method, exact.payments, exact.cost)
        (row.bound, row.gap) = (exact.bound, exact.gap)
      }
      (row.runnerUp, row.runnerUpCost) = (report.runnerUp?.name, report.runnerUp?.cost)
      (row.priced, row.hash, row.fallback) = (report.priced, report.hash, report.fallback)
      return row
    }
  }

  private var deployment: Deployment { simulation.deployment }

  private func rails() -> [RailRow] {
    let costs = deployment.settings.costs
    let discount = Int128(deployment.world.costs.discountPartsPerMillion)
    return zip(simulation.rails.rails, simulation.railSettings).map { tally, settings in
      let each = costs.wire(on: settings)
      func amount(_ minorUnits: Int128, _ currency: Currency) -> ReportedAmount {
        CostCollector.reported(MoneyAmount(minorUnits: Int64(minorUnits), currency: currency))
      }
      var row = RailRow(
        tally.name, currency: settings.currency.code, nothing: amount(0, each.currency))
      row.instructions = tally.instructions
      row.rerouted = tally.rerouted
      row.wires = tally.wires
      row.discounted = tally.discounted
      row.wireCost = amount(Int128(tally.wires) * Int128(each.minorUnits), each.currency)
      let taken = Int128(tally.discounted) * Int128(each.minorUnits) * discount
      row.discount = amount(
        Rounding.halfEven(taken, dividedBy: 1_000_000).quotient, each.currency)
      row.operatorFees = amount(Int128(tally.fees), settings.fee.currency)
      return row
    }
  }

  private func systems() -> [SystemReport] {
    let systems = zip(zip(simulation.indicators, deployment.currencies), deployment.horizons)
    return systems.map { system, horizon in
      let (indicators, currency) = system
      var row = SystemReport(
        currency.code, decimals: currency.minorUnitDigits, mode: type(of: deployment.mode).name)
      let total = indicators.total
      row.submitted = indicators.counts.submitted
      row.settled = indicators.counts.settled
      row.value = indicators.settledValue
      row.usage = indicators.usage
      row.upperBound = indicators.usageUpperBound
      row.lowerBound = indicators.usageLowerBound
      row.relativeUsage = indicators.relativeUsage
      row.turnoverRatio = total.turnover
      row.delayRatio = total.settlementDelay
      row.meanDelay = Int64(indicators.meanValueDelay ?? 0)
      let delay = indicators.counts.delay
      row.delayQuantiles = [delay.p50 ?? 0, delay.p95 ?? 0, delay.p99 ?? 0]
      row.largestQueue = indicators.counts.maximumQueue
      row.largestQueueValue = indicators.maximumQueueValue
      row.averageQueue = Double(indicators.counts.queueTime) / Double(horizon.openTime)
      row.averageQueueValue = Int64(indicators.queueValueTime / Int128(horizon.openTime))
      row.unsettledAtClose = indicators.days.map(\.unsettledAtClose).max() ?? 0
      row.bilateralEfficiency = total.bilateralEfficiency
      row.multilateralEfficiency = total.multilateralEfficiency
      row.gridlockTime = indicators.counts.gridlockTime
      row.deadlockTime = indicators.counts.deadlockTime
      row.unknownStallTime = indicators.counts.unknownStallTime
      row.mechanisms = mechanisms(indicators, currency)
      let usages = indicators.days.map(\.liquidityUsed).sorted(by: >)
      row.largestDailyUsages = Array(usages.prefix(3))
      row.averageDailyUsage = Int64(
        indicators.costInputs.liquidityDays / Int128(horizon.days))
      row.availableAtStart = total.availableAtStart
      row.peakCredit = indicators.participants.map(\.peakCredit).reduce(0, +)
      row.deadlinesMet = indicators.counts.deadlinesMet
      row.deadlines = indicators.counts.timed
      row.valueByHour = (0..<24).map { hour in
        indicators.participants.reduce(0) { $0 + $1.sentByHour[hour] }
      }
      return row
    }
  }

  private func mechanisms(
    _ indicators: InterbankIndicators, _ currency: Currency
  ) -> [MechanismRow] {
    SettlementMechanism.allCases.compactMap { mechanism in
      let count = indicators.counts.count(mechanism)
      guard count > 0 else { return nil }
      let value = indicators.valueByMechanism[Int(mechanism.rawValue)]
      return MechanismRow(
        mechanism.name, count: count,
        value: CostCollector.reported(MoneyAmount(minorUnits: value, currency: currency)),
        share: indicators.valueShare(mechanism) ?? 0)
    }
  }

  private func transfers(_ measured: TransferMeasurements, _ figures: RunFigures) -> TransferReport
  {
    let owed = figures.owed
    func amount(_ minorUnits: Int128) -> ReportedAmount {
      CostCollector.reported(
        MoneyAmount(minorUnits: Int64(minorUnits), currency: deployment.settings.costs.currency))
    }
    var report = TransferReport(nothing: amount(0))
    report.accepted = measured.accepted
    let seconds = Double(deployment.settings.time.duration.nanoseconds) * 1e-9
    report.acceptedPerSecond = Double(measured.accepted) / seconds
    report.settled = measured.settled
    report.returned = measured.givenBack
    report.reversed = measured.reversed
    report.failed = measured.failed
    report.rearranged = measured.rearranged
    report.cancelled = measured.cancelled
    report.failures = figures.failures.map { tally in
      var row = BankFailureRow(tally.bank, at: tally.at, nothing: amount(0))
      row.reversed = tally.reversed
      row.reversedValue = amount(Int128(tally.reversedValue))
      row.returned = tally.returned
      row.returnedValue = amount(Int128(tally.returnedValue))
      row.refused = tally.refused
      row.refusedValue = amount(Int128(tally.refusedValue))
      return row
    }
    report.value = amount(measured.value)
    report.batches = measured.batches
    report.volatilityPlans = measured.volatilityPlans
    report.wires = measured.wires
    report.deals = measured.deals
    report.meanDelay = measured.value == 0 ? 0 : Int64(measured.valueTime / measured.value)
    report.deadlinesMet = measured.deadlinesMet
    report.deadlinesMissed = figures.deadlinesMissed
    report.deadlinesUnmeetable = figures.deadlinesUnmeetable
    report.delayRatio = owed?.indicators.settlementDelay
    report.relativeLiquidity = owed?.relativeLiquidity
    report.realisedEfficiency = owed?.realisedEfficiency
    report.bilateralPotential = owed?.bilateralPotential
    report.multilateralPotential = owed?.multilateralPotential
    return report
  }

  private func planning(_ plans: PlanTotals) -> PlanningReport? {
    guard plans.plans > 0 else { return nil }
    var report = PlanningReport()
    report.plans = plans.plans
    report.methods = plans.methods.map { NamedCount($0.name, $0.count) }
    report.fallbacks = plans.fallbacks.map { NamedCount($0.name, $0.count) }
    report.priced = plans.priced
    report.largestGap = plans.bounded > 0 ? plans.largestGap : nil
    report.meanGap = plans.meanGap
    return report
  }
}

extension BankCostRow {
  init(_ cost: BankCost) {
    self.init(
      liquidity: cost.liquidity, delay: cost.delay, unsettled: cost.unsettled, splits: cost.splits)
  }
}

extension BankRow {
  /// What a system has recorded of a bank.
  /// - Parameter horizon: its days are what amounts are averaged over.
  init(
    _ bank: String, _ currency: Currency, _ found: ParticipantIndicators,
    horizon: SettlementHorizon
  ) {
    self.init(bank, currency: currency.code, decimals: currency.minorUnitDigits)
    days = found.dailyMaximumUsage.days
    usages = found.dailyMaximumUsage.extremes
    averageUsage = found.dailyMaximumUsage.mean(over: horizon.days)
    available = found.availableAtStart.extremes
    averageAvailable = found.meanAvailable(over: horizon.days)
    largestSent = found.paymentsSent.extremes.first
    averageSent = found.paymentsSent.mean(over: horizon.days)
    largestReceived = found.paymentsReceived.extremes.first
    averageReceived = found.paymentsReceived.mean(over: horizon.days)
    timed = found.timedCount
    timedMet = found.deadlinesMet
    timedValue = found.timedValue
    timedMetValue = found.deadlinesMetValue
    correspondentValue = found.correspondentValue
    peakCredit = found.peakCredit
    peakUnsecuredCredit = found.peakUnsecuredCredit
    broughtIn = found.broughtIn
    takenOut = found.takenOut
  }
}
