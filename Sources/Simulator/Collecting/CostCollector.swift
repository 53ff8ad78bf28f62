import Declared
import Batching
import Money
import PaymentModel
import Pipeline
import Reporting
import Scenario
import Text

/// What the run's obligations cost: the shadow prices of strategies, and the components of the run
/// as it was. Amounts in the scenario's reporting currency.
struct CostCollector: Sendable {
  /// The priced strategies, the run's own among them.
  let strategies: [StrategyRow]
  /// The components of the run's cost, each with what it is.
  let parts: [(part: CostPart, amount: MoneyAmount)]
  /// What must be known of the shadow prices: why they may not be what strategies cost.
  let priceNotes: [String]
  /// Infrastructure by part, where the scenario states parts.
  let infrastructure: [InfrastructureRow]
  let perPayment: FineAmount?
  /// Of wires and exchange against the first priced strategy.
  let savingsRatio: Double?
  let wireReduction: Double?
  /// What the strategy and the settlement mode decide over; nil if the run was cut short.
  let settlement: SettlementCosts?
  /// Everything that the run costs its operator; nil if the run was cut short.
  let total: MoneyAmount?
  /// What settling the transfers would cost at least, had all been known beforehand; nil where that
  /// is not known.
  let clairvoyant: MoneyAmount?
  /// What was never settled; nil if the run was cut short.
  let unsettled: UnsettledMoney?
  /// What merchants are charged, which is no cost of the operator.
  let gatewayFees: MoneyAmount
  /// What fees would have been above the payments that they were cut to.
  let feesCut: MoneyAmount

  /// The components as they are reported.
  var components: [CostComponent] {
    parts.map { CostComponent($0.part.title, Self.reported($0.amount)) }
  }

  init(simulation: Simulation, totals: RunTotals) {
    let deployment = simulation.deployment
    let currency = deployment.settings.costs.currency
    gatewayFees = Self.sum(deployment, totals, \.fees)
    feesCut = Self.sum(deployment, totals, \.feesCut)
    guard let books = simulation.obligations else {
      (strategies, parts, infrastructure, perPayment) = ([], [], [], nil)
      (savingsRatio, wireReduction, settlement, total) = (nil, nil, nil, nil)
      priceNotes = []
      unsettled = nil
      clairvoyant = nil
      return
    }
    let never = UnsettledMoney(simulation, totals)
    let realised = SettlementCosts(simulation, totals, never)
    settlement = realised
    clairvoyant = simulation.clairvoyantCost.map {
      MoneyAmount(minorUnits: Int64($0.rounded(.down)), currency: currency)
    }
    unsettled = never
    let prices = ShadowPrices(simulation, books)
    priceNotes = Self.notes(prices, realised, ShadowPrices.limits(simulation))
    let rows = Self.strategies(prices, realised, deployment)
    strategies = rows.rows
    savingsRatio = rows.rows[rows.chosen].savingsRatio
    wireReduction = rows.wireReduction
    let payments = totals.count(.accepted) + (simulation.transfers?.accepted ?? 0)
    let bill = Self.bill(deployment)
    let acquirers = Self.acquirerFees(simulation, in: currency)
    let infrastructureCost =
      bill.map { $0.lines.reduce(MoneyAmount.zero(currency)) { $0 + $1.amount } }
      ?? Self.infrastructure(deployment)
    var parts: [(part: CostPart, amount: MoneyAmount)] = [
      (.wires, realised.wires), (.discount, -realised.discounts),
      (.exchange, realised.exchange), (.operators, realised.operators),
      (.liquidity, realised.liquidity), (.credit, realised.credit), (.delay, realised.delay),
      (.missedDeadlines, realised.missedDeadlines), (.unsettled, realised.unsettled),
      (.acquirers, acquirers),
      (.chargebacks, Self.chargebacks(deployment, totals)),
      (.infrastructure, infrastructureCost),
    ]
    if let discount = deployment.settings.costs.volumeDiscount, discount.isEnabled {
      let base = discount.base == .acquirers ? acquirers : infrastructureCost
      parts.append(
        (
          .volumeDiscount,
          -discount.amount(
            on: base, payments: payments, seconds: Self.seconds(deployment))
        ))
    }
    let sum = parts.reduce(MoneyAmount.zero(currency)) { $0 + $1.amount }
    total = sum
    self.parts = parts
    perPayment = Self.fine(sum, per: payments)
    infrastructure = (bill?.lines ?? []).map {
      InfrastructureRow(
        $0.name, perMonth: Self.reported($0.perMonth), amount: Self.reported($0.amount),
        perPayment: Self.fine($0.amount, per: payments))
    }
  }

  /// Why prices may not be what strategies cost, and what the run's own came to where that differs
  /// from its price.
  private static func notes(
    _ prices: ShadowPrices, _ realised: SettlementCosts, _ limits: [String]
  ) -> [String] {
    var notes: [String] = []
    if prices.isCut {
      notes.append(
        "shadow prices: a strategy that counts payments as they come has none, as the horizon has "
          + "left some out of every plan")
    }
    if !limits.isEmpty {
      notes.append(
        "shadow prices: a strategy may cost other than its price when it runs: "
          + limits.joined(separator: "; "))
    }
    let total = realised.wires - realised.discounts + realised.exchange
    if let own = prices.own, own.wires != realised.wireCount || own.total != total {
      notes.append(
        "shadow prices: this run's \(counted(realised.wireCount, "wire")) and its exchange came to "
          + "\(HumanFormat.money(reported(total))), its price is \(counted(own.wires, "wire")) and "
          + HumanFormat.money(reported(own.total)))
    }
    return notes
  }

