import Glibc
import Synchronization

/// A spinning barrier for a fixed number of threads.
final class Barrier: Sendable {
  private let threads: Int
  private let arrived = Atomic<Int>(0)
  private let generation = Atomic<Int>(0)
  /// Spins before the core is given away: none where threads outnumber cores.
  private let patience: Int

  init(_ threads: Int) {
    self.threads = threads
    patience = threads <= sysconf(Int32(_SC_NPROCESSORS_ONLN)) ? 20_000 : 0
  }

  /// Waits for all threads; the last to arrive runs `last` while the others wait.
  func wait(last: () -> Void = {}) {
    let mine = generation.load(ordering: .acquiring)
    if arrived.add(1, ordering: .acquiringAndReleasing).newValue == threads {
      arrived.store(0, ordering: .relaxed)
      last()
      generation.store(mine + 1, ordering: .releasing)
      return
    }
    var spins = 0
    while generation.load(ordering: .acquiring) == mine {
      spins += 1
      if spins > patience { sched_yield() }
    }
  }
}
