import Money
import PaymentModel
import Scenario
import Testing

@testable import Batching

@Suite("What the optimiser knows of calendar and rails")
struct SettlementOutlookTests {
  private static let hour: Int64 = 3_600_000_000_000

  /// From Monday 2026-03-02, in UTC; a dollar rail that is open from 8 to 18 o'clock on weekdays.
  private func outlook(
    _ change: (inout ScenarioSettings) -> Void = { _ in }
  ) throws -> SettlementOutlook {
    var settings = ScenarioSettings(name: "outlook")
    var rail = settings.rails.first { $0.currency == .usd }!
    rail.timeZone = "UTC"
    rail.open = TimeOfDay(hour: 8, minute: 0)
    rail.close = TimeOfDay(hour: 18, minute: 0)
    settings.rails = [rail]
    change(&settings)
    let world = try SmallWorld.settlementWorld(maximumBatch: 10)
    let monday = CivilDate(year: 2026, month: 3, day: 2)
    return SettlementOutlook(
      settings, epochSecond: Int64(monday.dayNumber) * 86_400, currencies: [.usd],
      rates: world.rates)
  }

  private func obligation(at hours: Int64, _ latest: SettlementWindow) -> Obligation {
    Obligation(
      payment: 1, merchant: MerchantID(1),
      route: SettlementRoute(payer: BankID(0), payee: BankID(1), source: .usd, destination: .usd),
      amount: 1_000, captured: hours * Self.hour, businessDay: 0, deadline: 3, latest: latest)
  }

  @Test("an obligation that has waited has fewer windows left, and none is after it is due")
  func windows() throws {
    let outlook = try outlook()
    func latest(_ obligation: Obligation, at hours: Int64) -> SettlementWindow {
      outlook.latestWindow(
        of: obligation, at: hours * Self.hour, next: (hours + 1) * Self.hour)
    }
    let monday = obligation(at: 10, .secondDay)
    #expect(outlook.due(monday) == (48 + 18) * Self.hour)
    #expect(latest(monday, at: 11) == .secondDay)
    #expect(latest(monday, at: 24 + 11) == .nextDay)
    #expect(latest(monday, at: 48 + 11) == .sameDay)
    #expect(latest(monday, at: 48 + 17) == .rtgs, "the next plan comes when it is due")
    #expect(latest(monday, at: 48 + 19) == .rtgs, "it is overdue")
    let evening = obligation(at: 20, .sameDay)
    #expect(outlook.due(evening) == (24 + 18) * Self.hour, "Monday is over: it has all Tuesday")
    #expect(latest(evening, at: 21) == .sameDay)
    let early = try self.outlook { $0.rails[0].customerCutOff = TimeOfDay(hour: 16, minute: 0) }
    let tuesday = obligation(at: 24 + 10, .sameDay)
    let before = early.latestWindow(
      of: tuesday, at: (24 + 14) * Self.hour, next: (24 + 15) * Self.hour)
    let last = early.latestWindow(
      of: tuesday, at: (24 + 15) * Self.hour, next: (24 + 16) * Self.hour)
    #expect(before == .sameDay && last == .rtgs, "customers are cut off two hours early")
    let friday = obligation(at: 4 * 24 + 12, .nextDay)
    #expect(outlook.due(friday) == (7 * 24 + 18) * Self.hour, "due on the Monday after")
    #expect(latest(friday, at: 5 * 24) == .sameDay, "on Saturday that is the same business day")
  }

  @Test("a plan sends no payment after it is due that could be on time, whatever has waited")
  func inTime() throws {
    var world = try SmallWorld.settlementWorld(maximumBatch: 10)
    let outlook = try outlook()
    world.outlook = outlook
    let strategy = try Optimised(parameters: ["fx_netting": .choice("on")]).bound(
      to: outlook, until: 200 * Self.hour)
    let cycle = try #require(strategy.release.cycle)
    var (planned, left) = (0, 0)
    for seed in 0..<300 {
      var numbers = SplitMix(seed: seed)
      let now = Int64(numbers.pick(24...120))
      world.now = now * Self.hour
      let pending = (0..<numbers.pick(1...30)).map { _ in
        obligation(
          at: now - Int64(numbers.pick(0...60)), SettlementWindow.allCases[numbers.pick(0...3)])
      }
      let next = cycle.next(after: world.now, .usd)
      world.expected = seed.isMultiple(of: 3) ? ExpectedArrivals.none : nil
      let plan = strategy.plan(pending, in: world)
      #expect(PlanCheck.violation(of: plan, for: pending, maximumBatch: 10) == nil)
      #expect(PlanCheck.violation(ofReportOf: plan, pending) == nil)
      for batch in plan.batches {
        for member in batch.members {
          let allowed = outlook.latestWindow(
            of: pending[member], at: world.now, next: next)
          #expect(batch.window <= allowed, "seed \(seed)")
          planned += 1
        }
      }
      for member in plan.deferred {
        let allowed = outlook.latestWindow(
          of: pending[member], at: world.now, next: next)
        let isLate = !outlook.isInTime(pending[member], at: world.now)
        #expect(allowed > .rtgs || isLate || outlook.isInTime(pending[member], at: next))
        left += 1
      }
    }
    #expect(planned > 1_000 && left > 100)
  }

  @Test("each window has the price of the rail that takes it, and plans follow it")
  func prices() throws {
    let outlook = try outlook { settings in
      var batch = settings.rails[0]
      batch.name = "clearing"
      batch.kind = .batch
      batch.wire = MoneyAmount(minorUnits: 20, currency: .usd)
      batch.fee = MoneyAmount(minorUnits: 5, currency: .usd)
      batch.windows = [
        RailSettings.BatchWindow(
          cutOff: TimeOfDay(hour: 9, minute: 0), settles: TimeOfDay(hour: 10, minute: 0))
      ]
      settings.rails.append(batch)
      settings.settlement.railChoice = .cheapest
    }
    let afternoon = 14 * Self.hour
    let now = outlook.price(of: .sameDay, .usd, at: afternoon)
    let later = outlook.price(of: .nextDay, .usd, at: afternoon)
    #expect(now.wire == 500, "the batch of 9 o'clock has gone")
    #expect(later == SettlementOutlook.WirePrice(wire: 20, operatorFee: 5))

    var world = try SmallWorld.settlementWorld(maximumBatch: 10)
    world.outlook = outlook
    world.now = afternoon
    world.expected = ExpectedArrivals.none
    let strategy = try Optimised(parameters: [:]).bound(to: outlook, until: 100 * Self.hour)
    let plan = strategy.plan([obligation(at: 14, .secondDay)], in: world)
    #expect(plan.batches.map(\.window) == [.nextDay], "a day's delay is less than the wire")
    let urgent = strategy.plan([obligation(at: 14, .sameDay)], in: world)
    #expect(urgent.batches.map(\.window) == [.rtgs], "it is due today")
  }
}
