import Scenario

/// Keeps calls away from an acquirer that fails (SPEC B5). Pure; times in nanoseconds.
///
/// closed --(n consecutive failures)--> open for `openTime` --> half open: one probe goes through
/// --(success)--> closed, --(failure)--> open for `reopenTime`.
struct CircuitBreaker: Equatable {
  enum State: Equatable {
    case closed(failures: Int)
    case open(until: Int64)
    case halfOpen
  }

  private(set) var state = State.closed(failures: 0)
  /// How often it has opened.
  private(set) var opened = 0
  private let threshold: Int
  private let openTime: Int64
  private let reopenTime: Int64

  init(failures: Int, open: Int64, reopen: Int64) {
    threshold = failures
    openTime = open
    reopenTime = reopen
  }

  init(_ settings: AuthorizationSettings) {
    self.init(
      failures: settings.breakerFailures, open: settings.breakerOpen.nanoseconds,
      reopen: settings.breakerReopen.nanoseconds)
  }

  /// Whether a call may go out now. The first call after the open time is the probe; while it is
  /// out, no other goes.
  mutating func allowsCall(now: Int64) -> Bool {
    switch state {
    case .closed: return true
    case .open(let until) where now >= until:
      state = .halfOpen
      return true
    case .open, .halfOpen: return false
    }
  }

  /// When a call may go out at the earliest, if not now.
  func opensAgain(now: Int64) -> Int64? {
    switch state {
    case .closed: nil
    case .open(let until): max(now, until)
    case .halfOpen: now + openTime
    }
  }

  /// A call was answered, be it with a refusal by the issuer.
  mutating func succeeded() {
    switch state {
    case .closed, .halfOpen: state = .closed(failures: 0)
    case .open: break  // the answer of a call that went out before it opened
    }
  }

  /// A call failed technically.
  mutating func failed(now: Int64) {
    switch state {
    case .closed(let failures) where failures + 1 < threshold:
      state = .closed(failures: failures + 1)
    case .closed:
      state = .open(until: now + openTime)
      opened += 1
    case .halfOpen:
      state = .open(until: now + reopenTime)
      opened += 1
    case .open: break
    }
  }
}
