import Batching
import Money
import PaymentModel
import Testing

@Suite("Realised cost")
struct RealisedCostTests {
  @Test("it is what the plan costs, in whatever portions and order it is added", arguments: 0..<40)
  func portions(seed: Int) throws {
    let small = try SmallWorld(seed: seed)
    // No batch pays out nothing: a run does not send what costs a plan counts.
    let pending = small.obligations.map { obligation in
      var larger = obligation
      larger.amount = abs(obligation.amount) + 1_000
      return larger
    }
    for strategy in small.all {
      let name = type(of: strategy).name
      let plan = strategy.plan(pending, in: small.world)
      let payouts = Payouts.beforeFees(of: plan, pending, in: small.world)
      func realised(_ plan: SettlementPlan, _ payouts: [Int64]) -> RealisedCost {
        var cost = RealisedCost()
        cost.add(
          plan,
          wires: Wires.of(plan, payouts: payouts, clearingBank: small.world.clearingBank),
          conversions: Conversions.of(plan, pending, in: small.world), costs: small.world.costs)
        return cost
      }
      let whole = realised(plan, payouts)
      #expect(
        whole.cost(strategy: name, in: small.world)
          == StrategyCost(strategy: name, pricing: plan, pending, in: small.world),
        "\(name), seed \(seed)")
      #expect(whole.wiresByWindow.reduce(0, +) == whole.wires)
      // A desk for each cycle: nothing is netted or offset beyond one.
      var desks: [RealisedCost] = []
      for cycle in Set(plan.batches.map(\.cycle)).sorted() {
        let own = plan.batches.indices.filter { plan.batches[$0].cycle == cycle }
        desks.append(
          realised(
            SettlementPlan(batches: own.map { plan.batches[$0] }), own.map { payouts[$0] }))
      }
      var merged = RealisedCost()
      for desk in desks.reversed() { merged.merge(desk) }
      #expect(
        merged.cost(strategy: name, in: small.world) == whole.cost(strategy: name, in: small.world),
        "\(name), seed \(seed)")
      #expect(merged.wiresByWindow == whole.wiresByWindow)
    }
  }
}
