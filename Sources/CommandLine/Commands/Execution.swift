import Experiments
import Reporting
import Simulator

/// A run that was carried out, and what it took.
struct Execution {
  let outcome: RunOutcome
  let threads: Int
  /// Real time of the simulation proper, nanoseconds.
  let elapsed: Int64
  /// The signal that stopped it, if one did.
  let signal: Int32?
  /// What is to be said of memory beyond the bound, if that stopped it.
  let memory: String?
}

extension Context {
  /// The threads to use, by flag, variable or machine.
  func threads() throws(Failure) -> Int {
    let cores = min(surroundings.machine.cores, Options.threadRange.upperBound)
    return try options.threads() ?? max(1, cores)
  }

  /// Keeps the memory of the process within the bound that is asked for, from now on.
  @discardableResult
  func boundMemory() throws(Failure) -> MemoryBound {
    let limits = surroundings.memoryLimits
    let bound = try options.memory(limits) ?? .standard(limits)
    surroundings.watchMemory(bound)
    return bound
  }

  /// What child processes take over from this one; nil where there can be none. While there are
  /// any, they share the bound on memory.
  func forkingProcess(_ bound: MemoryBound) -> ForkingProcess? {
    guard surroundings.canFork else { return nil }
    let caught = surroundings.caughtSignal
    let watch = surroundings.watchMemory
    return ForkingProcess(
      shouldStop: { caught() != nil }, clock: surroundings.monotonicClock,
      mostProcesses: bound.processes, willFork: surroundings.leaveMemory,
      beginChild: { watch(bound.shared(by: $0)) }, hasForked: { watch(bound) })
  }

  /// How progress is shown.
  func progressStyle() throws(Failure) -> ProgressReporter.Style {
    let when = try options.choice(.progress, default: When.auto)
    let stream = surroundings.error
    if console.isQuiet { return .none }
    switch when {
    case .never: return .none
    case .always: return .line(columns: stream.columns)
    case .auto:
      // A CI system keeps what is written, whatever it runs in.
      let isLogged = !["", "false", "0"].contains(surroundings.environment["CI"] ?? "")
      let isLine = stream.isTerminal && !isLogged && surroundings.environment["TERM"] != "dumb"
      return isLine ? .line(columns: stream.columns) : .log
    }
  }

  /// Carries `run` out; the first signal that asks for it, or too much memory, stops it within a
  /// few thousand events.
  func execute(
    _ run: any PreparedRun, threads: Int, progress style: ProgressReporter.Style
  ) -> Execution {
    surroundings.watchSignals()
    let clock = surroundings.monotonicClock
    let caught = surroundings.caughtSignal
    let exceeded = surroundings.exceededMemory
    let write = surroundings.error.write
    let start = clock()
    let reporter = ProgressReporter(style, start: start) { text in try? write(text) }
    var signal: Int32?
    var memory: String?
    let outcome = run.run(threads: threads) { progress in
      signal = caught()
      memory = exceeded()
      reporter.update(progress, now: clock())
      return signal == nil && memory == nil
    }
    reporter.finish()
    return Execution(
      outcome: outcome, threads: threads, elapsed: clock() - start, signal: signal, memory: memory)
  }
}
