import Declared
import PaymentModel
import Scenario

/// What a merchant took in during its business day is settled after its cut-off, apart for each
/// route.
public struct MerchantDay: ConsolidatingStrategy {
  /// `merchant_day`.
  public static let name = "merchant_day"
  /// One line for people.
  public static let summary = "A settlement per merchant, route and business day after the cut-off"
  /// A page for people.
  public static let explanation = """
    What a merchant took in during its business day, refunds taken off, is settled together, apart \
    for each bank and pair of currencies. It is released after the merchant's cut-off and \
    `settlement.allowed_lateness`, in the merchant's own time zone.

    A settlement is one wire for every `settlement.maximum_batch` payments, with the consolidation \
    discount from `costs.discount_minimum` payments on. It costs a wire a day for every merchant, \
    however small; in return each credit on a merchant's account is one business day of that \
    merchant, which is what its books are reconciled with.

    How card acquirers fund merchants: one payout for each business day.
    """
  /// None.
  public static let parameters: [ParameterDeclaration] = []

  /// The strategy; it has no parameters.
  public init(parameters: [String: ParameterValue]) throws(ParameterError) {}

  /// After the merchant's cut-off.
  public var release: Release { .atMerchantCutOff }

  /// Business day, merchant and route.
  public func key(of obligation: Obligation) -> ConsolidationKey {
    ConsolidationKey(
      period: Int64(obligation.businessDay), merchant: obligation.merchant, route: obligation.route)
  }

  /// Business day, merchant and route.
  public func key(of group: ObligationGroup, in slots: SlotScale) -> ConsolidationKey {
    ConsolidationKey(
      period: Int64(group.businessDay), merchant: group.merchant, route: group.route)
  }
}
