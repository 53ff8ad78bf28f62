import Interbank
import Money
import PaymentModel
import Pipeline

/// The run's costs of settling as it did, each component in the scenario's reporting currency.
struct SettlementCosts: Sendable {
  /// Price of the strategy's wires before the discount.
  let wires: MoneyAmount
  /// What consolidation takes off it.
  let discount: MoneyAmount
  /// What consolidation takes off the spread; zero if the base of the discount is the wire alone.
  let spreadDiscount: MoneyAmount
  /// Spread on the deals with the dealer.
  let exchange: MoneyAmount
  /// What the rails' operators charge.
  let operators: MoneyAmount
  /// Opportunity cost of the liquidity that participants had to put up each day.
  let liquidity: MoneyAmount
  /// Interest on credit drawn, and the cost of the collateral behind it.
  let credit: MoneyAmount
  /// Cost of value that arrives later than it was owed; of what never arrives, up to the horizon or
  /// the failure.
  let delay: MoneyAmount
  /// Charged for transfers not settled within their latest window.
  let missedDeadlines: MoneyAmount
  /// Charged for what was never settled.
  let unsettled: MoneyAmount
  /// Wires sent, and those with the discount.
  let wireCount: Int
  let discountedWires: Int

  /// What a strategy decides over.
  var total: MoneyAmount {
    wires - discounts + exchange + operators + liquidity + credit + delay + missedDeadlines
      + unsettled
  }

  /// What liquidity costs in all: own money put up, credit drawn, collateral pledged.
  var funding: MoneyAmount { liquidity + credit }

  /// What consolidation takes off in all.
  var discounts: MoneyAmount { discount + spreadDiscount }

  private static let year = Int128(365) * 86_400_000_000_000
  private static let day = Int128(86_400_000_000_000)

  init(_ simulation: Simulation, _ totals: RunTotals, _ never: UnsettledMoney) {
    let deployment = simulation.deployment
    let settings = deployment.settings.costs
    let currency = settings.currency
    func convert(_ amount: MoneyAmount) -> MoneyAmount {
      deployment.fx.convert(amount, to: currency).amount
    }
    func sum(_ amounts: [MoneyAmount]) -> MoneyAmount {
      amounts.reduce(MoneyAmount.zero(currency)) { $0 + convert($1) }
    }
    let tallies = simulation.rails.rails
    let rails = simulation.railSettings
    wires = sum(zip(tallies, rails).map { Self.price($0.wires, settings.wire(on: $1)) })
    let table = deployment.world.costs
    discount = sum(
      zip(tallies, rails).map { tally, rail in
        let full = Self.price(tally.discounted, settings.wire(on: rail))
        return Self.part(full, table.discountPartsPerMillion)
      })
    wireCount = tallies.reduce(0) { $0 + $1.wires }
    discountedWires = tallies.reduce(0) { $0 + $1.discounted }
    operators = sum(
      zip(tallies, rails).map { MoneyAmount(minorUnits: $0.fees, currency: $1.fee.currency) })
    exchange = simulation.exchangeCost
    spreadDiscount = table.discount(
      onSpread: exchange, payments: tallies.reduce(0) { $0 + $1.payments },
      discounted: tallies.reduce(0) { $0 + $1.discountedPayments })
    let systems = Array(zip(simulation.indicators, deployment.currencies))
    liquidity = sum(
      systems.map { indicators, currency in
        Self.interest(
          indicators.costInputs.liquidityDays * Self.day, settings.liquidityRate, currency)
      })
    credit = sum(
      systems.flatMap { indicators, currency in
        let inputs = indicators.costInputs
        let pledged = Int128(inputs.peakSecuredCredit) * Int128(indicators.days.count) * Self.day
        return [
          Self.interest(inputs.creditTime, settings.overdraftRate, currency),
          Self.interest(pledged, settings.collateralRate, currency),
        ]
      })
    let late = deployment.currencies.indices.map { index in
      Self.interest(
        totals.results.valueTime[index] + never.paymentTimes[index], settings.delayRate,
        deployment.currencies[index])
    }
    let transfers = Self.interest(
      (simulation.transfers?.valueTime ?? 0) + never.transferTime, settings.delayRate, currency)
    delay = sum(late + [transfers])
    missedDeadlines = convert(
      Self.price(
        (simulation.transfers?.deadlinesMissed ?? 0) + never.late, settings.missedDeadline))
    unsettled = sum(
      zip(never.paymentTimes, deployment.currencies).map {
        Self.daily($0, settings.unsettledRate, $1)
      } + [
        Self.daily(never.transferTime, settings.unsettledRate, currency),
        Self.price(never.count, settings.unsettledPenalty),
      ])
  }

  /// - Precondition: the price fits 64 bits.
  private static func price(_ count: Int, _ each: MoneyAmount) -> MoneyAmount {
    guard let price = each.multiplied(by: Int64(count)) else {
      preconditionFailure("the price of \(count) instructions does not fit 64 bits")
    }
    return price
  }

  /// Parts per million of an amount, half to even.
  private static func part(_ amount: MoneyAmount, _ partsPerMillion: Int64) -> MoneyAmount {
    MoneyAmount(
      minorUnits: Int64(
        Rounding.halfEven(
          Int128(amount.minorUnits) * Int128(partsPerMillion), dividedBy: 1_000_000
        ).quotient), currency: amount.currency)
  }

  /// Interest on value over time (minor units x ns) at an annual rate, half to even.
  private static func interest(
    _ valueTime: Int128, _ rate: Double, _ currency: Currency
  ) -> MoneyAmount {
    charge(valueTime, rate, each: year, rateParts: 1_000_000, currency)
  }

  /// A charge on value over time (minor units x ns) at a daily rate, half to even.
  private static func daily(
    _ valueTime: Int128, _ rate: Double, _ currency: Currency
  ) -> MoneyAmount {
    charge(valueTime, rate, each: day, rateParts: 1_000_000_000, currency)
  }

  /// What value over time costs at `rate` each `period` (ns), half to even; the rate counts to one
  /// part in `rateParts`.
  private static func charge(
    _ valueTime: Int128, _ rate: Double, each period: Int128, rateParts: Int128,
    _ currency: Currency
  ) -> MoneyAmount {
    let nanoseconds: Int128 = 1_000_000_000
    let parts = Int128((rate * Double(rateParts)).rounded())
    let charge = Rounding.halfEven(
      valueTime / nanoseconds * parts, dividedBy: period / nanoseconds * rateParts
    ).quotient
    return MoneyAmount(minorUnits: Int64(charge), currency: currency)
  }
}
