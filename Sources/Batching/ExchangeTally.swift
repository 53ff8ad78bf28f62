import Money

/// Currencies exchanged, added up exactly by pair and step of the rates.
///
/// The spread is rounded once for each pair and step, so that the same exchange costs the same in
/// whatever portions it is made.
public struct ExchangeTally: Sendable, Equatable {
  private struct Key: Hashable, Comparable {
    var step: Int
    var source: UInt8
    var destination: UInt8

    static func < (first: Key, second: Key) -> Bool {
      (first.step, first.source, first.destination)
        < (second.step, second.source, second.destination)
    }
  }

  /// Minor units of the source currency; looked up by key, and sorted before use.
  private var sold: [Key: UInt64] = [:]

  /// Nothing.
  public init() {}

  /// Adds minor units of the source currency that are exchanged for the destination currency at the
  /// rates of `step`.
  /// - Precondition: the sum fits 64 bits.
  public mutating func add(
    _ minorUnits: UInt64, from source: Currency, to destination: Currency, step: Int
  ) {
    guard source != destination else { return }
    sold[Key(step: step, source: source.index, destination: destination.index), default: 0] +=
      minorUnits
  }

  /// Adds what another has.
  public mutating func merge(_ other: ExchangeTally) {
    sold.merge(other.sold) { $0 + $1 }
  }

  /// The spread on all of it in a currency, half to even for each step and pair, as is the
  /// conversion into the currency.
  /// - Precondition: the table of each step has the rates and a spread of each pair.
  public func spread(in currency: Currency, table: (Int) -> FXTable) -> MoneyAmount {
    var spread = MoneyAmount.zero(currency)
    for (key, minorUnits) in sold.sorted(by: { $0.key < $1.key }) {
      guard let exact = Int64(exactly: minorUnits) else {
        preconditionFailure("exchanged amounts do not fit 64 bits")
      }
      let rates = table(key.step)
      let amount = MoneyAmount(minorUnits: exact, currency: Currency(index: key.source))
      let cost = rates.spreadCost(of: amount, to: Currency(index: key.destination))
      spread += rates.convert(cost, to: currency).amount
    }
    return spread
  }
}
