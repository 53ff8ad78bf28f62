import Host
import Glibc
import Reporting
import Scenario
import Simulator
import Synchronization
import VirtualTime

/// How far a sweep has come.
public struct SweepProgress: Sendable {
  /// Points of this process's share.
  public var total: Int
  /// Points that are finished, those found finished included.
  public var finished: Int
  /// Points that were finished before.
  public var found: Int
  /// Points being run now.
  public var running: Int
  /// The work that has been done of all that was to do, points under way included; 0...1.
  public var fraction: Double
}

/// What came of a share of a sweep.
public struct SweepOutcome: Sendable {
  /// A point that has no result, and why.
  public struct Failure: Sendable {
    /// The point's number.
    public var point: Int
    /// What is wrong.
    public var error: SweepError
  }

  /// Points whose results stand in the directory, with their verdicts, by number.
  public var verdicts: [Int: Verdict] = [:]
  /// How many of them were there before.
  public var found = 0
  /// Points without a result, by number; empty unless something went wrong.
  public var failures: [Failure] = []
  /// What a run said about its scenario though it ended, by number of the point.
  public var notes: [(point: Int, text: String)] = []
  /// The first point, by number, with a broken invariant: what broke, and the command that shows
  /// it.
  public var breach: (point: Int, text: String, command: String)?
  /// Whether the work was stopped before all points were done.
  public var isStopped = false
}

/// What a sweep needs of the process around it. The closures are called by several threads.
public struct SweepHooks: Sendable {
  /// Whether to stop: asked between the windows of every run.
  public var shouldStop: @Sendable () -> Bool
  /// Told now and then.
  public var progress: @Sendable (SweepProgress) -> Void
  /// What a run took, for its `environment.json`; called when the run has ended, with what the
  /// first closure gave when it began.
  public var begin: @Sendable () -> Int64
  /// See `begin`.
  public var environment: @Sendable (RunOutcome, Int64) -> RunEnvironment
  /// Called with the number of a point that has no result yet, before its place is locked: where a
  /// test lets another process be quicker.
  var beforeLocking: @Sendable (Int) -> Void = { _ in }

  /// Hooks of the command line or of a test.
  public init(
    shouldStop: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (SweepProgress) -> Void = { _ in },
    begin: @escaping @Sendable () -> Int64 = { 0 },
    environment: @escaping @Sendable (RunOutcome, Int64) -> RunEnvironment = { _, _ in
      RunEnvironment()
    }
  ) {
    self.shouldStop = shouldStop
    self.progress = progress
    self.begin = begin
    self.environment = environment
  }
}

/// What became of an attempt at a point.
enum PointEnd {
  /// Its result stands in the directory.
  case finished(PointFinish)
  /// Another process has it.
  case postponed
  /// The work was stopped before it was done.
  case stopped
  /// It has no result.
  case failed(SweepError)
}

/// A point whose result stands in the directory.
struct PointFinish {
  var verdict: Verdict
  /// Whether it was there before.
  var wasFound = false
  /// What the run said about its scenario though it ended.
  var notes: [String] = []
  /// What broke of its invariants, and the command that shows it.
  var breach: (text: String, command: String)?
}

/// Runs points of a sweep, several at a time, each on one thread.
///
/// For each point, in the order given:
/// 1. a result that is there and whole is kept; what is left of one is made anew;
/// 2. the place of the result is locked; a point that another process has locked is put off;
/// 3. the result is looked for again, since another may have finished it in between;
/// 4. the point is run, and its result moved into place whole.
///
/// Points put off are tried again until whoever has them is done with them, or has died. A point
/// whose scenario fails does not keep the others back, nor does one whose process dies, where
/// points have processes of their own; a place that cannot be written does. The results are the
/// same whoever runs them and in whatever order.
public final class SweepRunner: Sendable {
  private let scenario: SweepScenario
  private let directory: SweepDirectory
  private let attempt: PointAttempt
  private let hooks: SweepHooks
  private let state: Mutex<State>

  private struct State {
    var outcome = SweepOutcome()
    var postponed: [Int] = []
    var cannotGoOn = false
    /// How far each point under way is, by number.
    var fractions: [Int: Double] = [:]
    var total = 0
  }

  /// A runner of points of `scenario`, whose results stand in `directory`.
  public init(
    _ scenario: SweepScenario, in directory: SweepDirectory, suspension: Suspension = .parking,
    hooks: SweepHooks = SweepHooks()
  ) {
    self.scenario = scenario
    self.directory = directory
    self.hooks = hooks
    attempt = PointAttempt(scenario, directory, suspension, hooks)
    state = Mutex(State())
  }

