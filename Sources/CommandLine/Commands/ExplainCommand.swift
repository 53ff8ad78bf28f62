import Pipeline
import Reporting
import Scenario
import Simulator
import Text

extension Command {
  static let explain = Command(
    "explain", "Tells the story of a payment, a batch, an instruction or a merchant of a result.",
    operands: Operands("RESULT_DIR", 1...1, .directories),
    flags: ExplainQuestion.flags + [
      .storyFormat, .inputs, .threads, .memory, .quiet, .progress, .suspension,
    ],
    examples: [
      "explain day --payment cell-0/payment-17", "explain day --batch cell-0/batch-3",
      "explain day --slowest 5 --stage authorization",
      "explain day --merchant merchant-7 --at 12:00",
      "explain day --payment 17 --format svg > story.svg",
    ],
    details:
      """
      RESULT_DIR is the result of a run. Scenario, seed and overrides come from its manifest.json;
      the run is made again with somebody who listens, which takes about as long as it did. A
      payment has the name that obligations.csv and spans.csv give it (cell-0/payment-17,
      transfers/payment-3), its number where the run has one cell, the id that a trace gives it, its
      key (16 hexadecimal digits), or ACQUIRER/REFERENCE as files of acquirers state it. A
      reference, an instruction and --slowest take two passes. What the engine did not record is
      not told.
      """,
    endings: [
      .fault, Ending(.badInput, "there is no such payment, or the result is of no run"),
      .missingFile,
      Ending(
        .replayDiffers,
        "the result is of another version, was edited, or what it read is gone or changed"),
      .stopped,
    ],
    run: { context throws(Failure) in try ExplainCommand(context).run() })
}

extension Flag {
  static let storyFormat = Flag(
    "format", .oneOf(StoryFormat.self), "How the story is printed; default: text.")
}

/// `settlesim explain`: makes a result again and tells what happened to one thing in it.
///
/// 1. The question is read, then the manifest: whole, of a run, of this version, not edited.
/// 2. The scenario of the manifest is loaded with its seed, overrides and inputs.
/// 3. What is asked for by a name that only the run knows is found by a first pass.
/// 4. It runs with a listener; its digest must be that of the manifest, or what it tells would be
///    the story of another run.
/// 5. The story is printed.
struct ExplainCommand {
  let context: Context
  let path: String
  let threads: Int
  let style: ProgressReporter.Style

  init(_ context: Context) throws(Failure) {
    self.context = context
    path = context.surroundings.resolved(context.operands[0])
    threads = try context.threads()
    style = try context.progressStyle()
  }

  func run() throws(Failure) -> ExitCode {
    let format = try context.options.choice(.storyFormat, default: StoryFormat.text)
    let question = try ExplainQuestion(context.options)
    try context.boundMemory()
    if let refusal = FolderKind(path).refusal(path) {
      throw Failure(.badInput, "settlesim: \(refusal)")
    }
    let recorded = RecordedRun(context: context, path: path, refusal: .replayDiffers)
    let manifest = try recorded.manifest()
    let scenario = try load(recorded, manifest)
    let answer = ExplainAnswer(self, manifest, scenario, try context.prepare(scenario))
    let stories = try answer.stories(question)
    try context.console.write(format.render(stories))
    return .passed
  }

  private func load(_ recorded: RecordedRun, _ manifest: ResultManifest) throws(Failure)
    -> LoadedScenario
  {
    do throws(Failure) {
      return try recorded.scenario(manifest)
    } catch {
      // Without what the run read there is nothing to tell of it.
      throw Failure(error.code == .missingFile ? .replayDiffers : error.code, error.lines)
    }
  }
}
