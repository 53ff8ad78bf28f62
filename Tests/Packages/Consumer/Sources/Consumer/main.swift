import Chance
import SettleSim
import VirtualTime

/// A lamp that is on for a minute in the mean, then off as long, in virtual time.
actor Lamp: IslandActor {
  nonisolated let island: Island
  private var draws: RandomStream
  private(set) var switches = 0

  init(_ island: Island) {
    self.island = island
    draws = island.randomStream("lamp", "period")
  }

  func start(hours: Int) { Task { await self.run(hours) } }

  private func run(_ hours: Int) async {
    let period = Exponential(mean: 60e9)
    while true {
      await island.sleep(nanoseconds: Int64(period.draw(&draws)))
      guard island.now.nanoseconds < Int64(hours) * 3_600_000_000_000 else { return }
      switches += 1
    }
  }
}

let world = World(islands: 1, seed: 7)
let island = world.islands[0]
let lamp = Lamp(island)
island.enter { lamp.assumeIsolated { $0.start(hours: 1) } }
world.run()
print(
  "a lamp was switched \(island.enter { lamp.assumeIsolated { $0.switches } }) times in an hour")

let scenario = try Scenario(
  text: """
    name: corner-shop
    time: {date: "2026-03-02", duration: 1h}
    cells: {per_region: 1}
    merchants: {count: 20}
    workload: {generated: {payments: 300}}
    """,
  settings: ["seed": "7"])
let outcome = try Simulation(scenario).run(threads: 2)
let settled = Int(outcome["payments.settled"] ?? 0)
print("\(scenario.name): \(outcome.verdict), \(settled) payments settled, digest \(outcome.digest)")
let costs = outcome.figures.filter { $0.unit == .money && $0.direction == .lowerIsBetter }
print("\(costs.count) figures of cost, among them \(costs[0].name): \(costs[0].meaning)")
if CommandLine.arguments.count > 1 {
  print("written to \(try outcome.write(to: CommandLine.arguments[1]))")
}

do {
  _ = try Scenario(text: "name: corner-shop\ntime: {duration: soon}\n", name: "shop.yaml")
} catch {
  print("refused: \(error)")
}
