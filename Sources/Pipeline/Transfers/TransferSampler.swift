import Chance
import Money
import PaymentModel
import Scenario
import VirtualTime

/// A customer's order to move money to another bank's customer.
struct TransferOrder {
  /// What the order obliges the paying bank to.
  var obligation: Obligation
  /// Whether the receiving bank will give the money back once it has it.
  var isReturned: Bool
}

/// Draws transfers between the accounts of banks' customers (SPEC A1b): who pays whom, in which
/// currencies, how much, and in which window at the latest.
struct TransferSampler {
  private let workload: TransferWorkload
  private let banks: BankDirectory
  private let originators: UInt64
  private let counterparties: AliasTable
  private let sources: AliasTable
  private let destinations: AliasTable
  private let isCross: Probability
  private let isReturned: Probability
  private let windows: AliasTable
  private let amounts: QuantileTable
  /// Minor units of each source currency for one unit of the amounts.
  private let scales: [Double]
  private let largest: [Int64]
  private let firstDay: Int32
  private var random: RandomStream

  init(_ workload: TransferWorkload, deployment: Deployment, random: RandomStream) {
    self.workload = workload
    self.random = random
    banks = deployment.banks
    originators = UInt64(workload.originators)
    counterparties = AliasTable(
      weights: AliasTable.zipfMandelbrotWeights(
        count: min(workload.counterparties, banks.generatedCorrespondents - 1),
        exponent: workload.counterpartySkew, offset: 0))
    sources = AliasTable(weights: workload.sourceCurrencies.map(\.weight))
    destinations = AliasTable(weights: workload.destinationCurrencies.map(\.weight))
    isCross = Probability(workload.crossCurrencyShare)
    isReturned = Probability(workload.returnShare)
    let shares = workload.windows
    windows = AliasTable(
      weights: [shares.rtgs, shares.sameDay, shares.nextDay, shares.secondDay])
    let unit: Currency
    (amounts, unit) = Self.table(workload.amounts)
    scales = workload.sourceCurrencies.map { currency, _ in
      (deployment.fx.midRate(from: unit, to: currency) ?? 1) * Double(currency.minorUnitsPerUnit)
    }
    largest = workload.sourceCurrencies.map { currency, _ in
      deployment.fx.convert(workload.maximumAmount, to: currency).amount.minorUnits
    }
    firstDay = Int32(deployment.settings.time.date.dayNumber)
  }

  /// The order that arrives at `time`, under `number`. Every order takes the same number of draws,
  /// so that a change of one share moves no other draw.
  mutating func next(_ number: PaymentID, at time: Int64) -> TransferOrder {
    let originator = Int(random.below(originators))
    let other = counterparties.choose(random.next())
    let counterparty = other < originator ? other : other + 1
    let source = sources.choose(random.next())
    let crosses = isCross.holds(random.next())
    let drawn = destinations.choose(random.next())
    let value = min(amounts.value(random.next()) * scales[source], Double(largest[source]))
    let window = SettlementWindow.allCases[windows.choose(random.next())]
    let returns = isReturned.holds(random.next())
    let currency = workload.sourceCurrencies[source].currency
    let day = firstDay + Int32(time / 86_400_000_000_000)
    let obligation = Obligation(
      payment: number, merchant: MerchantID(0),
      route: SettlementRoute(
        payer: banks.correspondent(originator), payee: banks.correspondent(counterparty),
        source: currency,
        destination: crosses ? workload.destinationCurrencies[drawn].currency : currency),
      amount: min(max(1, Int64(value.rounded())), largest[source]), captured: time,
      businessDay: day, deadline: day + Int32(window.valueDays), latest: window)
    return TransferOrder(obligation: obligation, isReturned: returns)
  }

  /// The curve of the amounts, and the currency of which it counts units.
  static func table(_ amounts: TransferWorkload.Amounts) -> (QuantileTable, Currency) {
    func units(_ amount: MoneyAmount) -> Double {
      Double(amount.minorUnits) / Double(amount.currency.minorUnitsPerUnit)
    }
    switch amounts {
    case .logNormal(let mean, let sigma):
      let mu = PortableMath.ln(units(mean)) - sigma * sigma / 2
      return (.logNormal(mu: mu, sigma: sigma), mean.currency)
    case .quantiles(let points): return (.empirical(points), .usd)
    case .constant(let amount):
      return (.empirical([(0, units(amount)), (1, units(amount))]), amount.currency)
    }
  }
}

extension TransferWorkload {
  /// Arrivals in each hour of a run that begins on `date`: exactly `payments` in all, spread by the
  /// weights of hours and weekdays, an hour that the run's end cuts with its part.
  func arrivals(
    over duration: Duration, from date: CivilDate, rates: [ArrivalRate] = [], random: RandomStream
  ) -> CountedArrivals {
    let (slots, weights, payments) = weights(over: duration, from: date, rates: rates)
    var draw = random
    let table = AliasTable(weights: weights)
    var counts = [Int32](repeating: 0, count: slots.count)
    for _ in 0..<payments { counts[table.choose(draw.next())] += 1 }
    return CountedArrivals(slots: slots, counts: counts, random: draw)
  }

  /// How many are expected in each hour of a run.
  func expectedByHour(
    over duration: Duration, from date: CivilDate, rates: [ArrivalRate] = []
  ) -> [Double] {
    let (slots, weights, payments) = weights(over: duration, from: date, rates: rates)
    let sum = weights.reduce(0, +)
    var hours: [Double] = []
    for slot in weights.indices where sum > 0 {
      let hour = Int(slots.start(of: slot) / Self.hour)
      while hours.count <= hour { hours.append(0) }
      hours[hour] += Double(payments) * weights[slot] / sum
    }
    return hours
  }

  private static let hour: Int64 = 3_600_000_000_000

  /// The slots in which the rate is constant, the weight of each, and how many come in all.
  private func weights(
    over duration: Duration, from date: CivilDate, rates: [ArrivalRate]
  ) -> (slots: ArrivalSlots, weights: [Double], payments: Int) {
    // The rate is constant within a slot.
    let length = rates.map(\.start).reduce(Self.hour, Self.greatestCommonDivisor)
    let slots = ArrivalSlots(slot: length, total: duration.nanoseconds)
    let plain = (0..<slots.count).map { slot in
      let hours = Int(slots.start(of: slot) / Self.hour)
      return hourWeights[hours % 24] * weekdayWeights[date.adding(days: hours / 24).weekday]
        * slots.part(of: slot)
    }
    var weights = plain
    var payments = payments
    if !rates.isEmpty {
      for slot in weights.indices {
        weights[slot] *= rates.last { $0.start <= slots.start(of: slot) }?.factor ?? 1
      }
      let (sum, whole) = (weights.reduce(0, +), plain.reduce(0, +))
      payments = Int((Double(payments) * sum / whole).rounded())
      if payments == 0 { weights = plain }
    }
    return (slots, weights, payments)
  }

  private static func greatestCommonDivisor(_ first: Int64, _ second: Int64) -> Int64 {
    second == 0 ? first : greatestCommonDivisor(second, first % second)
  }
}
