import Batching
import Chance
import Money
import PaymentModel
import Scenario

extension ExpectedArrivals {
  /// What the transfers of a scenario are expected to be: by its curve, its mix of currencies and
  /// windows and its amounts, never by a draw. Nil where a file records payments, of which nothing
  /// is known beforehand.
  init?(_ deployment: Deployment) {
    let workload = deployment.settings.workload.transfers
    guard workload.payments > 0, workload.trace == nil else { return nil }
    let time = deployment.settings.time
    let hours = workload.expectedByHour(
      over: time.duration, from: time.date,
      rates: deployment.settings.interbank.arrivalRates(from: time.date))
    let (table, unit) = TransferSampler.table(workload.amounts)
    let largest = deployment.fx.inReportingCurrency(workload.maximumAmount).minorUnits
    // One unit of the amounts, in minor units of the reporting currency.
    let scale =
      Double(
        deployment.fx.inReportingCurrency(
          MoneyAmount(minorUnits: unit.minorUnitsPerUnit * 1_000, currency: unit)
        ).minorUnits) / 1_000
    let samples = 4_096
    var (mean, square) = (0.0, 0.0)
    for sample in 0..<samples {
      // Spread evenly over both halves of the table.
      let bits = (UInt64(sample / 2) * 2 + 1) << 51 | UInt64(sample & 1)
      let value = min(table.value(bits) * scale, Double(largest))
      mean += value / Double(samples)
      square += value * value / Double(samples)
    }
    let kinds = Self.kinds(workload, mean: mean, square: square)
    self.init(
      hours: hours, kinds: kinds, payers: workload.originators,
      banks: max(workload.originators, workload.counterparties))
  }

  private static func kinds(
    _ workload: TransferWorkload, mean: Double, square: Double
  ) -> [Kind] {
    let sources = workload.sourceCurrencies.reduce(0) { $0 + $1.weight }
    let destinations = workload.destinationCurrencies.reduce(0) { $0 + $1.weight }
    let windows = workload.windows
    let shares = [windows.rtgs, windows.sameDay, windows.nextDay, windows.secondDay]
    var kinds: [Kind] = []
    for (source, weight) in workload.sourceCurrencies {
      var mix = workload.destinationCurrencies.map {
        (currency: $0.currency, share: workload.crossCurrencyShare * $0.weight / destinations)
      }
      if let same = mix.firstIndex(where: { $0.currency == source }) {
        mix[same].share += 1 - workload.crossCurrencyShare
      } else {
        mix.append((source, 1 - workload.crossCurrencyShare))
      }
      for (destination, part) in mix {
        for (window, share) in zip(SettlementWindow.allCases, shares)
        where part * share * weight > 0 {
          kinds.append(
            Kind(
              source: source, destination: destination, latest: window,
              share: weight / sources * part * share, mean: mean, square: square))
        }
      }
    }
    return kinds
  }
}
