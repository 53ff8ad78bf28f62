/// Why rates and spreads cannot be used.
public enum FXError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A rate that is not within 1e-9...1e6 US dollars for a unit.
  case rateOutOfRange(Currency, Double)
  /// A currency with two rates, or a US dollar that is not worth one US dollar.
  case conflictingRate(Currency)
  /// A spread between a currency and itself, a second quote of a pair, or one outside 0...10,000.
  case badSpread(Currency, Currency, Double)

  /// One line that says what was expected.
  public var description: String {
    switch self {
    case .rateOutOfRange(let currency, let rate):
      "expected a rate of \(currency) within 1e-9...1e6 US dollars, found \(rate)"
    case .conflictingRate(let currency):
      "expected one rate of \(currency)\(currency == .usd ? ", which is 1" : "")"
    case .badSpread(let first, let second, let spread):
      "expected one spread of \(first)-\(second) within 0...10000 basis points, found \(spread)"
    }
  }
}

/// Mid rates and spreads of one moment.
///
/// Rates are held as whole trillionths of a US dollar and spreads as whole millionths of a basis
/// point, so that conversions are exact integer arithmetic up to one stated rounding.
public struct FXTable: Sendable {
  /// What a conversion gives.
  public struct Conversion: Equatable, Sendable {
    /// The converted amount, rounded half to even to a minor unit of the target currency.
    public var amount: MoneyAmount
    /// The exact result less `amount`, in billionths of a minor unit of the target currency, cut
    /// off toward zero: within -500,000,000...500,000,000.
    public var residualBillionths: Int64
  }

  /// The currency in which costs and totals are reported.
  public let reportingCurrency: Currency
  /// Trillionths of a US dollar for one unit, by currency index; 0 where there is no rate.
  private let trillionths: [Int64]
  let paths: SpreadPaths

  /// A table from US dollars for one unit of each currency and quoted spreads in basis points,
  /// which hold in both directions. The US dollar need not be listed.
  public init(
    usdPerUnit: [(currency: Currency, rate: Double)],
    spreads: [(first: Currency, second: Currency, basisPoints: Double)],
    reportingCurrency: Currency = .usd
  ) throws(FXError) {
    var trillionths = [Int64](repeating: 0, count: Currency.count)
    for (currency, rate) in usdPerUnit {
      guard rate >= 1e-9, rate <= 1e6 else { throw .rateOutOfRange(currency, rate) }
      guard trillionths[Int(currency.index)] == 0, currency != .usd || rate == 1 else {
        throw .conflictingRate(currency)
      }
      trillionths[Int(currency.index)] = Int64((rate * 1e12).rounded())
    }
    trillionths[Int(Currency.usd.index)] = 1_000_000_000_000
    self.trillionths = trillionths
    paths = try SpreadPaths(spreads)
    self.reportingCurrency = reportingCurrency
  }

  /// This table with other mid rates of some currencies, in trillionths of a US dollar for one
  /// unit; spreads stay.
  /// - Precondition: rates lie within 1e-9...1e6 dollars, and the dollar's is not among them.
  public func replacing(_ rates: some Sequence<(currency: Currency, trillionths: Int64)>) -> FXTable
  {
    var trillionths = trillionths
    for (currency, rate) in rates {
      precondition(
        currency != .usd && FXTable.trillionthsRange.contains(rate),
        "no rate of \(currency) is \(rate) trillionths of a dollar")
      trillionths[Int(currency.index)] = rate
    }
    return FXTable(
      reportingCurrency: reportingCurrency, trillionths: trillionths, paths: paths)
  }

  /// Rates that a table takes, in trillionths of a US dollar for one unit: 1e-9 to 1e6 dollars.
  public static let trillionthsRange: ClosedRange<Int64> = 1_000...1_000_000_000_000_000_000

  private init(reportingCurrency: Currency, trillionths: [Int64], paths: SpreadPaths) {
    self.reportingCurrency = reportingCurrency
    self.trillionths = trillionths
    self.paths = paths
  }

  /// Trillionths of a US dollar for one unit of `currency`; 0 without a rate.
  public func trillionths(of currency: Currency) -> Int64 { trillionths[Int(currency.index)] }

