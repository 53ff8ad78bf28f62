import Chance
import Batching
import Glibc
import Interbank
import Money
import Optimization
import PaymentModel
import Scenario
import VirtualTime

// What planning takes on this machine: rounds of the optimiser, their exact models by COIN-OR, the
// other strategies, maximum circulation.

func monotonicMilliseconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) * 1e-6
}

func milliseconds(_ work: () -> Void) -> Double {
  let begin = monotonicMilliseconds()
  work()
  return monotonicMilliseconds() - begin
}

func show(_ name: String, _ times: [Double]) {
  let mean = times.reduce(0, +) / Double(times.count)
  let tenths = [mean, times.max()!].map { ($0 * 10).rounded() / 10 }
  print("\(name): mean \(tenths[0]) ms, worst \(tenths[1]) ms of \(times.count)")
}

func solutions(_ instance: RoundInstance, seeds: ClosedRange<UInt64>) -> [Double] {
  seeds.map { seed in
    let problem = instance.problem(seed: seed)
    return milliseconds { _ = try? RoundSolver(.brief).solve(problem) }
  }
}

for (payments, rounds, nets) in [(50, 3, true), (150, 1, true), (150, 3, true), (150, 3, false)] {
  var instance = RoundInstance()
  instance.payments = payments
  instance.rounds = rounds
  instance.netsConversions = nets
  show(
    "exact model, \(payments) payments, \(rounds) rounds, \(nets ? "netted" : "gross") exchange",
    solutions(instance, seeds: 1...50))
}

let circulations = (1...20 as ClosedRange<UInt64>).map { seed in
  let instance = NettingInstance.seeded(
    seed: seed, participants: 1_000, obligations: 20_000)
  return milliseconds {
    _ = MaximumCirculation.clear(obligations: instance.obligations, participants: 1_000)
  }
}
show("maximum circulation, 1,000 participants, 20,000 obligations", circulations)

let rates = try FXTable(
  usdPerUnit: [(.eur, 1.1684), (.gbp, 1.3421)],
  spreads: [(.usd, .eur, 2.5), (.usd, .gbp, 3), (.eur, .gbp, 2)])
let world = SettlementWorld(rates: rates, costs: CostTable(CostSettings()), maximumBatch: 1_000)
var random = RandomStream(seed: 1, component: "timings", purpose: "obligations")
let currencies: [Currency] = [.usd, .eur, .gbp]
/// A day of 100,000 obligations of 2,000 merchants between 4 acquirers and 20 banks.
let pending = (0..<100_000).map { number in
  let captured = Int64(number) * 864_000_000
  return Obligation(
    payment: PaymentID(number), merchant: MerchantID(UInt32(random.next() % 2_000)),
    route: SettlementRoute(
      payer: BankID(UInt16(random.next() % 4)), payee: BankID(UInt16(4 + random.next() % 20)),
      source: currencies[Int(random.next() % 3)], destination: currencies[Int(random.next() % 3)]),
    amount: Int64(1 + random.next() % 100_000), captured: captured, businessDay: 0, deadline: 1)
}

/// A round of the optimiser in the morning of a Monday, with a day of transfers to come.
func rounds(payments: Int, seeds: ClosedRange<UInt64>) throws -> [Double] {
  let codes: [Currency] = [.usd, .eur, .gbp, .jpy]
  let settings = ScenarioSettings(name: "timings")
  let rates = try FXTable(
    usdPerUnit: settings.fx.usdPerUnit, spreads: settings.fx.spreads, reportingCurrency: .usd)
  let monday = CivilDate(year: 2026, month: 3, day: 2)
  let outlook = SettlementOutlook(
    settings, epochSecond: Int64(monday.dayNumber) * 86_400, currencies: codes, rates: rates)
  let hour: Int64 = 3_600_000_000_000
  var world = SettlementWorld(
    rates: rates, costs: CostTable(settings.costs), maximumBatch: 1_000, outlook: outlook,
    now: 10 * hour)
  world.expected = ExpectedArrivals(
    hours: Array(repeating: Double(payments), count: 20),
    kinds: codes.flatMap { source in
      codes.flatMap { destination in
        SettlementWindow.allCases.map {
          ExpectedArrivals.Kind(
            source: source, destination: destination, latest: $0, share: 1 / 64.0, mean: 500_000,
            square: 1e12)
        }
      }
    }, payers: 8, banks: 8)
  let strategy = try Optimised(parameters: ["fx_netting": .choice("on")])
    .bound(to: outlook, until: 96 * hour)
  return seeds.map { seed in
    var random = RandomStream(seed: seed, component: "timings", purpose: "round")
    let pending = (0..<payments).map { number in
      let payer = random.next() % 8
      return Obligation(
        payment: PaymentID(number), merchant: MerchantID(0),
        route: SettlementRoute(
          payer: BankID(UInt16(payer)),
          payee: BankID(UInt16((payer + 1 + random.next() % 7) % 8)),
          source: codes[Int(random.next() % 4)], destination: codes[Int(random.next() % 4)]),
        amount: Int64(1 + random.next() % 1_000_000), captured: 8 * hour, businessDay: 0,
        deadline: 2, latest: SettlementWindow.allCases[Int(random.next() % 4)])
    }
    return milliseconds { _ = strategy.plan(pending, in: world) }
  }
}
show("optimised, a round of 1,000 payments", try rounds(payments: 1_000, seeds: 1...50))
show("optimised, a round of 10,000 payments", try rounds(payments: 10_000, seeds: 1...10))

for type in StrategyRegistry.all where type.name != Optimised.name {
  let strategy = try type.init(parameters: [:])
  var batches = 0
  let time = milliseconds { batches = strategy.plan(pending, in: world).batches.count }
  print(
    "\(type.name): \(batches) batches of 100,000 obligations, "
      + "\(Int(Double(batches) / time * 1e3)) batches/s")
}
