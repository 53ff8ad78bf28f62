import Text
import Money

extension RelationCheck {
  /// Names of the banks of the run, as in results.
  var bankNames: [String] {
    let banks = settings.banks
    var names = (1...banks.issuers).map { "issuer-\($0)" }
    names += (1...banks.merchantBanks).map { "merchant-bank-\($0)" }
    names += (settings.acquirers.map(\.name) + ["account-transfer"]).map { "\($0)-settlement" }
    names += (0..<regionNames.count * settings.cells.perRegion).map { "platform-cell-\($0)" }
    if settings.workload.transfers.payments > 0 {
      names += (1...banks.correspondents).map { "correspondent-\($0)" }
    }
    return names
  }

  /// Terms are given to banks that take part, and their sums fit 64 bits.
  mutating func participants() {
    let place: [NodePath.Step] = [.key("interbank"), .key("participants")]
    let names = settings.interbank.participants.isEmpty ? [] : bankNames
    let known = Set(names)
    for (index, participant) in settings.interbank.participants.enumerated() {
      var used = [(participant.name, place + [.index(index), .key("name")])]
      for (bank, _) in participant.bilateralLimits {
        used.append((bank, place + [.index(index), .key("bilateral_limits"), .key(bank)]))
      }
      for (name, place) in used where !known.contains(name) {
        let hint = EditDistance.hint(name, among: names)
        report(
          "expected the name of a bank of the run, found `\(printable(name))`\(hint)", at: place)
      }
    }
    for (amount, place) in interbankAmounts() {
      let tooLarge = settings.fx.usdPerUnit.first {
        minorUnits(amount, in: $0.currency) ?? 0 > 1e15
      }
      guard let tooLarge else { continue }
      report(
        "expected at most 10^15 minor units, found more in \(tooLarge.currency.code)", at: place)
    }
  }

  /// Only banks of the transfers fail, and within the run.
  mutating func bankFailures() {
    let hasTransfers = settings.workload.transfers.payments > 0
    let names = (1...settings.banks.correspondents).map { "correspondent-\($0)" }
    let (arrivals, drain) = (settings.time.duration, settings.time.drainLimit)
    for (index, failure) in settings.banks.failures.enumerated() {
      let place: [NodePath.Step] = [.key("banks"), .key("failures"), .index(index)]
      if !hasTransfers {
        report("expected none without `workload.transfers`", at: place)
      } else if !names.contains(failure.bank) {
        let hint = EditDistance.hint(failure.bank, among: names)
        report(
          "expected one of the \(names.count) banks of `banks.correspondents`, found "
            + "`\(printable(failure.bank))`\(hint)", at: place + [.key("bank")])
      }
      if failure.at > arrivals, failure.at - arrivals > drain {
        report(
          "expected an instant within `time.duration` and `time.drain_limit`, found "
            + DurationText.text(failure.at), at: place + [.key("at")])
      }
    }
  }

  /// Currencies of the interbank terms.
  func interbankCurrencies() -> [(currency: Currency, place: [NodePath.Step])] {
    interbankAmounts().map { ($0.amount.currency, $0.place) }
  }

  /// Every amount of the interbank terms, with its place.
  private func interbankAmounts() -> [(amount: MoneyAmount, place: [NodePath.Step])] {
    var result: [(amount: MoneyAmount, place: [NodePath.Step])] = []
    func add(_ amount: MoneyAmount?, _ place: [NodePath.Step], _ keys: String...) {
      if let amount { result.append((amount, place + keys.map { .key($0) })) }
    }
    let all = settings.interbank
    let section: [NodePath.Step] = [.key("interbank")]
    add(all.creditCap, section, "credit_cap")
    add(all.collateral, section, "collateral")
    add(all.netDebitCap, section, "net_debit_cap")
    add(all.bilateralLimit, section, "bilateral_limit")
    add(all.reserveForUrgent, section, "reserve_for_urgent")
    for (index, bank) in all.participants.enumerated() {
      let entry = section + [.key("participants"), .index(index)]
      add(bank.openingBalance, entry, "opening_balance")
      add(bank.overdraftLimit, entry, "overdraft_limit")
      add(bank.creditCap, entry, "credit_cap")
      add(bank.collateral, entry, "collateral")
      add(bank.netDebitCap, entry, "net_debit_cap")
      add(bank.bilateralLimit, entry, "bilateral_limit")
      for (name, limit) in bank.bilateralLimits { add(limit, entry, "bilateral_limits", name) }
      add(bank.reserveForUrgent, entry, "reserve_for_urgent")
    }
    return result
  }
}
