import Host
import Text
import Experiments
import Interbank
import Reporting
import Scenario
import Simulator

extension Command {
  static let compare = Command(
    "compare", "Simulates strategies on the same arrivals and says which is better.",
    operands: Operands("SCENARIO", 1...2, .scenarios),
    flags: [
      .strategies, .replications, .untilWidth, .maximumReplications, .baseline, .metrics,
      .confidence, .effectFloor, .results, .seed, .set, .threads, .memory, .output,
      .exportComparison,
      .format, .short, .full, .dryRun, .quiet, .progress, .color, .suspension,
    ],
    examples: [
      "compare smoke --strategies one_wire_per_payment,merchant_day",
      "compare smoke --strategies scenario,fixed_window:window=15min --replications 50",
      "compare smoke --strategies scenario,one_wire_per_payment --until-width 1%",
      "compare day.yaml --strategies scenario,merchant_day:merchants.cut_off=20:00",
      "compare smoke --strategies scenario,merchant_day --metrics instructions --format csv",
    ],
    details:
      """
      Every strategy is simulated, replication by replication, on the same arrivals: replication r
      has the seed S + r, where S is that of --seed or of the scenario, and so `run --seed` with a
      strategy's settings shows any of the runs again. Differences are paired by seed. Of money the
      mean difference stands first, since budgets are sums; of all else the median; the other one
      stands beneath it, and both have an interval. A verdict (better, worse, differs) is given on
      cost, delay and liquidity alone. It needs a difference that chance explains in less than 1 of
      20 cases over these and all strategies together, and that is no smaller than the effect floor;
      all else is ~. All other metrics are descriptive. 6 replications can show something in one
      test, 10 in three dimensions of six strategies; a note before the runs says how many are
      enough where these may be too few. 20 are usual; --until-width adds what it takes. An entry
      that names the strategy of the scenario keeps the parameters it has there. Entries must
      report in one currency. Of a strategy of which a run does not come to rest no difference is
      claimed, and the command ends with 65. What an entry sets outranks --set. Each thread runs
      one simulation at a time, with memory of its own. The result is a directory with
      compare.html, comparison.json, comparison.csv (every figure of every run), verdicts.csv,
      manifest.json and environment.json. Ctrl-C leaves no result.
      """,
    endings: [.fault, .refusedInput, .missingFile, .invariantBroke, .stopped],
    run: { context throws(Failure) in try CompareCommand(context).run() })
}

/// `settlesim compare`: from strategies to a verdict on each.
///
/// 1. Flags, strategies, and the scenario with the settings of each are checked; with `--dry-run`
///    that is all.
/// 2. Exports and the directory are opened.
/// 3. All runs are carried out; one that fails ends the comparison, and then nothing is written.
///    One that does not come to rest does not fail.
/// 4. The directory is moved into place, the exports after it, then the tables are printed.
/// 5. Where a run did not come to rest, the command ends with 65 and what shows that run again.
struct CompareCommand {
  let context: Context
  private var surroundings: Surroundings { context.surroundings }
  private var console: Console { context.console }

  init(_ context: Context) { self.context = context }

  /// How the result is shown and where it goes.
  private struct Output {
    let format: SummaryFormat
    let usesColor: Bool
    let extent: SummaryTable.Extent
    let requests: [ExportRequest]
  }

  func run() throws(Failure) -> ExitCode {
    let started = surroundings.wallClock()
    let start = surroundings.monotonicClock()
    let options = try CompareOptions(context.options)
    let output = Output(
      format: try context.options.choice(.format, default: SummaryFormat.table),
      usesColor: try context.usesColor(), extent: try context.summaryExtent(),
      requests: try context.exportRequests())
    if try context.options.isSet(.results) {
      return try showStored(options, output, started, start)
    }
    guard context.operands.count == 1 else {
      throw context.options.usage("did not expect \(quoted(context.operands[1]))")
    }
    let style = try context.progressStyle()
    let threads = try context.threads()
    let bound = try context.boundMemory()
    let scenario = try context.load(
      context.operands[0], overrides: context.options.overrides())
    let plan = try options.plan(seed: scenario.settings.seed)
      .inheriting(from: scenario.settings)
    try check(plan, scenario)
    let target = context.resultPath(scenario.settings.name, started: started)
    try context.check(output.requests, inputs: scenario.files, target: target)
    if try context.options.isSet(.dryRun) {
      try console.write(dryRun(plan, scenario, threads, target))
      return .passed
    }
    if let note = plan.limits(of: scenario.settings) { console.note("settlesim: \(note)") }
    let exports = try Exports(output.requests, surroundings)
    let directory = try context.open(target)
    let simulated = surroundings.monotonicClock()
    let result: ComparisonResult
    do throws(Failure) {
      result = try compare(plan, scenario, threads, style, context.forkingProcess(bound))
    } catch {
      directory.abandon()
      throw error
    }
    var environment = context.environment(started: started, start: start)
    environment.take(
      elapsed: surroundings.monotonicClock() - simulated,
      payments: result.runs.reduce(0) { $0 + ($1.metrics["payments.accepted"] ?? 0) },
      transfers: result.runs.reduce(0) { $0 + ($1.metrics["transfers.accepted"] ?? 0) },
      events: result.identity.eventCount)
    environment.threads = threads
    return try finish(result, environment, directory, exports, output, target)
  }

