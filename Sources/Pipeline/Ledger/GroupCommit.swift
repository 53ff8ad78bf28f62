import Plants

/// When a write becomes durable: writes that come while a group gathers share its commit. Pure.
struct GroupCommit {
  private let gather: Int64
  private var closes = Int64.min
  private var durableAt: Int64 = 0
  /// Commits begun.
  private(set) var commits = 0

  /// - Parameter gather: how long a group takes writes in, nanoseconds; zero commits each for
  ///   itself.
  init(gather: Int64) { self.gather = gather }

  /// A write at `now`; returns when it is durable. `latency` is asked once for each commit.
  mutating func write(now: Int64, latency: () -> Int64) -> Int64 {
    if now >= closes {
      closes = now + gather
      // A log is flushed in order: no commit overtakes the one before it.
      durableAt = max(planted(Plant.commitOvertakes) ? 0 : durableAt, closes + latency())
      commits += 1
    }
    return durableAt
  }
}
