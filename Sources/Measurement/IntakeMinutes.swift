/// What reached the gateway in each minute of virtual time, and how fast it was taken on.
///
/// Minutes begin at whole minutes since the scenario's start. Only minutes in which something came
/// are kept, 16 bytes each, so that memory follows the requests and not the length of the run: at
/// most one entry for each request, at most 1,440 for each day.
///
/// Requests must be added in order of time, as they come to one gateway.
@frozen
public struct IntakeMinutes: Sendable, Equatable {
  /// One minute.
  @frozen
  public struct Minute: Sendable, Equatable {
    /// Whole minutes since the scenario's start.
    public var index: UInt32
    /// Requests that came, whatever the answer.
    public var requests: UInt32 = 0
    /// Payments that were accepted.
    public var accepted: UInt32 = 0
    /// Those of them whose acceptance took longer than `slowLimit`.
    public var slow: UInt32 = 0

    @usableFromInline init(index: UInt32) { self.index = index }
  }

  /// From this time on (ns) an acceptance is slow.
  public static var slowLimit: Int64 { @inlinable get { 100_000_000 } }

  /// Minutes before the present one.
  private var closed: [Minute] = []
  @usableFromInline var current = Minute(index: 0)
  /// End of the present minute (ns); 0 before the first request.
  @usableFromInline var end: Int64 = 0

  /// Nothing yet.
  public init() {}

  /// Counts a request that came at `now` (ns). O(1), no more than a comparison and three additions
  /// while the minute lasts.
  @inlinable
  public mutating func add(at now: Int64, isAccepted: Bool, after delay: Int64) {
    if now >= end { open(now) }
    current.requests += 1
    guard isAccepted else { return }
    current.accepted += 1
    if delay > IntakeMinutes.slowLimit { current.slow += 1 }
  }

  @usableFromInline
  @inline(never)
  mutating func open(_ now: Int64) {
    precondition(now >= end, "\(now) is before the minute that ends at \(end)")
    if end > 0 { closed.append(current) }
    current = Minute(index: UInt32(now / 60_000_000_000))
    end = (Int64(current.index) + 1) * 60_000_000_000
  }

  /// Every minute in which something came, in order. O(minutes).
  public var minutes: [Minute] { end > 0 ? closed + [current] : closed }

  /// Adds what came to another gateway. Commutative. O(minutes of both).
  public mutating func merge(_ other: IntakeMinutes) {
    let (mine, others) = (minutes, other.minutes)
    var merged: [Minute] = []
    merged.reserveCapacity(max(mine.count, others.count))
    var (i, j) = (0, 0)
    while i < mine.count || j < others.count {
      if j == others.count || (i < mine.count && mine[i].index < others[j].index) {
        merged.append(mine[i])
        i += 1
      } else if i == mine.count || others[j].index < mine[i].index {
        merged.append(others[j])
        j += 1
      } else {
        merged.append(mine[i])
        merged[merged.count - 1].add(others[j])
        (i, j) = (i + 1, j + 1)
      }
    }
    guard let last = merged.popLast() else { return }
    closed = merged
    current = last
    end = (Int64(last.index) + 1) * 60_000_000_000
  }
}

extension IntakeMinutes.Minute {
  mutating func add(_ other: IntakeMinutes.Minute) {
    requests += other.requests
    accepted += other.accepted
    slow += other.slow
  }
}

/// What the minutes say of the intake, by the second.
extension IntakeMinutes {
  /// Requests in the minute in which most came; nil without any.
  public var offeredPerSecond: Double? { best { Int($0.requests) } }

  /// Payments accepted in the minute in which most were; nil without requests.
  public var peakPerSecond: Double? { best { Int($0.accepted) } }

  /// Payments accepted in the best whole minute whose acceptances kept their 99th percentile within
  /// `slowLimit`: at most one in a hundred was slower. 0 where no minute did; nil without requests.
  public var sustainedPerSecond: Double? {
    best { Int($0.slow) * 100 <= Int($0.accepted) ? Int($0.accepted) : 0 }
  }

  private func best(_ count: (Minute) -> Int) -> Double? {
    minutes.map(count).max().map { Double($0) / 60 }
  }
}
