import Declared
import Measurement

@testable import Reporting

/// A result in which every figure of every row is a number of its own, so that a figure that some
/// format lacks can be found by its value.
func everyFigure() -> RunResult {
  var numbers = Numbers()
  var result = RunResult(identity: RunIdentity(scenarioName: "all", scenarioText: "", seed: 1))
  result.steps = [NamedCount("requested", numbers.next())]
  result.endStates = [NamedCount("settled", numbers.next())]
  result.refusals = [NamedCount("malformed", numbers.next())]
  var latency = LatencyRow("intake", LatencyHistogram())
  latency.count = numbers.next()
  latency.mean = numbers.next()
  latency.p50 = numbers.next()
  latency.p95 = numbers.next()
  latency.p99 = numbers.next()
  latency.p999 = numbers.next()
  latency.max = numbers.next()
  result.latencies = [latency]
  result.throughput = [NamedQuantity("accepted", Quantity(numbers.next(), .perSecond))]
  result.faults = [everyFault(&numbers)]
  everyCost(&result, &numbers)
  everyTransfer(&result, &numbers)
  everySystem(&result, &numbers)
  everyCheck(&result, &numbers)
  result.metrics = ["payments.lost": numbers.next()]
  result.figures = [FigureDeclaration("payments.lost", .count, .lowerIsBetter, "payments lost")]
  return result
}

/// Numbers, each once.
private struct Numbers {
  private var last = 100_000

  mutating func next() -> Int {
    last += 1
    return last
  }
  mutating func next() -> Int64 { Int64(next() as Int) }
  mutating func next() -> UInt64 { UInt64(next() as Int) }
  /// A fraction: it is written as such, and whole numbers are none of its kind.
  mutating func next() -> Double { Double(next() as Int) + 0.25 }
  mutating func amount(_ currency: String = "USD") -> ReportedAmount {
    ReportedAmount(next(), currency)
  }
}

private func everyFault(_ numbers: inout Numbers) -> FaultRow {
  let begin: Int64 = numbers.next()
  var row = FaultRow(
    "noon", kind: "acquirer_down", target: "northbank", windows: [begin..<begin + 1],
    nothing: numbers.amount())
  row.touched = numbers.next()
  row.rerouted = numbers.next()
  row.delayed = numbers.next()
  row.declined = numbers.next()
  row.declinedValue = numbers.amount()
  row.openings = numbers.next()
  row.stillOpen = numbers.next()
  row.detection = numbers.next()
  row.degraded = numbers.next()
  row.drain = numbers.next()
  row.recovery = numbers.next()
  row.slowest = numbers.next()
  return row
}

private func everyCost(_ result: inout RunResult, _ numbers: inout Numbers) {
  result.strategies = [
    StrategyRow(
      "merchant_day", isChosen: true, wires: numbers.next(), wireCost: numbers.amount(),
      fxCost: numbers.amount(), totalCost: numbers.amount(), savingsRatio: numbers.next())
  ]
  result.costComponents = [CostComponent("wires", numbers.amount())]
  result.costPerPayment = FineAmount(scaled: numbers.next())
  result.gatewayFees = numbers.amount()
  result.residuals = [numbers.amount("EUR")]
  result.infrastructure = [
    InfrastructureRow(
      "compute", perMonth: numbers.amount(), amount: numbers.amount(),
      perPayment: FineAmount(scaled: numbers.next()))
  ]
  var money = CurrencyTotals("GBP")
  money.authorized = numbers.next()
  money.captured = numbers.next()
  money.voided = numbers.next()
  money.refunded = numbers.next()
  money.settled = numbers.next()
  money.fees = numbers.next()
  money.feesCut = numbers.next()
  money.sold = numbers.next()
  money.bought = numbers.next()
  result.money = [money]
  var unsettled = UnsettledReport(
    count: numbers.next(), value: numbers.amount(), cost: numbers.amount())
  unsettled.failed = numbers.next()
  unsettled.failedValue = numbers.amount()
  unsettled.rows = [
    UnsettledRow(
      currency: "EUR", transfers: numbers.next(), transfersValue: numbers.amount("EUR"),
      payments: numbers.next(), paymentsValue: numbers.amount("EUR"))
  ]
  result.unsettled = unsettled
  result.merchants = [
    MerchantRow(
      "m", payments: numbers.next(), captured: numbers.amount("EUR"),
      settled: numbers.amount("EUR"))
  ]
  var acquirer = AcquirerRow("northbank")
  acquirer.calls = numbers.next()
  acquirer.approved = numbers.next()
  acquirer.declined = numbers.next()
  acquirer.unavailable = numbers.next()
  acquirer.late = numbers.next()
  acquirer.breakerOpens = numbers.next()
  acquirer.failovers = numbers.next()
  result.acquirers = [acquirer]
}

