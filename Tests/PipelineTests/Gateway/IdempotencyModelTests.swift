import PaymentModel
import Scenario
import Testing

@testable import Pipeline

@Suite("Idempotency store against a model")
struct IdempotencyModelTests {
  @Test(
    "claims go as in a list of keys with their ages", arguments: 0..<10,
    IdempotencySettings.Mode.allCases)
  func model(seed: Int, mode: IdempotencySettings.Mode) throws {
    var numbers = SplitMix(seed: seed)
    var settings = IdempotencySettings()
    settings.mode = mode
    settings.timeToLive = .seconds(numbers.pick(1...60))
    settings.capacity = numbers.pick(1...50)
    let timeToLive = Int(settings.timeToLive.components.seconds)
    var store = IdempotencyStore(settings, expectedKeys: 8)
    let payments = PaymentStore()
    // Every claim so far: position + 1 is the number of the payment.
    var claims: [(key: KeyFingerprint, second: Int)] = []
    var forgotten = 0
    var expectedForgotten = 0
    var now = 0
    for step in 0..<1_500 {
      now += numbers.pick(0...3)
      let key = KeyFingerprint(UInt64(numbers.pick(1...90)) << UInt64(step % 2 * 40))
      let owner = claims.lastIndex { $0.key == key }
      let isKnown = owner.map { owner in
        mode != .fastStore
          || now - claims[owner].second <= timeToLive
            && claims.count - owner <= settings.capacity
      }
      let claim = store.find(key, bodyHash: 1, nowSecond: UInt32(now), in: payments)
      try #require(
        claim == (isKnown == true ? .inFlight(PaymentID(owner! + 1)) : .new),
        "seed \(seed), step \(step)")
      guard claim == .new else { continue }
      if owner != nil { expectedForgotten += 1 }
      let payment = payments.append(paymentRow(key, body: 1, second: UInt32(now)))
      if store.claim(key, for: payment, nowSecond: UInt32(now), in: payments) != nil {
        forgotten += 1
      }
      claims.append((key, now))
    }
    try #require(forgotten == expectedForgotten)
    try #require(mode == .fastStore ? forgotten > 0 : forgotten == 0)
  }
}
