import Declared
import Money
import PaymentModel
import Scenario
import Testing

@testable import Batching

@Suite("Rounds and what they cost")
struct RoundTests {
  private static let hour: Int64 = 3_600_000_000_000
  private static let monday = CivilDate(year: 2026, month: 3, day: 2)
  private static let rails: [Currency] = [.usd, .eur, .gbp, .jpy]

  private static func outlook(
    _ currencies: [Currency] = RoundTests.rails,
    _ change: (inout ScenarioSettings) -> Void = { _ in }
  ) throws -> SettlementOutlook {
    var settings = ScenarioSettings(name: "rounds")
    change(&settings)
    let world = try SmallWorld.settlementWorld(maximumBatch: 10)
    return SettlementOutlook(
      settings, epochSecond: Int64(monday.dayNumber) * 86_400, currencies: currencies,
      rates: world.rates)
  }

  /// Transfers between a few banks, that have come about within the day before `now`.
  private static func obligations(
    _ count: Int, banks: Int, currencies: Int, ticket: Int, before now: Int64,
    _ numbers: inout SplitMix
  ) -> [Obligation] {
    (0..<count).map { payment in
      let payer = numbers.pick(0...banks - 1)
      let payee = (payer + numbers.pick(1...banks - 1)) % banks
      return Obligation(
        payment: PaymentID(payment), merchant: MerchantID(0),
        route: SettlementRoute(
          payer: BankID(UInt16(payer)), payee: BankID(UInt16(payee)),
          source: rails[numbers.pick(0...currencies - 1)],
          destination: rails[numbers.pick(0...currencies - 1)]),
        amount: Int64(numbers.pick(1...2 * ticket)),
        captured: now - Int64(numbers.pick(0...23)) * hour, businessDay: 0, deadline: 3,
        latest: SettlementWindow.allCases[numbers.pick(0...3)])
    }
  }

  /// What carrying a plan out at once costs in wires, operators' fees, exchange and liquidity.
  private func cost(
    _ plan: SettlementPlan, _ pending: [Obligation], _ world: SettlementWorld,
    _ outlook: SettlementOutlook
  ) -> Double {
    let payouts = Payouts.beforeFees(of: plan, pending, in: world)
    var cost = 0.0
    var net: [Currency: [BankID: Int64]] = [:]
    for wire in Wires.of(plan, payouts: payouts, clearingBank: world.clearingBank) {
      let price = outlook.price(of: .rtgs, wire.currency, at: world.now)
      let isLarge = wire.payments >= world.costs.discountMinimum
      cost += Double(price.operatorFee) + Double(price.wire) * (isLarge ? 0.85 : 1)
      net[wire.currency, default: [:]][wire.payer, default: 0] += wire.amount
      net[wire.currency, default: [:]][wire.payee, default: 0] -= wire.amount
    }
    for (currency, banks) in net.sorted(by: { $0.key < $1.key }) {
      let used = banks.filter { $0.key != world.clearingBank }.values.reduce(0) { $0 + max(0, $1) }
      let value = world.rates.inReportingCurrency(
        MoneyAmount(minorUnits: used, currency: currency))
      cost += Double(value.minorUnits) * 0.02 / 365
    }
    for deal in Conversions.of(plan, pending, in: world) {
      let amount = MoneyAmount(minorUnits: deal.amount, currency: deal.source)
      let spread = world.rates.spreadCost(of: amount, to: deal.destination)
      cost += Double(world.rates.inReportingCurrency(spread).minorUnits)
      for currency in [deal.source, deal.destination] {
        cost += Double(outlook.price(of: .rtgs, currency, at: world.now).operatorFee)
      }
    }
    return cost
  }

  @Test("where all is known, no strategy's plan of it is cheaper", arguments: 0..<200)
  func neverDearer(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    let outlook = try Self.outlook()
    var world = try SmallWorld.settlementWorld(maximumBatch: [5, 1_000][numbers.pick(0...1)])
    world.outlook = outlook
    world.expected = ExpectedArrivals.none
    world.now = Int64(numbers.pick(24...160)) * Self.hour
    world.clearingBank = [nil, BankID(9)][numbers.pick(0...1)]
    let pending = Self.obligations(
      numbers.pick(1...40), banks: numbers.pick(2...8), currencies: numbers.pick(1...4),
      ticket: [2_000, 500_000, 300_000_000][numbers.pick(0...2)], before: world.now, &numbers)
    let netting = numbers.pick(0...1) == 0 ? "on" : "off"
    let optimised = try Optimised(parameters: ["fx_netting": .choice(netting)])
      .bound(to: outlook, until: 400 * Self.hour)
    let plan = optimised.plan(pending, in: world)
    #expect(PlanCheck.violation(of: plan, for: pending, maximumBatch: world.maximumBatch) == nil)
    #expect(plan.deferred.isEmpty, "waiting only costs more")
    let own = cost(plan, pending, world, outlook)
    for type in StrategyRegistry.all where type.name != "optimised" {
      let names = type.parameters.map(\.name)
      var parameters: [String: ParameterValue] = [:]
      if names.contains("fx_netting") { parameters["fx_netting"] = .choice(netting) }
      for window in [Duration.seconds(900), .seconds(14_400), .seconds(86_400)] {
        if names.contains("window") { parameters["window"] = .duration(window) }
        let other = try StrategyRegistry.make(type.name, parameters: parameters)
          .bound(to: outlook, until: 400 * Self.hour).plan(pending, in: world)
        let found = cost(other, pending, world, outlook)
        #expect(own <= found + 1e-6, "seed \(seed): \(type.name) costs \(found), not \(own)")
      }
    }
  }

