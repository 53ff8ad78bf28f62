import Foundation
import SettleSim
import Testing

/// The simulator as another package sees it: nothing here can reach its inner modules.
@Suite("The library SettleSim")
struct SettleSimTests {
  private static let shop = """
    name: corner-shop
    description: "300 payments"
    time: {date: "2026-03-02", duration: 1h}
    cells: {per_region: 1}
    merchants: {count: 20}
    workload: {generated: {payments: 300}}
    thresholds: ["payments.lost == 0"]

    """

  /// A directory that is removed at the end of a test.
  private final class Place {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "settlesim-tests-\(UUID().uuidString)").path

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func read(_ name: String) -> String? {
      try? String(contentsOfFile: path + "/" + name, encoding: .utf8)
    }
  }

  @Test("a scenario of a text runs to figures, a summary and a report")
  func figures() throws {
    let scenario = try Scenario(text: Self.shop)
    #expect(scenario.name == "corner-shop" && scenario.description == "300 payments")
    #expect(scenario.seed == 1)
    var last: Simulation.Progress?
    let outcome = try Simulation(scenario).run { progress in
      last = progress
      return true
    }
    #expect(outcome.verdict == .passed && outcome.isComplete && outcome.problems.isEmpty)
    #expect(outcome["payments.accepted"].map { $0 > 200 } == true)
    #expect(outcome["payments.none"] == nil)
    let latency = outcome.figures.first { $0.name == "authorization_latency.p99" }
    #expect(latency?.unit == .nanoseconds && latency?.direction == .lowerIsBetter)
    #expect(latency?.value == outcome["authorization_latency.p99"])
    #expect(Set(outcome.figures.map(\.name)).count == outcome.figures.count)
    #expect(outcome.summary().contains("corner-shop"))
    for format in Outcome.Format.allCases { #expect(!outcome.summary(format).isEmpty) }
    #expect(outcome.report.hasPrefix("<!DOCTYPE html>"))
    #expect(last.map { $0.events > 0 && $0.arrivalsEnd == 3_600_000_000_000 } == true)
  }

  @Test("threads and suspension change no byte of what is written, and a seed does")
  func bytes() throws {
    let scenario = try Scenario(text: Self.shop)
    let outcomes = try [(1, Simulation.Suspension.parking), (2, .continuation)]
      .map { threads, suspension in
        try Simulation(scenario, suspension: suspension).run(threads: threads)
      }
    let places = [Place(), Place()]
    for (outcome, place) in zip(outcomes, places) {
      let written = try outcome.write(to: place.path)
      #expect(written == place.path)
    }
    for name in ["summary.json", "manifest.json", "report.html"] {
      let texts = places.map { $0.read(name) }
      #expect(texts[0] != nil && texts[0] == texts[1], "\(name)")
    }
    let other = try Simulation(Scenario(text: Self.shop, settings: ["seed": "2"])).run()
    #expect(outcomes[0].digest == outcomes[1].digest && outcomes[0].digest != other.digest)
  }

  @Test("a run that is stopped is not complete and replaces no complete result")
  func stopped() throws {
    let simulation = try Simulation(Scenario(text: Self.shop))
    let place = Place()
    try simulation.run().write(to: place.path)
    let stopped = try Simulation(Scenario(text: Self.shop)).run { _ in false }
    #expect(stopped.verdict == .interrupted && !stopped.isComplete)
    let written = try stopped.write(to: place.path)
    #expect(written != place.path)
    try FileManager.default.removeItem(atPath: written)
    #expect(place.read("summary.json")?.contains("\"verdict\": \"passed\"") == true)
  }

  @Test("what cannot be simulated or written is refused with its place and its kind")
  func refusals() throws {
    func failure(_ body: () throws -> Void) -> SimulationError? {
      #expect(throws: SimulationError.self) { try body() }
    }
    let unknown = failure { _ = try Scenario(text: Self.shop, settings: ["merchants.cuont": "3"]) }
    #expect(unknown?.kind == .refused && "\(unknown!)".contains("did you mean `count`"))
    let soon = failure {
      _ = try Scenario(text: "name: x\ntime: {duration: soon}\n", name: "shop.yaml")
    }
    #expect(soon?.kind == .refused && "\(soon!)".hasPrefix("shop.yaml:2:18: time.duration:"))
    let missing = failure { _ = try Scenario(contentsOf: "none.yaml") }
    #expect(missing?.kind == .missingFile)
    let trace = failure {
      _ = try Simulation(Scenario(text: "name: x\nworkload:\n  trace: {file: none.csv}\n"))
    }
    #expect(trace?.kind == .missingFile && "\(trace!)".contains("none.csv"))
    let outcome = try Simulation(Scenario(text: Self.shop)).run()
    let place = failure { try outcome.write(to: "/proc/none/here") }
    #expect(place?.kind == .cannotWrite)
  }

  @Test("a shipped scenario is read from its file, and the schema is the shipped one")
  func shipped() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let scenario = try Scenario(contentsOf: root + "/Scenarios/trace-replay.yaml")
    _ = try Simulation(scenario)
    #expect(scenario.name == "trace-replay")
    let schema = try String(contentsOfFile: root + "/Scenarios/schema.json", encoding: .utf8)
    #expect(Scenario.schema == schema)
  }
}
