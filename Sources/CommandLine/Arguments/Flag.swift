/// A flag, declared once: parsing, the check of its variable, help, the manual and completions
/// follow from it.
///
/// Flags of several commands stand in `CommonFlags.swift`, those of one command with it. Two flags
/// of one name differ if they differ in what they take.
struct Flag: Sendable {
  let name: String
  let form: Form
  /// Whether it may be given more than once.
  let isRepeatable: Bool
  /// The environment variable that stands in for it, if there is one.
  let variable: String?
  /// One or more lines for help.
  let summary: String

  /// What follows a flag.
  enum Form: Sendable {
    /// Nothing.
    case toggle
    /// A whole number within these bounds.
    case number(ClosedRange<UInt64>)
    /// One of these words.
    case words([String])
    /// A text that is shown like this in help.
    case text(String, Candidates = .none)

    /// A whole number within these bounds, none of them negative.
    static func count(_ range: ClosedRange<Int>) -> Form {
      .number(UInt64(range.lowerBound)...UInt64(range.upperBound))
    }

    /// One of an enumeration's words.
    static func oneOf<Word: RawRepresentable<String> & CaseIterable>(_: Word.Type) -> Form {
      .words(Word.allCases.map(\.rawValue))
    }
  }

  init(
    _ name: String, _ form: Form, isRepeatable: Bool = false, hasVariable: Bool = false,
    _ summary: String
  ) {
    self.name = name
    self.form = form
    self.isRepeatable = isRepeatable
    variable = hasVariable ? "SETTLESIM_" + name.uppercased() : nil
    self.summary = summary
  }

  /// As typed: `--seed`.
  var spelling: String { "--" + name }

  /// What stands for the value in help; nil for a switch.
  var placeholder: String? {
    switch form {
    case .toggle: nil
    case .number: "N"
    case .words(let words): words.joined(separator: "|")
    case .text(let placeholder, _): placeholder
    }
  }

  /// What may be its value.
  var candidates: Candidates {
    switch form {
    case .toggle, .number: .none
    case .words(let words): .words(words)
    case .text(_, let candidates): candidates
    }
  }
}

extension Flag: CaseIterable, Hashable, CustomStringConvertible {
  /// Every flag of every command, each once, in the order of the commands.
  static let allCases: [Flag] = {
    var flags: [Flag] = []
    for flag in Command.allCases.flatMap(\.flags) where !flags.contains(flag) {
      flags.append(flag)
    }
    return flags
  }()

  static func == (one: Flag, other: Flag) -> Bool {
    one.name == other.name && one.placeholder == other.placeholder
  }

  func hash(into hasher: inout Hasher) { hasher.combine(name) }

  var description: String { spelling }
}

/// What may stand in a place of the command line, for completion.
enum Candidates: Sendable {
  /// Nothing that could be offered.
  case none
  /// One of these words.
  case words([String])
  /// Some of these words, with commas between them.
  case list([String])
  /// One of these words, an equals sign and the path of a file.
  case keyed([String])
  /// The name of a scenario, or the path of one.
  case scenarios
  /// The name of a command.
  case commands
  case files
  case directories
}
