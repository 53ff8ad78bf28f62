import Testing

@testable import Interbank

@Suite("Payments that have ended")
struct EndedPaymentTests {
  @Test("are known by their numbers, near or far, below zero too, and no others are")
  func known() {
    var ended = EndedPayments()
    let numbers: [Int64] = [0, 1, 63, 64, 1_000_000, .max, -5, 7_000_000_000]
    for number in numbers { ended.insert(number) }
    #expect(numbers.allSatisfy { ended.contains($0) })
    #expect([2, 62, 65, 999_999, .max - 1, -4, .min].allSatisfy { !ended.contains($0) })
  }
}
