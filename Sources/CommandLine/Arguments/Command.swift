import Text
import Reporting
import Scenario

/// A command, declared once: parsing, help, the manual, completions and the program follow from it.
///
/// The declarations stand with what carries them out, below `Commands`; `allCases` names them.
struct Command: Sendable {
  /// As typed; of two words in a group, such as `sweep merge`.
  let name: String
  /// What it does, on one line.
  let summary: String
  var operands = Operands("", 0...0)
  /// The flags it takes, in the order of help; `--help` is added to them.
  private let ownFlags: [Flag]
  /// Command lines to copy, without the program's name.
  let examples: [String]
  /// What examples and flags do not tell.
  let details: String
  private let ownEndings: [Ending]
  /// Carries it out.
  let run: @Sendable (Context) throws(Failure) -> ExitCode

  /// - Parameter endings: what exit codes mean beyond those that all commands share, in order.
  init(
    _ name: String, _ summary: String, operands: Operands = Operands("", 0...0),
    flags: [Flag] = [], examples: [String], details: String = "", endings: [Ending] = [],
    run: @escaping @Sendable (Context) throws(Failure) -> ExitCode
  ) {
    self.name = name
    self.summary = summary
    self.operands = operands
    ownFlags = flags
    self.examples = examples
    self.details = details
    ownEndings = endings
    self.run = run
  }

  /// The flags it takes, in the order of help.
  var flags: [Flag] { ownFlags + [.help] }

  /// The codes it can end with, the smallest first.
  var endings: [Ending] {
    (Ending.ofEveryCommand + ownEndings).sorted { $0.code.number < $1.code.number }
  }

  /// The command called `name`; else an error that names the nearest.
  static func named(_ name: String) throws(Failure) -> Command {
    if let command = allCases.first(where: { $0.name == name }) { return command }
    throw .usage("there is no command \(quoted(name))\(hint(name, allCases.map(\.name)))")
  }
}

extension Command: CaseIterable, Hashable, CustomStringConvertible {
  /// Every command, in the order of help.
  static let allCases: [Command] = [
    .run, .validate, .compare, .diff, .replay, .explain, .bench, .sweep, .sweepMerge, .schema, .new,
    .list,
    .completions, .manual, .version, .help,
  ]

  static func == (one: Command, other: Command) -> Bool { one.name == other.name }

  func hash(into hasher: inout Hasher) { hasher.combine(name) }

  var description: String { name }
}

/// What stands after a command.
struct Operands: Sendable {
  /// As in help.
  let text: String
  /// How many there are.
  let count: ClosedRange<Int>
  /// What may stand in each place; the last is that of all further places too.
  let candidates: [Candidates]

  init(_ text: String, _ count: ClosedRange<Int>, _ candidates: Candidates...) {
    self.text = text
    self.count = count
    self.candidates = candidates
  }
}

/// What a code that a command can end with says.
struct Ending: Sendable {
  let code: ExitCode
  let meaning: String

  init(_ code: ExitCode, _ meaning: String) {
    self.code = code
    self.meaning = meaning
  }

  static let ofEveryCommand = [
    Ending(.passed, "all is well"), Ending(.usage, "the command line cannot be understood"),
    Ending(.cannotWrite, "an output could not be written"),
  ]
  static let fault = Ending(.internalError, "a fault of settlesim itself")
  static let missingFile = Ending(.missingFile, "a file is missing")
  static let refusedInput = Ending(.badInput, "a scenario, trace or manifest is refused")
  static let invariantBroke = Ending(
    .invariantViolated, "an invariant broke; the last line is the command that shows it again")
  static let stopped = Ending(.signal(2), "stopped by SIGINT; 143 by SIGTERM")
}

/// `text` from outside, in quotes and on one line.
func quoted(_ text: String) -> String {
  let shown = visible(text)
  return "`\(shown.count > 80 ? shown.prefix(79) + "…" : shown)`"
}

/// `; did you mean `x`?` where a candidate is near.
func hint(_ word: String, _ candidates: [String]) -> String {
  EditDistance.nearest(to: word, among: candidates).map { "; did you mean `\($0)`?" } ?? ""
}
