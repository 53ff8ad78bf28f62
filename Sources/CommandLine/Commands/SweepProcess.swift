import Experiments
import Reporting
import Simulator
import Synchronization

/// What is outside a sweep, for its threads: one of them at a time reaches it.
final class SweepProcess: Sendable {
  /// Not shared between threads but behind the lock.
  private struct Outside: @unchecked Sendable {
    let context: Context
    let reporter: ProgressReporter
    let start: Int64
  }

  private let outside: Mutex<Outside>

  /// Begins to watch for signals, and the clock.
  init(_ context: Context, _ style: ProgressReporter.Style) {
    let surroundings = context.surroundings
    surroundings.watchSignals()
    let write = surroundings.error.write
    let start = surroundings.monotonicClock()
    let reporter = ProgressReporter(style, start: start) { text in try? write(text) }
    outside = Mutex(Outside(context: context, reporter: reporter, start: start))
  }

  /// The signal that was caught, if one was.
  var signal: Int32? { outside.withLock { $0.context.surroundings.caughtSignal() } }

  /// Clears the progress line.
  func finish() { outside.withLock { $0.reporter.finish() } }

  /// For the runner.
  var hooks: SweepHooks {
    SweepHooks(
      shouldStop: { self.signal != nil }, progress: { self.show($0) },
      begin: { self.outside.withLock { $0.context.surroundings.monotonicClock() } },
      environment: { self.environment($0, began: $1) })
  }

  private func show(_ progress: SweepProgress) {
    outside.withLock { outside in
      let now = outside.context.surroundings.monotonicClock()
      outside.reporter.update(now: now) { ProgressLine(progress, elapsed: $0) }
    }
  }

  private func environment(_ outcome: RunOutcome, began: Int64) -> RunEnvironment {
    outside.withLock { outside in
      let surroundings = outside.context.surroundings
      let elapsed = surroundings.monotonicClock() - began
      return outside.context.environment(
        outcome.result, threads: 1, elapsed: elapsed, started: surroundings.wallClock() - elapsed,
        start: began)
    }
  }
}

extension ProgressLine {
  /// How far a sweep is: `42 %  17 of 40 points  2 running  29 s left`.
  init(_ progress: SweepProgress, elapsed: Int64) {
    let percent = Int(progress.fraction * 100)
    var parts = [
      "\(percent < 10 ? " " : "")\(percent) %",
      "\(HumanFormat.count(progress.finished)) of \(HumanFormat.count(progress.total)) points",
      "\(progress.running) running",
    ]
    if progress.found > 0 { parts.append("\(HumanFormat.count(progress.found)) found finished") }
    if progress.fraction > 0.01, progress.fraction < 1 {
      let left = Double(elapsed) * (1 - progress.fraction) / progress.fraction
      parts.append("\(Self.roughly(left / 1e9)) left")
    }
    self.init(fraction: progress.fraction, text: parts.joined(separator: "  "))
  }
}