  /// An amount divided by payments, half to even; nil without payments.
  private static func fine(_ sum: MoneyAmount, per payments: Int) -> FineAmount? {
    guard payments > 0 else { return nil }
    let exact = Int128(sum.minorUnits) * 10_000
    return FineAmount(
      scaled: Int64(Rounding.halfEven(exact, dividedBy: Int128(payments)).quotient),
      currency: sum.currency.code, decimals: 4 + sum.currency.minorUnitDigits)
  }

  static func reported(_ amount: MoneyAmount) -> ReportedAmount {
    ReportedAmount(
      amount.minorUnits, amount.currency.code, decimals: amount.currency.minorUnitDigits)
  }

  /// The priced strategies and the run's own: by its shadow price if it has one, or else by what
  /// the run came to.
  private static func strategies(
    _ prices: ShadowPrices, _ realised: SettlementCosts, _ deployment: Deployment
  ) -> (rows: [StrategyRow], chosen: Int, wireReduction: Double?) {
    let settlement = deployment.settings.settlement
    var costs = prices.priced.compactMap(\.self)
    var choices = zip(settlement.priced, prices.priced).filter { $0.1 != nil }.map(\.0)
    let shadow = prices.own
    let chosen: StrategyCost
    if let shadow {
      // A strategy may be priced with other parameters than it runs with: then it has two rows.
      chosen = shadow
      if !costs.contains(shadow) { costs.append(shadow) }
    } else {
      chosen = StrategyCost(
        strategy: type(of: deployment.strategy).name, payments: prices.payments,
        wires: realised.wireCount, discountedWires: realised.discountedWires,
        grossWireCost: realised.wires, discount: realised.discount,
        spreadCost: realised.exchange, spreadDiscount: realised.spreadDiscount)
      costs.append(chosen)
    }
    let comparison = StrategyComparison(costs)
    let position = costs.firstIndex(of: chosen)!
    if position == choices.count { choices.append(settlement.strategy) }
    choices[position] = settlement.strategy
    let rows = comparison.rows.enumerated().map { index, row in
      var shown = StrategyRow(
        row.cost.strategy, isChosen: index == position,
        isSimulated: shadow == nil && index == position, wires: row.cost.wires,
        wireCost: reported(row.cost.wireCost), fxCost: reported(row.cost.exchangeCost),
        totalCost: reported(row.cost.total), savingsRatio: row.savingsRatio)
      shown.parameters = parameters(choices[index])
      return shown
    }
    return (rows, position, comparison.rows[position].wireReduction)
  }

  /// The parameters of a choice that are not the defaults, as in an entry of `compare`.
  private static func parameters(_ choice: StrategyChoice) -> String {
    let declared = StrategyRegistry.type(named: choice.name)?.parameters ?? []
    guard
      let values = try? ParameterDeclaration.values(of: choice.parameters, declared: declared)
    else { return "" }
    return declared.compactMap { parameter in
      guard let value = values[parameter.name], value != parameter.defaultValue else { return nil }
      return "\(parameter.name)=\(value)"
    }.joined(separator: ":")
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

  /// What the expected chargebacks of the captured payments will be charged.
  private static func chargebacks(_ deployment: Deployment, _ totals: RunTotals) -> MoneyAmount {
    let costs = deployment.settings.costs
    let fee = deployment.fx.convert(costs.chargebackFee, to: costs.currency).amount
    let millionths = Int128((costs.chargebackRate * 1_000_000).rounded())
    let exact = Int128(totals.captured) * millionths * Int128(fee.minorUnits)
    return MoneyAmount(
      minorUnits: Int64(Rounding.halfEven(exact, dividedBy: 1_000_000).quotient),
      currency: costs.currency)
  }

  /// One of the turnover's amounts over all currencies, each converted at the mid of the start.
  private static func sum(
    _ deployment: Deployment, _ totals: RunTotals,
    _ part: KeyPath<CellMeasurements.Turnover, Int64>
  ) -> MoneyAmount {
    let currency = deployment.settings.costs.currency
    return zip(deployment.currencies, totals.turnover).reduce(.zero(currency)) { sum, entry in
      let amount = MoneyAmount(minorUnits: entry.1[keyPath: part], currency: entry.0)
      return sum + deployment.fx.convert(amount, to: currency).amount
    }
  }

  /// Seconds in which payments arrive.
  private static func seconds(_ deployment: Deployment) -> Int64 {
    deployment.settings.time.duration.nanoseconds / 1_000_000_000
  }

  /// The one figure for all parts, over the time in which payments arrive.
  private static func infrastructure(_ deployment: Deployment) -> MoneyAmount {
    let costs = deployment.settings.costs
    let monthly = deployment.fx.convert(costs.infrastructurePerMonth, to: costs.currency).amount
    return InfrastructureBill.amount(monthly, seconds: seconds(deployment))
  }

  /// The bill by part; nil where the scenario states one figure.
  private static func bill(_ deployment: Deployment) -> InfrastructureBill? {
    let costs = deployment.settings.costs
    return costs.infrastructure.map {
      InfrastructureBill($0, seconds: seconds(deployment)) {
        deployment.fx.convert($0, to: costs.currency).amount
      }
    }
  }
}
