import Money
import PaymentModel
import Plants

/// One exchange of currencies that a bank makes to pay what it owes.
public struct PlannedConversion: Sendable, Equatable {
  /// Who exchanges.
  public var bank: BankID
  /// The currency it has.
  public var source: Currency
  /// The currency it needs.
  public var destination: Currency
  /// Minor units of `source`, above zero.
  public var amount: Int64
  /// Whether it is the other way round: so much of `source` is bought back for `destination`, since
  /// refunds outweigh payments.
  public var isReversed: Bool

  /// A conversion with all its parts.
  public init(
    bank: BankID, source: Currency, destination: Currency, amount: Int64, isReversed: Bool = false
  ) {
    self.bank = bank
    self.source = source
    self.destination = destination
    self.amount = amount
    self.isReversed = isReversed
  }
}

/// The conversions that a plan needs: a pure function of the plan, the obligations and the rates.
public enum Conversions {
  /// The conversions of a plan.
  ///
  /// Settlements whose batches do not net conversions, each by itself and gross for each pair of
  /// currencies, in the order of the plan; then, for those that do, the conversions that bring each
  /// payer's positions of a cycle and a value date to zero at the least spread, ascending by cycle,
  /// value date, payer and currencies.
  /// What conversions at mid leave over by rounding stays, less than a minor unit for each pair.
  /// - Precondition: every currency pair has a rate and a spread, and sums fit 64 bits.
  public static func of(
    _ plan: SettlementPlan, _ pending: [Obligation], in world: SettlementWorld
  ) -> [PlannedConversion] {
    of(plan, pending, fees: [], in: world)
  }

  /// The same where `fees` are kept of the obligations before they are converted; no fees if there
  /// are none.
  static func of(
    _ plan: SettlementPlan, _ pending: [Obligation], fees: [Int64], in world: SettlementWorld
  ) -> [PlannedConversion] {
    var conversions: [PlannedConversion] = []
    var positions = PayerPositions()
    for settlement in plan.settlements {
      let first = plan.batches[settlement.lowerBound]
      var sums = SourceSums()
      for batch in plan.batches[settlement] {
        for member in batch.members {
          let fee = fees.isEmpty ? 0 : fees[member]
          sums.add(pending[member].amount - fee, of: pending[member].route.source)
        }
      }
      for (source, amount) in sums.sums where source != first.currency && amount != 0 {
        if first.netsConversions {
          positions.add(
            amount, of: source, to: first.currency, payer: first.payer, cycle: first.cycle,
            valueDays: first.window.valueDays)
        } else {
          conversions.append(
            PlannedConversion(
              bank: first.payer, source: source, destination: first.currency,
              amount: Int64(amount.magnitude), isReversed: amount < 0))
        }
      }
    }
    if planted(Plant.conversionDropped) { return Array(conversions.dropLast()) }
    return conversions + positions.conversions(by: world.rates)
  }
}
