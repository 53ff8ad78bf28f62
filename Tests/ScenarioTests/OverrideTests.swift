import Declared
import Testing

@testable import Scenario

@Suite("Overrides and resolved values")
struct OverrideTests {
  static let file = """
    name: x
    acquirers:
      - {name: northbank, latency: 5ms}
      - {name: southpay, preference: 2}
    settlement: {strategy: fixed_window}
    gateway:
      service_time: {median: 2ms, p99: 9ms}
    """

  private func load(_ assignments: String..., text: String = file) throws -> LoadedScenario {
    try ScenarioTests.load(
      text, overrides: assignments.map { ScenarioOverride(assignment: $0)! },
      strategies: sampleStrategies)
  }

  private func refusal(_ assignment: String, text: String = file) -> String? {
    ScenarioTests.refusal(text, overrides: [ScenarioOverride(assignment: assignment)!])
  }

  @Test("a value of the file, a missing one and a whole section can be set")
  func sections() throws {
    let settings = try load(
      "gateway.instances=9", "authorization.retries=0", "time={duration: 2h}",
      "gateway.service_time.median=3ms", "name=y"
    ).settings
    #expect(settings.gateway.instances == 9)
    #expect(settings.authorization.retries == 0)
    #expect(settings.time.duration == .seconds(7_200))
    #expect(
      settings.gateway.serviceTime == .logNormal(median: .milliseconds(3), p99: .milliseconds(9)))
    #expect(settings.name == "y")
  }

  @Test("an entry of a list is found by its name or its index")
  func entries() throws {
    let settings = try load(
      "acquirers.southpay.latency=7ms", "acquirers[0].latency=6ms", "acquirers.0.concurrency=10"
    ).settings
    #expect(
      settings.acquirers.map(\.latency)
        == [.constant(.milliseconds(6)), .constant(.milliseconds(7))])
    #expect(settings.acquirers[0].concurrency == 10)
  }

  @Test("an entry of a default list is changed, its neighbours stay")
  func defaultEntries() throws {
    let settings = try load(
      "acquirers.southpay.approval_rate=0.5", "merchants.markets.GB.region=americas",
      "fx.usd_per_unit.EUR=1.25", "gateway.network_latency.p99=31ms", text: "name: x"
    ).settings
    #expect(settings.acquirers.map(\.approvalRate) == [0.93, 0.5])
    #expect(settings.acquirers[1].fileFormat == .json)
    #expect(settings.merchants.markets.map(\.region)[2] == "americas")
    #expect(settings.fx.usdPerUnit.map(\.rate) == [1.25, 1.3421, 0.006257, 1])
    #expect(
      settings.gateway.networkLatency
        == .logNormal(median: .milliseconds(8), p99: .milliseconds(31)))
  }

  @Test("a strategy's parameters and its name can be set")
  func strategies() throws {
    let windowed = try load("settlement.strategy.length=5min").settings.settlement.strategy
    #expect(windowed.name == "fixed_window")
    #expect(
      try ParameterDeclaration.values(
        of: windowed.parameters, declared: sampleStrategies[1].parameters)["length"]
        == .duration(.seconds(300)))
    let renamed = try load("settlement.strategy=one_wire_per_payment").settings.settlement
    #expect(renamed.strategy.name == "one_wire_per_payment")
    let named = try load("settlement.strategy.name=merchant_day", text: "name: x").settings
    #expect(named.settlement.strategy.name == "merchant_day")
  }

  @Test("an override beats the other choice of the file")
  func exclusive() throws {
    let text = "name: x\nworkload: {generated: {payments: 5}}"
    guard
      case .generated(let generated) = try load("workload.generated.rate=2.5", text: text)
        .settings.workload.source, case .rate(2.5) = generated.volume
    else {
      Issue.record("expected the rate to replace the count")
      return
    }
  }

  @Test("a wrong override is refused like a wrong file, naming the flag")
  func refusals() {
    #expect(
      refusal("gatway.instances=9")
        == "--set: gatway: unknown key `gatway`; did you mean `gateway`?")
    #expect(
      refusal("gateway.instances=many")
        == "--set: gateway.instances: expected a whole number from 1 to 10000, found `many`")
    #expect(
      refusal("acquirers.northbnk.latency=5ms")
        == "--set: acquirers: expected an index below 2 or one of northbank, southpay, "
        + "found `northbnk`; did you mean `northbank`?")
    #expect(refusal("seed=") == "--set: seed: expected a value, found nothing")
    #expect(refusal("seed=&a 5") == "--set: seed: expected no anchor (`&`)")
    #expect(
      refusal("name.first=5")
        == "--set: name: expected a mapping or list to hold `first`, found `x`"
    )
    #expect(refusal("a..b=5") == "--set: expected path.to.key=value, found path `a..b`")
    #expect(
      refusal("seed=5\n---\n6") == "--set: expected one document, found a second one")
    #expect(ScenarioOverride(assignment: "seed") == nil)
    #expect(ScenarioOverride(assignment: "=5") == nil)
  }

  @Test("an environment variable is named in its refusal")
  func environment() {
    let override = ScenarioOverride(
      path: "seed", value: "x", origin: .environment("SETTLESIM_SEED"))
    #expect(
      ScenarioTests.refusal("name: x", overrides: [override])
        == "SETTLESIM_SEED: seed: expected a whole number from 0 to 18446744073709551615, found `x`"
    )
  }

  @Test("every value is listed with its origin")
  func resolved() throws {
    let scenario = try load("gateway.instances=9", "gateway.service_time.median=3ms")
    let lines = Dictionary(
      uniqueKeysWithValues: scenario.resolved().map { ($0.path, "\($0.value) \($0.position)") })
    #expect(lines["name"] == "x s.yaml:1:7")
    #expect(lines["gateway.instances"] == "9 --set")
    #expect(lines["gateway.concurrency"] == "16 default")
    #expect(lines["gateway.service_time"] == "{median: 3ms, p99: 9ms} --set")
    #expect(lines["acquirers[0].latency"] == "5ms s.yaml:3:32")
    #expect(lines["acquirers[1].latency"] == "{median: 110ms, p99: 260ms} default")
    #expect(lines["fx.usd_per_unit"] == "{EUR: 1.1684, GBP: 1.3421, JPY: 0.006257, USD: 1} default")
    #expect(lines["settlement.strategy"]?.contains("name: fixed_window, length: 15min") == true)
    #expect(lines["settlement.strategy"]?.hasSuffix(" s.yaml:5:24") == true)
  }

  @Test("each listed value can be given back through --set and changes nothing")
  func roundTrip() throws {
    let scenario = try load(text: "name: x")
    let overrides = scenario.resolved().map { ScenarioOverride(path: $0.path, value: $0.json) }
    let again = try ScenarioTests.load(
      "name: x", overrides: overrides, strategies: sampleStrategies)
    #expect(again.resolved().map(\.value) == scenario.resolved().map(\.value))
    #expect(again.resolved().map(\.path) == scenario.resolved().map(\.path))
    #expect(again.resolved().count > 120)
  }
}
