import Testing

@testable import Optimization

/// Prices, deadlines and limits each change what is planned.
@Suite struct EffectTests {
  /// Payments of 1,000.00 each from currency 0 to counterparty 0.
  private func problem(
    _ latest: [PlanningWindow], rails: [PlanningRail] = [.wire()], carry: Int64 = 1,
    discountMinimum: Int = 2
  ) -> PlanningProblem {
    PlanningProblem(
      payments: latest.map {
        PlanningPayment(source: 0, destination: 0, counterparty: 0, latest: $0, value: 100_000)
      },
      currencies: 1, counterparties: 1, quotes: [], rails: rails,
      discountMinimum: discountMinimum, carryPartsPerMillion: carry)
  }

  private func valueDays(_ problem: PlanningProblem, _ plan: Plan) -> Int64 {
    zip(problem.payments, plan.placements).reduce(0) { sum, entry in
      sum + entry.0.value * Int64(entry.1?.window.days ?? 0)
    }
  }

  @Test("Settling everything at T+2 costs two days of carry")
  func secondDayIsNotFree() throws {
    let late = PlanningRail(name: "late", fee: 500, windows: [.secondDay])
    let plan = try Planner().plan(
      problem([.secondDay, .secondDay, .secondDay], rails: [late], carry: 40))
    #expect(plan.placements.allSatisfy { $0?.window == .secondDay })
    #expect(plan.cost.carry == 3 * 100_000 * 40 * 2)
    #expect(plan.cost.total == 500 * 850_000 + 24_000_000)
  }

  @Test("Without a reason to wait everything settles today")
  func nothingWaitsForNothing() throws {
    let plan = try Planner().plan(problem(Array(repeating: .secondDay, count: 5)))
    #expect(plan.placements.allSatisfy { $0?.window.days == 0 })
    #expect(plan.cost.carry == 0 && plan.wires.count == 1)
  }

  @Test("The dearer waiting is, the less value waits")
  func carry() throws {
    var waiting: [Int64] = []
    for rate: Int64 in [0, 30, 1_000] {
      var instance = PlanningInstance()
      instance.payments = 200
      instance.carryPartsPerMillion = rate
      let problem = instance.problem(seed: 1)
      waiting.append(valueDays(problem, try Planner().plan(problem)))
    }
    #expect(waiting[0] > waiting[1] && waiting[1] > waiting[2], "value days \(waiting)")
  }

  @Test("A second window opens only where a deadline or a limit asks for it")
  func deadlines() throws {
    let joined = try Planner().plan(problem([.rtgs, .sameDay, .secondDay, .secondDay]))
    #expect(joined.wires.map(\.window) == [.rtgs])
    var capped = problem([.rtgs, .sameDay, .secondDay, .secondDay])
    capped.liquidity = [WindowLimits(rtgs: 100_000, sameDay: 299_999)]
    let split = try Planner().plan(capped)
    #expect(split.placements[0]?.window == .rtgs)
    #expect(split.placements[1]?.window == .sameDay)
    #expect(split.deferred == 0 && split.wires.count == 3)
    var urgent = problem([.rtgs, .rtgs])
    urgent.counterpartyLimits = [WindowLimits(rtgs: 199_999)]
    let putOff = try Planner().plan(urgent)
    #expect(putOff.deferred == 1)
    #expect(putOff.cost.deferral == 1_000 * 1_000_000 + 100_000 * 10_000)
  }

  @Test("Tighter deadlines never make the true optimum cheaper, and the plan follows")
  func tighterDeadlines() throws {
    var dearer = 0
    for seed in 30_000..<30_200 {
      let loose = randomProblem(seed: seed, payments: 1...5, smallWindows: true)
      var tight = loose
      for position in tight.payments.indices { tight.payments[position].latest = .rtgs }
      var (first, second) = (Exhaustive(loose), Exhaustive(tight))
      if first.assignments > 200 { continue }
      let optimum = second.optimum()
      #expect(first.optimum() <= optimum)
      let plans = (try Planner().plan(loose), try Planner().plan(tight))
      #expect(plans.1.placements.allSatisfy { $0?.window ?? .rtgs == .rtgs })
      if plans.1.cost.total > plans.0.cost.total { dearer += 1 }
    }
    #expect(dearer > 30)
  }

