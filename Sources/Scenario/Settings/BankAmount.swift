import Money

/// An amount of a bank's terms, which holds in each currency or in those that it names.
public enum BankAmount: Sendable, Equatable {
  /// In each currency, converted at mid.
  case converted(MoneyAmount)
  /// In the currency of each of these, ascending by code; in others nothing is said.
  case byCurrency([MoneyAmount])

  /// The amount that holds in `currency`, still to be converted; nil where nothing is said of it.
  public func amount(in currency: Currency) -> MoneyAmount? {
    switch self {
    case .converted(let amount): amount
    case .byCurrency(let amounts): amounts.first { $0.currency == currency }
    }
  }

  /// All amounts that were given.
  public var amounts: [MoneyAmount] {
    switch self {
    case .converted(let amount): [amount]
    case .byCurrency(let amounts): amounts
    }
  }
}
