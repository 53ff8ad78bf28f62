import Batching
import Glibc
import Interbank
import Money

@testable import Scenario
@testable import Simulator

/// A random scenario that the loader accepts, with the files that it reads.
struct RandomScenario {
  /// Drafts that are mended at most, and mendings of each.
  private static let drafts = 8
  private static let mendings = 40

  /// Decides everything.
  let seed: UInt64
  let tree: ScenarioTree
  let run: ScenarioRun
  let scenario: LoadedScenario
  /// Drafts that were refused before this one, past mending.
  let refused: Int
  /// Keys of this one that were left out, as a refusal named them.
  let mended: Int

  /// Generates drafts until one is accepted; nil if none is.
  ///
  /// - Parameter directory: where the files that it reads are written.
  init?(seed: UInt64, directory: String) {
    var seeds = Chooser(seed: seed)
    for refused in 0..<Self.drafts {
      var generator = ScenarioGenerator(seed: seeds.next())
      var tree = generator.draft()
      Self.writeFiles(&generator, tree, directory)
      for mended in 0...Self.mendings {
        switch Self.load(tree, directory) {
        case .success(let (scenario, run)):
          (self.seed, self.tree, self.scenario, self.run) = (seed, tree, scenario, run)
          (self.refused, self.mended) = (refused, mended)
          return
        case .failure(let refusal):
          guard let path = refusal.place(in: tree) else { break }
          tree.remove(at: path)
          continue
        }
        break
      }
    }
    return nil
  }

  struct Refusal: Error {
    var path: String

    /// What is given nearest to the place that the refusal names, with the entry of a list or the
    /// whole of a section where that is what is left; nil at the root and at what keeps the world
    /// small.
    func place(in tree: ScenarioTree) -> [ScenarioTree.Step]? {
      var steps = ScenarioTree.steps(of: path)
      while !steps.isEmpty, tree.value(at: steps) == nil { steps.removeLast() }
      let isFrame = ScenarioGenerator.frame.contains(NodePath(steps).description)
      return steps.isEmpty || isFrame ? nil : steps
    }
  }

  private static func load(
    _ tree: ScenarioTree, _ directory: String
  ) -> Result<(LoadedScenario, ScenarioRun), Refusal> {
    do {
      let scenario = try load(tree.bytes, directory)
      return .success((scenario, try ScenarioRun(scenario)))
    } catch let error as ScenarioError {
      return .failure(Refusal(path: error.problems[0].path))
    } catch {
      // `file:line:column: path: message`, of what is found wrong when the run is prepared.
      let parts = "\(error)".split(separator: ": ", maxSplits: 2)
      return .failure(Refusal(path: parts.count > 1 ? String(parts[1]) : ""))
    }
  }

  static func load(_ bytes: [UInt8], _ directory: String) throws -> LoadedScenario {
    try LoadedScenario.load(
      bytes, file: "\(directory)/random.yaml", strategies: StrategyRegistry.declarations,
      modes: SettlementModeRegistry.declarations, figures: MetricCatalog.figures)
  }

  /// Writes the files that a scenario may read.
  static func writeFiles(
    _ generator: inout ScenarioGenerator, _ tree: ScenarioTree, _ directory: String
  ) {
    let given = tree.value(at: [.key("time"), .key("date")])?.line
    let date = given.flatMap { CivilDate($0) } ?? CivilDate(year: 2_026, month: 3, day: 2)
    let words = generator.words
    func rule(_ key: String) -> String? {
      tree.value(at: [.key("workload"), .key("trace"), .key(key)])?.line
    }
    let style = Vocabulary.TraceStyle(
      isMinor: rule("amount_unit") == "minor", hasComma: rule("decimal_mark") == "comma",
      dateOrder: rule("date_order") ?? "")
    func recordedRule(_ key: String) -> String? {
      tree.value(at: ["workload", "transfers", "trace", key].map { .key($0) })?.line
    }
    let recordedStyle = Vocabulary.TraceStyle(
      isMinor: recordedRule("amount_unit") == "minor",
      hasComma: recordedRule("decimal_mark") == "comma",
      dateOrder: recordedRule("date_order") ?? "")
    var banks: [String] = []
    if case .array(let named)? = tree.value(at: [.key("banks"), .key("named")]) {
      banks = named.compactMap { $0["name"]?.line }
    }
    // Groups need rails that settle gross, and banks that do not fail.
    let hasGroups =
      tree.root["rails"] == nil && tree.value(at: [.key("banks"), .key("failures")]) == nil
    if banks.count < 2 { banks = ["correspondent-1", "correspondent-2"] }
    for (name, text) in [
      (words.traceFile, words.trace(date, style, &generator.random)),
      (
        words.recordedFile, words.recorded(date, banks, recordedStyle, hasGroups, &generator.random)
      ),
      (words.banksFile, words.banks(&generator.random)),
      (words.ratesFile, words.dailyRates(date, &generator.random)),
    ] {
      guard let file = fopen("\(directory)/\(name)", "w") else { fatalError("no \(directory)") }
      fputs(text, file)
      fclose(file)
    }
  }
}
