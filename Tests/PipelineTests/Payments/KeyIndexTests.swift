import PaymentModel
import Testing

@Suite("Key index")
struct KeyIndexTests {
  /// Fingerprints that collide in the slot, in the half that is kept, in both, or not at all.
  static func fingerprint(_ numbers: inout SplitMix) -> KeyFingerprint {
    let number = UInt64(numbers.pick(1...400))
    switch numbers.pick(0...3) {
    case 0: return KeyFingerprint(number)
    case 1: return KeyFingerprint(number << 32)
    case 2: return KeyFingerprint(number % 3 << 40 | number << 12 | 1_023)
    default: return KeyFingerprint(number &* 0x9E37_79B9_7F4A_7C15)
    }
  }

  @Test("it finds what a dictionary finds, through collisions and removals", arguments: 0..<20)
  func model(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    let store = PaymentStore()
    var index = KeyIndex(capacity: 1)
    var model: [KeyFingerprint: PaymentID] = [:]
    for step in 0..<6_000 {
      let fingerprint = Self.fingerprint(&numbers)
      let known = model[fingerprint]
      let found = index.find(fingerprint, in: store)
      try #require(found == known, "seed \(seed), step \(step)")
      if let known {
        guard numbers.once(in: 2) else { continue }
        index.remove(fingerprint, known, in: store)
        model[fingerprint] = nil
      } else {
        let payment = store.append(paymentRow(fingerprint))
        index.insert(fingerprint, payment, in: store)
        model[fingerprint] = payment
      }
      try #require(index.count == model.count)
    }
    for (fingerprint, payment) in model {
      try #require(index.find(fingerprint, in: store) == payment)
    }
  }

  @Test("it grows beyond what was expected and keeps every key")
  func growth() {
    let store = PaymentStore()
    var index = KeyIndex()
    var numbers = SplitMix(seed: 1)
    let keys = (0..<20_000).map { _ in KeyFingerprint(numbers.next()) }
    for key in keys { index.insert(key, store.append(paymentRow(key)), in: store) }
    #expect(index.count == keys.count)
    for (position, key) in keys.enumerated() {
      #expect(index.find(key, in: store) == PaymentID(position + 1))
    }
    #expect(index.find(KeyFingerprint(keys[0].rawValue ^ 1), in: store) == nil)
  }

  @Test("removing what is not there changes nothing")
  func removeUnknown() {
    let store = PaymentStore()
    var index = KeyIndex()
    index.insert(9, store.append(paymentRow(9)), in: store)
    index.remove(10, 1, in: store)
    index.remove(9, 2, in: store)
    #expect(index.count == 1)
    #expect(index.find(9, in: store) == 1)
  }
}
