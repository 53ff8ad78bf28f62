import PaymentModel
import Scenario

/// Looks for payments with the same idempotency key, by sorting the keys of all payments: it asks
/// no index. Pure.
struct KeyCensus {
  private let settings: IdempotencySettings

  init(_ settings: IdempotencySettings) { self.settings = settings }

  /// Keys are spread over so many lists by their upper bits, each of which is sorted by itself.
  private static let listBits: UInt64 = 12

  /// Two payments of one key of which the second should not be there; nil: there are none. O(n).
  func repeated(in store: PaymentStore) -> (first: PaymentID, second: PaymentID)? {
    let keys = Set(Self.repeatedKeys(in: store))
    guard !keys.isEmpty else { return nil }
    var last: [KeyFingerprint: PaymentID] = [:]
    for payment in store.payments where keys.contains(store[payment].fingerprint) {
      let key = store[payment].fingerprint
      if let first = last[key], !isForgotten(first, at: payment, store) { return (first, payment) }
      last[key] = payment
    }
    return nil
  }

  /// Whether the key of `first` may have been forgotten when `second` was accepted: only where the
  /// fast store stands alone, by age or for lack of room.
  func isForgotten(_ first: PaymentID, at second: PaymentID, _ store: PaymentStore) -> Bool {
    isForgotten(first, now: Int64(store[second].createdSecond), newest: second, store)
  }

  /// Whether it may be forgotten in a second, when so many payments have been accepted, the one
  /// that asks included.
  func isForgotten(
    _ first: PaymentID, now second: Int64, newest: PaymentID, _ store: PaymentStore
  ) -> Bool {
    guard settings.mode == .fastStore else { return false }
    let age = second - Int64(store[first].createdSecond)
    return age > settings.timeToLive.nanoseconds / 1_000_000_000
      || Int(newest) - Int(first) > settings.capacity
  }

  /// The keys that more than one payment has.
  static func repeatedKeys(in store: PaymentStore) -> [KeyFingerprint] {
    guard store.count > 1 else { return [] }
    var ends = [Int](repeating: 0, count: 1 << Int(listBits))
    for payment in store.payments { ends[list(store[payment].fingerprint)] += 1 }
    var sum = 0
    for list in ends.indices {
      sum += ends[list]
      ends[list] = sum - ends[list]
    }
    var keys = [KeyFingerprint](repeating: 0, count: Int(store.count))
    for payment in store.payments {
      let key = store[payment].fingerprint
      keys[ends[list(key)]] = key
      ends[list(key)] += 1
    }
    // In place: sorting a slice of the array itself would copy it.
    keys.withUnsafeMutableBufferPointer { keys in
      var begin = 0
      for end in ends {
        var list = UnsafeMutableBufferPointer(rebasing: keys[begin..<end])
        list.sort()
        begin = end
      }
    }
    return keys.indices.dropFirst().compactMap { keys[$0] == keys[$0 - 1] ? keys[$0] : nil }
  }

  private static func list(_ key: KeyFingerprint) -> Int { Int(key.rawValue >> (64 - listBits)) }
}
