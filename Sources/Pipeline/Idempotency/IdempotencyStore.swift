import PaymentModel
import Plants
import Scenario
import VirtualTime

/// Recognises repeated keys: a fast store with a time to live and a capacity, and behind it the
/// unique index of the ledger's database. A pure rule over the shared payment store.
struct IdempotencyStore: ~Copyable {
  /// What a key is worth.
  enum Claim: Equatable {
    /// The key is new and now belongs to the caller.
    case new
    /// Same key, same body, still being worked on: 409.
    case inFlight(PaymentID)
    /// Same key, same body, decided: the same response again.
    case same(PaymentID)
    /// Same key, another body: 422.
    case otherBody(PaymentID)
  }

  private let mode: IdempotencySettings.Mode
  private let timeToLiveSeconds: UInt32
  private let capacity: Int
  private var index: KeyIndex
  /// The fast store holds the keys of the payments after this one: keys go in in order of creation,
  /// and leave it in that order, by age or for lack of room.
  private(set) var evicted: PaymentID = 0
  private(set) var evictions = 0

  init(_ settings: IdempotencySettings, expectedKeys: Int) {
    mode = settings.mode
    timeToLiveSeconds = UInt32(
      clamping: settings.timeToLive.nanoseconds / 1_000_000_000
        / (planted(Plant.timeToLiveHalved) ? 2 : 1))
    capacity = settings.capacity
    index = KeyIndex(capacity: expectedKeys)
  }

  /// Whether a look-up is answered by the fast store alone.
  func isInFastStore(_ payment: PaymentID) -> Bool { mode != .database && payment > evicted }

  /// The payment of a key, whatever its age.
  func payment(_ fingerprint: KeyFingerprint, in store: PaymentStore) -> PaymentID? {
    index.find(fingerprint, in: store)
  }

  /// Begins to load what `find` will look at.
  func prefetch(_ fingerprint: KeyFingerprint) { index.prefetch(fingerprint) }

  /// Looks a key up. What is past its time to live is forgotten first; a key is dated by the second
  /// it was accepted in, so that it is forgotten up to a second late, and never early.
  mutating func find(
    _ fingerprint: KeyFingerprint, bodyHash: UInt32, nowSecond: UInt32, in store: PaymentStore
  ) -> Claim {
    expire(nowSecond: nowSecond, newest: PaymentID(store.count), in: store)
    guard let payment = index.find(fingerprint, in: store) else { return .new }
    if planted(Plant.keyForgotten), store[payment].state == .declined { return .new }
    let known: Bool =
      switch mode {
      case .hybrid: true
      case .database: true
      case .fastStore: payment > evicted
      }
    guard known else { return .new }
    if store[payment].bodyHash != bodyHash, !planted(Plant.otherBodyUnseen) {
      return .otherBody(payment)
    }
    switch store[payment].state {
    case .accepted, .authorizing, .challenged, .unknown: return .inFlight(payment)
    default: return .same(payment)
    }
  }

  /// Claims a new key for `payment`; returns the payment whose forgotten key it repeats, if any:
  /// only possible where the fast store stands alone.
  mutating func claim(
    _ fingerprint: KeyFingerprint, for payment: PaymentID, nowSecond: UInt32, in store: PaymentStore
  ) -> PaymentID? {
    let forgotten = mode == .fastStore ? index.find(fingerprint, in: store) : nil
    if let forgotten { index.remove(fingerprint, forgotten, in: store) }
    let noted =
      planted(Plant.claimUnderAnotherKey)
      ? KeyFingerprint(fingerprint.rawValue &+ 1) : fingerprint
    index.insert(noted, payment, in: store)
    expire(nowSecond: nowSecond, newest: payment, in: store)
    return forgotten
  }

  /// Gives a key back whose request was not accepted after all.
  mutating func release(
    _ fingerprint: KeyFingerprint, of payment: PaymentID, in store: PaymentStore
  ) {
    index.remove(fingerprint, payment, in: store)
  }

  private mutating func expire(nowSecond: UInt32, newest: PaymentID, in store: PaymentStore) {
    while evicted < newest {
      let oldest = evicted + 1
      let tooMany = Int(newest) - Int(evicted) > capacity
      let tooOld = nowSecond - store[oldest].createdSecond > timeToLiveSeconds
      guard tooMany || tooOld else { return }
      evicted = oldest
      evictions += 1
    }
  }
}
