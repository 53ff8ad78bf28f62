import Money
import PaymentModel
import Scenario

/// What a merchant's plan takes of a capture, from the scenario's plans and in integers of its own:
/// the rate in millionths, rounded half to even, plus the fixed part, and never more than the
/// capture. Pure.
struct FeeRecount {
  private let millionths: [Int64]
  /// By plan, then currency; minor units.
  private let fixed: [Int64]
  private let currencies: Int

  init(_ plans: [MerchantSettings.FeePlan], _ run: [Currency], at rates: FXTable) {
    currencies = run.count
    millionths = plans.map { Int64(($0.rate * 1e6).rounded()) }
    fixed = plans.flatMap { plan in
      run.map { rates.convert(plan.fixed, to: $0).amount.minorUnits }
    }
  }

  /// What is kept of a capture by a plan, and how much more the plan would have taken; minor units.
  @inline(__always)
  func fee(on amount: Int64, plan: Int, currency: CurrencyIndex) -> (kept: Int64, cut: Int64) {
    let fee = Self.part(of: amount, millionths[plan]) + fixed[plan * currencies + Int(currency)]
    return fee > amount ? (amount, fee - amount) : (fee, 0)
  }

  /// So many millionths of an amount, half to even.
  @inline(__always)
  private static func part(of amount: Int64, _ millionths: Int64) -> Int64 {
    let whole = amount / 1_000_000 * millionths
    let rest = amount % 1_000_000 * millionths
    let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 1_000_000)
    let isUp =
      remainder > 500_000 || remainder == 500_000 && (whole + quotient) % 2 != 0
    return whole + quotient + (isUp ? 1 : 0)
  }
}
