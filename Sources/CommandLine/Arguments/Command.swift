import Text
import Reporting
import Scenario

/// Every command.
enum Command: String, CaseIterable, Sendable {
  case run, validate, compare, diff, replay, bench, sweep
  case sweepMerge = "sweep merge"
  case schema, new, list, version, help

  /// What it does, on one line.
  var summary: String {
    switch self {
    case .run: "Runs a scenario, prints the summary and writes the result."
    case .validate: "Checks scenarios as `run` would, without running them."
    case .compare: "Simulates strategies on the same arrivals and says which is better."
    case .diff: "Says what changed from one result to another, worst first."
    case .replay: "Runs a result again and proves that every byte is the same."
    case .bench: "Compares the shipped scenarios' results and the simulator's speed with baselines."
    case .sweep:
      "Runs a scenario over values and seeds, on all cores or as a share of many machines."
    case .sweepMerge: "Proves that a sweep is complete, and gives its figures and its verdict."
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
    case .run, .sweep: "SCENARIO"
    case .sweepMerge: "DIR..."
    case .validate: "SCENARIO..."
    case .compare: "SCENARIO"
    case .diff: "BEFORE AFTER"
    case .replay: "RESULT_DIR"
    case .bench: "[SCENARIO...]"
    case .new: "NAME"
    case .list: "[KIND] [NAME]"
    case .help: "[COMMAND]"
    case .schema, .version: ""
    }
  }

  /// How many operands it takes.
  var operandCount: ClosedRange<Int> {
    switch self {
    case .run, .replay, .sweep, .new: 1...1
    case .validate, .sweepMerge: 1...Int.max
    case .compare: 1...2
    case .diff: 2...2
    case .bench: 0...Int.max
    case .list, .help: 0...2
    case .schema, .version: 0...0
    }
  }

  /// The flags it takes, in the order of help.
  var flags: [Flag] {
    switch self {
    case .run:
      [
        .seed, .set, .gate, .threads, .memory, .output, .export, .format, .short, .full, .dryRun,
        .quiet,
        .progress, .color, .suspension, .help,
      ]
    case .validate: [.resolved, .seed, .set, .gate, .format, .quiet, .help]
    case .compare:
      [
        .strategies, .replications, .untilWidth, .maximumReplications, .baseline, .metrics,
        .confidence, .effectFloor, .results, .seed, .set, .threads, .memory, .output, .export,
        .format, .short, .full, .dryRun, .quiet, .progress, .color, .suspension, .help,
      ]
    case .diff:
      [.tolerance, .ignore, .failOnWorse, .baselines, .full, .export, .format, .quiet, .help]
    case .replay: [.inputs, .threads, .memory, .quiet, .progress, .suspension, .help]
    case .bench:
      [
        .baselines, .updateBaseline, .only, .rounds, .all, .threads, .memory, .export, .format,
        .quiet, .progress, .suspension, .help,
      ]
    case .sweep:
      [
        .vary, .samples, .seeds, .seed, .set, .gate, .threads, .memory, .output, .shard, .points,
        .metrics, .format,
        .dryRun, .quiet, .progress, .color, .suspension, .help,
      ]
    case .sweepMerge: [.output, .metrics, .format, .quiet, .color, .help]
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
