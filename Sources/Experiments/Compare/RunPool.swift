import Simulator
import Synchronization

/// Independent runs side by side, each on a thread of its own.
///
/// Runs share nothing: a world's islands, random streams and results belong to it, the current
/// island is a thread's own, and the hook of the global executor finds the island through it. So
/// the outcome of a run does not depend on what runs beside it.
///
/// 1. Every worker takes the lowest index that nobody has taken.
/// 2. It prepares that run while no other prepares, and carries it out.
/// 3. `finish` is called with the outcome, for one run at a time; when it returns false, or a
///    preparation fails, no run with a higher index begins. Those with lower indexes end.
public final class RunPool<Failure: Error>: @unchecked Sendable {
  /// Carries a prepared run out: threads, and a callback that stops it by returning false.
  public typealias Body = (Int, @escaping (RunProgress) -> Bool) -> RunOutcome

  private let count: Int
  private let threads: Int
  private let threadsPerRun: Int
  private let prepare: (Int) throws(Failure) -> Body
  private let progress: (Int, RunProgress) -> Bool
  private let finish: (Int, RunSummary) -> Bool
  /// No run with a higher index begins.
  private let last: Atomic<Int>
  /// Held while a run is prepared, reported or finished: those callbacks never overlap.
  private let serial = Mutex<Refusal?>(nil)

  /// A run that could not be prepared.
  public struct Refusal: Error {
    /// The run.
    public let index: Int
    /// Why.
    public let cause: Failure
  }

  private init(
    count: Int, threads: Int, prepare: @escaping (Int) throws(Failure) -> Body,
    progress: @escaping (Int, RunProgress) -> Bool, finish: @escaping (Int, RunSummary) -> Bool
  ) {
    self.count = count
    last = Atomic(count - 1)
    self.threads = max(1, min(threads, count))
    threadsPerRun = max(1, threads / self.threads)
    self.prepare = prepare
    self.progress = progress
    self.finish = finish
  }

  /// Carries the runs 0..<`count` out.
  ///
  /// - `threads`: at least 1; as many runs at a time, each with memory of its own. Threads that are
  ///   left over go to the runs.
  /// - `prepare`: makes a run ready.
  /// - `progress`: called between windows of each run; returning false stops it, and all others.
  /// - `isolation`: if given, runs are carried out by child processes, as many as threads; this
  ///   process has one thread then.
  /// - `finish`: takes what is kept of an outcome; returning false ends the pool early.
  /// - Throws: the failure of the preparation with the lowest index, and that index.
  public static func run(
    count: Int, threads: Int, isolation: RunIsolation? = nil,
    prepare: @escaping (Int) throws(Failure) -> Body,
    progress: @escaping (Int, RunProgress) -> Bool, finish: @escaping (Int, RunSummary) -> Bool
  ) throws(Refusal) {
    precondition(threads > 0, "a pool needs at least one thread")
    if let isolation {
      let pool = IsolatedPool<Failure>(
        isolation: isolation, prepare: prepare, progress: progress, finish: finish)
      return try pool.run(count: count, threads: threads)
    }
    let pool = RunPool(
      count: count, threads: threads, prepare: prepare, progress: progress, finish: finish)
    Workers.run(threads: pool.threads, count: count) { pool.work($0) }
    let refusal = pool.serial.withLock { $0 }
    if let refusal { throw refusal }
  }

  private func work(_ index: Int) {
    guard index <= last.load(ordering: .acquiring), let body = prepared(index) else { return }
    let outcome = body(threadsPerRun) { [self] state in
      var goesOn = false
      serial.withLock { _ in goesOn = progress(index, state) }
      if !goesOn { stop(after: index) }
      return goesOn
    }
    serial.withLock { _ in
      if !finish(index, RunSummary(outcome)) { stop(after: index) }
    }
  }

  private func stop(after index: Int) { last.min(index, ordering: .acquiringAndReleasing) }

  private func prepared(_ index: Int) -> Body? {
    var body: Body?
    serial.withLock { lowest in
      do throws(Failure) {
        body = try prepare(index)
      } catch {
        stop(after: index)
        if lowest.map({ index < $0.index }) ?? true {
          lowest = Refusal(index: index, cause: error)
        }
      }
    }
    return body
  }
}
