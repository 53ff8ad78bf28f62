import Interbank
import Money
import Pipeline

/// What banks owe each other for transfers beside what really moved for it, over all currencies and
/// the whole run; amounts are units of the reporting currency.
///
/// The obligations are the same whatever the strategy and the mode; liquidity used and the money
/// moved are what these made of them.
struct OwedMoney {
  let indicators: ObligationIndicators
  /// Value of the obligations, and of those that have settled.
  let gross: Double
  let settled: Double
  /// Sum over banks, and over pairs of banks, of the obligations net.
  let multilateralNet: Double
  let bilateralNet: Double
  /// Liquidity if everything settled on arrival, and net at the end.
  let upperBound: Double
  let lowerBound: Double
  /// Sum over banks and currencies of the most that a bank had sent, net, at any time of the run,
  /// for wires of transfers and the deals behind them.
  let liquidityUsed: Double
  /// Sum over moments of what each bank's wires took from its account, net.
  let moved: Double

  /// Nil in a scenario without transfers.
  init?(_ simulation: Simulation) {
    guard let indicators = simulation.obligationIndicators else { return nil }
    self.indicators = indicators
    let currencies = simulation.deployment.currencies
    func sum(_ amounts: [Int64]) -> Double {
      zip(amounts, currencies).reduce(0) {
        $0 + simulation.deployment.inReporting(Double($1.0), $1.1)
      }
    }
    gross = sum(indicators.currencies.map(\.gross))
    settled = sum(indicators.currencies.map(\.settled))
    multilateralNet = sum(indicators.currencies.map(\.multilateralNet))
    bilateralNet = sum(indicators.currencies.map(\.bilateralNet))
    upperBound = sum(indicators.currencies.map(\.upperBound))
    lowerBound = sum(indicators.currencies.map(\.lowerBound))
    let movements = simulation.movedMoney
    liquidityUsed = sum(movements.map(\.liquidityUsed))
    moved = sum(movements.map(\.value))
  }

  /// (L - LB) / (UB - LB); nil if the bounds are equal. Above 1 is possible: to wait for others'
  /// money can take more than to settle on arrival.
  var relativeLiquidity: Double? {
    upperBound > lowerBound ? (liquidityUsed - lowerBound) / (upperBound - lowerBound) : nil
  }

  /// Value settled for each unit of liquidity used; nil if none was used.
  var turnover: Double? { liquidityUsed > 0 ? settled / liquidityUsed : nil }

  /// 1 - money moved / value settled: what strategy and mode saved; nil if nothing settled.
  var realisedEfficiency: Double? { settled > 0 ? 1 - moved / settled : nil }

  /// 1 - net / gross over pairs of banks: what bilateral netting of the whole run would save; nil
  /// without obligations.
  var bilateralPotential: Double? { gross > 0 ? 1 - bilateralNet / gross : nil }

  /// 1 - net / gross over all banks: the most that netting can save; nil without obligations.
  var multilateralPotential: Double? { gross > 0 ? 1 - multilateralNet / gross : nil }
}
