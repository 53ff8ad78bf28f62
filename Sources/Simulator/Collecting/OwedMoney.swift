import Declared
import Interbank
import Money
import Pipeline

/// What banks owe each other for transfers beside what really moved for it, over all currencies and
/// the whole run; amounts are units of the reporting currency at the mid rates of the run's start.
///
/// The obligations are the same whatever the strategy and the mode; liquidity used and the money
/// moved are what these made of them.
struct OwedMoney: Sendable {
  let indicators: ObligationIndicators
  /// Liquidity over the whole run, as the sum over banks and currencies: if everything had settled
  /// on arrival, and what each bank had sent, net, in the end for what has settled.
  let upperBound: Double
  let lowerBound: Double
  /// The most that a bank had sent, net, at any time of the run, for wires of transfers and the
  /// deals behind them. Never below `lowerBound`.
  let liquidityUsed: Double
  /// (L - LB) / (UB - LB); nil if the bounds are equal, or of other transfers, as not all have
  /// settled. Above 1 is possible: to wait for others' money can take more than to settle on
  /// arrival.
  let relativeLiquidity: Double?
  /// Value settled for each unit of liquidity used; nil if none was used.
  let turnover: Double?
  /// 1 - money moved / value that arrived: what strategy and mode saved; nil if nothing settled.
  let realisedEfficiency: Double?
  /// 1 - net / gross over pairs of banks: what bilateral netting of the whole run would save; nil
  /// without obligations.
  let bilateralPotential: Double?
  /// 1 - net / gross over all banks: the most that netting can save; nil without obligations.
  let multilateralPotential: Double?

  /// Nil in a scenario without transfers.
  init?(_ simulation: Simulation) {
    guard let indicators = simulation.obligationIndicators else { return nil }
    self.indicators = indicators
    let deployment = simulation.deployment
    let movements = simulation.movedMoney
    upperBound = deployment.inReporting(indicators.currencies.map(\.upperBound))
    lowerBound = deployment.inReporting(movements.map(\.lowerBound))
    liquidityUsed = deployment.inReporting(movements.map(\.liquidityUsed))
    let paid = simulation.paidOut
    relativeLiquidity =
      indicators.settledCount == indicators.count && upperBound > lowerBound
      ? (liquidityUsed - lowerBound) / (upperBound - lowerBound) : nil
    turnover = liquidityUsed > 0 ? deployment.inReporting(paid) / liquidityUsed : nil
    realisedEfficiency = deployment.saved(gross: paid, net: movements.map(\.value))
    let gross = indicators.currencies.map(\.gross)
    bilateralPotential = deployment.saved(
      gross: gross, net: indicators.currencies.map(\.bilateralNet))
    multilateralPotential = deployment.saved(
      gross: gross, net: indicators.currencies.map(\.multilateralNet))
  }
}

extension Deployment {
  /// Minor units of a currency, in units of the reporting currency at the mid rates of the run's
  /// start.
  func inReporting(_ minorUnits: Double, _ currency: Currency) -> Double {
    let rate = fx.midRate(from: currency, to: settings.costs.currency) ?? 0
    return minorUnits / Double(currency.minorUnitsPerUnit) * rate
  }

  /// The sum of amounts in minor units, one for each currency of the run.
  func inReporting(_ amounts: [Int64]) -> Double {
    zip(amounts, currencies).reduce(0) { $0 + inReporting(Double($1.0), $1.1) }
  }

  /// (gross - net) / gross of sums in minor units by currency; nil if nothing is gross.
  ///
  /// What is saved is told by integers, currency by currency, and is exactly zero where net is
  /// gross; only the weights of several currencies are not integers.
  func saved(gross: [Int64], net: [Int64]) -> Double? {
    let used = gross.indices.filter { gross[$0] != 0 }
    if used.count == 1, zip(gross, net).allSatisfy({ $0.0 != 0 || $0.1 == 0 }) {
      return Double(Int128(gross[used[0]]) - Int128(net[used[0]])) / Double(gross[used[0]])
    }
    let all = inReporting(gross)
    guard all > 0 else { return nil }
    return inReporting(zip(gross, net).map { $0 - $1 }) / all
  }
}

extension OwedMoney {
  /// What strategies and modes are judged by: of transfers as banks owe them, from their arrival to
  /// their settlement, however they are batched.
  static let figures: [Figure<OwedMoney>] = [
    .derived(
      "delay.relative", .ratio, .lowerIsBetter,
      "settlement delay of transfers, from 0 (all at once) to 1 (nothing before the end)",
      { $0.indicators.settlementDelay }
    ).standard(),
    .derived(
      "deadlines.met_ratio", .ratio, .higherIsBetter, "transfers settled by when they were due",
      { $0.indicators.inTimeRatio }
    ).standard(),
    .derived(
      "transfer_liquidity.peak", .money, .lowerIsBetter,
      "most that banks had sent for transfers, net, at any time of the run",
      { $0.liquidityUsed }),
    .derived(
      "transfer_liquidity.upper_bound", .money, "liquidity if every transfer settled on arrival",
      { $0.upperBound }),
    .derived(
      "transfer_liquidity.lower_bound", .money,
      "what each bank had sent for transfers, net, in the end", { $0.lowerBound }),
    .derived(
      "transfer_liquidity.relative", .ratio, .lowerIsBetter,
      "where between the bounds the liquidity used for transfers lies",
      { $0.relativeLiquidity }
    ).standard(),
    .derived(
      "transfer_liquidity.turnover", .number, .higherIsBetter,
      "value of transfers settled for each unit of liquidity used", { $0.turnover }),
    .derived(
      "netting.realised_efficiency", .ratio, .higherIsBetter,
      "part of the transfers' value that strategy and mode did not have to move",
      { $0.realisedEfficiency }
    ).standard(),
    .derived(
      "netting.bilateral_potential", .ratio,
      "part of the transfers' value that netting by pairs of banks would save",
      { $0.bilateralPotential }),
    .derived(
      "netting.multilateral_potential", .ratio,
      "part of the transfers' value that netting over all banks would save",
      { $0.multilateralPotential }),
  ]
}
