import Glibc
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
///    preparation fails, no further run begins. Those with lower indexes have begun, and end.
public final class RunPool<Failure: Error>: @unchecked Sendable {
  /// Carries a prepared run out: threads, and a callback that stops it by returning false.
  public typealias Body = (Int, @escaping (RunProgress) -> Bool) -> RunOutcome

  private let count: Int
  private let threads: Int
  private let threadsPerRun: Int
  private let prepare: (Int) throws(Failure) -> Body
  private let progress: (Int, RunProgress) -> Bool
  private let finish: (Int, RunOutcome) -> Bool
  private let next = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)
  /// Held while a run is prepared, reported or finished: those callbacks never overlap.
  private let serial = Mutex<(index: Int, failure: Failure)?>(nil)

  private init(
    count: Int, threads: Int, prepare: @escaping (Int) throws(Failure) -> Body,
    progress: @escaping (Int, RunProgress) -> Bool, finish: @escaping (Int, RunOutcome) -> Bool
  ) {
    self.count = count
    self.threads = max(1, min(threads, count))
    threadsPerRun = max(1, threads / self.threads)
    self.prepare = prepare
    self.progress = progress
    self.finish = finish
  }

  /// Carries the runs 0..<`count` out.
  ///
  /// - Parameters:
  ///   - threads: at least 1; as many runs at a time, each with memory of its own. Threads that are
  ///     left over go to the runs.
  ///   - prepare: makes a run ready.
  ///   - progress: called between windows of each run; returning false stops it, and all others.
  ///   - finish: takes an outcome; returning false ends the pool early.
  /// - Throws: the failure of the preparation with the lowest index.
  public static func run(
    count: Int, threads: Int, prepare: @escaping (Int) throws(Failure) -> Body,
    progress: @escaping (Int, RunProgress) -> Bool, finish: @escaping (Int, RunOutcome) -> Bool
  ) throws(Failure) {
    precondition(threads > 0, "a pool needs at least one thread")
    let pool = RunPool(
      count: count, threads: threads, prepare: prepare, progress: progress, finish: finish)
    pool.run()
    let failed = pool.serial.withLock { $0?.failure }
    if let failed { throw failed }
  }

  private func run() {
    let others = (1..<max(threads, 1)).map { _ in WorkerThread.start { self.work() } }
    work()
    for thread in others { pthread_join(thread, nil) }
  }

  private func work() {
    while !isStopped.load(ordering: .acquiring) {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count, let body = prepared(index) else { return }
      let outcome = body(threadsPerRun) { [self] state in
        var goesOn = false
        serial.withLock { _ in goesOn = progress(index, state) }
        if !goesOn { isStopped.store(true, ordering: .releasing) }
        return goesOn
      }
      serial.withLock { _ in
        if !finish(index, outcome) { isStopped.store(true, ordering: .releasing) }
      }
    }
  }

  private func prepared(_ index: Int) -> Body? {
    var body: Body?
    serial.withLock { lowest in
      do throws(Failure) {
        body = try prepare(index)
      } catch {
        isStopped.store(true, ordering: .releasing)
        if lowest.map({ index < $0.index }) ?? true { lowest = (index, error) }
      }
    }
    return body
  }
}

/// A thread that runs a closure.
private final class WorkerThread {
  private let body: () -> Void

  private init(_ body: @escaping () -> Void) { self.body = body }

  static func start(_ body: @escaping () -> Void) -> pthread_t {
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { worker in
        Unmanaged<WorkerThread>.fromOpaque(worker!).takeRetainedValue().body()
        return nil
      }, Unmanaged.passRetained(WorkerThread(body)).toOpaque())
    precondition(code == 0, "no thread could be started: \(String(cString: strerror(code)))")
    return thread
  }
}
