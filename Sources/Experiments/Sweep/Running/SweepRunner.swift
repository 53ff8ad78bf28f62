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

/// Runs points of a sweep, several at a time, each on one thread.
///
/// For each point, in the order given:
/// 1. a result that is there and whole is kept; what is left of one is made anew;
/// 2. the place of the result is locked; a point that another process has locked is put off;
/// 3. the result is looked for again, since another may have finished it in between;
/// 4. the point is run, and its result moved into place whole.
///
/// Points put off are tried again until whoever has them is done with them, or has died. A point
/// whose scenario fails does not keep the others back; a place that cannot be written does. The
/// results are the same whoever runs them and in whatever order.
public final class SweepRunner: Sendable {
  private let scenario: SweepScenario
  private let directory: SweepDirectory
  private let suspension: Suspension
  private let hooks: SweepHooks
  private let inputs: InputHashes
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
    self.suspension = suspension
    self.hooks = hooks
    inputs = InputHashes(scenario: scenario.file)
    state = Mutex(State())
  }

  /// Microseconds between two looks at points that others have.
  private static let patience: UInt32 = 100_000

  /// Runs the points with these numbers, `parallel` at a time. Called once.
  public func run(_ points: [Int], parallel: Int) -> SweepOutcome {
    state.withLock { $0.total = points.count }
    var waiting = points
    while true {
      let batch = waiting
      Workers.run(threads: parallel, count: batch.count) { self.attend(batch[$0]) }
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

  private var isOver: Bool { hooks.shouldStop() || state.withLock { $0.cannotGoOn } }

  private func attend(_ number: Int) {
    guard !isOver else { return }
    let point = scenario.definition.grid.point(number)
    if let manifest = finished(point) { return keep(point, manifest) }
    hooks.beforeLocking(number)
    let place: ResultDirectory
    do throws(OutputError) {
      place = try ResultDirectory(path: directory.result(of: point), replacesTorn: true)
    } catch {
      if error.kind == .busy {
        state.withLock { $0.postponed.append(number) }
      } else {
        fail(point, SweepError(.cannotWrite, "\(error)"))
      }
      return
    }
    if let manifest = finished(point) {
      place.abandon()
      return keep(point, manifest)
    }
    run(point, place)
    report(point, running: nil)
  }

  /// The manifest of the point's result, if it is there, whole, and made of the inputs of today.
  private func finished(_ point: SweepPoint) -> ResultManifest? {
    guard case .finished(let manifest) = PointResult(of: point, scenario.definition, in: directory),
      manifest.identity.inputs.allSatisfy(inputs.areUnchanged)
    else { return nil }
    return manifest
  }

  private func keep(_ point: SweepPoint, _ manifest: ResultManifest) {
    state.withLock { state in
      state.outcome.verdicts[point.number] = manifest.verdict
      state.outcome.found += 1
      if manifest.verdict == .invariantViolated {
        note(&state, point, "an invariant was violated", manifest.identity)
      }
    }
    report(point, running: nil)
  }

  private func run(_ point: SweepPoint, _ place: ResultDirectory) {
    let began = hooks.begin()
    report(point, running: 0)
    let run: ScenarioRun
    do {
      run = try ScenarioRun(try scenario.load(point), suspension: suspension)
    } catch {
      place.abandon()
      return fail(point, SweepError(.refused, "\(error)".split(separator: "\n").map(String.init)))
    }
    var windows = 0
    let outcome = run.run(threads: 1) { progress in
      windows += 1
      if windows.isMultiple(of: 64) { self.report(point, running: Self.fraction(progress)) }
      return !self.hooks.shouldStop()
    }
    if outcome.result.verdict == .interrupted { return place.abandon() }
    publish(point, outcome, place, hooks.environment(outcome, began))
  }

  private func publish(
    _ point: SweepPoint, _ outcome: RunOutcome, _ place: ResultDirectory,
    _ environment: RunEnvironment
  ) {
    do throws(OutputError) {
      for file in outcome.files { try place.write(file.name, file.bytes) }
      try place.publish(outcome.result, environment: environment)
    } catch {
      place.abandon()
      return fail(point, SweepError(.cannotWrite, "\(error)"))
    }
    state.withLock { state in
      state.outcome.verdicts[point.number] = outcome.result.verdict
      for text in outcome.errors { state.outcome.notes.append((point.number, text)) }
      if outcome.result.verdict == .invariantViolated {
        note(&state, point, outcome.breach.map { "\($0)" } ?? "", outcome.result.identity)
      }
    }
  }

  private func note(
    _ state: inout State, _ point: SweepPoint, _ breach: String, _ identity: RunIdentity
  ) {
    if let former = state.outcome.breach, former.point < point.number { return }
    var identity = identity
    identity.scenarioReference = scenario.file
    state.outcome.breach = (point.number, breach, identity.reproducingCommand)
  }

  private func fail(_ point: SweepPoint, _ error: SweepError) {
    state.withLock { state in
      state.outcome.failures.append(.init(point: point.number, error: error))
      if error.kind == .cannotWrite { state.cannotGoOn = true }
    }
  }

  private static func fraction(_ progress: RunProgress) -> Double {
    if let expected = progress.expectedRequests, expected > 0 {
      return min(1, Double(progress.requests) / Double(expected))
    }
    return min(
      1, Double(progress.now.nanoseconds) / Double(max(1, progress.arrivalsEnd.nanoseconds)))
  }

  /// Tells how far the sweep is; `fraction` is that of the point, nil when it is over.
  private func report(_ point: SweepPoint, running fraction: Double?) {
    let progress = state.withLock { state in
      state.fractions[point.number] = fraction
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

/// Hashes of the files that scenarios read, each file read once.
private final class InputHashes: Sendable {
  private let folder: String
  private let known = Mutex<[String: String?]>([:])

  /// - Parameter scenario: the file that names are relative to.
  init(scenario: String) {
    folder = scenario.lastIndex(of: "/").map { String(scenario[...$0]) } ?? ""
  }

  /// Whether the file is still the one that was read.
  func areUnchanged(_ input: InputFile) -> Bool {
    let path = input.name.hasPrefix("/") ? input.name : folder + input.name
    let hash = known.withLock { known in
      if let hash = known[path] { return hash }
      let bytes = try? RegularFile.read(path, limit: 8 << 30)
      let hash = bytes.map { SHA256.hexDigest(of: $0) }
      known[path] = .some(hash)
      return hash
    }
    return hash == input.sha256
  }
}