  /// Whether the table has a rate of `currency`.
  public func hasRate(of currency: Currency) -> Bool { trillionths[Int(currency.index)] > 0 }

  /// Units of `target` for one unit of `source` at mid, for display; nil if a rate is missing.
  public func midRate(from source: Currency, to target: Currency) -> Double? {
    guard hasRate(of: source), hasRate(of: target) else { return nil }
    return Double(trillionths[Int(source.index)]) / Double(trillionths[Int(target.index)])
  }

  /// `amount` at mid in `target`; nil if a rate is missing or the result does not fit 64 bits.
  public func conversion(of amount: MoneyAmount, to target: Currency) -> Conversion? {
    guard amount.currency != target else {
      return Conversion(amount: amount, residualBillionths: 0)
    }
    guard hasRate(of: amount.currency), hasRate(of: target) else { return nil }
    let value = Int128(amount.minorUnits) * Int128(trillionths[Int(amount.currency.index)])
    let (numerator, overflow) = value.multipliedReportingOverflow(
      by: Int128(target.minorUnitsPerUnit))
    guard !overflow else { return nil }
    let denominator =
      Int128(trillionths[Int(target.index)]) * Int128(amount.currency.minorUnitsPerUnit)
    let (quotient, remainder) = Rounding.halfEven(numerator, dividedBy: denominator)
    guard let minorUnits = Int64(exactly: quotient) else { return nil }
    return Conversion(
      amount: MoneyAmount(minorUnits: minorUnits, currency: target),
      residualBillionths: Int64(remainder * 1_000_000_000 / denominator))
  }

  /// `amount` at mid in `target`, with what rounding left over.
  /// - Precondition: both rates are known and the result fits 64 bits.
  public func convert(_ amount: MoneyAmount, to target: Currency) -> Conversion {
    guard let conversion = conversion(of: amount, to: target) else {
      preconditionFailure("cannot convert \(amount) to \(target): no rate, or overflow")
    }
    return conversion
  }

  /// `amount` at mid in the reporting currency, rounded half to even, under the conditions of
  /// `convert(_:to:)`.
  public func inReportingCurrency(_ amount: MoneyAmount) -> MoneyAmount {
    convert(amount, to: reportingCurrency).amount
  }

  /// Spread in basis points from `source` to `target` over the cheapest path of quoted pairs; 0 for
  /// one currency; nil if no path leads there.
  public func spreadBasisPoints(from source: Currency, to target: Currency) -> Double? {
    paths.millionths(from: source, to: target).map { Double($0) / 1e6 }
  }

  /// Quoted pairs with their spreads in basis points, each once, ascending by their codes.
  public var quotedPairs: [(first: Currency, second: Currency, basisPoints: Double)] {
    paths.quotes.map {
      (first: $0.first, second: $0.second, basisPoints: Double($0.millionths) / 1e6)
    }
  }

  /// The currencies through which a conversion goes over the cheapest path of quoted pairs, from
  /// `source` to `target`; one currency if they are the same; nil if no path leads there.
  ///
  /// Of equally cheap paths the one of fewest conversions, then the alphabetically first.
  public func cheapestPath(from source: Currency, to target: Currency) -> [Currency]? {
    paths.path(from: source, to: target)
  }

  /// What the spread takes from a conversion of `amount` to `target`, in the amount's own currency,
  /// rounded half to even; never negative: selling and taking back both pay.
  /// - Precondition: a path of quoted pairs leads to `target`.
  public func spreadCost(of amount: MoneyAmount, to target: Currency) -> MoneyAmount {
    guard let millionths = paths.millionths(from: amount.currency, to: target) else {
      preconditionFailure("no quoted spread leads from \(amount.currency) to \(target)")
    }
    let magnitude = Int128(amount.minorUnits).magnitude
    let exact = Int128(magnitude) * Int128(millionths)
    let rounded = Rounding.halfEven(exact, dividedBy: 10_000_000_000).quotient
    guard let cost = Int64(exactly: rounded) else {
      preconditionFailure("the spread cost of \(amount) does not fit 64 bits")
    }
    return MoneyAmount(minorUnits: cost, currency: amount.currency)
  }
}
