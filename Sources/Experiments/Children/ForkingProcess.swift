/// What child processes take over from the process that is forked, which has one thread.
public struct ForkingProcess {
  /// Whether a process is asked to stop; called in this process and in its children.
  public var shouldStop: () -> Bool
  /// Nanoseconds of real time, for news of how far a run is.
  public var clock: () -> Int64
  /// How many children there may be at once, of as many as are wanted; at least 1.
  public var mostProcesses: (Int) -> Int
  /// Called before the first child is made; ends what other threads this process has.
  public var willFork: () -> Void
  /// Called in each child before its work, with how many there are at once.
  public var beginChild: (Int) -> Void
  /// Called when no more children are made.
  public var hasForked: () -> Void

  /// A process with one thread, from `willFork` to `hasForked` in any case.
  public init(
    shouldStop: @escaping () -> Bool, clock: @escaping () -> Int64,
    mostProcesses: @escaping (Int) -> Int = { $0 }, willFork: @escaping () -> Void = {},
    beginChild: @escaping (Int) -> Void = { _ in }, hasForked: @escaping () -> Void = {}
  ) {
    self.shouldStop = shouldStop
    self.clock = clock
    self.mostProcesses = mostProcesses
    self.willFork = willFork
    self.beginChild = beginChild
    self.hasForked = hasForked
  }
}
