import Text
import Money

extension RelationCheck {
  /// Names of the banks of the run, as in results.
  var bankNames: [String] {
    cardBankNames + (settings.workload.transfers.isPresent ? settings.banks.transferBanks : [])
  }

  /// Names of the banks of the card flow.
  private var cardBankNames: [String] {
    let banks = settings.banks
    var names = (1...banks.issuers).map { "issuer-\($0)" }
    names += (1...banks.merchantBanks).map { "merchant-bank-\($0)" }
    let acquirers = settings.acquirers.map(\.name) + [FaultTargets.accountScheme]
    names += acquirers.map { "\($0)-settlement" }
    names += (0..<regionNames.count * settings.cells.perRegion).map { "platform-cell-\($0)" }
    return names
  }

  /// Terms are given to banks that take part, and their sums fit 64 bits.
  mutating func participants() {
    let entries = participantEntries
    let names = entries.isEmpty ? [] : bankNames
    let known = Set(names)
    let own = Set(settings.banks.own.map(\.name))
    for (participant, entry) in entries {
      var used: [(String, [NodePath.Step])] = []
      if entry[0] == .key("interbank") { used.append((participant.name, entry + [.key("name")])) }
      for (bank, _) in participant.bilateralLimits {
        used.append((bank, entry + [.key("bilateral_limits"), .key(bank)]))
      }
      for (name, place) in used where !known.contains(name) && !own.contains(name) {
        let hint = EditDistance.hint(name, among: names)
        report(
          "expected the name of a bank of the run, found `\(printable(name))`\(hint)", at: place)
      }
      if entry[0] == .key("interbank"), own.contains(participant.name) {
        report(
          "expected the terms of `\(printable(participant.name))` in one place, found them in "
            + "`banks` too; give them there", at: entry + [.key("name")])
      }
    }
    for term in interbankAmounts() where term.isConverted {
      let tooLarge = settings.fx.usdPerUnit.first {
        minorUnits(term.amount, in: $0.currency) ?? 0 > 1e15
      }
      guard let tooLarge else { continue }
      report(
        "expected at most 10^15 minor units, found more in \(tooLarge.currency.code)",
        at: term.place)
    }
  }

  /// Entries of terms, those of `interbank` first, each with its place.
  private var participantEntries: [(own: ParticipantSettings, place: [NodePath.Step])] {
    let places: [(list: [ParticipantSettings], place: [NodePath.Step])] = [
      (settings.interbank.participants, [.key("interbank"), .key("participants")]),
      (settings.banks.named, [.key("banks"), .key("named")]),
    ]
    return places.flatMap { list, place in
      list.enumerated().map { ($1, place + [.index($0)]) }
    }
  }

  /// Banks of the scenario's own have names that no other has, rails for their balances, and sums
  /// that fit 64 bits.
  mutating func namedBanks() {
    let banks = settings.banks
    guard !banks.own.isEmpty else { return }
    let place: [NodePath.Step] = [.key("banks"), .key("named")]
    let generated = (1...5_000).map { "correspondent-\($0)" } + ["clearing-house", "fx-dealer"]
    var taken = Set(cardBankNames + generated)
    var sums: [Currency: Double] = [:]
    for (index, bank) in banks.own.enumerated() {
      let isNamed = index < banks.named.count
      let entry = isNamed ? place + [.index(index)] : [.key("banks"), .key("file")]
      if !taken.insert(bank.name).inserted {
        report(
          "expected a name that no other bank has, found `\(printable(bank.name))`",
          at: isNamed ? entry + [.key("name")] : entry)
      }
      guard case .byCurrency(let balances)? = bank.openingBalance else { continue }
      for balance in balances {
        sums[balance.currency, default: 0] += Double(balance.minorUnits)
        guard !settings.rails.contains(where: { $0.currency == balance.currency }) else { continue }
        report(
          "expected a rail that moves \(balance.currency.code), found none",
          at: isNamed ? entry + [.key("balances"), .key(balance.currency.code)] : entry,
          [.key("rails")])
      }
    }
    if let large = sums.first(where: { $0.value > 4.6e18 }) {  // ordered: any will do
      report(
        "expected balances that sum to 64 bits of minor units, found more in \(large.key.code)",
        at: place, [.key("banks"), .key("file")])
    }
    let most = 5_000
    guard banks.own.count + banks.correspondents > most else { return }
    report(
      "expected at most \(most) banks together with `correspondents`, found "
        + "\(banks.own.count + banks.correspondents)", at: place, [.key("banks"), .key("file")])
  }

  /// Only banks of the transfers fail, and within the run.
  mutating func bankFailures() {
    let hasTransfers = settings.workload.transfers.isPresent
    let names = settings.banks.failures.isEmpty ? [] : settings.banks.transferBanks
    let (arrivals, drain) = (settings.time.duration, settings.time.drainLimit)
    for (index, failure) in settings.banks.failures.enumerated() {
      let place: [NodePath.Step] = [.key("banks"), .key("failures"), .index(index)]
      if !hasTransfers {
        report("expected none without `workload.transfers`", at: place)
      } else if !names.contains(failure.bank) {
        let hint = EditDistance.hint(failure.bank, among: names)
        report(
          "expected one of the \(names.count) banks of "
            + (settings.banks.own.isEmpty
              ? "`banks.correspondents`" : "`banks.correspondents` and `banks.named`")
            + ", found `\(printable(failure.bank))`\(hint)", at: place + [.key("bank")])
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

  /// An amount of the terms.
  private struct Term {
    var amount: MoneyAmount
    var place: [NodePath.Step]
    /// Whether it holds in other currencies too.
    var isConverted = true
  }

  /// Every amount of the interbank terms, with its place.
  private func interbankAmounts() -> [Term] {
    var result: [Term] = []
    let all = settings.interbank
    for (amount, key) in [
      (all.creditCap, "credit_cap"), (all.collateral, "collateral"),
      (all.netDebitCap, "net_debit_cap"), (all.bilateralLimit, "bilateral_limit"),
      (all.reserveForUrgent, "reserve_for_urgent"),
    ] {
      if let amount { result.append(Term(amount: amount, place: [.key("interbank"), .key(key)])) }
    }
    for (bank, entry) in participantEntries {  // ordered: an array
      func add(_ amount: BankAmount?, _ keys: String...) {
        let place = entry + keys.map { .key($0) }
        switch amount {
        case .converted(let amount)?: result.append(Term(amount: amount, place: place))
        case .byCurrency(let amounts)?:
          result += amounts.map {
            Term(amount: $0, place: place + [.key($0.currency.code)], isConverted: false)
          }
        case nil: break
        }
      }
      add(bank.openingBalance, entry[0] == .key("banks") ? "balances" : "opening_balance")
      add(bank.overdraftLimit, "overdraft_limit")
      add(bank.creditCap, "credit_cap")
      add(bank.collateral, "collateral")
      add(bank.netDebitCap, "net_debit_cap")
      add(bank.bilateralLimit, "bilateral_limit")
      for (name, limit) in bank.bilateralLimits { add(limit, "bilateral_limits", name) }
      add(bank.reserveForUrgent, "reserve_for_urgent")
    }
    return result
  }
}