  private func horizon(
    _ currencies: [Currency], from now: Int64, rounds: Int, _ world: SettlementWorld,
    _ outlook: SettlementOutlook
  ) -> RoundHorizon {
    var cycle = SettlementCycle(.rounds(grid: 4 * Self.hour))
    cycle.bind(to: outlook, until: 400 * Self.hour)
    var last = now
    for _ in 1..<rounds {
      var next = cycle.end(after: last, currencies[0])
      // Last calls are not looked ahead to.
      while next - last < 120_000_000_000 { next = cycle.end(after: next, currencies[0]) }
      last = next
    }
    return RoundHorizon(currencies, until: last, cycle, outlook, in: world)
  }

  private func expected(
    _ currencies: [Currency], perHour: Double, mean: Double
  ) -> ExpectedArrivals {
    let share = 1 / Double(currencies.count * currencies.count * 2)
    return ExpectedArrivals(
      hours: Array(repeating: perHour, count: 48),
      kinds: currencies.flatMap { source in
        currencies.flatMap { destination in
          [SettlementWindow.sameDay, .nextDay].map {
            ExpectedArrivals.Kind(
              source: source, destination: destination, latest: $0, share: share, mean: mean,
              square: 3 * mean * mean)
          }
        }
      }, payers: 4, banks: 4)
  }

  private func scheduleCost(
    _ horizon: RoundHorizon, _ expected: ExpectedArrivals, _ outlook: SettlementOutlook,
    nets: Bool, delayRate: Double
  ) -> ScheduleCost {
    ScheduleCost(
      horizon,
      RoundFlows(
        [], [], expected, horizon, lasts: [], cells: [], outlook,
        leaving: RoundFlows.Leaving(delayRate: delayRate, netsConversions: nets)),
      netsConversions: nets, delayRate: delayRate)
  }

  @Test("the schedule is the least of every schedule there is", arguments: 0..<40)
  func exhaustive(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    let currencies = seed.isMultiple(of: 2) ? [Currency.usd] : [.eur, .usd].sorted()
    let outlook = try Self.outlook()
    var world = try SmallWorld.settlementWorld(maximumBatch: 10)
    world.now = Int64(numbers.pick(1...30)) * Self.hour
    let rounds = currencies.count == 1 ? 9 : 5
    let horizon = horizon(currencies, from: world.now, rounds: rounds, world, outlook)
    #expect(horizon.count == rounds)
    let rate = [0, 0.02, 2, 50.0][numbers.pick(0...3)] / (365 * 86_400e9)
    let cost = scheduleCost(
      horizon,
      expected(
        currencies, perHour: Double(numbers.pick(1...40)), mean: [2e3, 5e5][numbers.pick(0...1)]),
      outlook, nets: false, delayRate: rate)
    var search = ScheduleSearch(cost)
    let found = search.rules().last!
    var least = Double.infinity
    for number in 0..<1 << ((rounds - 1) * currencies.count) {
      var schedule = RoundSchedule(rounds: rounds, currencies: currencies.count)
      for place in 0..<(rounds - 1) * currencies.count where number >> place & 1 == 1 {
        schedule[place / currencies.count, place % currencies.count] = true
      }
      least = min(least, cost.total(schedule))
    }
    let tolerance = 1e-9 * max(1, least)
    #expect(abs(found.cost - least) <= tolerance, "seed \(seed): \(found.cost), not \(least)")
  }