  /// Each entry must be a scenario, and all must report in one currency.
  private func check(_ plan: ComparisonPlan, _ scenario: LoadedScenario) throws(Failure) {
    var currencies: [String] = []
    for index in plan.entries.indices {
      let own = try reload(scenario, plan.overrides(run: index))
      currencies.append(own.settings.costs.currency.code)
    }
    if let refusal = plan.mixedUnits(currencies) {
      throw Failure(.badInput, "\(visible(scenario.file)): \(visible(refusal))")
    }
  }

  /// Stored results: a directory is written only where --output asks for one.
  private func showStored(
    _ options: CompareOptions, _ output: Output, _ started: Int64, _ start: Int64
  ) throws(Failure) -> ExitCode {
    let result = try compareStored(options)
    let target = context.options.given(.output)?.text
    try context.check(output.requests, inputs: [], target: target)
    let exports = try Exports(output.requests, surroundings)
    var directory: ResultDirectory?
    if let target { directory = try context.open(target) }
    let environment = context.environment(started: started, start: start)
    return try finish(result, environment, directory, exports, output, target ?? "")
  }

  private func compare(
    _ plan: ComparisonPlan, _ scenario: LoadedScenario, _ threads: Int,
    _ style: ProgressReporter.Style, _ process: ForkingProcess?
  ) throws(Failure) -> ComparisonResult {
    surroundings.watchSignals()
    let clock = surroundings.monotonicClock
    let caught = surroundings.caughtSignal
    let write = surroundings.error.write
    let reporter = ProgressReporter(style, start: clock()) { text in try? write(text) }
    var signal: Int32?
    defer { reporter.finish() }
    do throws(ComparisonFailure<Failure>) {
      return try Comparison<Failure>.run(
        plan, reference: context.operands[0], threads: threads, process: process,
        prepare: { index throws(Failure) in
          let run = try context.prepare(try reload(scenario, plan.overrides(run: index)))
          return { threads, progress in run.run(threads: threads, progress: progress) }
        },
        progress: { progress in
          signal = signal ?? caught()
          reporter.update(now: clock()) { ProgressLine(progress, elapsed: $0) }
          return signal == nil
        })
    } catch {
      reporter.finish()
      throw Self.failure(error, signal ?? caught())
    }
  }

  private static func failure(
    _ failure: ComparisonFailure<Failure>, _ signal: Int32?
  ) -> Failure {
    switch failure {
    case .preparation(let cause): cause
    case .invariant(let invariant, let command):
      Failure(.invariantViolated, ["settlesim: \(visible(invariant.text))", command])
    case .arrivals(let text), .units(let text): Failure(.badInput, "settlesim: \(visible(text))")
    case .run(let errors, let command):
      Failure(.badInput, errors.map { "settlesim: \(visible($0))" } + [command])
    case .died(let death):
      Failure(
        death.isForMemory ? .badInput : .internalError,
        death.lines.map { "settlesim: \(visible($0))" })
    case .interrupted:
      if let signal {
        Failure(
          .signal(signal), "settlesim: stopped by signal \(signal); there is no result")
      } else {
        Failure(.internalError, "settlesim: a run stopped by itself before its end")
      }
    }
  }

  private func finish(
    _ result: ComparisonResult, _ environment: RunEnvironment, _ directory: ResultDirectory?,
    _ exports: Exports, _ output: Output, _ target: String
  ) throws(Failure) -> ExitCode {
    var failures: [Failure] = []
    do throws(OutputError) {
      try directory?.publish(result, environment: environment)
    } catch {
      directory?.abandon()
      failures.append(Failure(error))
    }
    let isWritten = failures.isEmpty && directory != nil
    func export(_ content: ExportContent) -> String {
      switch content.kind {
      case .html: ComparisonPage.render(result)
      case .json: ComparisonText.render(result, as: .json)
      case .csv: ComparisonText.render(result, as: .csv)
      case .markdown: ComparisonText.render(result, as: .markdown)
      default: preconditionFailure("a comparison is not exported as \(content.kind)")
      }
    }
    failures += exports.publish(export)
    let options = SummaryTable.Options(
      usesColor: output.usesColor,
      reportPath: isWritten ? target + "/" + ComparisonFiles.pageName : nil,
      extent: output.extent)
    do throws(Failure) {
      try console.write(
        exports.output(
          or: ComparisonText.render(
            result, as: output.format, environment: result.isStored ? nil : environment,
            options: options), export))
    } catch { failures.append(error) }
    // Figures alone do not say it.
    if output.format == .csv {
      for line in result.distinctions { console.note("settlesim: the two differ: \(line)") }
    }
    if isWritten && output.format != .table { console.note("result: \(visible(target))") }
    if let unrest = unrest(result) { failures.append(unrest) }
    if failures.isEmpty { return .passed }
    throw Failure(failures[0].code, failures.flatMap(\.lines))
  }

