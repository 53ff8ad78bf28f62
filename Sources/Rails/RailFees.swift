import Money
import Scenario

/// An operator's fees for the instructions of one participant, by their number in the month.
///
/// Tiers are marginal: the fee of a tier holds from its first instruction on and not for the ones
/// before (Federal Reserve Financial Services, volume-based pricing).
public struct RailFees: Sendable {
  private let tiers: [RailSettings.FeeTier]
  private let prior: Int

  /// The fees of a rail; without tiers all instructions cost `fee`.
  public init(_ settings: RailSettings) {
    tiers =
      settings.feeTiers.isEmpty
      ? [RailSettings.FeeTier(from: 1, fee: settings.fee)] : settings.feeTiers
    precondition(
      tiers[0].from == 1 && zip(tiers, tiers.dropFirst()).allSatisfy { $0.from < $1.from },
      "the fee tiers of \(settings.name) ascend from 1")
    prior = settings.priorItems
  }

  /// Fee of a participant's `number`-th instruction of the run, counted from 1, which comes on top
  /// of the month's earlier ones.
  public func fee(ofItem number: Int) -> MoneyAmount {
    precondition(number >= 1, "instructions are counted from 1, not \(number)")
    return tiers.last { $0.from <= prior + number }!.fee
  }

  /// Fee of the first `count` instructions of the run together. O(tiers).
  /// - Precondition: the sum fits 64 bits.
  public func fee(ofItems count: Int) -> MoneyAmount {
    precondition(count >= 0, "there are no \(count) instructions")
    var sum = MoneyAmount.zero(tiers[0].fee.currency)
    for (index, tier) in tiers.enumerated() {
      let end = index + 1 < tiers.count ? tiers[index + 1].from : Int.max
      let items = min(end, prior + count + 1) - max(tier.from, prior + 1)
      guard items > 0 else { continue }
      guard let fees = tier.fee.multiplied(by: Int64(items)) else {
        preconditionFailure("the fee of \(count) instructions does not fit 64 bits")
      }
      sum += fees
    }
    return sum
  }
}
