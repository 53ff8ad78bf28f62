import Scenario

/// Every flag of every command.
enum Flag: String, CaseIterable, Sendable {
  case seed, threads, memory, set, gate, format, output, export, resolved, inputs
  case strategies, replications, baseline, metrics, confidence, results
  case effectFloor = "effect-floor"
  case untilWidth = "until-width"
  case maximumReplications = "max-replications"
  case baselines, only, rounds, all, full
  case updateBaseline = "update-baseline"
  case vary, samples, seeds, shard, points
  case tolerance, ignore
  /// `--gate` of a command that judges nothing else.
  case failOnWorse = "gate, without a value"
  case dryRun = "dry-run"
  case quiet, color, progress, suspension, help

  /// As typed: `--seed`.
  var spelling: String { "--" + (self == .failOnWorse ? Flag.gate.rawValue : rawValue) }

  /// What stands for the value in help; nil for a switch.
  var placeholder: String? {
    switch self {
    case .seed, .threads, .replications, .maximumReplications, .rounds, .samples: "N"
    case .memory: "SIZE"
    case .untilWidth: "PERCENT"
    case .tolerance: "[PATTERN=]PERCENT"
    case .ignore: "PATTERN"
    case .vary: "PATH=SPEC"
    case .seeds: "A..B|A,B,C|N"
    case .shard: "I/N"
    case .points: "LIST"
    case .strategies, .metrics: "A,B,..."
    case .baseline: "NAME"
    case .confidence, .effectFloor: "SHARE"
    case .set: "PATH=VALUE"
    case .gate: ScenarioSettings.Gate.allCases.map(\.rawValue).joined(separator: "|")
    case .format: SummaryFormatNames.joined("|")
    case .output, .inputs, .baselines: "DIR"
    case .only: BenchPart.allCases.map(\.rawValue).joined(separator: "|")
    case .export: "KIND=PATH"
    case .color, .progress: "auto|always|never"
    case .suspension: "parking|continuation"
    case .resolved, .results, .dryRun, .quiet, .help, .all, .full, .updateBaseline, .failOnWorse:
      nil
    }
  }

  /// Whether it may be given more than once.
  var isRepeatable: Bool { [.set, .export, .vary, .tolerance, .ignore].contains(self) }

  /// The environment variable that stands in for it, if there is one.
  var variable: String? {
    switch self {
    case .seed, .threads, .memory, .format, .output, .quiet, .color, .progress, .suspension, .shard:
      "SETTLESIM_" + rawValue.uppercased()
    case .strategies, .replications, .baseline, .metrics, .confidence, .effectFloor, .results: nil
    case .untilWidth, .maximumReplications: nil
    case .set, .gate, .export, .resolved, .inputs, .dryRun, .help: nil
    case .baselines, .only, .rounds, .all, .full, .updateBaseline: nil
    case .vary, .samples, .seeds, .points: nil
    case .tolerance, .ignore, .failOnWorse: nil
    }
  }

  /// One or more lines for help.
  var summary: String {
    switch self {
    case .seed: "Seed of every random stream, 0 to 2^64-1; instead of the scenario's."
    case .threads:
      "Threads to run on, 1 to 1024; default: the processors it may use.\n"
        + "They change the time a run takes and nothing else; a run starts no\n"
        + "more than these, and shares only the work that is worth it."
    case .memory:
      "Memory that the command may take, 512MiB or 4GiB; beyond it ends with 65\n"
        + "and says what has grown. Default: three quarters of what it may use."
    case .set:
      "Replaces a value of the scenario: authorization.retries=0,\n"
        + "acquirers.northbank.latency=5ms. Checked as in the file; repeatable."
    case .gate:
      "What fails a run: thresholds alone, or also missed service levels;\n"
        + "instead of the scenario's."
    case .format: "How the result is printed; default: table."
    case .output:
      "Directory for the result, exactly this one; a former result is\n"
        + "replaced. Default: a directory of its own below Results."
    case .export:
      "Also writes the result to PATH, or to standard output in place of the\n"
        + "summary where PATH is -; compressed where it ends in .gz; repeatable.\n"
        + "`settlesim list exports` names the kinds."
    case .strategies:
      "What to compare: names of `list strategies`, with parameters as in\n"
        + "fixed_window:window=15min, and any setting by its path:\n"
        + "merchant_day:costs.wire=4.50 USD. `scenario` is what the file says;\n"
        + "a strategy that the file has keeps the parameters it has there."
    case .replications: "Runs of each strategy, 1 to 10000; default: 20."
    case .untilWidth:
      "Adds replications until the interval of cost is as narrow for every\n"
        + "strategy: 1% of the baseline's cost, from end to end."
    case .maximumReplications: "Most replications of --until-width; default: 1000."
    case .baseline: "Strategy that the others are compared with; default: the first."
    case .metrics: "What to compare, from `list metrics`; default: those that matter."
    case .confidence: "Of intervals, and of all claims together; default: 0.95."
    case .effectFloor: "Relative differences below it are no claim; default: 0.001."
    case .results: "Compares two stored results: compare --results A B."
    case .resolved: "Prints every value with what gave it."
    case .inputs: "Where the files stand that the scenario read, a trace for instance."
    case .baselines: "Directory of the baselines; default: Results/baselines."
    case .only: "Compares the results of scenarios alone, or the speed alone."
    case .rounds: "Rounds of the speed measurement, 5 to 1000; default: 9."
    case .all: "Takes the larger shipped scenarios too, up to ten million payments."
    case .full: "Prints everything: every table, column and figure, zeros included."
    case .updateBaseline:
      "Records what is found as the new baselines, and says what changes\n"
        + "in them."
    case .vary:
      "Gives a value of the scenario one value after another; repeatable,\n"
        + "and all are crossed. See above for SPEC."
    case .samples: "How many samples a Latin hypercube has."
    case .seeds:
      "Seeds for every combination of values: a range, a list, or how many\n"
        + "from the seed of the sweep on. Default: that one."
    case .shard:
      "Runs share I of N, from 1; /N where the scheduler says which one.\n"
        + "Default: what SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX says."
    case .points: "Runs these points only: 1,3,7-9."
    case .tolerance:
      "Leaves out what moved by no more than this: 1%, or cost.*=0.5% for the\n"
        + "figures of that name; repeatable, the last that fits counts."
    case .ignore: "Leaves out the figures of that name, * for any letters; repeatable."
    case .failOnWorse: "Ends with 98 where a figure got worse."
    case .dryRun: "Checks everything and says what would run, without running it."
    case .quiet: "Nothing but results and errors."
    case .color: "Colours in tables; default: auto, by the terminal and NO_COLOR."
    case .progress: "How far the run is, on standard error; default: auto."
    case .suspension: "How simulated tasks wait; both give the same bytes. Default: parking."
    case .help: "This text."
    }
  }
}
