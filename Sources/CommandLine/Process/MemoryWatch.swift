import CJemalloc
import Glibc
import Host
import Synchronization
import VirtualTime

/// Looks at the memory of the process a hundred times a second, on a thread of its own, and ends
/// what goes beyond the bound: a run that heeds it at its next window, with what it has so far; and
/// after a second, or far beyond the bound, the process as it stands, wherever it is. The lock of a
/// result goes with the process, and a former result stays. A child process ends at once: its
/// parent tells what it was doing, and goes on.
enum MemoryWatch {
  private static let isExceeded = Atomic<Bool>(false)
  private static let text = Mutex<String?>(nil)
  private static let bound = Mutex<MemoryBound?>(nil)
  private static let thread = Mutex<NativeThread?>(nil)
  private static let isToEnd = Atomic<Bool>(false)

  /// What the run that is stopped says; nil: memory is within its bound.
  static var exceeded: String? {
    isExceeded.load(ordering: .acquiring) ? text.withLock { $0 } : nil
  }

  /// Begins to look. A second call changes the bound.
  static func start(_ new: MemoryBound) {
    let isFirst = bound.withLock { bound in
      defer { bound = new }
      return bound == nil
    }
    guard isFirst else { return }
    isToEnd.store(false, ordering: .releasing)
    // Without the thread nothing is watched, as before it is started.
    let started = NativeThread { watch() }
    thread.withLock { $0 = started }
  }

  /// Ends to look, and the thread with it, until the next `start`.
  static func stop() {
    let former = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    isToEnd.store(true, ordering: .releasing)
    former?.join()
    bound.withLock { $0 = nil }
  }

  /// Checks between two looks, and looks after which a run that is to stop has had its time.
  private static let pause = 10_000_000
  private static let patience = 100

  private static func watch() {
    // Signals are for the main thread.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    guard let meter = MemoryMeter() else { return }
    var looks = 0
    while !isToEnd.load(ordering: .acquiring) {
      var time = timespec(tv_sec: 0, tv_nsec: pause)
      nanosleep(&time, nil)
      guard let bound = bound.withLock({ $0 }), let (excess, use) = excess(bound, meter) else {
        continue
      }
      let sentence = bound.sentence(excess, MemoryStore.largest, resident: use.resident)
      if bound.sharers != nil { end(sentence) }
      if looks == 0 {
        text.withLock { $0 = sentence }
        isExceeded.store(true, ordering: .releasing)
      }
      looks += 1
      let isFar = use.resident > bound.bytes + bound.bytes / 8
      if looks > patience || isFar { end(sentence) }
    }
  }

  /// What is too much, when the allocator has given back what it does not need.
  private static func excess(
    _ bound: MemoryBound, _ meter: MemoryMeter
  ) -> (String, MemoryMeter.Use)? {
    guard let first = meter.read(), bound.excess(first) != nil else { return nil }
    _ = mallctl("arena.4096.purge", nil, nil, nil, 0)
    guard let use = meter.read(), let excess = bound.excess(use) else { return nil }
    return (excess, use)
  }

  private static func end(_ sentence: String) -> Never {
    CrashReport.end("settlesim: \(sentence)\n", code: ExitCode.badInput.number)
  }
}
