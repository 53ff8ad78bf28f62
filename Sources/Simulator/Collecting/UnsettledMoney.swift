import Money
import PaymentModel
import Pipeline
import Reporting

/// Payments that were never settled: open when the scenario's horizon ended settlement, or failed
/// for lack of funds before it. Values are at the mid rates of the run's start.
///
/// Counted are what customers are owed: transfers from the order on, card payments from the capture
/// on, less what was given back. Wires, deals and acquirers' money only carry these.
struct UnsettledMoney {
  /// Open at the horizon, by the currency that the payer gave, in the order of the run's
  /// currencies.
  struct InCurrency {
    let currency: Currency
    let transfers: Int
    /// Minor units, as below.
    let transfersValue: Int64
    let payments: Int
    let paymentsValue: Int64

    var isEmpty: Bool { transfers == 0 && payments == 0 }
  }

  let byCurrency: [InCurrency]
  /// Transfers that failed for lack of funds, and their value in the reporting currency.
  let failed: Int
  let failedValue: MoneyAmount
  /// All that was never settled, and its value in the reporting currency.
  let count: Int
  let value: MoneyAmount
  /// Transfers open at the horizon that were due by then.
  let late: Int
  /// Value of card payments times nanoseconds from capture to horizon, by currency; minor units.
  let paymentTimes: [Int128]
  /// Value of transfers times nanoseconds from the order to horizon or failure; minor units of the
  /// reporting currency.
  let transferTime: Int128
  /// Instructions beside customers' transfers that no bank has executed by the horizon, or that a
  /// close gave back for good.
  let instructions: Int

  /// - Precondition: the run came to rest, or to its horizon.
  init(_ simulation: Simulation, _ totals: RunTotals) {
    let deployment = simulation.deployment
    let reporting = deployment.settings.costs.currency
    let open = simulation.unsettledTransfers
    let measured = simulation.transfers
    let cards = totals.results.unsettled
    byCurrency = deployment.currencies.enumerated().map { index, currency in
      InCurrency(
        currency: currency, transfers: open.byCurrency[index].count,
        transfersValue: open.byCurrency[index].amount,
        payments: cards.counts[index],
        paymentsValue: cards.amounts[index])
    }
    paymentTimes = cards.valueTimes
    failed = measured?.failed ?? 0
    failedValue = MoneyAmount(minorUnits: measured?.failedValue ?? 0, currency: reporting)
    let payments = byCurrency.reduce(MoneyAmount.zero(reporting)) { sum, row in
      let amount = MoneyAmount(minorUnits: row.paymentsValue, currency: row.currency)
      return sum + deployment.fx.convert(amount, to: reporting).amount
    }
    count = open.count + failed + byCurrency.reduce(0) { $0 + $1.payments }
    value = MoneyAmount(minorUnits: open.value, currency: reporting) + failedValue + payments
    late = open.late
    transferTime = open.valueTime + (measured?.failedValueTime ?? 0)
    instructions = simulation.outstandingInstructions
  }

  /// What a reader is told; nil where everything was settled.
  func report(at horizon: Int64?, price: MoneyAmount) -> UnsettledReport? {
    guard count > 0 else { return nil }
    var report = UnsettledReport(
      count: count, value: CostCollector.reported(value), cost: CostCollector.reported(price))
    report.horizon = horizon
    report.failed = failed
    report.failedValue = CostCollector.reported(failedValue)
    report.rows = byCurrency.filter { !$0.isEmpty }.map { row in
      func amount(_ minorUnits: Int64) -> ReportedAmount {
        CostCollector.reported(MoneyAmount(minorUnits: minorUnits, currency: row.currency))
      }
      return UnsettledRow(
        currency: row.currency.code, transfers: row.transfers,
        transfersValue: amount(row.transfersValue), payments: row.payments,
        paymentsValue: amount(row.paymentsValue))
    }
    return report
  }

  /// The same in sentences, for the notes; empty where everything was settled.
  func sentences(at horizon: Int64?, price: MoneyAmount) -> [String] {
    var sentences: [String] = []
    let open = count - failed
    if open > 0, let horizon {
      sentences.append(
        "unsettled: \(open) payments worth \(value - failedValue) were not settled by "
          + "time.settlement_horizon, \(HumanFormat.duration(horizon)) after the start")
    }
    if failed > 0 {
      sentences.append(
        "unsettled: \(failed) transfers worth \(failedValue) failed for lack of funds: a close "
          + "gave them back to their payers")
    }
    if count > 0 { sentences.append("unsettled: priced at \(price), a part of cost.settlement") }
    if instructions > 0 {
      sentences.append(
        "unsettled: \(instructions) instructions that carry no transfer (payouts, deals, what is "
          + "paid back, acquirers' money) were never executed; they stay owed and are not priced")
    }
    return sentences
  }
}