private func everyTransfer(_ result: inout RunResult, _ numbers: inout Numbers) {
  var rail = RailRow("t2", currency: "EUR", nothing: ReportedAmount(0))
  rail.instructions = numbers.next()
  rail.wires = numbers.next()
  rail.discounted = numbers.next()
  rail.rerouted = numbers.next()
  rail.wireCost = numbers.amount()
  rail.discount = numbers.amount()
  rail.operatorFees = numbers.amount("JPY")
  result.rails = [rail]
  var transfers = TransferReport(nothing: ReportedAmount(0))
  transfers.accepted = numbers.next()
  transfers.acceptedPerSecond = numbers.next()
  transfers.settled = numbers.next()
  transfers.returned = numbers.next()
  transfers.reversed = numbers.next()
  transfers.failed = numbers.next()
  transfers.rearranged = numbers.next()
  transfers.value = numbers.amount()
  transfers.batches = numbers.next()
  transfers.volatilityPlans = numbers.next()
  transfers.wires = numbers.next()
  transfers.deals = numbers.next()
  transfers.meanDelay = numbers.next()
  transfers.deadlinesMet = numbers.next()
  transfers.deadlinesMissed = numbers.next()
  transfers.deadlinesUnmeetable = numbers.next()
  transfers.cancelled = numbers.next()
  transfers.delayRatio = numbers.next()
  transfers.relativeLiquidity = numbers.next()
  transfers.realisedEfficiency = numbers.next()
  transfers.bilateralPotential = numbers.next()
  transfers.multilateralPotential = numbers.next()
  var failure = BankFailureRow("bank", at: numbers.next(), nothing: ReportedAmount(0))
  failure.reversed = numbers.next()
  failure.reversedValue = numbers.amount()
  failure.returned = numbers.next()
  failure.returnedValue = numbers.amount()
  failure.refused = numbers.next()
  failure.refusedValue = numbers.amount()
  transfers.failures = [failure]
  result.transfers = transfers
  var planning = PlanningReport()
  planning.plans = numbers.next()
  planning.methods = [NamedCount("dive", numbers.next())]
  planning.meanGap = numbers.next()
  planning.largestGap = numbers.next()
  planning.priced = numbers.next()
  planning.fallbacks = [NamedCount("limit", numbers.next())]
  result.planning = planning
  var plan = RoundPlanRow(time: numbers.next(), rule: "lots", currency: "USD", decimals: 2)
  (plan.payments, plan.due) = (numbers.next(), numbers.next())
  (plan.heldForRound, plan.heldForExchange) = (numbers.next(), numbers.next())
  plan.heldForFunds = numbers.next()
  (plan.wires, plan.cost) = (numbers.next(), numbers.next())
  (plan.runnerUp, plan.runnerUpCost) = ("daily", numbers.next())
  (plan.foundBy, plan.decided) = ("dive", numbers.next())
  (plan.roundCost, plan.bound, plan.gap) = (numbers.next(), numbers.next(), numbers.next())
  plan.priced = numbers.next()
  (plan.hash, plan.fallback) = (7, "limit")
  result.plans = [plan]
}

