/// How a task is suspended in virtual time. Both give the same order of events and the same digest.
public enum Suspension: String, Sendable, CaseIterable {
  /// The switch to a parking executor is the suspension; nothing is allocated.
  case parking
  /// A continuation, through the runtime's global hook: about a third slower, but documented.
  case continuation
}

/// A suspended task as one word: a job of the runtime, or a continuation marked by its two low bits
/// (both are aligned pointers).
struct Suspended {
  var bits: UInt
  init(bits: UInt) { self.bits = bits }
  init(_ job: UnownedJob) { bits = unsafeBitCast(job, to: UInt.self) }
  init(_ continuation: UnsafeContinuation<Void, Never>) {
    bits = unsafeBitCast(continuation, to: UInt.self) | 3
  }

  var isJob: Bool { bits & 3 == 0 }
  var job: UnownedJob { unsafeBitCast(bits, to: UnownedJob.self) }
  var continuation: UnsafeContinuation<Void, Never> {
    unsafeBitCast(bits & ~3, to: UnsafeContinuation<Void, Never>.self)
  }
}

/// The executor of a `ParkingLot`: instead of running a job it hands it to the island to keep.
final class ParkingExecutor: SerialExecutor, @unchecked Sendable {
  /// The island, which owns this executor's actor and so outlives it.
  var island: Unmanaged<Island>!

  func enqueue(_ job: consuming ExecutorJob) {
    let suspended = Suspended(UnownedJob(job))
    island._withUnsafeGuaranteedRef { $0.keep(suspended) }
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
}

/// Awaiting `park()` suspends the caller without a continuation: the runtime's switch to this actor
/// calls `enqueue` of its executor, which keeps the job until its time comes. The body touches
/// state and is never inlined, or the optimiser would remove the switch.
actor ParkingLot {
  nonisolated let executor = ParkingExecutor()
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
  private var parked = 0

  @inline(never) func park() { parked &+= 1 }
}
