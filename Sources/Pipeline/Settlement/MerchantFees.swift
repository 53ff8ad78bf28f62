import Money
import PaymentModel
import Plants

/// What merchants of a cell are charged for captures. Pure.
struct MerchantFees: Sendable {
  private let plans: [Int]
  private let currencies: [Currency]
  /// By plan, then currency.
  private let schedules: [FeeSchedule]

  /// The fees of a cell's merchants.
  init(_ shared: CellShared) {
    plans = shared.plan.merchants.map(\.feePlan)
    currencies = shared.currencies
    schedules = shared.deployment.fees.flatMap { $0 }
  }

  /// What is kept of a capture of `amount`, and how far the fee was above it and was cut; minor
  /// units of the currency.
  func fee(
    _ merchant: CellMerchant, _ currency: CurrencyIndex, on amount: Int64
  ) -> (kept: Int64, cut: Int64) {
    var plan = plans[Int(merchant)]
    if planted(Plant.feeOfAnotherPlan) { plan = (plan + 1) % (schedules.count / currencies.count) }
    let schedule = schedules[plan * currencies.count + Int(currency)]
    let gross = MoneyAmount(minorUnits: amount, currency: currencies[Int(currency)])
    let fee = schedule.fee(on: gross).minorUnits
    return fee > amount ? (amount, fee - amount) : (fee, 0)
  }
}
