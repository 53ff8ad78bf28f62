import Batching
import Reporting
import Scenario
import Simulator
import VirtualTime

/// Flags of more than one command.
extension Flag {
  static let seed = Flag(
    "seed", .number(0...UInt64.max), hasVariable: true,
    "Seed of every random stream, 0 to 2^64-1; instead of the scenario's.")
  static let threads = Flag(
    "threads", .count(Options.threadRange), hasVariable: true,
    """
    Threads to run on, 1 to 1024; default: the processors it may use.
    They change the time a run takes and nothing else; a run starts no
    more than these, and shares only the work that is worth it.
    """)
  static let memory = Flag(
    "memory", .text("SIZE"), hasVariable: true,
    """
    Memory that the command may take, 512MiB or 4GiB; beyond it ends with 65
    and says what has grown. Default: three quarters of what it may use.
    """)
  static let set = Flag(
    "set", .text("PATH=VALUE"), isRepeatable: true,
    """
    Replaces a value of the scenario: authorization.retries=0,
    acquirers.northbank.latency=5ms. Checked as in the file; repeatable.
    """)
  static let gate = Flag(
    "gate", .oneOf(ScenarioSettings.Gate.self),
    """
    What fails a run: thresholds alone, or also missed service levels;
    instead of the scenario's.
    """)
  static let format = Flag(
    "format", .oneOf(SummaryFormat.self), hasVariable: true,
    "How the result is printed; default: table.")
  static let output = Flag(
    "output", .text("DIR", .directories), hasVariable: true,
    """
    Directory for the result, exactly this one; a former result is
    replaced. Default: a directory of its own below Results.
    """)
  /// Of a run.
  static let export = exports(ExportKind.allCases)
  /// Of a comparison.
  static let exportComparison = exports([.html, .json, .csv, .markdown])
  /// Of what is judged.
  static let exportFindings = exports([.json, .csv, .markdown, .junit, .github])
  static let metrics = Flag(
    "metrics", .text("A,B,...", .list(MetricCatalog.names)),
    "What to compare, from `list metrics`; default: those that matter.")
  static let baselines = Flag(
    "baselines", .text("DIR", .directories),
    "Directory of the baselines; default: Results/baselines.")
  static let full = Flag(
    "full", .toggle, "Prints everything: every table, column and figure, zeros included.")
  static let short = Flag("short", .toggle, "Prints the ten lines that matter.")
  static let dryRun = Flag(
    "dry-run", .toggle, "Checks everything and says what would run, without running it.")
  static let quiet = Flag("quiet", .toggle, hasVariable: true, "Nothing but results and errors.")
  static let color = Flag(
    "color", .oneOf(When.self), hasVariable: true,
    "Colours in tables; default: auto, by the terminal and NO_COLOR.")
  static let progress = Flag(
    "progress", .oneOf(When.self), hasVariable: true,
    "How far the run is, on standard error; default: auto.")
  static let suspension = Flag(
    "suspension", .oneOf(Suspension.self), hasVariable: true,
    "How simulated tasks wait; both give the same bytes. Default: parking.")
  static let help = Flag("help", .toggle, "This text.")

  /// The exports of a command that has these kinds.
  private static func exports(_ kinds: [ExportKind]) -> Flag {
    Flag(
      "export", .text("KIND=PATH", .keyed(kinds.map(\.rawValue))), isRepeatable: true,
      """
      Also writes the result to PATH, or to standard output in place of the
      summary where PATH is -; compressed where it ends in .gz; repeatable.
      `settlesim list exports` names the kinds.
      """)
  }
}
