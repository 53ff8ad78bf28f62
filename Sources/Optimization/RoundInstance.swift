import Chance

/// Problems made from a seed, for benchmarks: transfers between banks that all pay each other, now
/// and in some later rounds that cost delay, two of them on the first value date.
///
/// Currencies are drawn with weights 0.50, 0.28, 0.14 and 0.08, the destination anew for 70 %;
/// values are log-normal. A tenth is due now; the others may wait for any round up to their last.
public struct RoundInstance: Equatable, Sendable {
  /// Payments.
  public var payments = 150
  /// Banks that pay, beside the clearing bank.
  public var banks = 8
  /// Rounds.
  public var rounds = 3
  /// Mean value of a payment in minor units of the reporting currency.
  public var mean = 500_000.0
  /// Whether conversions of a value date are netted.
  public var netsConversions = true

  private static let currencies = 4

  /// 150 payments of 5,000, 8 banks, 3 rounds, netted.
  public init() {}

  /// The problem of a seed.
  /// - Precondition: counts are positive, and there are two banks.
  public func problem(seed: UInt64) -> RoundProblem {
    precondition(payments >= 0 && banks > 1 && rounds > 0 && mean > 0, "an instance has no banks")
    func stream(_ purpose: String) -> RandomStream {
      RandomStream(seed: seed, component: "rounds", purpose: purpose)
    }
    var (routes, amounts, lasts) = (stream("route"), stream("amount"), stream("last"))
    let weights = AliasTable(weights: [0.5, 0.28, 0.14, 0.08])
    let sigma = 1.2
    let mu = PortableMath.ln(mean) - sigma * sigma / 2
    let drawn = (0..<payments).map { _ in
      let payer = Int(routes.next() % UInt64(banks))
      let source = weights.choose(routes.next())
      let other = weights.choose(routes.next())
      let uniform = amounts.uniform() + 0x1p-54
      let normal = PortableMath.normalQuantile(uniform, complement: 1 - uniform)
      let value = max(1, PortableMath.exp(mu + sigma * normal).rounded())
      let last = lasts.uniform() < 0.1 ? 0 : Int(lasts.next() % UInt64(rounds))
      return RoundProblem.Payment(
        payer: payer, payee: (payer + 1 + Int(routes.next() % UInt64(banks - 1))) % banks,
        source: source, destination: routes.uniform() < 0.7 ? other : source, value: Int64(value),
        costs: (0..<rounds).map { $0 > last ? nil : value * 0.000_01 * Double($0) })
    }
    let fees = [23.0, 40, 25, 94]
    return RoundProblem(
      payments: drawn, banks: banks + 1, currencies: Self.currencies,
      rounds: (0..<rounds).map { round in
        RoundProblem.Round(
          date: max(0, round - 1),
          wires: fees.map { RoundProblem.WirePrice(single: 500 + $0, consolidated: 425 + $0) })
      }, ways: RoundProblem.Way.allCases, clearingBank: banks,
      quotes: [
        RoundProblem.Quote(first: 0, second: 1, spread: 0.000_25),
        RoundProblem.Quote(first: 0, second: 2, spread: 0.000_3),
        RoundProblem.Quote(first: 0, second: 3, spread: 0.000_2),
        RoundProblem.Quote(first: 1, second: 2, spread: 0.000_2),
      ], netsConversions: netsConversions,
      dealFees: (0..<max(1, rounds - 1)).map { _ in fees }, liquidityPrice: 0.000_055)
  }
}
