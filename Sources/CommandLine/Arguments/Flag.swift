/// Every flag of every command.
enum Flag: String, CaseIterable, Sendable {
  case seed, threads, set, format, output, export, resolved, inputs
  case dryRun = "dry-run"
  case quiet, color, progress, suspension, help

  /// As typed: `--seed`.
  var spelling: String { "--" + rawValue }

  /// What stands for the value in help; nil for a switch.
  var placeholder: String? {
    switch self {
    case .seed, .threads: "N"
    case .set: "PATH=VALUE"
    case .format: SummaryFormatNames.joined("|")
    case .output, .inputs: "DIR"
    case .export: "KIND=PATH"
    case .color, .progress: "auto|always|never"
    case .suspension: "parking|continuation"
    case .resolved, .dryRun, .quiet, .help: nil
    }
  }

  /// Whether it may be given more than once.
  var isRepeatable: Bool { self == .set || self == .export }

  /// The environment variable that stands in for it, if there is one.
  var variable: String? {
    switch self {
    case .seed, .threads, .format, .output, .quiet, .color, .progress, .suspension:
      "SETTLESIM_" + rawValue.uppercased()
    case .set, .export, .resolved, .inputs, .dryRun, .help: nil
    }
  }

  /// One or more lines for help.
  var summary: String {
    switch self {
    case .seed: "Seed of every random stream, 0 to 2^64-1; instead of the scenario's."
    case .threads:
      "Threads to run on, 1 to 1024; default: the cores of this machine.\n"
        + "They change the time a run takes and nothing else."
    case .set:
      "Replaces a value of the scenario: authorization.retries=0,\n"
        + "acquirers.northbank.latency=5ms. Checked as in the file; repeatable."
    case .format: "How the result is printed; default: table."
    case .output:
      "Directory for the result, exactly this one; a former result is\n"
        + "replaced. Default: Results/runs/<scenario>/<time>-<process>."
    case .export: "Also writes the result to PATH as html, json or csv; repeatable."
    case .resolved: "Prints every value with what gave it."
    case .inputs: "Where the files stand that the scenario read, a trace for instance."
    case .dryRun: "Checks everything and says what would run, without running it."
    case .quiet: "Nothing but results and errors."
    case .color: "Colours in tables; default: auto, by the terminal and NO_COLOR."
    case .progress: "How far the run is, on standard error; default: auto."
    case .suspension: "How simulated tasks wait; both give the same bytes. Default: parking."
    case .help: "This text."
    }
  }
}
