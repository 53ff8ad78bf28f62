/// A station of c servers and one first-come-first-served queue that costs no event: it keeps the
/// time at which each server becomes free, so a customer's start and end are known on arrival.
///
/// Valid when a customer's service time is known on arrival and nobody leaves the queue.
/// Complexity: O(log c) for each customer.
public struct FIFOServers: Sendable {
  /// A heap of the times at which servers become free, the earliest first: of those that have ever
  /// been needed, so that memory follows what happens.
  private var free: [Int64] = []
  /// Servers.
  private let count: Int
  /// Nanoseconds of service given, over all servers; at most 292 years.
  public private(set) var busyNanoseconds: Int64 = 0
  /// Customers served.
  public private(set) var served = 0

  /// - Parameter count: servers; at least 1.
  public init(count: Int) {
    precondition(count > 0, "a station has at least one server")
    self.count = count
  }

  /// Servers that have served anybody.
  public var used: Int { free.count }

  /// How long a customer who arrives now waits before service begins.
  public func wait(at now: VirtualInstant) -> Int64 {
    free.count < count ? 0 : max(0, free[0] - now.nanoseconds)
  }

  /// Serves a customer who arrives at `now`, not before the customer of the last call, and needs
  /// `service` nanoseconds, not negative; returns when service begins and ends.
  public mutating func serve(
    at now: VirtualInstant, service: Int64
  ) -> (begin: VirtualInstant, end: VirtualInstant) {
    precondition(service >= 0, "a service time is not negative")
    let (busy, isBeyond) = busyNanoseconds.addingReportingOverflow(service)
    busyNanoseconds = isBeyond ? .max : busy
    served += 1
    if free.count < count, free.first.map({ $0 > now.nanoseconds }) ?? true {
      let end = now.nanoseconds + service
      add(end)
      return (now, VirtualInstant(nanoseconds: end))
    }
    let begin = max(now.nanoseconds, free[0])
    let end = begin + service
    replaceEarliest(by: end)
    return (VirtualInstant(nanoseconds: begin), VirtualInstant(nanoseconds: end))
  }

  private mutating func add(_ time: Int64) {
    free.append(time)
    var i = free.count - 1
    while i > 0, time < free[(i - 1) / 2] {
      free[i] = free[(i - 1) / 2]
      i = (i - 1) / 2
    }
    free[i] = time
  }

  private mutating func replaceEarliest(by time: Int64) {
    free.withUnsafeMutableBufferPointer { free in
      var i = 0
      while true {
        var child = 2 * i + 1
        guard child < free.count else { break }
        if child + 1 < free.count, free[child + 1] < free[child] { child += 1 }
        guard free[child] < time else { break }
        free[i] = free[child]
        i = child
      }
      free[i] = time
    }
  }
}
