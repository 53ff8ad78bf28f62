import Reporting
import Scenario

/// The command line: reads the arguments, does what they say, and tells how it went.
///
/// 1. Arguments that are no UTF-8 are refused.
/// 2. The arguments are taken apart; flags are checked against the command.
/// 3. The command runs: results to standard output, all else to standard error.
/// 4. A failure is told on standard error, and its code is the process's.
public struct Program {
  private let surroundings: Surroundings

  /// A program in its surroundings.
  public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

  /// Does what the arguments say.
  public func run() -> ExitCode {
    do throws(Failure) {
      return try start()
    } catch {
      let console = Console(surroundings)
      for line in error.lines { console.tell(line) }
      return error.code
    }
  }

  private func start() throws(Failure) -> ExitCode {
    var arguments: [String] = []
    for (index, argument) in surroundings.arguments.enumerated() {
      guard let argument else { throw .usage("argument \(index + 1) is not UTF-8") }
      arguments.append(argument)
    }
    if arguments.isEmpty {
      Console(surroundings).tell(HelpText.overview)
      return .usage
    }
    let parsed = try ParsedArguments(arguments)
    let options = Options(parsed, environment: surroundings.environment)
    if parsed.values[.help] != nil {
      try Console(surroundings).write(HelpText.text(parsed.command))
      return .passed
    }
    if parsed.command != .help { try options.checkVariables() }
    let mayBeQuiet = parsed.command.flags.contains(.quiet)
    let console = Console(surroundings, isQuiet: mayBeQuiet ? try options.isSet(.quiet) : false)
    for warning in Options.warnings(environment: surroundings.environment) { console.note(warning) }
    try Planting.wake(surroundings.environment, console)
    let context = Context(
      surroundings: surroundings, options: options, operands: parsed.operands, console: console)
    return try parsed.command.run(context)
  }
}

/// What a command works with.
struct Context {
  let surroundings: Surroundings
  let options: Options
  let operands: [String]
  let console: Console
}
