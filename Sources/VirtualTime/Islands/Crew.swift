import Glibc
import Synchronization

/// The threads of one run: the one that called, and helpers that share large windows with it.
///
/// Helpers are started with the first window that is worth sharing, and sleep through the others.
/// The calling thread takes islands of a shared window from one end of the list, the helpers from
/// the other, so that an island mostly stays with its thread. Nobody waits for a helper that has
/// not come: a window is over when all its islands have been run.
final class Crew: @unchecked Sendable {
  /// Islands of the window that have something to do, by id; changed only between windows.
  var active: ContiguousArray<Island> = []

  private let run: (Island) -> Void
  private let rule: WindowSharing
  /// Helpers that may be started.
  private let limit: Int
  private var helpers: [NativeThread] = []
  private var mayStart = true
  /// What is to be handed out: the number of the window, the first and the end of the places in
  /// `active` that nobody has taken. In one word, so that a helper that comes late takes nothing of
  /// a later window.
  private let places = Atomic<UInt64>(0)
  /// The number of shared windows so far; helpers sleep at it.
  private let windows = SleepingWord()
  /// Islands of the shared window that have not been run; the calling thread sleeps at it.
  private let left = SleepingWord()
  private let isOver = Atomic<Bool>(false)
  private var sharing = Sharing()

  /// - Parameters:
  ///   - threads: in all, at least 1.
  ///   - rule: which windows are shared.
  ///   - run: runs an island to the end of the window, on any thread.
  init(threads: Int, _ rule: WindowSharing, run: @escaping (Island) -> Void) {
    limit = threads - 1
    self.rule = rule
    self.run = run
  }

  /// Runs every island of `active`.
  func runWindow() {
    guard limit > 0, active.count > 1 else {
      for island in active { run(island) }
      return
    }
    if rule == .always { return share(from: 0) }
    let begin = Self.now()
    let stepsBefore = active.reduce(0) { $0 + $1.stepCount }
    let isShared = sharing.shares(active.count)
    if isShared { share(from: 0) } else { runAlone(since: begin) }
    let steps = active.reduce(0) { $0 + $1.stepCount } - stepsBefore
    sharing.note(wasShared: isShared, time: Self.now() - begin, steps: steps)
  }

  private func runAlone(since begin: Int64) {
    var watch = Watch(since: begin, patience: sharing.patience)
    for index in active.indices {
      if index > 0, index + 1 < active.count, watch.isOver() { return share(from: index) }
      run(active[index])
    }
  }

  /// Tells a window that is long from one whose thread had to wait for its processor: a long one
  /// goes on working after it has become late.
  private struct Watch {
    /// When the window is late.
    private var limit: Int64
    private let patience: Int64
    /// What the thread had used of its processor when the window was first found late.
    private var used: Int64?

    init(since begin: Int64, patience: Int64) {
      limit = begin + patience
      self.patience = patience
    }

    mutating func isOver() -> Bool {
      let now = Crew.now()
      guard now > limit else { return false }
      let use = Crew.now(CLOCK_THREAD_CPUTIME_ID)
      if let used, use - used >= patience / 2 { return true }
      used = used ?? use
      limit = now + patience / 2
      return false
    }
  }

  private func share(from first: Int) {
    start(min(limit, active.count - first - 1))
    left.set(UInt32(active.count - first))
    let number = UInt64(windows.value &+ 1)
    places.store(number << 32 | UInt64(first) << 16 | UInt64(active.count), ordering: .releasing)
    windows.raise(waking: min(helpers.count, active.count - first - 1))
    work(fromFront: true)
    left.waitForZero()
  }

  /// Runs islands as long as there are any to take.
  private func work(fromFront: Bool) {
    while let place = take(fromFront: fromFront) {
      run(active[place])
      left.lower()
    }
  }

  private func take(fromFront: Bool) -> Int? {
    var word = places.load(ordering: .acquiring)
    while true {
      let first = Int(word >> 16 & 0xffff)
      let end = Int(word & 0xffff)
      guard first < end else { return nil }
      let (isTaken, found) = places.weakCompareExchange(
        expected: word, desired: fromFront ? word + 1 << 16 : word - 1,
        ordering: .acquiringAndReleasing)
      if isTaken { return fromFront ? first : end - 1 }
      word = found
    }
  }

  // MARK: helpers

  /// Sees to it that there are `count` helpers, or as many as the system grants.
  private func start(_ count: Int) {
    while mayStart, helpers.count < count {
      let seen = windows.value
      if let thread = NativeThread({ self.help(after: seen) }) {
        helpers.append(thread)
      } else {
        mayStart = false
      }
    }
  }

  private func help(after first: UInt32) {
    var seen = first
    while true {
      seen = windows.wait(while: seen)
      if isOver.load(ordering: .acquiring) { return }
      work(fromFront: false)
    }
  }

  /// Lets the helpers end; called once, after the last window.
  func end() {
    isOver.store(true, ordering: .releasing)
    windows.raise(waking: helpers.count)
    for thread in helpers { thread.join() }
  }

  private static func now(_ clock: clockid_t = CLOCK_MONOTONIC) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
