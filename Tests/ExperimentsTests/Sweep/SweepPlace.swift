import Batching
import Foundation
import Reporting
import Scenario
import Synchronization

@testable import Experiments

/// A place for a test's sweeps, removed with the value.
final class SweepPlace: Sendable {
  /// A scenario of a few milliseconds.
  static let scenario = """
    name: tiny
    seed: 5
    time: {date: "2026-03-02", duration: 20min}
    cells: {per_region: 1}
    merchants: {count: 10}
    workload: {generated: {payments: 60}}

    """

  let path: String

  init() {
    path =
      FileManager.default.temporaryDirectory.appending(
        path: "settlesim-sweep-\(UUID().uuidString)"
      ).path
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func directory(_ name: String) -> SweepDirectory { SweepDirectory(path: path + "/" + name) }

  /// All files below `name` with their bytes, the clock's and the machine's excepted.
  func files(_ name: String) -> [String: Data] {
    let root = path + "/" + name
    var files: [String: Data] = [:]
    for file in FileManager.default.enumerator(atPath: root)! {
      let file = file as! String
      guard !file.hasSuffix("environment.json") else { continue }
      files[file] = FileManager.default.contents(atPath: root + "/" + file)
    }
    return files
  }

  func names(_ name: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path + "/" + name)) ?? []).sorted()
  }

  func remove(_ name: String) { try! FileManager.default.removeItem(atPath: path + "/" + name) }

  func write(_ name: String, _ text: String) {
    try! Data(text.utf8).write(to: URL(filePath: path + "/" + name))
  }

  func text(_ name: String) -> String {
    String(
      decoding: FileManager.default.contents(atPath: path + "/" + name) ?? Data(), as: UTF8.self)
  }

  func copy(_ from: String, to: String) {
    try! FileManager.default.copyItem(atPath: path + "/" + from, toPath: path + "/" + to)
  }
}

extension SweepScenario {
  /// A sweep of the tiny scenario: by default 2 strategies, 2 numbers of retries, 2 seeds.
  static func tiny(
    vary: [String] = [
      "settlement.strategy=merchant_day,fixed_window", "authorization.retries=0,2",
    ],
    seeds: String? = "2", samples: Int? = nil, text: String = SweepPlace.scenario,
    set: [ScenarioOverride] = []
  ) throws -> SweepScenario {
    let request = try SweepRequest(
      variations: vary.map { text throws(SweepError) in try Variation(text) }, samples: samples,
      seeds: try seeds.map { text throws(SweepError) in try SeedList(text) }, overrides: set)
    let loaded = try LoadedScenario.load(
      Array(text.utf8), file: "tiny.yaml", overrides: set,
      strategies: StrategyRegistry.declarations)
    return SweepScenario(
      source: loaded.source, file: loaded.file, strategies: StrategyRegistry.declarations,
      definition: SweepDefinition(
        scenario: loaded, overrides: set, seed: loaded.settings.seed,
        grid: try request.grid(seed: loaded.settings.seed)))
  }

  /// Runs points of the sweep in `directory`.
  @discardableResult
  func run(
    in directory: SweepDirectory, shard: Shard = .whole, parallel: Int = 2,
    hooks: SweepHooks = SweepHooks()
  ) throws(SweepError) -> SweepOutcome {
    try directory.prepare(definition)
    return SweepRunner(self, in: directory, hooks: hooks).run(
      shard.points(of: definition.grid.pointCount), parallel: parallel)
  }
}

/// A number that several threads count up.
final class Counter: Sendable {
  private let value = Atomic<Int>(0)

  var count: Int { value.load(ordering: .relaxed) }

  /// Counts one more; the new count.
  @discardableResult func add() -> Int { value.add(1, ordering: .relaxed).newValue }
}
