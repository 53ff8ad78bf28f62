import Batching
import Interbank
import Reporting
import Scenario
import Text

/// What two stored samples differ in beside what came out: told before any figure, since a
/// difference of figures may come from each of it.
struct StoredDistinctions {
  /// A line each: scenario, settings with path and both values, files, seeds, versions.
  private(set) var lines: [String] = []

  private let first: StoredSample
  private let second: StoredSample

  init(_ first: StoredSample, _ second: StoredSample) {
    self.first = first
    self.second = second
    compare("scenario") { $0.identity.scenarioName }
    settings()
    compare("files that the scenario reads") { run in
      run.identity.inputs.map { "\($0.name) (SHA-256 \($0.sha256.prefix(12))…)" }
        .joined(separator: ", ")
    }
    seeds()
    compare("version of settlesim") { $0.identity.settlesimVersion }
    compare("version of the time-zone database") { $0.identity.timeZoneDatabaseVersion }
  }

  /// Each run's text, without those before it.
  private static func distinct(
    _ sample: StoredSample, _ text: (StoredSample.Run) -> String
  ) -> [String] {
    sample.runs.reduce(into: []) { texts, run in
      let text = text(run)
      if !texts.contains(text) { texts.append(text) }
    }
  }

  private mutating func compare(_ what: String, _ text: (StoredSample.Run) -> String) {
    let sides = [first, second].map { Self.distinct($0, text) }
    guard sides[0] != sides[1] else { return }
    let words = sides.map { texts in
      texts.map { $0.isEmpty ? "none" : visible($0) }.joined(separator: ", ")
    }
    lines.append("\(what): \(words[0]) and \(words[1])")
  }

  private mutating func seeds() {
    let sides = [first, second].map { $0.runs.map(\.identity.seed) }
    guard Set(sides[0]) != Set(sides[1]) else { return }
    lines.append("seeds: \(Self.text(sides[0])) and \(Self.text(sides[1]))")
  }

  /// `1 to 8`, or the first few of them.
  private static func text(_ seeds: [UInt64]) -> String {
    let sorted = Set(seeds).sorted()
    if sorted.count == 1 { return "\(sorted[0])" }
    if sorted[sorted.count - 1] - sorted[0] == UInt64(sorted.count - 1) {
      return "\(sorted[0]) to \(sorted[sorted.count - 1])"
    }
    let more = sorted.count > 6 ? " and \(sorted.count - 6) more" : ""
    return sorted.prefix(6).map(String.init).joined(separator: ", ") + more
  }

  /// The values of the scenario that are not the same on both sides, the seed excepted.
  private mutating func settings() {
    let sides = [first, second].map(Self.values)
    guard case .success(let one) = sides[0], case .success(let other) = sides[1] else {
      // One is no scenario of this version: what was given is compared instead of what it means.
      for case .failure(let reason) in sides { lines.append("settings: \(reason.text)") }
      compare("SHA-256 of the scenario") { String($0.identity.scenarioSHA256.prefix(16)) + "…" }
      compare("settings on the command line") { run in
        run.identity.overrides.map { "\($0.path)=\($0.value)" }.joined(separator: ", ")
      }
      return
    }
    let paths =
      one.map(\.path)
      + other.map(\.path).filter { path in
        !one.contains { $0.path == path }
      }
    for path in paths where !Self.apart.contains(path) {
      let values = [one, other].map { side in side.filter { $0.path == path }.map(\.value) }
      guard values[0] != values[1] else { continue }
      let words = values.map { values in
        values.isEmpty ? "not given" : values.map(visible).joined(separator: ", ")
      }
      lines.append("\(visible(path)): \(words[0]) and \(words[1])")
    }
  }

  /// Told apart from the settings.
  private static let apart = ["name", "description", "seed"]

  private struct Unreadable: Error {
    let text: String
  }

  /// The values of all runs of a sample by their paths; a path stands as often as it has values.
  private static func values(
    _ sample: StoredSample
  ) -> Result<[(path: String, value: String)], Unreadable> {
    var values: [(path: String, value: String)] = []
    var seen: [RunIdentity] = []
    var known: Set<String> = []
    for run in sample.runs {
      var identity = run.identity
      // Runs that differ in their seeds and digests alone have the same settings.
      (identity.seed, identity.digest, identity.arrivalDigest, identity.eventCount) = (0, 0, 0, 0)
      guard !seen.contains(identity) else { continue }
      seen.append(identity)
      do throws(ScenarioError) {
        let scenario = try LoadedScenario.load(
          Array(run.identity.scenarioText.utf8), file: run.identity.scenarioReference,
          overrides: run.identity.overrides.map {
            ScenarioOverride(path: $0.path, value: $0.value)
          }, strategies: StrategyRegistry.declarations,
          modes: SettlementModeRegistry.declarations)
        for value in scenario.resolved() where known.insert("\(value.path)=\(value.value)").inserted
        {
          values.append((value.path, value.value))
        }
      } catch {
        let line = error.description.split(separator: "\n").first.map(String.init) ?? ""
        return .failure(
          Unreadable(
            text: "those of \(visible(sample.name)) are not a scenario of this version "
              + "(\(visible(line)))"))
      }
    }
    return .success(values)
  }
}
