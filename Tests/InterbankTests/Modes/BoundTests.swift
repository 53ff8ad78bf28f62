import Declared
import Interbank
import Scenario
import Testing

/// What the theory promises of liquidity and delay, in worlds with ample liquidity.
@Suite("Liquidity against delay")
struct BoundTests {
  private func ample(_ seed: Int) throws -> RandomWorld {
    var world = try RandomWorld(seed: seed, mode: "rtgs", extras: false)
    world.terms = world.terms.map { _ in ParticipantTerms(openingBalance: 10_000) }
    world.days = [world.days[0]]
    return world
  }

  private func day(
    _ world: RandomWorld, _ mode: String, _ parameters: [String: ParameterValue] = [:]
  ) throws -> InterbankIndicators {
    var world = world
    world.mode = mode
    world.parameters = parameters
    let driver = try world.run()
    #expect(driver.check.violation == nil)
    #expect(driver.system.indicators.days[0].unsettledAtClose == 0, "\(world)")
    return driver.system.indicators
  }

  @Test("with ample liquidity gross settlement uses the upper bound and takes no time")
  func gross() throws {
    for seed in 0..<300 {
      let figures = try day(ample(seed), "rtgs").days[0]
      #expect(figures.liquidityUsed == figures.upperBound)
      #expect(figures.settlementDelay ?? 0 == 0)
    }
  }

  @Test("one cycle a day uses the lower bound and takes all the time there is")
  func deferred() throws {
    for seed in 0..<300 {
      let figures = try day(ample(seed), "deferred_net").days[0]
      #expect(figures.liquidityUsed == figures.lowerBound)
      #expect(figures.settlementDelay ?? 1 == 1)
    }
  }

  @Test(
    "no mode uses less than deferred net or more than gross, or is faster than gross",
    arguments: ModeChoice.all)
  func between(choice: ModeChoice) throws {
    for seed in 0..<40 {
      let world = try ample(seed)
      var parameters = choice.parameters
      for name in ["interval", "cycle", "window"] {
        let type = SettlementModeRegistry.type(named: choice.name)!
        guard type.parameters.contains(where: { $0.name == name }) else { continue }
        parameters[name] = .duration(.seconds(7))
      }
      let figures = try day(world, choice.name, parameters).days[0]
      let least = try day(world, "deferred_net").days[0]
      let fastest = try day(world, "rtgs").days[0]
      #expect(figures.liquidityUsed >= least.liquidityUsed, "\(choice) seed \(seed)")
      #expect(figures.lowerBound == least.liquidityUsed, "\(choice) seed \(seed)")
      #expect(figures.upperBound == fastest.liquidityUsed, "\(choice) seed \(seed)")
      #expect(figures.delayedValueTime >= fastest.delayedValueTime, "\(choice) seed \(seed)")
      // Urgent payments before others, pairs one after another, or batches, each ordered by itself,
      // may cost more than the order of arrival.
      if choice.name == "hybrid_offset" || choice.parameters["netting"] == .choice("bilateral")
        || choice.parameters["liquidity_saving"] == .choice("reordering")
      {
        continue
      }
      #expect(figures.liquidityUsed <= fastest.liquidityUsed, "\(choice) seed \(seed)")
    }
  }

  @Test("no order and no grouping of a few payments uses less liquidity than the lower bound")
  func exhaustive() throws {
    for seed in 0..<60 {
      var world = try ample(seed)
      world.days[0].steps = Array(world.days[0].steps.prefix(5))
      let driver = try world.run()
      let bound = driver.system.indicators.days[0].lowerBound
      #expect(Groupings(driver.payments, world.terms.count).leastLiquidity == bound)
    }
  }
}

/// All ways to settle a few payments in groups, one after another.
struct Groupings {
  let leastLiquidity: Int64

  init(_ payments: [InterbankPayment], _ participants: Int) {
    var best = Int64.max
    func visit(_ left: Int, _ net: [Int64], _ peaks: [Int64]) {
      if left == 0 {
        best = min(best, peaks.reduce(0, +))
        return
      }
      var group = left
      while group > 0 {
        var (net, peaks) = (net, peaks)
        for (index, payment) in payments.enumerated() where group & (1 << index) != 0 {
          net[payment.payer] += payment.amount
          net[payment.payee] -= payment.amount
        }
        for index in net.indices { peaks[index] = max(peaks[index], net[index]) }
        visit(left & ~group, net, peaks)
        group = (group - 1) & left
      }
    }
    let zero = [Int64](repeating: 0, count: participants)
    visit((1 << payments.count) - 1, zero, zero)
    leastLiquidity = best
  }
}
