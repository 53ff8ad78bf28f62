import Text
import Chance
import Money

extension RelationCheck {
  /// Sums of amounts fit 64 bits of minor units with room to spare, in every currency.
  ///
  /// Floating point is enough here: the bounds leave a factor of two.
  mutating func volumes() {
    let bound = 4.6e18
    let most = GeneratedWorkload.mostPayments
    if let payments = paymentBound, payments > Double(most) {
      return report(
        "expected at most \(most) payments, found about \(NumberText.text(payments.rounded()))",
        at: [.key("workload"), .key("generated"), .key("rate")])
    }
    let banks = Double(
      settings.banks.issuers + settings.banks.merchantBanks
        + (settings.workload.transfers.isPresent ? settings.banks.transferBanks.count : 0))
    var isLargestReported = false
    var isBalanceReported = false
    for (currency, _) in settings.fx.usdPerUnit {
      if let largest = minorUnits(settings.gateway.maximumAmount, in: currency),
        largest * max(1, paymentBound ?? 1) > bound, !isLargestReported
      {
        isLargestReported = true
        report(
          "expected payments times `gateway.maximum_amount` to fit 64 bits of minor units, "
            + "found more in \(currency.code)",
          at: [.key("workload"), .key("generated"), .key("payments")],
          [.key("gateway"), .key("maximum_amount")])
      }
      for (amount, key) in [
        (settings.banks.openingBalance, "opening_balance"),
        (settings.banks.overdraftLimit, "overdraft_limit"),
      ] {
        guard let balance = minorUnits(amount, in: currency), balance * banks > bound,
          !isBalanceReported
        else { continue }
        isBalanceReported = true
        report(
          "expected the sum over all \(Int(banks)) banks to fit 64 bits of minor units, "
            + "found more in \(currency.code)",
          at: [.key("banks"), .key(key)])
      }
    }
    amounts(bound: bound)
    prices(bound: bound)
  }

  /// What is charged for each payment or wire fits, summed over all that there can be.
  private mutating func prices(bound: Double) {
    let largestRun = 1e7
    let payments = Double(settings.workload.transfers.payments) + (paymentBound ?? 0)
    // A payment may take several instructions: its own, and those that cover and return it.
    let charged = max(largestRun, 4 * payments)
    for (amount, place) in pricePlaces {
      let minor = [amount.currency, settings.costs.currency].compactMap {
        minorUnits(amount, in: $0)
      }
      guard let largest = minor.max(), largest * charged > bound else { continue }
      report(
        "expected a price that fits 64 bits of minor units when \(NumberText.text(charged)) are "
          + "charged, found \(amount.decimalString) \(amount.currency.code)", at: place)
    }
  }

  /// The largest amount of the curve fits, whatever the gateway will say to it.
  private mutating func amounts(bound: Double) {
    guard let generated else { return }
    let largest: Double
    switch generated.amounts {
    case .quantiles(let points): largest = points.last?.value ?? 0
    case .constant(let value): largest = value
    case .logNormal(let mu, let sigma): return logNormalAmounts(mu: mu, sigma: sigma, bound: bound)
    }
    if largest <= 0 {
      report(
        "expected amounts above zero, found only zeros",
        at: [.key("workload"), .key("generated"), .key("amounts"), .key("quantiles")])
    }
    for (currency, factor) in generated.amountScale
    where largest * factor * Double(currency.minorUnitsPerUnit) > bound {
      report(
        "expected the largest amount to fit 64 bits of minor units, "
          + "found \(NumberText.text(largest)) times \(NumberText.text(factor))",
        at: [
          .key("workload"), .key("generated"), .key("amounts"), .key("scale"),
          .key(currency.code),
        ], [.key("workload"), .key("generated"), .key("amounts")])
    }
  }

  /// Draws end 6.3 standard deviations from the median, where one in 2^32 lies beyond.
  private mutating func logNormalAmounts(mu: Double, sigma: Double, bound: Double) {
    let reach = mu + 6.3 * sigma
    for (currency, rate) in settings.fx.usdPerUnit {
      let factor =
        generated?.amountScale.first { $0.currency == currency }?.factor ?? 0.19 / rate
      let scale = factor * Double(currency.minorUnitsPerUnit)
      guard scale > 0, reach + PortableMath.ln(scale) > PortableMath.ln(bound) else { continue }
      return report(
        "expected amounts that fit 64 bits of minor units, found some in \(currency.code) that "
          + "do not; lower `mu`, `sigma` or `scale`",
        at: [
          .key("workload"), .key("generated"), .key("amounts"), .key("log_normal"),
        ], [.key("workload"), .key("generated"), .key("amounts")])
    }
  }

  /// An amount in minor units of another currency, converted at mid; nil without a rate.
  func minorUnits(_ amount: MoneyAmount, in currency: Currency) -> Double? {
    guard let source = rate(of: amount.currency), let target = rate(of: currency) else {
      return nil
    }
    let units = Double(amount.minorUnits) / Double(amount.currency.minorUnitsPerUnit)
    return units * source / target * Double(currency.minorUnitsPerUnit)
  }
}
