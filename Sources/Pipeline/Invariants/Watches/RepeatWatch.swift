import Chance
import PaymentModel

/// What clients must send again, and what they do: as the gateway sees both. Pure.
struct RepeatWatch: Equatable {
  private var expected = Sum()
  private var seen = Sum()

  /// Requests, in any order: how many, and a sum that no others have.
  private struct Sum: Equatable {
    var count = 0
    var sum: UInt64 = 0

    mutating func add(_ key: KeyFingerprint, attempt: UInt8, isResent: Bool) {
      count += 1
      sum &+= mix64(mix64(key.rawValue) ^ UInt64(attempt) << 1 ^ (isResent ? 1 : 0))
    }
  }

  /// A request reaches the gateway.
  @inline(__always)
  mutating func arrived(_ request: PaymentRequest) {
    let isResent = request.traits.contains(.resent)
    if request.attempt > 0 || isResent {
      seen.add(request.fingerprint, attempt: request.attempt, isResent: isResent)
    } else if request.traits.contains(.duplicate) {
      expected.add(request.fingerprint, attempt: 0, isResent: true)
    }
  }

  /// A request was refused for now, and its client may send it so often again.
  mutating func refused(_ request: PaymentRequest, retries: Int) {
    guard Int(request.attempt) < retries else { return }
    expected.add(
      request.fingerprint, attempt: request.attempt + 1,
      isResent: request.traits.contains(.resent))
  }

  /// What is wrong when clients have sent all that they send, in words; nil: nothing.
  var fault: String? {
    guard expected != seen else { return nil }
    return expected.count == seen.count
      ? "clients repeated \(seen.count) requests, and others than they had sent"
      : "clients had \(expected.count) requests to repeat, \(seen.count) came"
  }
}
