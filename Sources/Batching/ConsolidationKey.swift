import Money
import PaymentModel

/// What obligations must have in common to be settled together. Three machine words, so that
/// millions of them are told apart quickly.
public struct ConsolidationKey: Hashable, Comparable, Sendable {
  /// Window or business day; the earlier is sent first.
  public let period: Int64
  /// The merchant's position and one; 0 if merchants are not kept apart.
  private let owner: UInt64
  /// The route; the place of the source currency is full if such currencies are not kept apart.
  private let lane: UInt64

  private static let anySource: UInt64 = 0xff00

  /// The key of one route, and of one merchant if it is given.
  public init(period: Int64, merchant: MerchantID?, route: SettlementRoute) {
    self.init(
      period: period, owner: merchant.map { UInt64($0.rawValue) + 1 } ?? 0, lane: route.packed)
  }

  /// The key of all that one bank pays another in one currency, whatever currency is owed.
  public init(period: Int64, counterparty route: SettlementRoute) {
    self.init(period: period, owner: 0, lane: route.packed | Self.anySource)
  }

  private init(period: Int64, owner: UInt64, lane: UInt64) {
    self.period = period
    self.owner = owner
    self.lane = lane
  }

  /// The merchant, if merchants are kept apart.
  var merchant: MerchantID? {
    owner == 0 ? nil : MerchantID(UInt32(truncatingIfNeeded: owner - 1))
  }
  /// Who pays.
  var payer: BankID { BankID(UInt16(truncatingIfNeeded: lane >> 32)) }
  /// Who is paid.
  var payee: BankID { BankID(UInt16(truncatingIfNeeded: lane >> 16)) }
  /// The currency that is paid out.
  var currency: Currency { Currency(index: UInt8(truncatingIfNeeded: lane)) }

  /// Order of period, merchant (none comes first) and route.
  public static func < (first: ConsolidationKey, second: ConsolidationKey) -> Bool {
    if first.period != second.period { return first.period < second.period }
    if first.owner != second.owner { return first.owner < second.owner }
    return first.lane < second.lane
  }
}
