import Batching
import Money
import Testing

@testable import Scenario

@Suite("Bounds of what a scenario takes")
struct BoundTests {
  private static let schema = Section<ScenarioSettings>.scenario(
    StrategyRegistry.declarations, modes: sampleModes, figures: []
  ).schema(defaults: ScenarioSettings(name: ""))

  /// Every schema below one, with its place.
  private func parts(_ schema: SchemaJSON, _ place: String = "") -> [(String, SchemaJSON)] {
    switch schema {
    case .array(let values): values.flatMap { parts($0, place) }
    case .object(let members), .map(let members):
      [(place, schema)]
        + members.filter { $0.key != "default" }.flatMap { parts($0.value, "\(place)/\($0.key)") }
    case .boolean, .number, .string: []
    }
  }

  @Test("the schema states those of every duration, amount and number")
  func stated() {
    let duration = Syntax<Duration>.durationSchema(.zero, .zero)["pattern"]
    let all = parts(Self.schema)
    let durations = all.filter { $0.1["pattern"] == duration }
    #expect(durations.count > 50)
    for (place, schema) in durations {
      #expect(schema[BoundKeyword.minimum] != nil, "\(place)")
      #expect(schema[BoundKeyword.maximum] != nil, "\(place)")
    }
    let amounts = all.filter { $0.1[BoundKeyword.maximumMinorUnits] != nil }
    let patterns = all.filter { $0.1["examples"] == .strings(["5.00 USD"]) }
    #expect(amounts.count > 40 && amounts.count == patterns.count)
    for (place, schema) in all
    where schema["type"] == .string("number") || schema["type"] == .string("integer") {
      #expect(schema["minimum"] != nil || schema["exclusiveMinimum"] != nil, "\(place)")
      #expect(schema["maximum"] != nil, "\(place)")
    }
  }

  @Test(
    "hold at their ends, and not beyond",
    arguments: [
      ("acquirers: [{name: a, file_interval: 1s}]", true),
      ("acquirers: [{name: a, file_interval: 999999999ns}]", false),
      ("gateway: {service_time: 10d}", true),
      ("gateway: {service_time: 864000000000001ns}", false),
      ("gateway: {service_time: {mean: 11d, kind: exponential}}", false),
      ("gateway: {service_time: {median: 1ns, p99: 10d}}", true),
      ("costs: {infrastructure_per_month: 10000000000000.00 USD}", true),
      ("costs: {infrastructure_per_month: 10000000000000.01 USD}", false),
      ("costs: {infrastructure_per_month: 1000000000000001 JPY}", false),
      ("workload: {transfers: {payments: 5, maximum_amount: 3 JPY}}", true),
      ("workload: {transfers: {payments: 5, maximum_amount: 1 JPY}}", false),
      ("workload: {generated: {fraud_share: 1e-9}}", true),
      ("workload: {generated: {fraud_share: 1e1}}", false),
    ])
  func ends(_ line: String, _ isTaken: Bool) {
    let refusal = Scenarios.refusal("name: x\n\(line)\n")
    #expect((refusal == nil) == isTaken, "\(refusal ?? "accepted")")
  }
}
