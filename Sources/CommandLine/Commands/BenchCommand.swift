import Text
import Experiments
import Reporting
import Scenario
import Simulator

extension Command {
  static let bench = Command(
    "bench", "Compares the shipped scenarios' results and the simulator's speed with baselines.",
    operands: Operands("[SCENARIO...]", 0...Int.max, .scenarios),
    flags: [
      .baselines, .updateBaseline, .only, .rounds, .all, .threads, .memory, .exportFindings,
      .format,
      .quiet, .progress, .suspension,
    ],
    examples: [
      "bench", "bench smoke standard-day --only virtual",
      "bench --export junit=bench.xml --export markdown=bench.md", "bench smoke --update-baseline",
    ],
    details:
      """
      Runs scenarios and compares digest, events and every figure of the summary with
      DIR/<scenario>.json, as `diff` does. Runs are deterministic, so whatever differs was changed
      by someone: it is named with its size and judged better, worse or changed. The command ends
      with 98 where something got worse, where the arrivals are not the baseline's, where a figure
      is gone, and where the digest moved and no figure says how; what only got better calls for
      --update-baseline. Without SCENARIO it takes the shipped ones of up to 100,000 payments.
      Speed is payments per second of CPU time on one thread as a ratio to the built-in tandem work
      in the same rounds, allocations and bytes per payment, and peak memory; its baseline is
      DIR/speed.json.
      --export takes junit, github, markdown, json and csv.
      """,
    endings: [
      .fault, Ending(.badInput, "a scenario, trace or baseline is refused"), .missingFile,
      .invariantBroke,
      Ending(
        .regression, "something is worse than the baseline says, or cannot be told to be as good"),
      .stopped,
    ],
    run: { context throws(Failure) in try BenchCommand(context).run() })
}

extension Flag {
  static let updateBaseline = Flag(
    "update-baseline", .toggle,
    """
    Records what is found as the new baselines, and says what changes
    in them.
    """)
  static let only = Flag(
    "only", .oneOf(BenchPart.self),
    "Compares the results of scenarios alone, or the speed alone.")
  static let rounds = Flag(
    "rounds", .count(BenchSpeed.roundRange),
    "Rounds of the speed measurement, 5 to 1000; default: 9.")
  static let all = Flag(
    "all", .toggle, "Takes the larger shipped scenarios too, up to ten million payments.")
}

/// `settlesim bench`: results and speed against their baselines.
///
/// 1. Flags, scenarios and baselines are checked, exports opened: what is wrong shows before
///    anything runs.
/// 2. Every scenario runs, and is compared with its baseline or recorded.
/// 3. The simulator's speed is measured, and compared or recorded.
/// 4. Exports are written, the report is printed.
/// 5. The exit code: 98 when something is not what its baseline says.
struct BenchCommand {
  private let context: Context
  private let baselines: BaselineDirectory
  private var console: Console { context.console }

  init(_ context: Context) {
    self.context = context
    baselines = BaselineDirectory(context)
  }

  func run() throws(Failure) -> ExitCode {
    let part: BenchPart? =
      context.options.given(.only) == nil
      ? nil : try context.options.choice(.only, default: BenchPart.virtual)
    let format = try context.options.choice(.format, default: SummaryFormat.table)
    let isUpdate = try context.options.isSet(.updateBaseline)
    let threads = try context.threads()
    let bound = try context.boundMemory()
    let style = try context.progressStyle()
    let requests = try context.exportRequests()
    let runs = part == .speed ? [] : try comparisons(isUpdate: isUpdate)
    let speed =
      part == .virtual ? nil : try BenchSpeed(context, baselines, isUpdate: isUpdate)
    try context.check(
      requests, inputs: runs.flatMap(\.files) + baselines.files, target: nil)
    let exports = try Exports(requests, context.surroundings)
    let (scenarios, deaths) = try carryOut(runs, context.forkingProcess(bound)) {
      run throws(Failure) in
      let execution = context.execute(run.prepared, threads: threads, progress: style)
      try check(execution, run.operand)
      return try conclude(run, execution.outcome.result, isUpdate: isUpdate)
    }
    var report = BenchReport(scenarios: scenarios, speed: try speed?.run())
    report.baselines = baselines.path
    let failures = exports.publish(report.rendered) + deaths
    try console.write(
      exports.output(or: report.rendered(as: format, table: report.table())) {
        report.rendered(as: $0)
      })
    for line in report.regressions { console.tell("settlesim: \(line)") }
    for line in failures.flatMap(\.lines) { console.tell(line) }
    return failures.first?.code ?? (report.isRegression ? .regression : .passed)
  }

