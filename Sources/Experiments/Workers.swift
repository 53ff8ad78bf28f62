import Synchronization
import VirtualTime

/// Threads that take the numbers `0..<count` one by one.
///
/// Runs in one process do not disturb each other: an island keeps its jobs by a mark of the thread
/// that runs it, and the hook that reads the mark is installed once and never changed. So each
/// thread may run a world of its own.
enum Workers {
  /// Calls `body` once with every number of `0..<count`, on at most `threads` threads, this one
  /// included. Returns when all calls have.
  ///
  /// - Parameter start: gives a further thread; nil where the system gives none, and the others do
  ///   its share.
  static func run(
    threads: Int, count: Int, start: (Shared) -> NativeThread? = Workers.start,
    _ body: @escaping @Sendable (Int) -> Void
  ) {
    precondition(threads > 0, "work needs at least one thread")
    let shared = Shared(count: count, body: body)
    var others: [NativeThread] = []
    for _ in 1..<max(1, min(threads, count)) {
      if let thread = start(shared) { others.append(thread) }
    }
    shared.work()
    for thread in others { thread.join() }
  }

  /// What the threads share.
  final class Shared: Sendable {
    private let count: Int
    private let next = Atomic<Int>(0)
    private let body: @Sendable (Int) -> Void

    fileprivate init(count: Int, body: @escaping @Sendable (Int) -> Void) {
      self.count = count
      self.body = body
    }

    fileprivate func work() {
      while true {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < count else { return }
        body(number)
      }
    }
  }

  static func start(_ shared: Shared) -> NativeThread? { NativeThread { shared.work() } }
}
