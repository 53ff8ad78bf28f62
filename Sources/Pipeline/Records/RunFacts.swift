import Interbank
import Money
import PaymentModel
import Rails
import Scenario

/// What a run was laid out to be, beside its settings: everything that its figures follow from and
/// that a reader could otherwise only get by knowing the program. Amounts are minor units.
public struct RunFacts: Sendable {
  /// Mid rates from an instant on: trillionths of a US dollar for one unit.
  public struct Rates: Sendable {
    /// UTC second since 1970-01-01; nil for the rates that hold before any other.
    public var from: Int64?
    /// By currency.
    public var trillionths: [(currency: Currency, trillionths: Int64)]
  }
  /// A business day of a settlement system.
  public struct Day: Sendable {
    /// Its date.
    public var date: CivilDate
    /// When it opens and closes, nanoseconds since the start of the run.
    public var opens: Int64
    /// See `opens`.
    public var closes: Int64
  }
  /// The settlement system of a currency.
  public struct System: Sendable {
    /// The currency.
    public var currency: Currency
    /// Whether payments move positions, which are paid into accounts later.
    public var keepsPositions: Bool
    /// Business days from the start of the run to two weeks after its end.
    public var days: [Day]
    /// Terms by bank.
    public var terms: [(bank: String, terms: ParticipantTerms)]
  }
  /// A merchant.
  public struct Payee: Sendable {
    /// Name in results.
    public var name: String
    /// Bank that holds its account.
    public var bank: String
    /// Currency of its payouts.
    public var paidIn: Currency
    /// Name of its fee plan.
    public var feePlan: String
  }
  /// What a fee plan takes in a currency: a rate, and a fixed part in minor units.
  public struct Fee: Sendable {
    /// Name of the plan.
    public var plan: String
    /// The currency.
    public var currency: Currency
    /// Part of the amount.
    public var rate: Double
    /// For each payment.
    public var fixed: Int64
  }

  /// UTC second since 1970-01-01 at which the run starts.
  public var start: Int64
  /// The run's currencies, in order.
  public var currencies: [Currency]
  /// Mid rates, the first of which hold at the start at least.
  public var rates: [Rates]
  /// Quoted spreads in basis points.
  public var spreads: [(first: Currency, second: Currency, basisPoints: Double)]
  /// Settlement systems by currency.
  public var systems: [System]
  /// The rails of the run.
  public var rails: [RailSettings]
  /// Acquirers and the scheme of account transfers, with their fee rates.
  public var acquirers: [(name: String, feeRate: Double)]
  /// All merchants.
  public var merchants: [Payee]
  /// Fees by plan and currency.
  public var fees: [Fee]
}

extension Simulation {
  /// What the run was laid out to be.
  public var facts: RunFacts {
    let merchants = deployment.cells.flatMap(\.merchants).sorted { $0.id < $1.id }
    let plans = deployment.settings.merchants.feePlans
    return RunFacts(
      start: deployment.epochSecond, currencies: deployment.currencies, rates: rateFacts,
      spreads: deployment.fx.quotedPairs, systems: systemFacts, rails: railSettings,
      acquirers: deployment.endpoints.map { ($0.name, $0.feeRate) },
      merchants: merchants.map {
        RunFacts.Payee(
          name: deployment.name(of: $0.id), bank: deployment.banks.name($0.bank),
          paidIn: deployment.currencies[Int($0.settlementCurrency)],
          feePlan: plans[$0.feePlan].name)
      },
      fees: zip(plans, deployment.fees).flatMap { plan, schedules in
        zip(deployment.currencies, schedules).map { currency, schedule in
          RunFacts.Fee(
            plan: plan.name, currency: currency, rate: plan.rate,
            fixed: schedule.fixed.minorUnits)
        }
      })
  }

  private var rateFacts: [RunFacts.Rates] {
    let series = deployment.rates
    var currencies = deployment.currencies
    let costs = deployment.settings.costs
    // Prices may be in other currencies.
    for currency in Currency.all where deployment.fx.hasRate(of: currency) {
      if !currencies.contains(currency) { currencies.append(currency) }
    }
    if !currencies.contains(costs.currency) { currencies.append(costs.currency) }
    let first = series.step(atUTC: deployment.epochSecond)
    let last = series.step(atUTC: deployment.epochSecond + now.nanoseconds / 1_000_000_000)
    return (first...last).map { step in
      let table = series.table(step: step)
      return RunFacts.Rates(
        from: step == first ? nil : series.starts[step],
        trillionths: currencies.map { ($0, table.trillionths(of: $0)) })
    }
  }

  private var systemFacts: [RunFacts.System] {
    let systems = network.island.enter { network.call { $0.systems } }
    return zip(systems, deployment.currencies).map { system, currency in
      RunFacts.System(
        currency: currency, keepsPositions: deployment.mode.keepsPositions,
        days: days(system.hours),
        terms: system.terms.enumerated().map {
          (deployment.banks.name(BankID(UInt16($0))), $1)
        })
    }
  }

  /// Days after the end of the run of which business days are told: those on which what arrives
  /// last may be due are among them.
  private static let daysAfter: Int64 = 14

  private func days(_ hours: RailHours) -> [RunFacts.Day] {
    let start = deployment.epochSecond
    let arrivals = deployment.settings.time.duration.nanoseconds
    let last = start + max(now.nanoseconds, arrivals) / 1_000_000_000 + Self.daysAfter * 86_400
    var days: [RunFacts.Day] = []
    var second = start
    while second <= last {
      let (date, _, closes) = hours.next(at: second)
      let opens = hours.hours(of: date).open
      days.append(
        RunFacts.Day(
          date: date, opens: (opens - start) * 1_000_000_000,
          closes: (closes - start) * 1_000_000_000))
      second = closes
    }
    return days
  }
}
