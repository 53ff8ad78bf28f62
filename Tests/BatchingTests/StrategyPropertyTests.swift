import Batching
import Money
import PaymentModel
import Testing

@Suite("What every strategy keeps")
struct StrategyPropertyTests {
  @Test("plans and their wires break no rule, and no money is lost", arguments: 0..<40)
  func rules(block: Int) throws {
    for seed in block * 50..<(block + 1) * 50 {
      let small = try SmallWorld(seed: seed)
      for strategy in small.all {
        let name = type(of: strategy).name
        let plan = strategy.plan(small.obligations, in: small.world)
        let violation = PlanCheck.violation(
          of: plan, for: small.obligations, maximumBatch: small.world.maximumBatch)
        #expect(violation == nil, "\(name), seed \(seed)")
        let payouts = Payouts.beforeFees(of: plan, small.obligations, in: small.world)
        let wires = Wires.of(plan, payouts: payouts, clearingBank: small.world.clearingBank)
        #expect(
          PlanCheck.violation(of: wires, for: plan, payouts: payouts) == nil,
          "\(name), seed \(seed)")
      }
    }
  }

  @Test("what batches pay out is what their members come to at mid", arguments: 0..<20)
  func payouts(block: Int) throws {
    for seed in block * 20..<(block + 1) * 20 {
      let small = try SmallWorld(seed: seed)
      for strategy in small.all {
        let plan = strategy.plan(small.obligations, in: small.world)
        let payouts = Payouts.beforeFees(of: plan, small.obligations, in: small.world)
        for (batch, payout) in zip(plan.batches, payouts) {
          let exact = batch.members.reduce(0.0) { sum, member in
            let (amount, source) = (
              small.obligations[member].amount, small.obligations[member].route.source
            )
            let rate = small.world.rates.midRate(from: source, to: batch.currency)!
            return sum + Double(amount) / Double(source.minorUnitsPerUnit) * rate
              * Double(batch.currency.minorUnitsPerUnit)
          }
          // Half a minor unit for each of five currencies owed, before and after the batch.
          #expect(abs(Double(payout) - exact) < 5.01, "seed \(seed)")
        }
      }
    }
  }

  @Test("the order of obligations changes neither cost nor net amounts", arguments: 0..<20)
  func permutation(block: Int) throws {
    for seed in block * 20..<(block + 1) * 20 {
      let small = try SmallWorld(seed: seed)
      var numbers = SplitMix(seed: seed)
      let shuffled = small.obligations.shuffled(using: &numbers)
      for strategy in small.strategies {
        let name = type(of: strategy).name
        func outcome(_ pending: [Obligation]) -> (StrategyCost, [String]) {
          let plan = strategy.plan(pending, in: small.world)
          let netted = SettlementPlan(batches: plan.batches.filter { $0.netting != .gross })
          let wires = Wires.of(
            netted, payouts: Payouts.beforeFees(of: netted, pending, in: small.world),
            clearingBank: small.world.clearingBank)
          return (
            StrategyCost(strategy: name, pricing: plan, pending, in: small.world),
            wires.map { "\($0.payer) \($0.payee) \($0.currency) \($0.amount) \($0.payments)" }
          )
        }
        let plans = [small.obligations, shuffled].map { strategy.plan($0, in: small.world) }
        // Whether a part of a settlement comes to nothing depends on the order.
        var other = small
        other.obligations = shuffled
        other.fees = []
        guard !small.hasIdleParts(plans[0]), !other.hasIdleParts(plans[1]) else { continue }
        let (first, second) = (outcome(small.obligations), outcome(shuffled))
        #expect(first.0 == second.0, "\(name), seed \(seed)")
        #expect(first.1 == second.1, "\(name), seed \(seed)")
      }
    }
  }

  @Test("the discount stands apart, and is taken off once", arguments: 0..<50)
  func discount(seed: Int) throws {
    let small = try SmallWorld(seed: seed)
    for strategy in small.strategies {
      let cost = strategy.price(small.grouped, in: small.world)
      #expect(cost.grossWireCost.minorUnits == Int64(cost.wires) * 500, "seed \(seed)")
      #expect(cost.discount.minorUnits == Int64(cost.discountedWires) * 75, "seed \(seed)")
      #expect(cost.wireCost == cost.grossWireCost - cost.discount)
      #expect(cost.total == cost.wireCost + cost.spreadCost - cost.spreadDiscount)
      #expect((0...cost.spreadCost.minorUnits).contains(cost.spreadDiscount.minorUnits))
      if !small.world.costs.discountsSpread { #expect(cost.spreadDiscount == .zero(.usd)) }
    }
  }
}
