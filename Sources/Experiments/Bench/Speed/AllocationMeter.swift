import CJemalloc

/// What a piece of work asked of the allocator.
public struct AllocationCount: Sendable, Equatable {
  /// Allocations asked for.
  public var requests: Int
  /// Bytes asked for, as the allocator rounds them.
  public var bytes: Int
  /// Most bytes held at a time, to a few hundred KiB.
  public var peakBytes: Int
  /// Bytes that were not given back.
  public var heldBytes: Int
}

/// Counts allocations exactly, by jemalloc's own statistics.
public enum AllocationMeter {
  /// What `body` asks of the allocator on the calling thread, which has an arena of its own
  /// meanwhile, so that what other threads do is not counted; nil where jemalloc keeps no
  /// statistics.
  ///
  /// The thread's cache answers most requests; flushing it hands its count to the arena
  /// (jemalloc(3): `thread.tcache.flush`, `stats.arenas.<i>.small.nrequests`, `thread.allocated`,
  /// `thread.peak.read`).
  public static func measure(_ body: () -> Void) -> AllocationCount? {
    OwnArena.use { arena -> AllocationCount? in
      guard let arena, let begin = Totals(arena) else { return nil }
      Allocator.call("thread.peak.reset")
      body()
      let peak: UInt64? = Allocator.read("thread.peak.read")
      guard let peak, let end = Totals(arena) else { return nil }
      let bytes = end.allocated - begin.allocated
      return AllocationCount(
        requests: end.requests - begin.requests, bytes: bytes, peakBytes: Int(peak),
        heldBytes: bytes - (end.deallocated - begin.deallocated))
    }
  }

  /// What has been counted so far.
  private struct Totals {
    let requests: Int
    let allocated: Int
    let deallocated: Int

    init?(_ arena: UInt32) {
      guard let allocated: UInt64 = Allocator.read("thread.allocated"),
        let deallocated: UInt64 = Allocator.read("thread.deallocated")
      else { return nil }
      Allocator.call("thread.tcache.flush")
      Allocator.write("epoch", UInt64(1))
      guard let small: UInt64 = Allocator.read("stats.arenas.\(arena).small.nrequests"),
        let large: UInt64 = Allocator.read("stats.arenas.\(arena).large.nrequests")
      else { return nil }
      requests = Int(small + large)
      self.allocated = Int(allocated)
      self.deallocated = Int(deallocated)
    }
  }
}

/// An arena of the allocator for one thread while something is measured on it.
public enum OwnArena {
  /// Runs `body` with an arena that nothing else uses and that keeps its memory to itself, so that
  /// neither the work of others nor the giving back and taking again of pages is measured. `body`
  /// gets the arena's number; nil where there is none to have.
  public static func use<Result>(_ body: (_ arena: UInt32?) -> Result) -> Result {
    guard let former: UInt32 = Allocator.read("thread.arena"),
      let arena: UInt32 = Allocator.read("arenas.create")
    else { return body(nil) }
    let never = -1
    Allocator.write("arena.\(arena).dirty_decay_ms", never)
    Allocator.write("arena.\(arena).muzzy_decay_ms", never)
    Allocator.call("thread.tcache.flush")
    Allocator.write("thread.arena", arena)
    defer {
      Allocator.call("thread.tcache.flush")
      Allocator.write("thread.arena", former)
      Allocator.call("arena.\(arena).purge")
    }
    return body(arena)
  }
}

/// jemalloc's control interface, mallctl(3).
private enum Allocator {
  static func read<Value: FixedWidthInteger>(_ name: String) -> Value? {
    var value = Value.zero
    var size = MemoryLayout<Value>.size
    return mallctl(name, &value, &size, nil, 0) == 0 ? value : nil
  }

  static func write<Value: FixedWidthInteger>(_ name: String, _ value: Value) {
    var value = value
    _ = mallctl(name, nil, nil, &value, MemoryLayout<Value>.size)
  }

  static func call(_ name: String) { _ = mallctl(name, nil, nil, nil, 0) }
}
