import Text
import Money

extension RelationCheck {
  private static let section: [NodePath.Step] = [.key("workload"), .key("transfers")]

  /// Transfers have enough banks, rails for their currencies, hours, and sums that fit 64 bits.
  mutating func transfers() {
    let transfers = settings.workload.transfers
    guard transfers.payments > 0 else { return }
    transferBanks(transfers)
    for (currency, place) in weightedCurrencies(transfers)
    where !settings.rails.contains(where: { $0.currency == currency }) {
      report(
        "expected a rail that moves \(currency.code), found none", at: place, [.key("rails")])
    }
    transferHours(transfers)
    largestTransfer(transfers)
    for (currency, _) in settings.fx.usdPerUnit {
      guard let largest = minorUnits(transfers.maximumAmount, in: currency),
        largest * Double(transfers.payments) * settings.interbank.largestArrivalRate > 4.6e18
      else { continue }
      report(
        "expected transfers times `maximum_amount` to fit 64 bits of minor units, "
          + "found more in \(currency.code)",
        at: Self.section + [.key("maximum_amount")], Self.section + [.key("payments")])
      return
    }
  }

  /// The largest amount is a minor unit at least of every currency that is sent: an amount of
  /// nothing cannot be paid.
  private mutating func largestTransfer(_ transfers: TransferWorkload) {
    let smallest = transfers.sourceCurrencies.first { currency, weight in
      weight > 0 && minorUnits(transfers.maximumAmount, in: currency).map { $0 < 1 } ?? false
    }
    guard let (currency, _) = smallest else { return }
    let unit = MoneyAmount(minorUnits: 1, currency: currency)
    report(
      "expected at least \(unit.decimalString) \(currency.code), the smallest amount of a currency "
        + "of `source_currencies`, found \(transfers.maximumAmount.decimalString) "
        + transfers.maximumAmount.currency.code,
      at: Self.section + [.key("maximum_amount")])
  }

  /// Each side of the transfers has at most all banks. What the file does not state is not where
  /// the mistake is: then it is the number of banks, which is named once.
  private mutating func transferBanks(_ transfers: TransferWorkload) {
    let banks = settings.banks.correspondents
    var isUnstated = false
    for (count, key) in [
      (transfers.originators, "originators"), (transfers.counterparties, "counterparties"),
    ] where count > banks {
      let place = Self.section + [.key(key)]
      guard root.deepest(place).found == place.count else {
        isUnstated = true
        continue
      }
      report(
        "expected `\(key)` of at most `banks.correspondents` (\(banks)), found \(count)", at: place)
    }
    guard isUnstated else { return }
    report(
      "expected at least as many as `originators` (\(transfers.originators)) and `counterparties` "
        + "(\(transfers.counterparties)) of `workload.transfers`, found \(banks); raise it or "
        + "lower these",
      at: [.key("banks"), .key("correspondents")])
  }

  /// At least one hour of the run has transfers.
  private mutating func transferHours(_ transfers: TransferWorkload) {
    let start = settings.time.date
    let length = min(DurationText.nanoseconds(of: settings.time.duration), 8 * 86_400_000_000_000)
    let hours = Int((length + 3_599_999_999_999) / 3_600_000_000_000)
    let hasWeight = (0..<hours).contains { hour in
      transfers.hourWeights[hour % 24] > 0
        && transfers.weekdayWeights[start.adding(days: hour / 24).weekday] > 0
    }
    guard !hasWeight else { return }
    report(
      "expected a weight above zero in the UTC hours of the run, which begins on \(start) at 00:00 "
        + "and lasts for `time.duration`",
      at: Self.section + [.key("hour_weights")], Self.section + [.key("weekday_weights")],
      Self.section)
  }

  /// Currencies that transfers are sent and received in.
  private func weightedCurrencies(
    _ transfers: TransferWorkload
  ) -> [(currency: Currency, place: [NodePath.Step])] {
    [
      (transfers.sourceCurrencies, "source_currencies"),
      (transfers.destinationCurrencies, "destination_currencies"),
    ].flatMap { weights, key in
      weights.filter { $0.weight > 0 }.map {
        ($0.currency, Self.section + [.key(key), .key($0.currency.code)])
      }
    }
  }

  /// Currencies of the transfers that need a rate; none without transfers.
  func transferCurrencies() -> [(currency: Currency, place: [NodePath.Step])] {
    let transfers = settings.workload.transfers
    guard transfers.payments > 0 else { return [] }
    var result = weightedCurrencies(transfers)
    result.append(
      (transfers.maximumAmount.currency, Self.section + [.key("maximum_amount")]))
    let amounts = Self.section + [.key("amounts")]
    switch transfers.amounts {
    case .logNormal(let mean, _):
      result.append((mean.currency, amounts + [.key("log_normal"), .key("mean")]))
    case .constant(let amount): result.append((amount.currency, amounts + [.key("constant")]))
    case .quantiles: break
    }
    return result
  }

  /// The rates of a random process are laid out before the run.
  mutating func rateSteps() {
    guard let process = settings.fx.process else { return }
    let step: Int64 = process.step == .hourly ? 3_600_000_000_000 : 86_400_000_000_000
    let steps = [settings.time.duration, settings.time.drainLimit].reduce(0) {
      $0 + DurationText.nanoseconds(of: $1) / step
    }
    let limit = 1_000_000
    guard steps > limit else { return }
    report(
      "expected at most \(limit) steps of the rates within `time.duration` and `time.drain_limit`",
      at: [.key("fx"), .key("process"), .key("step")], [.key("fx"), .key("process")])
  }
}
