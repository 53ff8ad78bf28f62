import Money

extension ScenarioSettings {
  /// The currencies that a run settles, in the order of their positions: those of the markets, of
  /// the transfers, drawn and recorded, and those in which banks of the scenario's own have
  /// balances.
  ///
  /// - Parameter recorded: currencies of recorded payments between banks, which only their file
  ///   tells.
  public func settledCurrencies(recorded: [Currency] = []) -> [Currency] {
    var all = merchants.markets.flatMap { [$0.currency, $0.settlementCurrency] }
    let transfers = workload.transfers
    if transfers.isPresent {
      if transfers.payments > 0 {
        all += (transfers.sourceCurrencies + transfers.destinationCurrencies).map(\.currency)
      }
      all += recorded
      for bank in banks.own {
        if case .byCurrency(let amounts)? = bank.openingBalance { all += amounts.map(\.currency) }
      }
    }
    var currencies: [Currency] = []
    for currency in all where !currencies.contains(currency) { currencies.append(currency) }
    return currencies
  }
}
