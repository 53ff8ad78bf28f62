import Batching
import Money
import PaymentModel
import Testing

@Suite("Planning")
struct PlanningTests {
  @Test("a plan does not depend on what was planned before, or on how often", arguments: 0..<50)
  func pure(seed: Int) throws {
    let small = try SmallWorld(seed: seed)
    for strategy in small.strategies {
      let first = strategy.plan(small.obligations, in: small.world)
      #expect(strategy.plan(small.obligations, in: small.world) == first, "seed \(seed)")
    }
  }

  @Test(
    "settlements come in ascending order and their members in that of capture", arguments: 0..<50)
  func order(seed: Int) throws {
    let small = try SmallWorld(seed: seed)
    let plan = try StrategyRegistry.make("merchant_day").plan(small.obligations, in: small.world)
    let keys = plan.batches.map { batch in
      let first = small.obligations[batch.members[0]]
      return ConsolidationKey(
        period: Int64(first.businessDay), merchant: first.merchant, route: first.route)
    }
    #expect(keys == keys.sorted(), "seed \(seed)")
    for batch in plan.batches {
      #expect(batch.members == batch.members.sorted(), "seed \(seed)")
    }
  }

  @Test("a settlement beyond the limit is split into full batches and a rest")
  func split() throws {
    let obligations = PlanningTests.obligations(25)
    let world = try SmallWorld.settlementWorld(maximumBatch: 10)
    let plan = try StrategyRegistry.make("merchant_day").plan(obligations, in: world)
    #expect(plan.batches.map(\.members.count) == [10, 10, 5])
    #expect(plan.batches.map(\.part) == [0, 1, 2])
    #expect(Payouts.beforeFees(of: plan, obligations, in: world) == [1_000, 1_000, 500])
  }

  @Test("nothing pending gives no batches")
  func empty() throws {
    let world = try SmallWorld.settlementWorld(maximumBatch: 10)
    for type in StrategyRegistry.all {
      #expect(try type.init(parameters: [:]).plan([], in: world).batches.isEmpty)
    }
  }

  @Test("a plan that breaks a rule is found out")
  func violations() throws {
    let pending = PlanningTests.obligations(4)
    let world = try SmallWorld.settlementWorld(maximumBatch: 3)
    let plan = try StrategyRegistry.make("merchant_day").plan(pending, in: world)
    func verdict(_ change: (inout SettlementPlan) -> Void) -> String? {
      var broken = plan
      change(&broken)
      return PlanCheck.violation(of: broken, for: pending, maximumBatch: 3)
    }
    #expect(verdict { _ in } == nil)
    #expect(verdict { $0.batches.removeLast() } == "obligation 3 is in no batch")
    #expect(verdict { $0.batches[1].members = [0] } == "obligation 0 is in two batches")
    #expect(verdict { $0.batches[1].members = [] } == "batch 1 has 0 payments, not 1 to 3")
    #expect(verdict { $0.batches[0].members.append(3) } == "batch 0 has 4 payments, not 1 to 3")
    #expect(verdict { $0.batches[1].members = [9] } == "batch 1 holds 9, which is not pending")
    #expect(
      verdict { $0.batches[1].part = 2 } == "batch 1 is part 2 of no settlement before it")
    #expect(
      verdict { $0.batches[1].window = .nextDay } == "batch 1 is part 1 of no settlement before it")
    #expect(
      verdict { $0.batches[0].merchant = MerchantID(9) }
        == "batch 0 of one merchant holds one of merchant-7")
    #expect(
      verdict { $0.batches[0].payee = BankID(9) }
        == "batch 0 on bank-0 -> bank-9 USD holds one of bank-0 -> bank-1 USD/USD")
    #expect(
      verdict { $0.batches[0].currency = .eur }
        == "batch 0 on bank-0 -> bank-1 EUR holds one of bank-0 -> bank-1 USD/USD")
    #expect(
      verdict { $0.batches[0].window = .secondDay }
        == "batch 0 settles in secondDay, one of its payments by nextDay")
  }

  @Test("an obligation is deferred once, unless it is planned as well")
  func deferral() throws {
    var pending = PlanningTests.obligations(3)
    pending[2].latest = .rtgs
    let world = try SmallWorld.settlementWorld(maximumBatch: 1)
    let whole = try StrategyRegistry.make("merchant_day").plan(pending, in: world)
    func verdict(_ planned: [Int], _ deferred: [Int]) -> String? {
      var plan = SettlementPlan(
        batches: whole.batches.filter { planned.contains($0.members[0]) }, deferred: deferred)
      for position in plan.batches.indices { plan.batches[position].part = 0 }
      return PlanCheck.violation(of: plan, for: pending, maximumBatch: 1)
    }
    #expect(verdict([0, 2], [1]) == nil)
    #expect(verdict([2], [0, 1]) == nil)
    #expect(verdict([0, 1], [2]) == nil, "the calendar says whether an urgent one is in time")
    #expect(verdict([0, 1, 2], [1]) == "obligation 1 is deferred and planned")
    #expect(verdict([0, 2], [1, 1]) == "obligation 1 is deferred and planned")
    #expect(verdict([0, 2], [7]) == "7 is deferred, which is not pending")
    #expect(verdict([0, 2], []) == "obligation 1 is in no batch")
  }

  static func obligations(_ count: Int) -> [Obligation] {
    let route = SettlementRoute(
      payer: BankID(0), payee: BankID(1), source: .usd, destination: .usd)
    return (0..<count).map { payment in
      Obligation(
        payment: PaymentID(payment), merchant: MerchantID(7), route: route, amount: 100,
        captured: Int64(payment), businessDay: 0, deadline: 0)
    }
  }
}
