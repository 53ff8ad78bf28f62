import VirtualTime

/// What waits for the workers of a cell; starts a worker when none is idle and the pool is not at
/// its size, so that a pool is as large as it was ever needed. Confined to its island.
final class WorkQueue<Work>: @unchecked Sendable {
  let channel: Channel<Work>
  /// Workers that have been started.
  private(set) var workers = 0
  private var limit = 0
  private var start: () -> Void = {}

  init(_ island: Island) { channel = Channel(island, lastInFirstOut: true) }

  /// - Parameter start: starts one worker, which takes its work from `channel`.
  func staff(limit: Int, start: @escaping () -> Void) {
    self.limit = limit
    self.start = start
  }

  func add(_ work: Work) {
    if !channel.hasIdleReceiver, workers < limit {
      workers += 1
      start()
    }
    channel.trySend(work)
  }
}
