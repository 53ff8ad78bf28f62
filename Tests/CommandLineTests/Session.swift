import Host
import Foundation
import Reporting
import Scenario
@testable import Simulator
@testable import VirtualTime

@testable import CommandLine

/// A command line in a directory of its own, with everything outside the process played by the
/// test.
final class Session {
  /// What a command came to.
  struct Ended: Equatable {
    var code: Int32
    var output: String
    var error: String

    /// Lines of standard error.
    var errors: [String] { error.split(separator: "\n").map(String.init) }
  }

  let directory: String
  var environment: [String: String] = [:]
  var isTerminal = false
  var cores = 2
  /// Nanoseconds that each look at the clock takes.
  var tick: Int64 = 1_000_000
  var caughtSignal: Int32?
  /// Standard output, where it is not a text in memory.
  var output: CheckedOutput?
  /// Played in place of the simulator.
  var fake: FakeRun?
  /// Where what is installed with the program stands.
  var shared: [String] = []
  /// Plays each run by its scenario, where there is no fake.
  var play: ((LoadedScenario) -> any PreparedRun)?
  /// What the last run was prepared with.
  private(set) var prepared: (scenario: LoadedScenario, suspension: Suspension)?
  /// The scenarios that runs were prepared for, in order.
  var preparedNames: [String] = []
  /// Settings that the simulator takes unseen, as a changed program would: `path=value` each.
  var altered: [String] = []
  private var time: Int64 = 0

  init() {
    let name = "settlesim-tests-\(UUID().uuidString)"
    let url = FileManager.default.temporaryDirectory.appending(path: name)
    directory = url.path
    try! FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  private final class Text {
    var text = ""
  }

  func callAsFunction(_ arguments: String...) -> Ended { run(arguments) }

  func run(_ arguments: [String?]) -> Ended {
    let (out, err) = (Text(), Text())
    let output = self.output
    var surroundings = Surroundings(
      arguments: arguments,
      output: Surroundings.Stream(write: { text throws(OutputError) in
        try output?.write(text)
        out.text += text
      }),
      error: Surroundings.Stream(write: { err.text += $0 }),
      monotonicClock: {
        self.time += self.tick
        return self.time
      },
      wallClock: { 1_772_446_272_345_000_000 }, machine: Machine(),
      prepare: { scenario, suspension throws(RunError) in
        self.prepared = (scenario, suspension)
        self.preparedNames.append(scenario.settings.name)
        if let fake = self.fake { return fake }
        if !self.altered.isEmpty { return try AlteredRun(scenario, self.altered) }
        if let play = self.play { return play(scenario) }
        return try ScenarioRun(scenario, suspension: suspension)
      })
    surroundings.output.isTerminal = isTerminal
    surroundings.error.isTerminal = isTerminal
    surroundings.environment = environment
    surroundings.directory = directory
    surroundings.shared = shared
    surroundings.machine.cores = cores
    surroundings.processIdentifier = 42
    surroundings.caughtSignal = { self.caughtSignal }
    let code = Program(surroundings).run().number
    return Ended(code: code, output: out.text, error: err.text)
  }

  // MARK: files

  func path(_ name: String) -> String { directory + "/" + name }

  func write(_ name: String, _ text: String) {
    let url = URL(filePath: path(name))
    try! FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try! Data(text.utf8).write(to: url)
  }

  func read(_ name: String) -> String? {
    (try? Data(contentsOf: URL(filePath: path(name)))).map { String(decoding: $0, as: UTF8.self) }
  }

  func bytes(_ name: String) -> Data? { try? Data(contentsOf: URL(filePath: path(name))) }

  func names(_ name: String = ".") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(name))) ?? []).sorted()
  }

  /// Replaces the first `old` in a file and, if asked, the file's hash in a manifest.
  func alter(_ name: String, _ old: String, _ new: String, manifest: String? = nil) {
    let text = read(name)!
    let range = text.range(of: old)!
    let altered = text.replacingCharacters(in: range, with: new)
    write(name, altered)
    guard let manifest else { return }
    alter(
      manifest, SHA256.hexDigest(of: Array(text.utf8)),
      SHA256.hexDigest(of: Array(altered.utf8)))
  }
}

/// A run that is played: it reports some progress and ends as told.
final class FakeRun: PreparedRun {
  var verdict = Verdict.passed
  var breach: InvariantBreach?
  var errors: [String] = []
  var files: [(name: String, bytes: [UInt8])] = []
  var seed: UInt64 = 1
  /// How often progress is reported.
  var windows = 3
  private(set) var threads = 0
  private(set) var windowsRun = 0

  func run(threads: Int, progress: @escaping (RunProgress) -> Bool) -> RunOutcome {
    self.threads = threads
    var goesOn = true
    for window in 1...windows where goesOn {
      windowsRun = window
      goesOn = progress(
        RunProgress(
          now: VirtualInstant(nanoseconds: Int64(window) * 60_000_000_000),
          arrivalsEnd: VirtualInstant(nanoseconds: Int64(windows) * 60_000_000_000),
          requests: window * 100, expectedRequests: windows * 100, events: window * 1_000))
    }
    var identity = RunIdentity(
      scenarioName: "tiny", scenarioText: tinyScenario, seed: seed,
      scenarioReference: "tiny.yaml")
    identity.settlesimVersion = Version.current
    var result = RunResult(identity: identity)
    result.verdict = goesOn ? verdict : .interrupted
    result.isComplete = goesOn && breach == nil
    result.steps = [NamedCount("requests", windowsRun * 100)]
    return RunOutcome(result: result, files: files, breach: breach, errors: errors)
  }
}

/// A run by a changed program: other settings than the scenario's, under the scenario's name.
struct AlteredRun: PreparedRun {
  private let scenario: LoadedScenario
  private let run: ScenarioRun

  init(_ scenario: LoadedScenario, _ settings: [String]) throws(RunError) {
    self.scenario = scenario
    run = try ScenarioRun(
      try! LoadedScenario.load(
        scenario.source, file: scenario.file,
        overrides: settings.map { ScenarioOverride(assignment: $0)! },
        strategies: strategyDeclarations))
  }

  func run(threads: Int, progress: @escaping (RunProgress) -> Bool) -> RunOutcome {
    var outcome = run.run(threads: threads, progress: progress)
    outcome.result.identity.overrides = []
    return outcome
  }
}

/// A scenario of a few milliseconds.
let tinyScenario = """
  name: tiny
  time: {date: "2026-03-02", duration: 1h}
  cells: {per_region: 1}
  merchants: {count: 20}
  workload: {generated: {payments: 300}}

  """

extension Session {
  /// A session with the tiny scenario; played unless told otherwise.
  static func tiny(_ fake: FakeRun? = FakeRun()) -> Session {
    let session = Session()
    session.write("tiny.yaml", tinyScenario)
    session.fake = fake
    return session
  }
}
