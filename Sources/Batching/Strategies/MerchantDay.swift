import PaymentModel
import Scenario

/// What a merchant took in during its business day is settled after its cut-off, apart for each
/// route.
public struct MerchantDay: ConsolidatingStrategy {
  /// `merchant_day`.
  public static let name = "merchant_day"
  /// One line for people.
  public static let summary = "A settlement per merchant, route and business day after the cut-off"
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
  public func key(of group: ObligationGroup, slotLength: Int64) -> ConsolidationKey {
    ConsolidationKey(
      period: Int64(group.businessDay), merchant: group.merchant, route: group.route)
  }
}
