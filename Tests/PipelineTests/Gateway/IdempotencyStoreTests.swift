import PaymentModel
import Scenario
import Testing

@testable import Pipeline

@Suite("Idempotency store")
struct IdempotencyStoreTests {
  /// A store of keys with the payments they stand for.
  struct Keys: ~Copyable {
    let payments = PaymentStore()
    var store: IdempotencyStore

    init(
      _ mode: IdempotencySettings.Mode, timeToLive: Duration = .seconds(100), capacity: Int = 1_000
    ) {
      var settings = IdempotencySettings()
      settings.mode = mode
      settings.timeToLive = timeToLive
      settings.capacity = capacity
      store = IdempotencyStore(settings, expectedKeys: 10)
    }

    mutating func claim(
      _ key: KeyFingerprint, body: UInt32 = 1, at second: UInt32 = 0
    ) -> PaymentID? {
      let payment = payments.append(paymentRow(key, body: body, second: second))
      return store.claim(key, for: payment, nowSecond: second, in: payments)
    }

    mutating func find(
      _ key: KeyFingerprint, body: UInt32 = 1, at second: UInt32 = 0
    ) -> IdempotencyStore.Claim {
      store.find(key, bodyHash: body, nowSecond: second, in: payments)
    }
  }

  @Test(
    "same key and body finds the payment, another body is refused",
    arguments: IdempotencySettings.Mode.allCases)
  func bodies(mode: IdempotencySettings.Mode) {
    var keys = Keys(mode)
    #expect(keys.find(5) == .new)
    #expect(keys.claim(5) == nil)
    keys.payments[1].state = .authorized
    #expect(keys.find(5) == .same(1))
    #expect(keys.find(5) == .same(1))
    #expect(keys.find(5, body: 2) == .otherBody(1))
    #expect(keys.find(6) == .new)
  }

  @Test("a payment without a decision is in flight, one with a decision answers")
  func inFlight() {
    var keys = Keys(.hybrid)
    _ = keys.claim(5)
    for state in PaymentState.allCases {
      keys.payments[1].state = state
      switch state {
      case .accepted, .authorizing, .challenged, .unknown:
        #expect(keys.find(5) == .inFlight(1), "\(state)")
      case .authorized, .captured, .batched, .declined, .voided, .expired:
        #expect(keys.find(5) == .same(1), "\(state)")
      }
      #expect(keys.find(5, body: 2) == .otherBody(1), "\(state)")
    }
  }

  @Test("a key lives in the fast store for exactly its time to live")
  func timeToLiveEdge() {
    var keys = Keys(.hybrid, timeToLive: .seconds(100))
    _ = keys.claim(1, at: 7)
    _ = keys.claim(2, at: 107)
    #expect(keys.store.isInFastStore(1) == true)
    _ = keys.claim(3, at: 108)
    #expect(keys.store.isInFastStore(1) == false)
    #expect(keys.store.isInFastStore(2) == true)
    #expect(keys.store.evictions == 1)
  }

  @Test("a key past its time to live is forgotten, though no other key has come")
  func expiredIsExpired() {
    var keys = Keys(.fastStore, timeToLive: .seconds(60))
    _ = keys.claim(1, at: 7)
    #expect(keys.find(1, at: 67) == .inFlight(1))
    #expect(keys.find(1, at: 68) == .new)
    var both = Keys(.hybrid, timeToLive: .seconds(60))
    _ = both.claim(1, at: 7)
    #expect(both.find(1, at: 68) == .inFlight(1))
    #expect(both.store.isInFastStore(1) == false)
  }

  @Test("the fast store evicts the oldest key when it is full")
  func capacity() {
    var keys = Keys(.hybrid, capacity: 3)
    for key in 1...10 {
      _ = keys.claim(KeyFingerprint(key))
      let held = (1...Int(key)).map { PaymentID($0) }.filter { keys.store.isInFastStore($0) }
      #expect(held == (1...Int(key)).map { PaymentID($0) }.suffix(3))
    }
    #expect(keys.store.evictions == 7)
  }

  @Test("the database remembers what the fast store has evicted")
  func hybridRemembers() {
    for mode in [IdempotencySettings.Mode.hybrid, .database] {
      var keys = Keys(mode, capacity: 1)
      _ = keys.claim(1)
      _ = keys.claim(2)
      keys.payments[1].state = .captured
      #expect(keys.find(1) == .same(1))
      #expect(keys.store.isInFastStore(1) == false)
      #expect(keys.store.isInFastStore(2) == (mode == .hybrid))
    }
  }

  @Test("the fast store alone forgets an evicted key, and tells when it is claimed again")
  func fastStoreForgets() {
    var keys = Keys(.fastStore, capacity: 2)
    for key in 1...3 { #expect(keys.claim(KeyFingerprint(key)) == nil) }
    #expect(keys.find(1) == .new)
    #expect(keys.find(2) == .inFlight(2))
    #expect(keys.claim(1) == 1)
    #expect(keys.find(1) == .inFlight(4))
    #expect(keys.find(3) == .inFlight(3))
    #expect(keys.find(2) == .new)
    #expect(keys.store.payment(1, in: keys.payments) == 4)
  }

  @Test("a key that is given back is new again")
  func release() {
    var keys = Keys(.hybrid)
    _ = keys.claim(1)
    keys.store.release(1, of: 1, in: keys.payments)
    #expect(keys.find(1) == .new)
    #expect(keys.claim(1) == nil)
    #expect(keys.find(1) == .inFlight(2))
  }

  @Test("a time to live beyond all clocks keeps every key")
  func hugeTimeToLive() {
    var keys = Keys(.hybrid, timeToLive: .seconds(9_000_000_000))
    _ = keys.claim(1, at: 5)
    _ = keys.claim(2, at: .max - 1)
    #expect(keys.store.isInFastStore(1) == true)
    #expect(keys.store.evictions == 0)
  }
}
