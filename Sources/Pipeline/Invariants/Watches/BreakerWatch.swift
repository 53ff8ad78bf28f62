import Scenario
import VirtualTime

/// A circuit breaker as the acquirer behind it sees it: when calls come and how they end. The rule
/// of SPEC B5 kept a second time, from these facts alone. Pure; times in nanoseconds.
struct BreakerWatch {
  /// A call that is out.
  struct Call {
    fileprivate let change: UInt32
  }

  private let failuresToOpen: Int
  private let openTime: Int64
  private let reopenTime: Int64
  private var consecutive = 0
  /// Calls before this are too early; nil while the breaker should be closed or half open.
  private var opensAgain: Int64?
  private var isProbing = false
  /// Openings, probes and closings so far.
  private var change: UInt32 = 0
  /// How often the breaker should have opened.
  private(set) var opened = 0

  init(_ settings: AuthorizationSettings) {
    failuresToOpen = settings.breakerFailures
    openTime = settings.breakerOpen.nanoseconds
    reopenTime = settings.breakerReopen.nanoseconds
  }

  /// What a call that comes now breaks; nil: it may come.
  func violation(ofCallAt now: Int64) -> Invariant? {
    if isProbing { return .oneProbe }
    if let opensAgain, now < opensAgain { return .noCallWhileOpen }
    return nil
  }

  /// A call comes now.
  mutating func began() -> Call {
    if opensAgain != nil {
      opensAgain = nil
      isProbing = true
      change &+= 1
    }
    return Call(change: change)
  }

  /// A call has come to its end: an answer in time, or a failure.
  mutating func ended(_ call: Call, answered: Bool, now: Int64) {
    guard call.change == change else { return }
    if answered {
      consecutive = 0
      if isProbing { change &+= 1 }
      isProbing = false
      return
    }
    consecutive += 1
    guard isProbing || consecutive >= failuresToOpen else { return }
    opensAgain = now + (isProbing ? reopenTime : openTime)
    isProbing = false
    consecutive = 0
    opened += 1
    change &+= 1
  }
}