  @Test("dear delay opens nearly every round, free delay nearly none")
  func prices() throws {
    let currencies: [Currency] = [.eur, .usd].sorted()
    let outlook = try Self.outlook()
    var world = try SmallWorld.settlementWorld(maximumBatch: 10)
    world.now = 30 * Self.hour
    let horizon = horizon(currencies, from: world.now, rounds: 8, world, outlook)
    func opened(_ rate: Double, nets: Bool) -> Int {
      let cost = scheduleCost(
        horizon, expected(currencies, perHour: 200, mean: 5e5), outlook, nets: nets,
        delayRate: rate / (365 * 86_400e9))
      var search = ScheduleSearch(cost)
      let schedule = search.rules().last!.schedule
      return (1..<7).reduce(0) { $0 + (schedule[$1, 0] ? 1 : 0) + (schedule[$1, 1] ? 1 : 0) }
    }
    // Where it is due anyway, opening costs the same as not opening.
    let counts = [0, 0.02, 1_000].map { opened($0, nets: false) }
    #expect(counts[0] <= 2 && counts[2] >= 11, "\(counts)")
    #expect(counts == counts.sorted(), "\(counts)")
  }

  @Test("a few pairs of banks are moved as cheaply as by any combination", arguments: 0..<60)
  func ways(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    let outlook = try Self.outlook()
    var world = try SmallWorld.settlementWorld(
      maximumBatch: 1_000, discountMinimum: numbers.pick(1...4))
    world.clearingBank = [nil, BankID(9), BankID(1)][numbers.pick(0...2)]
    let pending = Self.obligations(
      numbers.pick(1...12), banks: 3, currencies: 1, ticket: 500_000, before: 24 * Self.hour,
      &numbers)
    let price = RoundHorizon.Price(outlook.price(of: .rtgs, .usd, at: 0), world.costs)
    let found = MovingChoice(
      Array(pending.indices), of: pending, in: world, price: price, netsConversions: false
    ).best()
    // Each payment by itself is in the same way as all of its pair.
    var least = Double.infinity
    for number in 0..<27 {
      let ways = (0..<3).map { Netting.allCases[number / [1, 3, 9][$0] % 3] }
      var plan = SettlementPlan(batches: found.batches)
      for place in plan.batches.indices {
        let banks = plan.batches[place].payer.rawValue + plan.batches[place].payee.rawValue
        plan.batches[place].netting = ways[Int(banks) - 1]
      }
      let wires = Wires.of(
        plan, payouts: Payouts.beforeFees(of: plan, pending, in: world),
        clearingBank: world.clearingBank)
      least = min(least, MovingChoice.cost(of: wires, price, in: world))
    }
    #expect(abs(found.cost - least) <= 1e-6, "seed \(seed)")
  }

  @Test("at most 40 rounds a day, in time for each cut-off and once more for what comes after that")
  func rounds() throws {
    let outlook = try Self.outlook()
    let epoch = outlook.epochSecond
    for grid in [900, 3_600, 7_200] as [Int64] {
      let seconds = Rounds.seconds(
        grid: grid * 1_000_000_000, outlook, from: epoch, to: epoch + 6 * 86_400)
      for day in 0..<6 {
        let own = seconds.filter { ($0 - epoch) / 86_400 == Int64(day) }
        #expect(own.count <= Rounds.most && own == own.sorted())
      }
      // Monday: the yen at 21:00 in Tokyo, the euro at 18:00 in Berlin, the pound at 17:40 in
      // London, the dollar at 18:45 in New York.
      for cutOff in [12 * 3_600, 17 * 3_600, 17 * 3_600 + 2_400, 23 * 3_600 + 2_700] {
        // One instruction in 100,000 takes longer than 2 s x 10^(4.265 / 2.326).
        #expect(seconds.contains(epoch + Int64(cutOff) - 137), "\(cutOff)")
        let lastCalls = [45, 10].map { seconds.contains(epoch + Int64(cutOff) - $0) }
        #expect(lastCalls.allSatisfy { $0 } || grid == 900, "\(cutOff)")
      }
    }
  }

  @Test("of a day with too many rounds the grid becomes coarser, and no cut-off is left out")
  func coarserGrid() throws {
    let outlook = try Self.outlook()
    let (epoch, day) = (outlook.epochSecond, 86_400 as Int64)
    let seconds = Rounds.seconds(
      grid: 900 * 1_000_000_000, outlook, from: epoch - 1, to: epoch + day)
    let gaps = zip(seconds, seconds.dropFirst()).map { $1 - $0 }
    #expect(gaps.max()! <= 2 * 3_600, "\(gaps)")
    #expect(seconds.count { $0 < epoch + day } > 30)
  }

  @Test("what is left for later never counts on a last call")
  func lastCallIsNotPlannedFor() throws {
    let outlook = try Self.outlook()
    var world = try SmallWorld.settlementWorld(maximumBatch: 10)
    world.now = 16 * Self.hour
    let horizon = horizon([.eur], from: world.now, rounds: 12, world, outlook)
    // The euro's customers' cut-off is at 17:00 UTC.
    let cutOff = 17 * Self.hour
    let due = horizon.last(for: 0, due: outlook.due(capturedAt: 0, in: .eur, latest: .rtgs))
    #expect(horizon.times[due] == cutOff - 137_000_000_000)
  }
}