  @Test("The discount begins with the least number of payments", arguments: 1...4)
  func discount(count: Int) throws {
    let plan = try Planner().plan(
      problem(Array(repeating: .sameDay, count: count), discountMinimum: 3))
    #expect(plan.cost.wires == 500_000_000)
    #expect(plan.cost.discount == (count >= 3 ? 75_000_000 : 0))
  }

  @Test("A payment that alone exceeds a limit is planned around it, and never in parts")
  func largePayment() throws {
    var whole = problem([.sameDay, .sameDay])
    whole.counterpartyLimits = [WindowLimits(rtgs: 60_000, sameDay: 200_000)]
    let plan = try Planner().plan(whole)
    #expect(plan.placements.allSatisfy { $0?.window == .sameDay })
    #expect(plan.producer == .dive && plan.lowerBound == Double(plan.cost.total) / 1e6)

    whole.counterpartyLimits = [WindowLimits(rtgs: 60_000, sameDay: 60_000)]
    let nowhere = try Planner().plan(whole)
    #expect(nowhere.deferred == 2 && nowhere.lowerBound == Double(nowhere.cost.total) / 1e6)
  }

  @Test("Cover inequalities raise the bound")
  func cuts() throws {
    let problem = PlanningInstance().problem(seed: 1)
    let plan = try Planner().plan(problem)
    let bound = try #require(plan.lowerBound)
    let plain = try #require(Planner(PlanningOptions(cutRounds: 0)).plan(problem).lowerBound)
    #expect(bound > plain * 1.01 && bound <= Double(plan.cost.total) / 1e6)
  }

  @Test("A search without the linear programs it needs says that it fell back to greedy")
  func fallback() throws {
    var instance = PlanningInstance()
    instance.payments = 200
    let problem = instance.problem(seed: 1)
    let plan = try Planner(PlanningOptions(linearProgramLimit: 1)).plan(problem)
    #expect(plan.producer == .greedy && plan.cost.total == plan.greedyCost)
    #expect(
      plan.fallback == "fell back to greedy: the limit of 1 linear programs was reached")
    #expect(plan.linearPrograms == 1 && plan.lowerBound != nil)
    let full = try Planner().plan(problem)
    #expect(full.fallback == nil && full.producer == .dive)
    #expect(full.cost.total < plan.cost.total && full.linearPrograms <= 400)
  }

  @Test("A search that is cut short after a dive says so and keeps the dive's plan")
  func cutShort() throws {
    var instance = PlanningInstance()
    instance.payments = 200
    let problem = instance.problem(seed: 1)
    let limits = stride(from: 2, through: 80, by: 6).map { PlanningOptions(linearProgramLimit: $0) }
    let plans = try limits.map { try Planner($0).plan(problem) }
    #expect(plans.allSatisfy { $0.cost.total <= $0.greedyCost })
    #expect(zip(plans, limits).allSatisfy { $0.linearPrograms <= $1.linearProgramLimit })
    #expect(
      plans.contains { $0.producer == .dive && $0.fallback?.hasPrefix("search ended") == true })
  }

  @Test("What rounding loses of values beyond a double's precision is put off, not placed nowhere")
  func hugeValues() throws {
    var huge = problem([.secondDay, .secondDay], carry: 0)
    huge.payments[0].value = 1 << 53
    huge.payments[1].value = 1
    (huge.deferralPartsPerMillion, huge.deferralFee) = (0, 0)
    #expect(try Planner().plan(huge).cost.total == 0)
  }

  @Test("No payments make an empty plan that costs nothing")
  func empty() throws {
    let plan = try Planner().plan(problem([]))
    #expect(plan.cost == PlanCost() && plan.wires.isEmpty && plan.lowerBound == 0)
  }
}
