import PaymentModel
import Scenario
import VirtualTime

/// What the retry policy allows between two attempts, computed from the settings alone:
/// nanoseconds.
struct RetryBounds {
  /// Attempts that a payment may have.
  let attempts: Int
  /// Least and most that may pass between the end of each attempt and the next.
  private let waits: [ClosedRange<Int64>]

  init(_ settings: AuthorizationSettings) {
    attempts = settings.retries + 1
    var waits: [ClosedRange<Int64>] = []
    var mean = Double(settings.retryDelay.nanoseconds)
    for _ in 0..<settings.retries {
      let bounded = min(mean, Double(settings.retryMaximumDelay.nanoseconds))
      let least = max(0, (bounded * (1 - settings.retryJitter)).rounded(.down) - 1)
      let most = (bounded * (1 + settings.retryJitter)).rounded(.up) + 1
      waits.append(Int64(least)...(most < 9e18 ? Int64(most) : .max))
      mean *= settings.retryMultiplier
    }
    self.waits = waits
  }

  /// Whether the wait after so many attempts may be this long.
  func allows(_ wait: Int64, after attempts: Int) -> Bool {
    attempts >= 1 && attempts <= waits.count && waits[attempts - 1].contains(wait)
  }
}

/// The attempts of the payments that have had one without a decision, as the acquirers saw them:
/// how many, when the last ended, and which acquirers may have approved without saying so in time.
/// Pure; times in nanoseconds.
struct AttemptWatch {
  private struct Attempts {
    var count: Int
    var ended: Int64
    var unknown: [EndpointIndex] = []
  }

  private let bounds: RetryBounds
  private var open: [PaymentID: Attempts] = [:]
  /// Attempts looked at.
  private(set) var checks = 0

  init(_ settings: AuthorizationSettings) { bounds = RetryBounds(settings) }

  /// Whether no payment has an attempt behind it.
  var isEmpty: Bool { open.isEmpty }

  /// An attempt begins: what is wrong with it; nil: nothing.
  mutating func began(_ payment: PaymentID, now: Int64) -> String? {
    guard !open.isEmpty, let attempts = open[payment] else { return nil }
    checks += 1
    guard attempts.count < bounds.attempts else {
      return "payment \(payment): attempt \(attempts.count + 1) of \(bounds.attempts)"
    }
    let wait = now - attempts.ended
    guard bounds.allows(wait, after: attempts.count) else {
      return "payment \(payment): attempt \(attempts.count + 1) came \(wait) ns after the last"
    }
    return nil
  }

  /// An attempt has ended without a decision.
  mutating func failed(_ payment: PaymentID, now: Int64) {
    open[payment, default: Attempts(count: 0, ended: now)].count += 1
    open[payment]?.ended = now
  }

  /// No answer of an acquirer has come in time: it may have approved.
  mutating func isUnknown(_ payment: PaymentID, at endpoint: EndpointIndex) {
    open[payment]?.unknown.append(endpoint)
  }

  /// The acquirer has been told to undo what it did; the wait for the next attempt begins.
  mutating func reversed(_ payment: PaymentID, now: Int64) { open[payment]?.ended = now }

  /// Acquirers that may have approved the payment without saying so in time.
  func unknown(of payment: PaymentID) -> [EndpointIndex] { open[payment]?.unknown ?? [] }

  /// Nothing of what those acquirers did stands; what they approve from now on is another attempt.
  mutating func isUndone(_ payment: PaymentID) { open[payment]?.unknown = [] }

  /// The payment is decided: what is wrong with that; nil: nothing.
  ///
  /// - Parameter exhausted: whether it was given up for want of an acquirer.
  mutating func decided(_ payment: PaymentID, exhausted: Bool) -> String? {
    guard exhausted || !open.isEmpty else { return nil }
    let count = open.removeValue(forKey: payment)?.count ?? 0
    guard exhausted, count != bounds.attempts else { return nil }
    return "payment \(payment) was given up after \(count) attempts of \(bounds.attempts)"
  }
}