private func everySystem(_ result: inout RunResult, _ numbers: inout Numbers) {
  var system = SystemReport("EUR", decimals: 2, mode: "rtgs")
  system.submitted = numbers.next()
  system.settled = numbers.next()
  system.value = numbers.next()
  system.usage = numbers.next()
  system.upperBound = numbers.next()
  system.lowerBound = numbers.next()
  system.relativeUsage = numbers.next()
  system.turnoverRatio = numbers.next()
  system.delayRatio = numbers.next()
  system.meanDelay = numbers.next()
  system.delayQuantiles = [numbers.next(), numbers.next(), numbers.next()]
  system.largestQueue = numbers.next()
  system.averageQueue = numbers.next()
  system.largestQueueValue = numbers.next()
  system.averageQueueValue = numbers.next()
  system.unsettledAtClose = numbers.next()
  system.unknownStallTime = numbers.next()
  system.bilateralEfficiency = numbers.next()
  system.multilateralEfficiency = numbers.next()
  system.gridlockTime = numbers.next()
  system.deadlockTime = numbers.next()
  system.mechanisms = [
    MechanismRow(
      "gross", count: numbers.next(), value: numbers.amount("EUR"), share: numbers.next())
  ]
  system.largestDailyUsages = [numbers.next(), numbers.next(), numbers.next()]
  system.averageDailyUsage = numbers.next()
  system.availableAtStart = numbers.next()
  system.peakCredit = numbers.next()
  system.deadlinesMet = numbers.next()
  system.deadlines = numbers.next()
  system.valueByHour = (0..<24).map { _ in numbers.next() }
  result.systems = [system]
  var bank = BankRow("bank", currency: "EUR", decimals: 2)
  bank.opening = numbers.next()
  bank.closing = numbers.next()
  bank.credit = numbers.next()
  bank.days = numbers.next()
  bank.usages = [numbers.next(), numbers.next(), numbers.next()]
  bank.averageUsage = numbers.next()
  bank.available = [numbers.next(), numbers.next(), numbers.next()]
  bank.averageAvailable = numbers.next()
  bank.largestSent = numbers.next()
  bank.averageSent = numbers.next()
  bank.largestReceived = numbers.next()
  bank.averageReceived = numbers.next()
  bank.timed = numbers.next()
  bank.timedMet = numbers.next()
  bank.timedValue = numbers.next()
  bank.timedMetValue = numbers.next()
  bank.correspondentValue = numbers.next()
  bank.peakCredit = numbers.next()
  bank.peakUnsecuredCredit = numbers.next()
  bank.broughtIn = numbers.next()
  bank.takenOut = numbers.next()
  bank.cost = BankCostRow(
    liquidity: numbers.next(), delay: numbers.next(), unsettled: numbers.next(),
    splits: numbers.next())
  result.banks = [bank]
  result.schedule = [
    ScheduleRow(
      entry: numbers.next(), at: numbers.next(), action: "add_liquidity", bank: "bank",
      counterparty: "other", currency: "EUR", payments: numbers.next(),
      asked: ReportedAmount(numbers.next(), "EUR", decimals: 2),
      applied: ReportedAmount(numbers.next(), "EUR", decimals: 2))
  ]
}

private func everyCheck(_ result: inout RunResult, _ numbers: inout Numbers) {
  result.bus = BusReport(
    maximumLag: numbers.next(), alertLag: numbers.next(), pageLag: numbers.next())
  result.ledger = LedgerReport(
    transfers: numbers.next(), windowsChecked: numbers.next(), isBalanced: true,
    isClearingZero: true)
  result.reconciliation = [
    ReconciliationRow(
      "lines", lines: numbers.next(), matched: numbers.next(), exceptions: numbers.next())
  ]
  result.levels = [
    LevelRow(
      "intake p99", .atMost, .nanoseconds(numbers.next()), actual: .nanoseconds(numbers.next()))
  ]
  result.thresholds = [
    ThresholdRow(
      text: "payments.lost == 0", .atMost, expected: Quantity(numbers.next(), .number),
      actual: Quantity(numbers.next(), .number))
  ]
  result.invariants = [
    InvariantRow("ledger.balanced", checks: numbers.next(), breaches: numbers.next())
  ]
}
