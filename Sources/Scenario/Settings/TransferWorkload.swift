import Money

/// `workload.transfers`: payments from account to account between customers of banks, beside the
/// card flow.
///
/// The originating bank is drawn evenly among the originators and the receiving one by Zipf's law
/// among the counterparties, never the same. The defaults are those of an optimiser's test bed:
/// four currencies, eight counterparties, four settlement windows.
public struct TransferWorkload: Sendable {
  /// Amounts in one currency, converted at mid to the source currency.
  public enum Amounts: Sendable {
    /// Log-normal through its mean (not its median) and the deviation of the logarithm.
    case logNormal(mean: MoneyAmount, sigma: Double)
    /// Probabilities (ascending, 0...1) and US dollars.
    case quantiles([(probability: Double, value: Double)])
    /// Every amount is the same.
    case constant(MoneyAmount)
  }
  /// Parts of the transfers by the latest window in which they may settle; they sum to 1.
  public struct Windows: Sendable, Equatable {
    /// At once, gross: urgent.
    public var rtgs = 0.1
    /// On the day of the order.
    public var sameDay = 0.2
    /// On the next business day.
    public var nextDay = 0.4
    /// On the second business day.
    public var secondDay = 0.3
    /// The defaults.
    public init() {}
  }
  /// Exactly this many transfers over `time.duration`, drawn; none by default.
  public var payments = 0
  /// Payments that a file records, beside those drawn.
  public var trace: TransferTrace?
  /// Banks whose customers send, the first of `banks.correspondents`.
  public var originators = 8
  /// Banks whose customers receive, the first of `banks.correspondents`.
  public var counterparties = 8
  /// Zipf: the weight of the counterparty of rank k is k^-skew.
  public var counterpartySkew = 0.86
  /// Weights of the currencies that are sent, ascending by code.
  public var sourceCurrencies: [(currency: Currency, weight: Double)] = [
    (.eur, 0.28), (.gbp, 0.14), (.jpy, 0.08), (.usd, 0.5),
  ]
  /// Weights of the currencies that are received, for the cross-currency share.
  public var destinationCurrencies: [(currency: Currency, weight: Double)] = [
    (.eur, 0.28), (.gbp, 0.14), (.jpy, 0.08), (.usd, 0.5),
  ]
  /// Part of the transfers whose destination currency is drawn from `destinationCurrencies`; the
  /// others arrive in the currency they are sent in.
  public var crossCurrencyShare = 0.7
  /// Amounts.
  public var amounts = Amounts.logNormal(
    mean: MoneyAmount(minorUnits: 5_000_00, currency: .usd), sigma: 1.2)
  /// Largest amount; larger draws are cut to it.
  public var maximumAmount = MoneyAmount(minorUnits: 1_000_000_000_00, currency: .usd)
  /// Latest settlement windows.
  public var windows = Windows()
  /// 24 weights by UTC hour: business hours of Europe and America.
  public var hourWeights: [Double] = [
    0, 0, 0, 0, 0, 0, 0.2, 0.6, 1, 1, 1, 1, 0.8, 1, 1, 1, 1, 0.8, 0.5, 0.3, 0.2, 0.1, 0, 0,
  ]
  /// 7 weights, Monday first.
  public var weekdayWeights: [Double] = [1, 1, 1, 1, 1, 0, 0]
  /// Part of the settled transfers that the receiving bank returns.
  public var returnShare = 1.0 / 500
  /// The defaults.
  public init() {}

  /// Whether there are transfers, drawn or recorded.
  public var isPresent: Bool { payments > 0 || trace != nil }
}
