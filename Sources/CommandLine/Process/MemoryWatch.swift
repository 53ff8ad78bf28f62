import CJemalloc
import Glibc
import Host
import Synchronization
import VirtualTime

/// Looks at the memory of the process a hundred times a second, on a thread of its own, and ends
/// what goes beyond the bound: a run that heeds it at its next window, with what it has so far; and
/// after a second, or far beyond the bound, the process as it stands, wherever it is. The lock of a
/// result goes with the process, and a former result stays.
enum MemoryWatch {
  private static let isExceeded = Atomic<Bool>(false)
  private static let text = Mutex<String?>(nil)
  private static let bound = Mutex<MemoryBound?>(nil)

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
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    // Without the thread nothing is watched, as before it is started.
    _ = pthread_create(&thread, &attributes, { _ in MemoryWatch.watch() }, nil)
    pthread_attr_destroy(&attributes)
  }

  /// Checks between two looks, and looks after which a run that is to stop has had its time.
  private static let pause = 10_000_000
  private static let patience = 100

  private static func watch() -> UnsafeMutableRawPointer? {
    // Signals are for the main thread.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
    guard let meter = MemoryMeter() else { return nil }
    var looks = 0
    while true {
      var time = timespec(tv_sec: 0, tv_nsec: pause)
      nanosleep(&time, nil)
      guard let bound = bound.withLock({ $0 }), let (excess, use) = excess(bound, meter) else {
        continue
      }
      let sentence = bound.sentence(excess, MemoryStore.largest, resident: use.resident)
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
    let bytes = Array("settlesim: \(sentence)\n".utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      written += count
    }
    _exit(ExitCode.badInput.number)
  }
}
