import Chance

/// Problems made from a seed, for benchmarks and comparisons.
///
/// Funding in four currencies with weights 0.50, 0.28, 0.14 and 0.08 (further ones half of the one
/// before); 70 % of the payments are paid out in a currency drawn by the same weights, the others
/// in their own. Counterparties follow Zipf's law with exponent 0.86; amounts are log-normal;
/// deadlines are RTGS, T+0, T+1, T+2 for 10, 20, 40 and 30 %. Per window a currency may pay out 35
/// %
/// of its day and a counterparty be paid 50 % of its day, though never less than what has no later
/// window: so every payment has a place.
public struct PlanningInstance: Equatable, Sendable {
  /// Payments.
  public var payments = 1_000
  /// Currencies, the first of which is quoted against all others.
  public var currencies = 4
  /// Counterparties.
  public var counterparties = 8
  /// Mean value of a payment in major units of the reporting currency (hundred minor units).
  public var meanTicket = 5_000.0
  /// Whether 80 % are funded in the first currency and 70 % are paid out in another than it.
  public var oneWay = false
  /// Whether conversions of a value date are netted.
  public var netsConversions = true
  /// Cost of waiting in millionths of the value a day.
  public var carryPartsPerMillion: Int64 = 1
  /// Whether automated clearing is offered beside wires.
  public var clearing = false

  /// 1,000 payments of 5,000, 4 currencies, 8 counterparties, balanced, netted, wires alone.
  public init() {}

  /// The problem of a seed.
  /// - Precondition: counts and the mean ticket are positive; with `oneWay` there are at least two
  ///   currencies.
  public func problem(seed: UInt64) -> PlanningProblem {
    precondition(
      payments >= 0 && currencies > 0 && counterparties > 0 && meanTicket > 0,
      "an instance needs currencies, counterparties and a mean ticket above zero")
    precondition(!oneWay || currencies > 1, "one-way flow needs a second currency")
    let drawn = drawPayments(seed: seed)
    return PlanningProblem(
      payments: drawn, currencies: currencies, counterparties: counterparties, quotes: quotes,
      liquidity: limits(drawn, groups: currencies, percent: 35, by: \.destination),
      counterpartyLimits: limits(drawn, groups: counterparties, percent: 50, by: \.counterparty),
      rails: clearing ? [.wire(), .clearing()] : [.wire()],
      carryPartsPerMillion: carryPartsPerMillion, netsConversions: netsConversions)
  }

  /// Spreads in basis points: 2.5, 3 and 2 against the first currency, 2 between the second and
  /// the third; further currencies 3 against the first.
  private var quotes: [PlanningQuote] {
    let spreads = [0, 2.5, 3, 2]
    var quotes = (1..<max(1, currencies)).map { currency in
      PlanningQuote(
        first: 0, second: currency, basisPoints: currency < 4 ? spreads[currency] : 3)
    }
    if currencies > 2 { quotes.append(PlanningQuote(first: 1, second: 2, basisPoints: 2)) }
    return quotes
  }

  private var currencyWeights: [Double] {
    var weights = [0.5, 0.28, 0.14, 0.08]
    while weights.count < currencies { weights.append(weights[weights.count - 1] / 2) }
    return Array(weights[..<currencies])
  }

  private func drawPayments(seed: UInt64) -> [PlanningPayment] {
    func stream(_ purpose: String) -> RandomStream {
      RandomStream(seed: seed, component: "planning", purpose: purpose)
    }
    var (funding, payout, crossing) = (stream("funding"), stream("payout"), stream("crossing"))
    var (paid, amounts, deadlines) = (stream("counterparty"), stream("amount"), stream("deadline"))
    var fundingWeights = currencyWeights
    var payoutWeights = currencyWeights
    if oneWay {
      let others = fundingWeights[1...].reduce(0, +)
      fundingWeights = [0.8] + fundingWeights[1...].map { $0 / others * 0.2 }
      payoutWeights[0] = 0
    }
    let sources = AliasTable(weights: fundingWeights)
    let destinations = AliasTable(weights: payoutWeights)
    let zipf = AliasTable(
      weights: (1...counterparties).map { PortableMath.pow(Double($0), -0.86) })
    let latest = AliasTable(weights: [0.1, 0.2, 0.4, 0.3])
    let sigma = meanTicket < 1_000 ? 0.94 : 1.2
    let mu = PortableMath.ln(meanTicket * 100) - sigma * sigma / 2
    return (0..<payments).map { _ in
      let source = sources.choose(funding.next())
      let other = destinations.choose(payout.next())
      let uniform = amounts.uniform() + 0x1p-54
      let normal = PortableMath.normalQuantile(uniform, complement: 1 - uniform)
      let value = PortableMath.exp(mu + sigma * normal).rounded()
      return PlanningPayment(
        source: source, destination: crossing.uniform() < 0.7 ? other : source,
        counterparty: zipf.choose(paid.next()),
        latest: PlanningWindow.allCases[latest.choose(deadlines.next())],
        value: max(1, Int64(value)))
    }
  }

  private func limits(
    _ payments: [PlanningPayment], groups: Int, percent: Int64,
    by group: KeyPath<PlanningPayment, Int>
  ) -> [WindowLimits] {
    var day = Array(repeating: Int64(0), count: groups)
    var last = Array(repeating: Int64(0), count: groups * PlanningGrid.windows)
    for payment in payments {
      day[payment[keyPath: group]] += payment.value
      last[payment[keyPath: group] * PlanningGrid.windows + payment.latest.rawValue] +=
        payment.value
    }
    return (0..<groups).map { index in
      var limits = WindowLimits.unlimited
      for window in PlanningWindow.allCases {
        limits[window] = max(
          day[index] * percent / 100, last[index * PlanningGrid.windows + window.rawValue])
      }
      return limits
    }
  }
}
