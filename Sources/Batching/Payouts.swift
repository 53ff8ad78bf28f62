import Money
import PaymentModel
import Plants

/// What batches pay out if nothing but the mid rate comes between what is owed and what is paid.
public enum Payouts {
  /// The payout of each batch before fees, in minor units of its currency.
  ///
  /// A settlement is converted at once for each currency that is owed, half to even; each of its
  /// parts pays out what the members up to its end come to, less what the parts before it paid, so
  /// that the parts add up to the settlement.
  /// - Precondition: all rates are known, and sums and conversions fit 64 bits.
  public static func beforeFees(
    of plan: SettlementPlan, _ pending: [Obligation], in world: SettlementWorld
  ) -> [Int64] {
    of(plan, pending, fees: [], in: world)
  }

  /// The same where `fees` are kept of the obligations, minor units of the currency owed; no fees
  /// if there are none.
  static func of(
    _ plan: SettlementPlan, _ pending: [Obligation], fees: [Int64], in world: SettlementWorld
  ) -> [Int64] {
    var payouts: [Int64] = []
    payouts.reserveCapacity(plan.batches.count)
    for settlement in plan.settlements {
      var sums = SourceSums()
      var paid: Int64 = 0
      for batch in plan.batches[settlement] {
        for member in batch.members {
          let fee = fees.isEmpty ? 0 : fees[member]
          sums.add(pending[member].amount - fee, of: pending[member].route.source)
        }
        let total = sums.converted(to: batch.currency, by: world.rates)
        payouts.append(total - paid)
        paid = planted(Plant.partsOverlap) ? 0 : total
      }
    }
    return payouts
  }
}

/// Sums by currency owed, for the few currencies of one settlement.
struct SourceSums {
  private(set) var sums: [(currency: Currency, amount: Int64)] = []

  /// Adds minor units; the currencies stay in the order of their first occurrence.
  mutating func add(_ amount: Int64, of currency: Currency) {
    if let position = sums.firstIndex(where: { $0.currency == currency }) {
      sums[position].amount += amount
    } else {
      sums.append((currency, amount))
    }
  }

  /// All sums at mid, each rounded half to even.
  func converted(to currency: Currency, by rates: FXTable) -> Int64 {
    sums.reduce(0) { total, sum in
      total
        + rates.convert(MoneyAmount(minorUnits: sum.amount, currency: sum.currency), to: currency)
        .amount.minorUnits
    }
  }
}
