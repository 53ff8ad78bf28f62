import Text
import Reporting
import Scenario
import Simulator

extension Command {
  static let replay = Command(
    "replay", "Runs a result again and proves that every byte is the same.",
    operands: Operands("RESULT_DIR", 1...1, .directories),
    flags: [.inputs, .threads, .memory, .quiet, .progress, .suspension],
    examples: ["replay day", "replay day --threads 1 --suspension continuation"],
    details:
      """
      RESULT_DIR is the result of a run. Scenario, seed and overrides come from its manifest.json.
      Files that the scenario read are looked for beside the scenario that was run, in the working
      directory and in Scenarios, and taken only if their SHA-256 is that of the run.
      """,
    endings: [
      .fault, .refusedInput, .missingFile, Ending(.replayDiffers, "the replay gave other bytes"),
      .stopped,
    ],
    run: { context throws(Failure) in try ReplayCommand(context).run() })
}

extension Flag {
  static let inputs = Flag(
    "inputs", .text("DIR", .directories),
    "Where the files stand that the scenario read, a trace for instance.")
}

/// `settlesim replay`: makes a result again from its manifest and compares every byte.
///
/// 1. The manifest is read; it must be whole, and of a run that came to an end of its own. Every
///    file must have the hash that stands there.
/// 2. The scenario of the manifest is loaded with the seed and the overrides of the manifest, and
///    with inputs that have the recorded hashes.
/// 3. It runs; nothing is written.
/// 4. Digest, event count and every deterministic file are compared.
struct ReplayCommand {
  private let context: Context
  private let path: String
  private var console: Console { context.console }

  init(_ context: Context) {
    self.context = context
    path = context.surroundings.resolved(context.operands[0])
  }

  func run() throws(Failure) -> ExitCode {
    let threads = try context.threads()
    try context.boundMemory()
    let style = try context.progressStyle()
    let recorded = RecordedRun(context: context, path: path, refusal: .badInput)
    let manifest = try recorded.manifest()
    let scenario = try recorded.scenario(manifest)
    let prepared = try context.prepare(scenario)
    let execution = context.execute(prepared, threads: threads, progress: style)
    if let signal = execution.signal {
      throw Failure(.signal(signal), "settlesim: stopped by signal \(signal); nothing is proved")
    }
    if let memory = execution.memory, !execution.outcome.result.isComplete {
      throw Failure(.badInput, "settlesim: \(memory)")
    }
    let comparison = ResultComparison(manifest, path, execution.outcome)
    guard comparison.differences.isEmpty else {
      throw Failure(
        .replayDiffers,
        comparison.differences + ["settlesim: the replay differs from \(visible(path))"])
    }
    let identity = manifest.identity
    try console.write(
      "same  digest \(identity.digestHex), \(HumanFormat.count(identity.eventCount)) events, "
        + "\(comparison.fileCount) files byte by byte\n")
    return .passed
  }
}