  /// A scenario that is ready to run, and what it is compared with.
  private struct Comparison {
    var operand: String
    var name: String
    /// What it reads.
    var files: [String]
    var prepared: any PreparedRun
    var baseline: ResultBaseline?
  }

  /// Runs the scenarios one after the other, in processes of their own where that can be: one whose
  /// process dies does not keep the others back.
  private func carryOut(
    _ runs: [Comparison], _ process: ForkingProcess?,
    _ body: (Comparison) throws(Failure) -> ResultBench
  ) throws(Failure) -> (scenarios: [ResultBench], deaths: [Failure]) {
    var scenarios: [ResultBench] = []
    guard let process else {
      for run in runs { scenarios.append(try body(run)) }
      return (scenarios, [])
    }
    context.surroundings.watchSignals()
    let caught = context.surroundings.caughtSignal
    let ends = withoutActuallyEscaping(body) { body in
      IsolatedBench.run(count: runs.count, process: process) { index in
        do throws(Failure) { return .success(try body(runs[index])) } catch {
          return .failure(.failed(code: error.code.number, lines: error.lines))
        }
      }
    }
    var deaths: [Failure] = []
    for (run, end) in zip(runs, ends) {
      switch end {
      case .success(let bench): scenarios.append(bench)
      case .failure(.failed(let code, let lines)): throw Failure(ExitCode(code), lines)
      case .failure(.died(let death)):
        deaths.append(
          Failure(
            death.isForMemory ? .badInput : .internalError,
            death.lines.map { "settlesim: \(visible(run.operand)): \(visible($0))" }))
      }
    }
    if let signal = caught() {
      throw Failure(.signal(signal), "settlesim: stopped by signal \(signal)")
    }
    return (scenarios, deaths)
  }

  private func comparisons(isUpdate: Bool) throws(Failure) -> [Comparison] {
    var comparisons: [Comparison] = []
    for (operand, scenario) in try context.benchScenarios() {
      let name = scenario.settings.name
      let read = { (path) throws(BaselineError) in
        try ResultBaseline(readingFrom: path, scenario: name)
      }
      let baseline =
        isUpdate
        ? baselines.former(name, console, read)
        : try baselines.baseline(
          name, update: "settlesim bench \(shellQuoted(operand)) --only virtual", read)
      comparisons.append(
        Comparison(
          operand: operand, name: name, files: scenario.files,
          prepared: try context.prepare(scenario), baseline: baseline))
    }
    return comparisons
  }

  /// A run that cannot be compared ends the command as it would end `run`.
  private func check(_ execution: Execution, _ operand: String) throws(Failure) {
    let outcome = execution.outcome
    let code = RunCommand.exitCode(execution)
    switch code {
    case .passed, .thresholdMissed: return
    case .invariantViolated:
      var identity = outcome.result.identity
      identity.scenarioReference = operand
      let breach = outcome.breach.map { ["settlesim: \(visible("\($0)"))"] } ?? []
      throw Failure(code, breach + [identity.reproducingCommand])
    default:
      let errors = (outcome.errors + [execution.memory].compactMap { $0 }).map {
        "settlesim: \(visible($0))"
      }
      throw Failure(
        code, errors.isEmpty ? ["settlesim: \(operand): stopped; nothing is compared"] : errors)
    }
  }

  private func conclude(
    _ run: Comparison, _ result: RunResult, isUpdate: Bool
  ) throws(Failure) -> ResultBench {
    let refusal = run.baseline?.mixedUnits(result)
    guard isUpdate else {
      if let refusal { throw Failure(.badInput, "settlesim: \(visible(refusal))") }
      return ResultBench(result, baseline: run.baseline!)
    }
    try baselines.write(run.name, ResultBaseline(result).json)
    // Of amounts in another currency there is no difference to show.
    return ResultBench(recording: result, former: refusal == nil ? run.baseline : nil)
  }
}
