import Text
import Experiments
import Reporting
import Scenario
import VirtualTime

/// `settlesim sweep`: a scenario over values and seeds.
///
/// 1. Flags are read, the points numbered, and every combination of values checked; with
///    `--dry-run` that is all.
/// 2. The directory is made, or found to be that of the same sweep.
/// 3. The points of this process's share run, those that are finished excepted.
/// 4. A whole sweep is merged: files, table, verdict. A share only says that it is done.
struct SweepCommand {
  private let context: Context
  private var options: Options { context.options }
  private var console: Console { context.console }

  init(_ context: Context) { self.context = context }

  func run() throws(Failure) -> ExitCode {
    let view = try SweepView(context)
    let style = try context.progressStyle()
    let threads = try context.threads()
    let bound = try context.boundMemory()
    let suspension = try options.choice(.suspension, default: Suspension.parking)
    let choice = try shard()
    let scenario = try scenario()
    let definition = scenario.definition
    let points = try points(choice.shard, of: definition)
    do throws(SweepError) { try scenario.validate(threads: threads) } catch {
      throw Failure(ExitCode(error.kind.rawValue), error.lines)
    }
    let target = target(definition)
    if try options.isSet(.dryRun) {
      let plan = SweepPlan(
        scenario: scenario, choice: choice, points: points, threads: threads, target: target)
      try console.write(plan.text)
      return .passed
    }
    if !choice.origin.isEmpty {
      console.note(
        "shard \(choice.shard.index) of \(choice.shard.count), by \(choice.origin): "
          + "\(points.count) of \(definition.grid.pointCount) points")
    }
    let directory = SweepDirectory(path: context.surroundings.resolved(target))
    do throws(SweepError) { try directory.prepare(definition) } catch { throw Failure(error) }
    let process = SweepProcess(context, style)
    let runner = SweepRunner(
      scenario, in: directory, suspension: suspension, hooks: process.hooks)
    let outcome = runner.run(
      points, parallel: threads, process: context.forkingProcess(bound))
    process.finish()
    try conclude(outcome, of: points.count, signal: process.signal)
    let before = outcome.found > 0 ? ", \(outcome.found) of them before" : ""
    console.note("\(outcome.verdicts.count) points are finished\(before), in \(visible(target))")
    guard options.given(.points) == nil,
      let results = try merged(directory, choice.shard, definition)
    else {
      console.note("`settlesim sweep merge` gives the figures of all points")
      return .passed
    }
    return try view.show(results, at: target)
  }

  /// Notes that the share is done; the results, where it is the whole.
  private func merged(
    _ directory: SweepDirectory, _ shard: Shard, _ definition: SweepDefinition
  ) throws(Failure) -> SweepResults? {
    do throws(SweepError) {
      try directory.note(shard, of: definition)
      guard shard == .whole else { return nil }
      let results = try SweepResults(from: [directory])
      try directory.write(results)
      return results
    } catch { throw Failure(error) }
  }

  /// The scenario with its points.
  private func scenario() throws(Failure) -> SweepScenario {
    let overrides = try options.overrides()
    let common = overrides.filter { $0.path != "seed" }
    let request = try request(common)
    let given = overrides.first { $0.path == "seed" }
    // The seed that draws the samples may stand in the scenario, which is loaded with any sample.
    let probe = try grid(request, seed: given.flatMap { UInt64($0.value) } ?? 0)
    let loaded = try load(common, probe)
    let seed = loaded.settings.seed
    let grid = try grid(request, seed: seed)
    return SweepScenario(
      source: loaded.source, file: loaded.file, strategies: strategyDeclarations,
      definition: SweepDefinition(
        scenario: loaded, overrides: common, seed: seed, grid: grid))
  }

  private func request(_ overrides: [ScenarioOverride]) throws(Failure) -> SweepRequest {
    let samples = try options.count(.samples, in: 1...Variation.limit)
    do throws(SweepError) {
      var variations: [Variation] = []
      for text in options.values(.vary) { variations.append(try Variation(text)) }
      let seeds = try options.given(.seeds).map { given throws(SweepError) in
        try SeedList(given.text)
      }
      return try SweepRequest(
        variations: variations, samples: samples, seeds: seeds, overrides: overrides)
    } catch { throw usage(error) }
  }