  /// What is told where runs died or did not come to rest, the command that shows the first of them
  /// last.
  private func unrest(_ result: ComparisonResult) -> Failure? {
    let crashed = result.runs.first { $0.death == .crash }
    let dead = crashed ?? result.runs.first(where: \.isDead)
    guard let first = dead ?? result.runs.first(where: { $0.unrest != nil }) else { return nil }
    var lines: [String] = []
    for (index, strategy) in result.strategies.enumerated() where strategy.restless > 0 {
      let runs = result.runs.count { $0.strategy == index }
      let dead = result.dead(index)
      let forMemory = result.endedForMemory(index)
      if dead > forMemory {
        lines.append(
          "settlesim: \(quoted(strategy.name)) died in \(dead - forMemory) of \(runs) runs")
      }
      if forMemory > 0 {
        lines.append(
          "settlesim: \(quoted(strategy.name)) took too much memory in \(forMemory) of \(runs) "
            + "runs")
      }
      guard strategy.restless > dead else { continue }
      lines.append(
        "settlesim: \(quoted(strategy.name)) did not come to rest in "
          + "\(strategy.restless - dead) of \(runs) runs")
    }
    for run in result.runs where run.isDead {
      lines.append(
        "settlesim: \(quoted(result.strategies[run.strategy].name)), seed \(run.identity.seed): "
          + visible(run.unrest!))
    }
    if result.restless(result.baseline) > 0 {
      let other = result.strategies.first { $0.restless == 0 }
      lines.append(
        "settlesim: nothing can be compared with the baseline "
          + quoted(result.strategies[result.baseline].name)
          + (other.map { "; choose another: --baseline \(shellQuoted(visible($0.name)))" }
            ?? ", nor with another: none came to rest in all runs"))
    }
    if result.isStored { return Failure(.badInput, lines) }
    if dead == nil { lines.append("settlesim: \(visible(first.unrest!))") }
    var identity = first.identity
    identity.scenarioReference = context.operands[0]
    return Failure(
      crashed == nil ? .badInput : .internalError, lines + [identity.reproducingCommand])
  }

  /// The same file with other overrides; it is read once, so that a change under way does no harm.
  private func reload(
    _ scenario: LoadedScenario, _ overrides: [ScenarioOverride]
  ) throws(Failure) -> LoadedScenario {
    do throws(ScenarioError) {
      return try LoadedScenario.load(
        scenario.source, file: scenario.file, overrides: overrides,
        strategies: strategyDeclarations, modes: modeDeclarations,
        figures: figureDeclarations)
    } catch {
      throw Failure(
        ExitCode(error.exitCode), error.description.split(separator: "\n").map(String.init))
    }
  }

  private func dryRun(
    _ plan: ComparisonPlan, _ scenario: LoadedScenario, _ threads: Int, _ target: String
  ) -> String {
    let last = plan.seed(replication: plan.replications - 1)
    var lines = [
      "Everything checked; this would run:",
      "  scenario    \(visible(scenario.settings.name))  (\(visible(scenario.file)))",
      "  seeds       \(plan.firstSeed) to \(last), \(plan.replications) replications"
        + (plan.untilWidth == nil ? "" : ", at most \(plan.maximumReplications)"),
      "  runs        \(plan.runCount)", "  threads     \(threads)",
      "  result      \(visible(target))",
    ]
    if let note = plan.limits(of: scenario.settings) { lines.append("  note        \(note)") }
    for (index, entry) in plan.entries.enumerated() {
      let settings = entry.overrides(over: plan.shared).map { "\($0.path)=\($0.value)" }
      let kept = entry.inherited.map { " (\($0.value) as in the scenario)" }.joined()
      lines.append(
        "  strategy    \(visible(entry.name))\(kept)"
          + (index == plan.baseline ? " (baseline)" : ""))
      for setting in settings { lines.append("    set       \(visible(setting))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ProgressLine {
  /// How far a comparison is: `42 %  26 of 60 runs  0.82 M events/s  29 s left`.
  init(_ progress: ComparisonProgress, elapsed: Int64) {
    let fraction = progress.fraction
    let percent = Int(fraction * 100)
    let seconds = max(Double(elapsed) / 1e9, 1e-9)
    var parts = ["\(percent < 10 ? " " : "")\(percent) %"]
    parts.append("\(progress.finished) of \(progress.count) runs")
    let rate = HumanFormat.plain((Double(progress.events) / seconds / 1e4).rounded() / 100)
    parts.append("\(rate) M events/s")
    if fraction > 0.01 {
      parts.append("\(Self.roughly(Double(elapsed) * (1 - fraction) / fraction / 1e9)) left")
    }
    self.init(fraction: fraction, text: parts.joined(separator: "  "))
  }
}
