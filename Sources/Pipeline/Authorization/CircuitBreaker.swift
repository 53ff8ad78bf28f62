import Plants
import Scenario

/// Keeps calls away from an acquirer that fails (SPEC B5). Pure; times in nanoseconds.
///
/// closed --(n consecutive failures)--> open for `openTime` --> half open: one probe goes through
/// --(success)--> closed, --(failure)--> open for `reopenTime`.
///
/// A call goes out under a permit, and what becomes of it counts only while the state lasts that
/// gave the permit: the late answer of a call from before the opening neither closes the breaker
/// nor opens it anew.
struct CircuitBreaker: Equatable {
  enum State: Equatable {
    case closed(failures: Int)
    case open(until: Int64)
    case halfOpen
  }

  /// Leave for one call, by the change of state that it was given after.
  struct Permit: Equatable {
    fileprivate let period: UInt32
  }

  private(set) var state = State.closed(failures: 0) {
    didSet { if !state.isSame(as: oldValue) { period &+= 1 } }
  }
  private var period: UInt32 = 0
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

  /// Leave for a call to go out now, if there is. The first call after the open time is the probe;
  /// while it is out, no other goes.
  mutating func permit(now: Int64) -> Permit? {
    switch state {
    case .closed: return Permit(period: period)
    case .open(let until) where now >= until:
      if planted(Plant.probeForgotten) { return Permit(period: period &+ 1) }
      state = .halfOpen
      return Permit(period: period)
    case .halfOpen where planted(Plant.twoProbes): return Permit(period: period)
    case .open where planted(Plant.callThroughOpenBreaker): return Permit(period: period &- 1)
    case .open, .halfOpen: return nil
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
  mutating func succeeded(_ permit: Permit) {
    guard permit.period == period else { return }
    switch state {
    case .closed, .halfOpen: state = .closed(failures: 0)
    case .open: preconditionFailure("an open breaker gives no permit, and a call succeeded")
    }
  }

  /// A call failed technically.
  mutating func failed(_ permit: Permit, now: Int64) {
    guard permit.period == period else { return }
    switch state {
    case .closed(let failures)
    where failures + (planted(Plant.breakerOpensLate) ? 0 : 1) < threshold:
      state = .closed(failures: failures + 1)
    case .closed:
      state = .open(until: now + (planted(Plant.breakerOpenHalved) ? openTime / 2 : openTime))
      opened += 1
    case .halfOpen:
      state = .open(until: now + (planted(Plant.reopenedShort) ? openTime / 2 : reopenTime))
      opened += 1
    case .open: preconditionFailure("an open breaker gives no permit, and a call failed at \(now)")
    }
  }
}

extension CircuitBreaker.State {
  /// Whether nothing but the count of failures differs.
  fileprivate func isSame(as other: Self) -> Bool {
    switch (self, other) {
    case (.closed, .closed), (.open, .open), (.halfOpen, .halfOpen): true
    default: false
    }
  }
}
