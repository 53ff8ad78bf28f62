import Text
import Experiments
import Reporting
import Scenario
import VirtualTime

extension Command {
  static let sweep = Command(
    "sweep", "Runs a scenario over values and seeds, on all cores or as a share of many machines.",
    operands: Operands("SCENARIO", 1...1, .scenarios),
    flags: [
      .vary, .samples, .seeds, .seed, .set, .gate, .threads, .memory, .output, .shard, .points,
      .metrics, .format, .dryRun, .quiet, .progress, .color, .suspension,
    ],
    examples: [
      "sweep smoke --vary settlement.strategy=merchant_day,fixed_window --seeds 1..6",
      "sweep my-day.yaml --vary authorization.retries=0..4/1 --output retries",
      "sweep my-day.yaml --vary authorization.retries=0..4/1 --output retries --shard 3/8",
      "sweep smoke --vary cells.per_region=1,2 --seeds 10 --dry-run",
    ],
    details:
      """
      Every combination of the values of all --vary is run with every seed. SPEC is one of
        a,b,c         these values, as in the file; commas in brackets or quotes do not separate
        1..10/2       from 1 on in steps of 2; durations and amounts too: 100ms..1s/100ms
        1..10x4       4 values, evenly spread; 'log 1..1000x4' evenly by ratio
        lhs 0.1..0.9  one value of each of N strata (--samples N): a Latin hypercube; all sampled
                      values are drawn jointly; 'lhs log 1..1000' and 'lhs a,b,c' too
      A range written without a point holds whole numbers. At most 100,000 points.

      Everything is checked before anything runs. Each point is a result of its own, as of `run`, in
      DIR/points/000001 and so on, on one thread; --threads says how many run at once, and each
      needs its own memory. The same command goes on after an interruption: points that are finished
      are kept. Any number of processes may work in one DIR, or each in its own. Without --output,
      DIR is Results/sweeps/<scenario>/<id>, where the id is the same for the same sweep.

      With a share (--shard, SETTLESIM_SHARD, a Slurm job array, or a Kubernetes Indexed Job with
      SETTLESIM_SHARDS) only its points are run, and `sweep merge` gives figures and verdict;
      thresholds are judged there. Without one the sweep is merged at once.
      """,
    endings: [
      .fault, Ending(.badInput, "a point's scenario is refused, or DIR holds another sweep"),
      .missingFile, Ending(.invariantViolated, "an invariant broke in a point"),
      Ending(.replayDiffers, "two results of one point differ"),
      Ending(.thresholdMissed, "a threshold was missed in a point"), .stopped,
    ],
    run: { context throws(Failure) in try SweepCommand(context).run() })
}

extension Flag {
  static let vary = Flag(
    "vary", .text("PATH=SPEC"), isRepeatable: true,
    """
    Gives a value of the scenario one value after another; repeatable,
    and all are crossed. See above for SPEC.
    """)
  static let samples = Flag(
    "samples", .count(1...Variation.limit), "How many samples a Latin hypercube has.")
  static let seeds = Flag(
    "seeds", .text("A..B|A,B,C|N"),
    """
    Seeds for every combination of values: a range, a list, or how many
    from the seed of the sweep on. Default: that one.
    """)
  static let shard = Flag(
    "shard", .text("I/N"), hasVariable: true,
    """
    Runs share I of N, from 1; /N where the scheduler says which one.
    Default: what SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX says.
    """)
  static let points = Flag("points", .text("LIST"), "Runs these points only: 1,3,7-9.")
}

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
    let samples = try options.count(.samples)
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
