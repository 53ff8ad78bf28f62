import Batching
import Foundation
import Interbank
import Simulator
import Testing

@testable import Scenario

@Suite("Shipped scenarios")
struct ShippedScenarioTests {
  static let folder = Transcript.repository.appending(path: "Scenarios")
  static let names = [
    "acquirer-outage", "bank-day", "challenge-share", "cut-off-moved", "month-of-orders",
    "netting-group", "rough-day",
    "savings-claim", "smoke", "standard-day", "stress-hour", "trace-replay", "transfers",
    "twelve-currencies",
  ]

  @Test("no scenario is forgotten here")
  func allAreListed() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(files.filter { $0.hasSuffix(".yaml") }.sorted() == Self.names.map { $0 + ".yaml" })
  }

  @Test("each is valid, named like its file, and points at the schema", arguments: names)
  func isValid(name: String) throws {
    let path = Self.folder.appending(path: "\(name).yaml").path
    let scenario = try LoadedScenario.load(
      path: path, strategies: StrategyRegistry.declarations, figures: MetricCatalog.figures)
    #expect(scenario.settings.name == name)
    let text = String(decoding: scenario.source, as: UTF8.self)
    #expect(text.hasPrefix("# yaml-language-server: $schema=schema.json\n"))
    if let trace = scenario.tracePath { #expect(FileManager.default.fileExists(atPath: trace)) }
  }

  @Test("the committed schema is the one the code generates")
  func schemaIsFresh() throws {
    let file = Self.folder.appending(path: "schema.json")
    let schema = ScenarioSchema.json(
      strategies: StrategyRegistry.declarations, modes: SettlementModeRegistry.declarations,
      figures: MetricCatalog.figures)
    if Transcript.isRewriting {
      try schema.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(
      try String(contentsOf: file, encoding: .utf8) == schema,
      "run the tests once with SETTLESIM_REWRITE=1")
  }

  @Test("the template of a new scenario is valid as it stands")
  func templateIsValid() throws {
    let scenario = try LoadedScenario.load(
      Array(ScenarioTemplate.text(name: "first-try").utf8), file: "new.yaml",
      strategies: StrategyRegistry.declarations, figures: MetricCatalog.figures)
    #expect(scenario.settings.name == "first-try")
  }
}
