import Scenario

/// What the process ends with: distinct for everything that a script may want to tell apart.
public struct ExitCode: Equatable, Sendable {
  /// The number the shell sees.
  public let number: Int32

  init(_ number: Int32) { self.number = number }

  /// Everything held.
  public static let passed = ExitCode(0)
  /// A fault of settlesim itself.
  public static let internalError = ExitCode(1)
  /// The command line cannot be understood.
  public static let usage = ExitCode(64)
  /// A scenario, a trace or a manifest is refused.
  public static let badInput = ExitCode(65)
  /// A file is missing or may not be read.
  public static let missingFile = ExitCode(66)
  /// A result, an export or standard output could not be written.
  public static let cannotWrite = ExitCode(74)
  /// An invariant of the simulated world broke.
  public static let invariantViolated = ExitCode(96)
  /// A replay gave other bytes.
  public static let replayDiffers = ExitCode(97)
  /// A result or the simulator's speed is not what its baseline says.
  public static let regression = ExitCode(98)
  /// A threshold of the scenario was missed.
  public static let thresholdMissed = ExitCode(99)

  /// The run was stopped by this signal: 130 for SIGINT, 143 for SIGTERM, 129 for SIGHUP, 153 for
  /// SIGXFSZ.
  public static func signal(_ number: Int32) -> ExitCode { ExitCode(128 + number) }
}

/// Why a command ended early: what standard error is told, and the exit code.
struct Failure: Error, Equatable {
  let code: ExitCode
  /// Lines for standard error; empty where there is nobody left to tell.
  let lines: [String]
  /// What is wrong with a scenario, where it is one that is refused.
  let problems: [ScenarioProblem]

  init(_ code: ExitCode, _ lines: [String], problems: [ScenarioProblem] = []) {
    self.code = code
    self.lines = lines
    self.problems = problems
  }

  init(_ code: ExitCode, _ line: String) { self.init(code, [line]) }

  /// A command line that cannot be understood.
  static func usage(_ message: String, help command: Command? = nil) -> Failure {
    let help = command.map { "help \($0.name)" } ?? "help"
    return Failure(.usage, ["settlesim: \(message)", "see `settlesim \(help)`"])
  }
}
