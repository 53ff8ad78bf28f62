import Batching
import Experiments
import Foundation
import Reporting
import Scenario
import Simulator

/// Small real runs, and directories that go away with the test.
enum BenchFixture {
  static let scenario = """
    name: tiny
    time: {date: "2026-03-02", duration: 1h}
    cells: {per_region: 1}
    merchants: {count: 20}
    workload: {generated: {payments: 400}}

    """

  /// The result of the tiny scenario, with `text` in place of it, or with settings replaced.
  static func result(_ text: String = scenario, _ settings: String...) throws -> RunResult {
    let loaded = try LoadedScenario.load(
      Array(text.utf8), file: "tiny.yaml",
      overrides: settings.map { ScenarioOverride(assignment: $0)! },
      strategies: StrategyRegistry.declarations)
    return try ScenarioRun(loaded).run(threads: 1).result
  }
}

/// A directory of a test's own.
final class Folder {
  let path: String

  init() {
    let url = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)")
    try! FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) -> String {
    let file = path + "/" + name
    try! Data(text.utf8).write(to: URL(filePath: file))
    return file
  }
}
