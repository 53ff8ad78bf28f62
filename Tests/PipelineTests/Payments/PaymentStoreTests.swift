import PaymentModel
import Testing

@Suite("Payment store")
struct PaymentStoreTests {
  @Test("numbers count from 1 and rows stay where they were put, over several chunks")
  func appending() {
    let store = PaymentStore()
    for number in 1...40_000 {
      let row = paymentRow(KeyFingerprint(number), amount: Int64(number))
      #expect(store.append(row) == PaymentID(number))
    }
    #expect(store.count == 40_000)
    for number: PaymentID in [1, 16_383, 16_384, 16_385, 32_767, 32_768, 40_000] {
      #expect(store[number].fingerprint == KeyFingerprint(UInt64(number)))
      #expect(store[number].amount == Int64(number.rawValue))
    }
  }

  @Test("a change of one row touches no other")
  func changing() {
    let store = PaymentStore()
    for number in 1...3 { _ = store.append(paymentRow(KeyFingerprint(number))) }
    store[2].state = .declined
    store[2].steps.insert(.consumed)
    #expect(store.payments.map { store[$0].state } == [.accepted, .declined, .accepted])
    #expect(!store[1].steps.contains(.consumed) && !store[3].steps.contains(.consumed))
  }

  @Test("a row takes 48 bytes and begins as the request says")
  func row() {
    #expect(MemoryLayout<PaymentRow>.stride == 48)
    let request = PaymentRequest(
      fingerprint: 7, amount: 12, merchant: 3, bodyHash: 9, currency: 2, issuer: 5,
      traits: [.foreign], sent: 1)
    let row = PaymentRow(request, createdSecond: 44)
    #expect(row.fingerprint == 7 && row.amount == 12 && row.merchant == 3 && row.bodyHash == 9)
    #expect(row.currency == 2 && row.issuer == 5 && row.traits == [.foreign])
    #expect(row.createdSecond == 44 && row.capturedSecond == 0 && row.batch == 0)
    #expect(row.state == .accepted && row.steps == [.validated, .keyClaimed])
  }

  @Test("what was captured is the amount, unless a part was taken")
  func captured() {
    let store = PaymentStore()
    for number in 1...2 { _ = store.append(paymentRow(KeyFingerprint(number), amount: 500)) }
    #expect(store.capturedAmount(1) == 500)
    store.capture(2, only: 200)
    #expect(store.capturedAmount(1) == 500)
    #expect(store.capturedAmount(2) == 200)
  }

  @Test("what has gone back is nothing, until it is noted")
  func givenBack() {
    let store = PaymentStore()
    for number in 1...2 { _ = store.append(paymentRow(KeyFingerprint(number), amount: 500)) }
    store.giveBack(2, inAll: 100)
    store.giveBack(2, inAll: 300)
    #expect(store.refundedAmount(1) == 0)
    #expect(store.refundedAmount(2) == 300)
  }

  @Test("a number that no payment has stops the run")
  func unknownNumber() async {
    await #expect(processExitsWith: .failure) {
      let store = PaymentStore()
      _ = store.append(paymentRow(1))
      store[2].state = .declined
    }
  }
}
