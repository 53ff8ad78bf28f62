import Batching
import Money
import PaymentModel
import Pipeline
import Reporting

/// What the run's obligations cost: the shadow prices of the strategies, and the components of the
/// run as configured. Amounts in the scenario's reporting currency.
struct CostCollector {
  let strategies: [StrategyRow]
  let components: [CostComponent]
  let perPayment: FineAmount?
  /// Of the chosen strategy against the first.
  let savingsRatio: Double?
  let wireReduction: Double?

  init(simulation: Simulation, totals: RunTotals) {
    let deployment = simulation.deployment
    let currency = deployment.settings.costs.currency
    func reported(_ amount: MoneyAmount) -> ReportedAmount {
      ReportedAmount(
        amount.minorUnits, amount.currency.code, decimals: amount.currency.minorUnitDigits)
    }
    let books = simulation.cells.compactMap { $0.result?.obligations }
    guard books.count == simulation.cells.count else {
      (strategies, components, perPayment) = ([], [], nil)
      (savingsRatio, wireReduction) = (nil, nil)
      return
    }
    let grouped = ObligationBook.grouped(books)
    // A strategy may be priced with other parameters than it runs with: then it has two rows.
    let chosen = deployment.strategy.price(grouped, in: deployment.world)
    var costs = deployment.priced.map { $0.price(grouped, in: deployment.world) }
    if !costs.contains(chosen) { costs.append(chosen) }
    let comparison = StrategyComparison(costs)
    let position = costs.firstIndex(of: chosen)!
    strategies = comparison.rows.enumerated().map { index, row in
      StrategyRow(
        row.cost.strategy, isChosen: index == position, wires: row.cost.wires,
        wireCost: reported(row.cost.wireCost), fxCost: reported(row.cost.spreadCost),
        totalCost: reported(row.cost.total), savingsRatio: row.savingsRatio)
    }
    savingsRatio = comparison.rows[position].savingsRatio
    wireReduction = comparison.rows[position].wireReduction
    let parts: [(String, MoneyAmount)] = [
      ("wires", chosen.wireCost), ("foreign exchange", chosen.spreadCost),
      ("rail operators", Self.railFees(simulation, in: currency)),
      ("acquirers", Self.acquirerFees(simulation, in: currency)),
      ("infrastructure", Self.infrastructure(deployment)),
    ]
    components = parts.map { CostComponent($0.0, reported($0.1)) }
    let total = parts.reduce(MoneyAmount.zero(currency)) { $0 + $1.1 }
    let accepted = totals.count(.accepted)
    perPayment =
      accepted == 0
      ? nil
      : FineAmount(
        scaled: Int64(
          Rounding.halfEven(Int128(total.minorUnits) * 10_000, dividedBy: Int128(accepted)).quotient
        ),
        currency: currency.code, decimals: 4 + currency.minorUnitDigits)
  }

  private static func railFees(_ simulation: Simulation, in currency: Currency) -> MoneyAmount {
    let deployment = simulation.deployment
    let fees = simulation.rails.fees
    return deployment.currencies.indices.reduce(MoneyAmount.zero(currency)) { sum, index in
      let fee = MoneyAmount(
        minorUnits: fees[index] ?? 0, currency: deployment.currencies[index])
      return sum + deployment.fx.convert(fee, to: currency).amount
    }
  }

  /// What acquirers charge for what was captured, at their rates.
  private static func acquirerFees(
    _ simulation: Simulation, in currency: Currency
  ) -> MoneyAmount {
    let deployment = simulation.deployment
    var sum = MoneyAmount.zero(currency)
    for cell in simulation.cells {
      for (endpoint, amounts) in (cell.result?.captured ?? []).enumerated() {
        let schedule = FeeSchedule(
          rate: deployment.endpoints[endpoint].feeRate, fixed: .zero(currency))
        for (index, amount) in amounts.enumerated() where amount > 0 {
          let captured = MoneyAmount(
            minorUnits: amount, currency: deployment.currencies[index])
          sum += schedule.fee(on: deployment.fx.convert(captured, to: currency).amount)
        }
      }
    }
    return sum
  }

  /// The part of a month of 30 days in which payments arrive.
  private static func infrastructure(_ deployment: Deployment) -> MoneyAmount {
    let costs = deployment.settings.costs
    let monthly = deployment.fx.convert(costs.infrastructurePerMonth, to: costs.currency).amount
    let seconds = Int128(deployment.settings.time.duration.nanoseconds / 1_000_000_000)
    return MoneyAmount(
      minorUnits: Int64(
        Rounding.halfEven(Int128(monthly.minorUnits) * seconds, dividedBy: 30 * 86_400).quotient),
      currency: costs.currency)
  }
}
