import Money
import PaymentModel
import Plants

/// What a settlement has come to so far: sums by currency owed, and what they are worth in the
/// currency that is paid out. Pure.
///
/// A settlement is converted at once for each currency that is owed, half to even; each part of it
/// (a batch, a merchant's share) is paid what the sum up to its end comes to, less what the parts
/// before it were paid, so that the parts add up to the settlement.
struct SettlementSums {
  /// So much of one currency that became so much of the currency paid out; minor units.
  struct Sale {
    /// What became of it.
    let source: CurrencyIndex
    fileprivate(set) var amount: Int64 = 0
    fileprivate(set) var converted: Int64 = 0
  }

  private let destination: CurrencyIndex
  private let currencies: [Currency]
  private let rates: FXTable
  /// By currency owed, other than the one paid out, in the order of first occurrence.
  private(set) var sales: [Sale] = []

  /// Nothing yet of what is paid out in `destination`; `currencies` is the run's list.
  init(destination: CurrencyIndex, currencies: [Currency], rates: FXTable) {
    self.destination = destination
    self.currencies = currencies
    self.rates = rates
  }

  /// Adds a part that is owed in `source`, fee taken off: what it is paid.
  /// - Precondition: sums and conversions fit 64 bits.
  mutating func add(_ net: Int64, of source: CurrencyIndex) -> Int64 {
    guard source != destination else { return net }
    let place = sales.firstIndex { $0.source == source } ?? sales.count
    if place == sales.count { sales.append(Sale(source: source)) }
    sales[place].amount += net
    let sum = MoneyAmount(minorUnits: sales[place].amount, currency: currencies[Int(source)])
    let converted = rates.convert(sum, to: currencies[Int(destination)]).amount.minorUnits
    defer { sales[place].converted = converted }
    return converted - (planted(Plant.partPaidWhole) ? 0 : sales[place].converted)
  }
}
