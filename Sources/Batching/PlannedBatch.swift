import Money
import PaymentModel

/// Obligations that are settled by one instruction.
public struct PlannedBatch: Sendable, Equatable {
  /// The merchant, if the batch belongs to one.
  public var merchant: MerchantID?
  /// Between which banks and currencies.
  public var route: SettlementRoute
  /// Positions in the pending obligations, ascending.
  public var members: [Int]
  /// Sum of the members in minor units of the source currency; refunds can make it negative or
  /// zero.
  public var amount: Int64
  /// 0 for the first instruction of a settlement; 1, 2 ... for those that follow because the
  /// settlement has more payments than a batch may hold. They come directly after it in a plan, and
  /// the whole settlement is converted at once.
  public var part: Int

  /// A batch with all its parts.
  public init(
    merchant: MerchantID?, route: SettlementRoute, members: [Int], amount: Int64, part: Int = 0
  ) {
    self.merchant = merchant
    self.route = route
    self.members = members
    self.amount = amount
    self.part = part
  }
}
