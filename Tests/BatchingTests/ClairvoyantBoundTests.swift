import Money
import PaymentModel
import Scenario
import Testing

@testable import Batching

@Suite("The bound of who knows all beforehand")
struct ClairvoyantBoundTests {
  private static let hour: Int64 = 3_600_000_000_000

  private static func world(
    delayRate: Double = 0.02, _ change: (inout CostSettings) -> Void = { _ in }
  ) throws -> SettlementWorld {
    var settings = ScenarioSettings(name: "bound")
    settings.costs.delayRate = delayRate
    change(&settings.costs)
    let rates = try SmallWorld.settlementWorld(maximumBatch: 10).rates
    return SettlementWorld(
      rates: rates, costs: CostTable(settings.costs), maximumBatch: 10,
      outlook: SettlementOutlook(
        settings, epochSecond: Int64(CivilDate("2026-03-02")!.dayNumber) * 86_400,
        currencies: [.usd, .eur], rates: rates))
  }

  private static func obligation(
    _ payment: Int, _ payer: Int, _ payee: Int, _ amount: Int64, at time: Int64,
    _ source: Currency = .usd, _ destination: Currency = .usd,
    latest: SettlementWindow = .secondDay
  ) -> Obligation {
    Obligation(
      payment: PaymentID(payment), merchant: MerchantID(0),
      route: SettlementRoute(
        payer: BankID(UInt16(payer)), payee: BankID(UInt16(payee)), source: source,
        destination: destination),
      amount: amount, captured: time, businessDay: 0, deadline: 3, latest: latest)
  }

  private func bound(
    _ obligations: [Obligation], _ world: SettlementWorld, missed: Int64 = 25_00, nets: Bool = false
  ) -> Double {
    var bound = ClairvoyantBound(world, missed: missed, netsConversions: nets)
    for obligation in obligations { bound.add(obligation, due: world.outlook!.due(obligation)) }
    return bound.cost()!
  }

  @Test("one payment costs a wire at the lowest price, and the delay that nobody can spare it")
  func single() throws {
    let world = try Self.world()
    #expect(bound([Self.obligation(0, 0, 1, 1_000, at: 14 * Self.hour)], world) == 425)
    // At 20:00 UTC the euro's rail is closed until 01:30 of the next day.
    let late = Self.obligation(0, 0, 1, 100_000_000, at: 20 * Self.hour, .eur, .eur)
    let wait = Double(world.outlook!.soonest(.eur, at: late.captured) - late.captured)
    let value = Double(
      world.rates.inReportingCurrency(
        MoneyAmount(minorUnits: late.amount, currency: .eur)
      ).minorUnits)
    #expect(wait > 4 * Double(Self.hour))
    #expect(abs(bound([late], world) - 425 - value * wait * world.costs.delayRate) < 1e-6)
  }

  @Test("payments wait for one wire where delay is cheap, and not where it is dear")
  func waits() throws {
    let obligations = [9, 12, 15].enumerated().map {
      Self.obligation($0, 0, 1, 10_000_000, at: Int64($1) * Self.hour)
    }
    #expect(try bound(obligations, Self.world(delayRate: 0)) == 425)
    #expect(try bound(obligations, Self.world(delayRate: 1)) == 3 * 425)
    // Three hours and six of 100,000.00 at 2 % a year cost 2.05, two more wires 8.50.
    let between = try bound(obligations, Self.world(delayRate: 0.02))
    #expect(between > 425 + 100 && between < 425 + 206)
  }

  @Test("what is due before something else comes has a wire of its own or pays for being late")
  func deadlines() throws {
    let obligations = [
      Self.obligation(0, 0, 1, 1_000, at: 9 * Self.hour, latest: .rtgs),
      Self.obligation(1, 0, 1, 1_000, at: 40 * Self.hour),
    ]
    let world = try Self.world(delayRate: 0)
    #expect(bound(obligations, world) == 850)
    #expect(bound(obligations, world, missed: 100) == 525)
  }

  @Test("exchange is set off over all that a payer owes where that is allowed")
  func exchange() throws {
    let world = try Self.world(delayRate: 0)
    let obligations = [
      Self.obligation(0, 0, 1, 100_000_000, at: 9 * Self.hour, .usd, .eur),
      Self.obligation(1, 0, 1, 60_000_000, at: 15 * Self.hour, .eur, .usd),
    ]
    let apart = bound(obligations, world)
    let netted = bound(obligations, world, nets: true)
    // 1,000,000.00 and 701,040.00 of dollars, 2.5 basis points of them.
    #expect(abs(apart - 850 - 425.26 * 100) < 10)
    #expect(abs(netted - 850 - (250 - 175.26) * 100) < 10)
  }

  @Test("no schedule of payouts in a world of a few banks costs less", arguments: 0..<100)
  func below(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    let world = try Self.world(delayRate: [0, 0.02, 1][numbers.pick(0...2)])
    let obligations = (0..<numbers.pick(1...5)).map { payment in
      let payer = numbers.pick(0...2)
      return Self.obligation(
        payment, payer, (payer + numbers.pick(1...2)) % 3, Int64(numbers.pick(1...50_000_000)),
        at: Int64(numbers.pick(7 * 60...20 * 60)) * Self.hour / 60)
    }
    // Every payment leaves as it comes or at any of six times after it, multilaterally netted.
    let times = [8, 11, 14, 17, 20, 22].map { Int64($0) * Self.hour }
    var least = Double.infinity
    let assignments = obligations.reduce(1) { number, _ in 7 * number }
    for number in 0..<assignments {
      var (rest, cost) = (number, 0.0)
      var groups: [Int64: [Int]] = [:]
      for (place, obligation) in obligations.enumerated() {
        let choice = rest % 7
        rest /= 7
        let time = choice == 6 ? obligation.captured : times[choice]
        guard time >= obligation.captured else {
          cost = .infinity
          continue
        }
        groups[time, default: []].append(place)
        let wait = world.outlook!.soonest(.usd, at: time) - obligation.captured
        cost += Double(obligation.amount) * Double(wait) * world.costs.delayRate
      }
      for members in groups.values {  // ordered: a sum with a tolerance
        let pairs = Set(members.map { obligations[$0].route })
        let banks = Set(
          members.flatMap { [obligations[$0].route.payer, obligations[$0].route.payee] })
        cost += 425 * Double(min(banks.count, pairs.count))
      }
      least = min(least, cost)
    }
    let found = bound(obligations, world)
    #expect(found <= least + 1e-6 && found > 0, "seed \(seed): \(found), not above \(least)")
  }
}
