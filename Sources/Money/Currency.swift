/// An active ISO 4217 currency, one byte wide.
///
/// The byte is a position in the table of codes sorted by code, so that currencies compare by code.
/// A position may change when ISO 4217 changes: files carry the code, never the index.
public struct Currency: Hashable, Sendable {
  /// Position among all currencies sorted by code.
  public let index: UInt8

  /// The currency at a position.
  /// - Precondition: `index` is less than `Currency.count`.
  public init(index: UInt8) {
    precondition(Int(index) < Currency.count, "no currency has the index \(index)")
    self.index = index
  }

  /// The currency with the alphabetic `code` in capitals; nil if ISO 4217 has no such active code
  /// with a minor unit.
  public init?(code: String) {
    guard let index = CurrencyTable.index(of: code) else { return nil }
    self.index = index
  }

  /// Number of currencies in the table.
  public static let count = CurrencyTable.entries.count

  /// All currencies, ascending by code.
  public static var all: [Currency] { (0..<count).map { Currency(index: UInt8($0)) } }

  /// The alphabetic code, such as `USD`.
  public var code: String { CurrencyTable.entries[Int(index)].code }

  /// Decimal digits of the minor unit: 2 for USD, 0 for JPY, 3 for KWD, 4 for CLF.
  public var minorUnitDigits: Int { Int(CurrencyTable.digits[Int(index)]) }

  /// Minor units in one unit: 100 for USD, 1 for JPY, 1,000 for KWD, 10,000 for CLF.
  public var minorUnitsPerUnit: Int64 { CurrencyTable.powersOfTen[minorUnitDigits] }
}

extension Currency: Comparable {
  /// Alphabetic order of the codes.
  public static func < (first: Currency, second: Currency) -> Bool { first.index < second.index }
}

extension Currency: CustomStringConvertible {
  /// The alphabetic code.
  public var description: String { code }
}

extension Currency {
  /// Australian dollar.
  public static let aud = known("AUD")
  /// Brazilian real.
  public static let brl = known("BRL")
  /// Canadian dollar.
  public static let cad = known("CAD")
  /// Swiss franc.
  public static let chf = known("CHF")
  /// Euro.
  public static let eur = known("EUR")
  /// Pound sterling.
  public static let gbp = known("GBP")
  /// Yen, without a minor unit.
  public static let jpy = known("JPY")
  /// Kuwaiti dinar, with three decimals.
  public static let kwd = known("KWD")
  /// Singapore dollar.
  public static let sgd = known("SGD")
  /// US dollar.
  public static let usd = known("USD")

  private static func known(_ code: String) -> Currency {
    guard let currency = Currency(code: code) else {
      preconditionFailure("\(code) is missing from the currency table")
    }
    return currency
  }
}
