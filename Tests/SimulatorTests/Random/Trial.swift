import Glibc
import Reporting
import VirtualTime

@testable import Scenario
@testable import Simulator

/// One accepted scenario, run on one, two and four threads, the last time from what the first
/// result recorded of it.
enum Trial {
  /// What is wrong with a scenario's runs; nil if nothing is.
  ///
  /// - Parameter comparesAll: whether every deterministic file is compared, or the summary, from
  ///   which most of them are written, and the files beside the standard ones.
  static func fault(
    of random: RandomScenario, directory: String, comparesAll: Bool
  ) -> String? {
    let first = run(random.run, threads: 1)
    if let fault = first.fault { return fault }
    if let line = wideLine(first.outcome.result) { return "wider than 80 places: \(line)" }
    let second = run(random.run, threads: 2)
    if let fault = second.fault { return "on 2 threads: \(fault)" }
    if let difference = difference(first.outcome, second.outcome, comparesAll) {
      return "1 and 2 threads differ: \(difference)"
    }
    do {
      let recorded = Array(first.outcome.result.identity.scenarioText.utf8)
      let scenario = try RandomScenario.load(recorded, directory)
      let replay = run(try ScenarioRun(scenario), threads: 4)
      if let fault = replay.fault { return "replayed on 4 threads: \(fault)" }
      return difference(first.outcome, replay.outcome, comparesAll).map {
        "the replay differs: \($0)"
      }
    } catch {
      return "the recorded scenario is refused: \(error)"
    }
  }

  /// A line of the summary that a screen breaks; commands to copy and paths aside.
  private static func wideLine(_ result: RunResult) -> String? {
    [SummaryTable.Extent.short, .usual, .full].lazy.flatMap { extent in
      SummaryTable.render(result, options: SummaryTable.Options(usesColor: false, extent: extent))
        .split(separator: "\n").map(String.init)
    }.first { TextTable.width($0) > TextTable.limit && !$0.hasPrefix("reproduce ") }
  }

  /// Processor seconds that a run may take before it is told to stop.
  static let patience = 30.0

  /// A run, and what is wrong with it by itself: a broken invariant, or no end.
  static func run(
    _ run: ScenarioRun, threads: Int, patience: Double = Trial.patience
  ) -> (outcome: RunOutcome, fault: String?) {
    let start = processorSeconds()
    var isStopped = false
    let outcome = run.run(threads: threads) { _ in
      isStopped = processorSeconds() - start > patience
      return !isStopped
    }
    if let breach = outcome.breach { return (outcome, "exit code 96: \(breach)") }
    guard !isStopped else {
      return (outcome, "no end after \(outcome.result.identity.eventCount) events")
    }
    return (outcome, nil)
  }

  static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The first file of two results that differs.
  private static func difference(
    _ left: RunOutcome, _ right: RunOutcome, _ comparesAll: Bool
  ) -> String? {
    if left.digest != right.digest { return "digest" }
    let (files, others) = (contents(left, comparesAll), contents(right, comparesAll))
    if files.map(\.name) != others.map(\.name) { return "names of files" }
    return zip(files, others).first { $0.bytes != $1.bytes }?.0.name
  }

  private static func contents(
    _ outcome: RunOutcome, _ all: Bool
  ) -> [(name: String, bytes: [UInt8])] {
    all
      ? outcome.result.contents(with: outcome.files)
      : outcome.files + [("summary.json", Array(outcome.summary.utf8))]
  }
}
