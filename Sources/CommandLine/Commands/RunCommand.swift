import Host
import Text
import Reporting
import Scenario
import Simulator

extension Command {
  static let run = Command(
    "run", "Runs a scenario, prints the summary and writes the result.",
    operands: Operands("SCENARIO", 1...1, .scenarios),
    flags: [
      .seed, .set, .gate, .threads, .memory, .output, .export, .format, .short, .full, .dryRun,
      .quiet, .progress, .color, .suspension,
    ],
    examples: [
      "run smoke", "run Scenarios/standard-day.yaml --threads 2 --output day",
      "run smoke --seed 7 --set authorization.retries=0",
      "run smoke --format json --quiet > summary.json",
      "run my-day.yaml --export html=report.html --dry-run",
    ],
    details:
      """
      SCENARIO is a file, or the name of one in ./Scenarios or of those installed. The summary
      goes to standard output, all else to standard error. The result is a directory with
      summary.json, report.html, CSV files, manifest.json (all the same in every run) and
      environment.json (time, machine, memory). Ctrl-C ends the run at its next
      window; the result then says that it is incomplete. A second Ctrl-C ends at
      once and leaves no result.
      """,
    endings: [
      .fault, .refusedInput, .missingFile, .invariantBroke,
      Ending(.thresholdMissed, "a threshold of the scenario was missed"), .stopped,
    ],
    run: { context throws(Failure) in try RunCommand(context).run() })
}

/// `settlesim run`: from a scenario to a result.
///
/// 1. Flags, scenario and trace are checked; with `--dry-run` that is all.
/// 2. Exports and the result directory are opened, so that a place that cannot be written ends the
///    command before the run.
/// 3. The scenario runs until its end, an invariant breaks, or a signal comes.
/// 4. The result is moved into place, beside a complete one if it is not complete itself, the
///    exports after it, then the summary is printed; trouble with one of them does not keep the
///    others back.
/// 5. The exit code follows from the verdict and from what could be written.
struct RunCommand {
  private let context: Context
  private var surroundings: Surroundings { context.surroundings }
  private var console: Console { context.console }

  init(_ context: Context) { self.context = context }

  func run() throws(Failure) -> ExitCode {
    let started = surroundings.wallClock()
    let start = surroundings.monotonicClock()
    let format = try context.options.choice(.format, default: SummaryFormat.table)
    let usesColor = try context.usesColor()
    let extent = try context.summaryExtent()
    let style = try context.progressStyle()
    let threads = try context.threads()
    try context.boundMemory()
    let requests = try context.exportRequests()
    let scenario = try context.load(context.operands[0], overrides: context.options.overrides())
    try context.check(requests, of: scenario)
    let prepared = try context.prepare(scenario)
    let target = context.resultPath(scenario.settings.name, started: started)
    try context.check(requests, inputs: scenario.files, target: target)
    if try context.options.isSet(.dryRun) {
      try console.write(
        RunPlan(scenario: scenario, threads: threads, target: target, exports: requests).text)
      return .passed
    }
    let exports = try Exports(requests, surroundings)
    let directory = try context.open(target)
    let execution = context.execute(prepared, threads: threads, progress: style)
    var failures: [Failure] = []
    let environment = context.environment(
      execution.outcome.result, threads: execution.threads, elapsed: execution.elapsed,
      started: started, start: start)
    let place = publish(execution.outcome, environment, directory, target, &failures)
    failures += exports.publish(execution.outcome.result)
    let options = SummaryTable.Options(
      usesColor: usesColor, reportPath: place.map { $0 + "/report.html" }, extent: extent)
    // Files name the scenario without its directory, the screen as it was given.
    var shown = execution.outcome.result
    shown.identity.scenarioReference = context.operands[0]
    do throws(Failure) {
      try console.write(
        exports.output(or: format.render(shown, environment: environment, options: options)) {
          $0.render(execution.outcome.result)
        })
    } catch { failures.append(error) }
    if let place, place == target, format != .table { console.note("result: \(visible(place))") }
    if let place, place != target {
      console.tell(
        "settlesim: the complete result in \(visible(target)) stays as it was; this run's, which "
          + "is incomplete, stands in \(visible(place))")
    }
    return conclude(execution, failures)
  }

  /// Moves the result into place; where it stands then, in the words of `target`, nil where that
  /// failed.
  private func publish(
    _ outcome: RunOutcome, _ environment: RunEnvironment, _ directory: ResultDirectory,
    _ target: String, _ failures: inout [Failure]
  ) -> String? {
    do throws(OutputError) {
      for file in outcome.files { try directory.write(file.name, file.bytes) }
      let place = try directory.publish(outcome.result, environment: environment)
      guard place != directory.path else {
        if outcome.result.isComplete, context.options.given(.output) == nil {
          try LatestResult.point(to: place)
        }
        return target
      }
      var name = target
      while name.last == "/" { name.removeLast() }
      return name + ResultDirectory.incompleteSuffix
    } catch {
      directory.abandon()
      failures.append(Failure(error))
      return nil
    }
  }

  /// Tells what went wrong, the reproducing command last, and decides the exit code: a broken
  /// invariant outranks a signal, that an output, and that errors of the scenario and thresholds.
  private func conclude(_ execution: Execution, _ failures: [Failure]) -> ExitCode {
    for line in failures.flatMap(\.lines) { console.tell(line) }
    for line in execution.outcome.errors { console.tell("settlesim: \(visible(line))") }
    let result = execution.outcome.result
    let verdict = Self.exitCode(execution)
    if verdict == .invariantViolated {
      if let breach = execution.outcome.breach {
        console.tell("settlesim: \(visible("\(breach)"))")
      }
      var identity = result.identity
      identity.scenarioReference = context.operands[0]
      console.tell(identity.reproducingCommand)
      return verdict
    }
    if let signal = execution.signal, !result.isComplete {
      console.tell("settlesim: stopped by signal \(signal); the result is incomplete")
      return verdict
    }
    if let memory = execution.memory, !result.isComplete {
      console.tell("settlesim: \(memory)")
      return verdict
    }
    return failures.first?.code ?? verdict
  }

  /// The code of what the run came to, whatever could be written of it.
  static func exitCode(_ execution: Execution) -> ExitCode {
    let outcome = execution.outcome
    switch outcome.result.verdict {
    case .invariantViolated: return .invariantViolated
    case .interrupted where execution.signal != nil: return .signal(execution.signal!)
    case .interrupted where execution.memory != nil: return .badInput
    case .notAtRest: return .badInput
    case _ where !outcome.errors.isEmpty: return .badInput
    case .interrupted: return .internalError
    case .thresholdMissed, .levelMissed: return .thresholdMissed
    case .passed: return .passed
    }
  }
}
