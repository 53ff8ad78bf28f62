/// What is to be planned: payments, and the prices and limits under which they settle.
///
/// Currencies and counterparties are positions from 0. Values are in minor units of one reporting
/// currency, so that spreads, limits and prices can be added up.
public struct PlanningProblem: Equatable, Codable, Sendable {
  /// Payments to settle.
  public var payments: [PlanningPayment]
  /// Number of currencies.
  public var currencies: Int
  /// Number of counterparties.
  public var counterparties: Int
  /// Spreads of quoted pairs, each pair at most once.
  public var quotes: [PlanningQuote]
  /// What each currency may pay out in each window.
  public var liquidity: [WindowLimits]
  /// What each counterparty may be paid in each window.
  public var counterpartyLimits: [WindowLimits]
  /// Ways for a batch to travel; at least one.
  public var rails: [PlanningRail]
  /// Taken off the price of a batch with enough payments, in millionths.
  public var discountPartsPerMillion: Int64
  /// Payments from which on a batch gets the discount.
  public var discountMinimum: Int
  /// Cost of value kept waiting, in millionths of it a day.
  public var carryPartsPerMillion: Int64
  /// Penalty for a payment that no window takes, in millionths of its value.
  public var deferralPartsPerMillion: Int64
  /// Penalty for a payment that no window takes, in minor units, beside the one by value.
  public var deferralFee: Int64
  /// Payments a batch may hold.
  public var maximumBatch: Int
  /// Whether conversions of one value date are netted. If not, every payment bears the spread of
  /// its own pair, whenever it settles.
  public var netsConversions: Bool

  /// A problem; every limit left out is no limit.
  ///
  /// The default penalty of a deferral is dearer than any wire and spread, so that payments are put
  /// off only where a limit leaves no other way.
  public init(
    payments: [PlanningPayment], currencies: Int, counterparties: Int, quotes: [PlanningQuote],
    liquidity: [WindowLimits]? = nil, counterpartyLimits: [WindowLimits]? = nil,
    rails: [PlanningRail] = [.wire()], discountPartsPerMillion: Int64 = 150_000,
    discountMinimum: Int = 2, carryPartsPerMillion: Int64 = 1,
    deferralPartsPerMillion: Int64 = 10_000, deferralFee: Int64 = 1_000, maximumBatch: Int = 1_000,
    netsConversions: Bool = true
  ) {
    self.payments = payments
    self.currencies = currencies
    self.counterparties = counterparties
    self.quotes = quotes
    self.liquidity = liquidity ?? Array(repeating: .unlimited, count: max(0, currencies))
    self.counterpartyLimits =
      counterpartyLimits ?? Array(repeating: .unlimited, count: max(0, counterparties))
    self.rails = rails
    self.discountPartsPerMillion = discountPartsPerMillion
    self.discountMinimum = discountMinimum
    self.carryPartsPerMillion = carryPartsPerMillion
    self.deferralPartsPerMillion = deferralPartsPerMillion
    self.deferralFee = deferralFee
    self.maximumBatch = maximumBatch
    self.netsConversions = netsConversions
  }
}