  private func grid(_ request: SweepRequest, seed: UInt64) throws(Failure) -> SweepGrid {
    do throws(SweepError) { return try request.grid(seed: seed) } catch { throw usage(error) }
  }

  /// The scenario with the values of the first point, but the seed of the sweep.
  private func load(
    _ common: [ScenarioOverride], _ grid: SweepGrid
  ) throws(Failure) -> LoadedScenario {
    let seed = try options.overrides().filter { $0.path == "seed" }
    let values = zip(grid.axes, grid.values(combination: 0)).map {
      ScenarioOverride(path: $0.path, value: $1, origin: .flag("--vary \($0.path)"))
    }
    do throws(Failure) {
      return try context.load(context.operands[0], overrides: seed + common + values)
    } catch {
      guard error.code == .badInput, !values.isEmpty else { throw error }
      let label = values.map { "\($0.path)=\($0.value)" }.joined(separator: ", ")
      throw Failure(error.code, error.lines.map { "point 1 (\(visible(label))): \($0)" })
    }
  }

  private func shard() throws(Failure) -> ShardChoice {
    let given = options.given(.shard)
    if given != nil, options.given(.points) != nil {
      throw options.usage("--points and --shard exclude each other")
    }
    if options.given(.points) != nil { return try choice(nil, "", [:]) }
    let name = given.map { SourcePosition(origin: $0.origin).description } ?? ""
    return try choice(given?.text, name, context.surroundings.environment)
  }

  private func choice(
    _ given: String?, _ name: String, _ environment: [String: String]
  ) throws(Failure) -> ShardChoice {
    do throws(SweepError) {
      return try ShardChoice(given: given, name: name, environment: environment)
    } catch { throw usage(error) }
  }

  private func points(_ shard: Shard, of definition: SweepDefinition) throws(Failure) -> [Int] {
    let count = definition.grid.pointCount
    guard let given = options.given(.points) else { return shard.points(of: count) }
    do throws(SweepError) { return try PointList.read(given.text, count: count) } catch {
      throw usage(error)
    }
  }

  /// A directory that the same sweep has every time.
  private func target(_ definition: SweepDefinition) -> String {
    options.given(.output)?.text
      ?? "Results/sweeps/\(definition.scenarioName)/\(definition.identifier)"
  }

  private func usage(_ error: SweepError) -> Failure {
    error.kind == .usage ? options.usage(visible(error.description)) : Failure(error)
  }

  /// Tells what went wrong; ends the command where points have no result. A broken invariant
  /// outranks a signal, that an output, and that a scenario.
  private func conclude(
    _ outcome: SweepOutcome, of count: Int, signal: Int32?
  ) throws(Failure) {
    for note in outcome.notes {
      console.tell("settlesim: point \(note.point): \(visible(note.text))")
    }
    var lines = outcome.failures.flatMap { failure in
      failure.error.lines.map { "settlesim: point \(failure.point): \(visible($0))" }
    }
    let done = "\(outcome.verdicts.count) of \(count) points are finished"
    if let signal, outcome.isStopped {
      lines.append("settlesim: stopped by signal \(signal); \(done); the same command goes on")
      if outcome.breach == nil { throw Failure(.signal(signal), lines) }
    } else if !outcome.failures.isEmpty {
      lines.append("settlesim: \(done)")
    }
    if let breach = outcome.breach {
      lines.append("settlesim: point \(breach.point): \(visible(breach.text))")
      lines.append(breach.command)
      throw Failure(.invariantViolated, lines)
    }
    if let worst = outcome.failures.map(\.error.kind).max(by: { $0.rawValue < $1.rawValue }) {
      throw Failure(ExitCode(worst.rawValue), lines)
    }
  }
}

extension Failure {
  /// A sweep that cannot be made, run or merged.
  init(_ error: SweepError) {
    self.init(ExitCode(error.kind.rawValue), error.lines.map { "settlesim: \(visible($0))" })
  }
}
