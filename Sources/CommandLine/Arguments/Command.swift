import Reporting
import Scenario

/// Every command.
enum Command: String, CaseIterable, Sendable {
  case run, validate, replay, schema, new, list, version, help

  /// What it does, on one line.
  var summary: String {
    switch self {
    case .run: "Runs a scenario, prints the summary and writes the result."
    case .validate: "Checks scenarios as `run` would, without running them."
    case .replay: "Runs a result again and proves that every byte is the same."
    case .schema: "Prints the JSON Schema of scenario files."
    case .new: "Writes a commented scenario to start from."
    case .list: "Lists what can be named: strategies, scenarios, metrics and so on."
    case .version: "Prints the version of settlesim and of what it is built on."
    case .help: "Explains a command."
    }
  }

  /// The operands, as in help.
  var operands: String {
    switch self {
    case .run: "SCENARIO"
    case .validate: "SCENARIO..."
    case .replay: "RESULT_DIR"
    case .new: "NAME"
    case .list: "[\(ListKind.allCases.map(\.rawValue).joined(separator: "|"))]"
    case .help: "[COMMAND]"
    case .schema, .version: ""
    }
  }

  /// How many operands it takes.
  var operandCount: ClosedRange<Int> {
    switch self {
    case .run, .replay, .new: 1...1
    case .validate: 1...Int.max
    case .list, .help: 0...1
    case .schema, .version: 0...0
    }
  }

  /// The flags it takes, in the order of help.
  var flags: [Flag] {
    switch self {
    case .run:
      [
        .seed, .set, .threads, .output, .export, .format, .dryRun, .quiet, .progress, .color,
        .suspension, .help,
      ]
    case .validate: [.resolved, .seed, .set, .format, .quiet, .help]
    case .replay: [.inputs, .threads, .quiet, .progress, .suspension, .help]
    case .list: [.format, .help]
    case .schema, .new, .version, .help: [.help]
    }
  }

  /// The command called `name`; else an error that names the nearest.
  static func named(_ name: String) throws(Failure) -> Command {
    if let command = Command(rawValue: name) { return command }
    throw .usage(
      "there is no command \(quoted(name))\(hint(name, Command.allCases.map(\.rawValue)))")
  }
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