  /// Microseconds between two looks at points that others have.
  private static let patience: UInt32 = 100_000

  /// Runs the points with these numbers, `parallel` at a time. Called once.
  ///
  /// - `process`: if given, each point is run by a fork of it, whose death costs that point
  ///   alone.
  public func run(
    _ points: [Int], parallel: Int, process: ForkingProcess? = nil
  ) -> SweepOutcome {
    state.withLock { $0.total = points.count }
    var waiting = points
    while true {
      let batch = waiting
      if let process {
        runInChildren(batch, parallel, of: process)
      } else {
        Workers.run(threads: parallel, count: batch.count) { index in
          guard !self.isOver else { return }
          let number = batch[index]
          let end = self.attempt.run(number) { self.report(number, running: $0) }
          self.take(number, end)
        }
      }
      waiting = state.withLock { state in
        defer { state.postponed = [] }
        return state.postponed.sorted()
      }
      if waiting.isEmpty || isOver { break }
      usleep(Self.patience)
    }
    return state.withLock { state in
      var outcome = state.outcome
      outcome.isStopped = hooks.shouldStop() && outcome.verdicts.count < points.count
      outcome.failures.sort { $0.point < $1.point }
      outcome.notes.sort { $0.point < $1.point }
      return outcome
    }
  }

  private func runInChildren(_ batch: [Int], _ parallel: Int, of process: ForkingProcess) {
    var process = process
    process.shouldStop = { self.isOver }
    ChildProcesses(
      processes: process.mostProcesses(max(1, min(parallel, batch.count))), count: batch.count,
      process: process,
      work: { index, send in
        let end = self.attempt.run(batch[index]) { fraction in
          var packer = Packer()
          packer.add(fraction)
          send(packer.bytes)
        }
        return end.packed
      },
      receive: { index, message in
        switch message {
        case .news(let bytes):
          var unpacker = Unpacker(bytes)
          self.report(batch[index], running: unpacker.double())
        case .result(let bytes): self.take(batch[index], PointEnd(bytes))
        case .death(let death):
          let error = self.error(death, of: batch[index])
          self.directory.noteDeath(batch[index], error)
          self.take(batch[index], .failed(error))
        }
        return batch.count - 1
      }
    ).run()
  }

  /// What is told of a point whose process died, the command that shows it again last.
  private func error(_ death: ChildDeath, of number: Int) -> SweepError {
    let definition = scenario.definition
    let point = definition.grid.point(number)
    var identity = RunIdentity(
      scenarioName: definition.scenarioName, scenarioText: "", seed: point.seed,
      scenarioReference: scenario.file)
    identity.overrides = definition.overrides(of: point)
    return SweepError(
      death.isForMemory ? .refused : .died, [death.lines[0], identity.reproducingCommand])
  }

  private var isOver: Bool { hooks.shouldStop() || state.withLock { $0.cannotGoOn } }

  /// Takes note of what became of a point.
  private func take(_ number: Int, _ end: PointEnd) {
    state.withLock { state in
      switch end {
      case .postponed: state.postponed.append(number)
      case .stopped: break
      case .failed(let error):
        state.outcome.failures.append(.init(point: number, error: error))
        if error.kind == .cannotWrite { state.cannotGoOn = true }
      case .finished(let finish):
        state.outcome.verdicts[number] = finish.verdict
        if finish.wasFound { state.outcome.found += 1 }
        for text in finish.notes { state.outcome.notes.append((number, text)) }
        guard let breach = finish.breach else { break }
        if let former = state.outcome.breach, former.point < number { break }
        state.outcome.breach = (number, breach.text, breach.command)
      }
    }
    if case .finished = end { directory.forgetDeath(number) }
    report(number, running: nil)
  }

  /// Tells how far the sweep is; `fraction` is that of the point, nil when it is over.
  private func report(_ number: Int, running fraction: Double?) {
    let progress = state.withLock { state in
      state.fractions[number] = fraction
      let finished = state.outcome.verdicts.count
      let found = state.outcome.found
      // The order of summation is of no consequence: progress is shown and forgotten.
      let under = state.fractions.keys.sorted().reduce(0.0) { $0 + state.fractions[$1]! }
      let work = Double(state.total - found)
      return SweepProgress(
        total: state.total, finished: finished, found: found, running: state.fractions.count,
        fraction: work > 0 ? min(1, (Double(finished - found) + under) / work) : 1)
    }
    hooks.progress(progress)
  }
}
