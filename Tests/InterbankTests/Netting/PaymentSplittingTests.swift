import Interbank
import Testing

@Suite("Splitting of payments")
struct PaymentSplittingTests {
  @Test("parts sum to the payment, are as few as can be, and none is too large or too small")
  func parts() {
    for amount in 1...40 as ClosedRange<Int64> {
      for maximum in 1...12 as ClosedRange<Int64> {
        for minimum in 1...maximum {
          let parts = PaymentSplitting.parts(of: amount, maximum: maximum, minimumPart: minimum)
          let count = Int((amount + maximum - 1) / maximum)
          #expect(parts.reduce(0, +) == amount)
          #expect(parts.count == count)
          #expect(parts.allSatisfy { 1...maximum ~= $0 })
          if Int64(count) * minimum <= amount {
            #expect(parts.allSatisfy { $0 >= minimum }, "\(amount) in \(minimum)...\(maximum)")
          } else {
            #expect(parts.dropLast().allSatisfy { $0 == maximum })
          }
        }
      }
    }
  }

  @Test("parts of the largest size come first")
  func order() {
    #expect(PaymentSplitting.parts(of: 25, maximum: 10) == [10, 10, 5])
    #expect(PaymentSplitting.parts(of: 21, maximum: 10, minimumPart: 4) == [10, 7, 4])
    #expect(PaymentSplitting.parts(of: 11, maximum: 10, minimumPart: 6) == [10, 1])
    #expect(PaymentSplitting.parts(of: .max, maximum: .max, minimumPart: .max) == [.max])
    #expect(
      PaymentSplitting.parts(of: .max, maximum: 1 << 62, minimumPart: 1 << 61)
        == [1 << 62, (1 << 62) - 1])
  }

  @Test("what is covered settles, unless it or the rest would be too small")
  func coveredPart() {
    for amount in 1...20 as ClosedRange<Int64> {
      for available in -3...25 as ClosedRange<Int64> {
        for minimum in 1...8 as ClosedRange<Int64> {
          let expected = (1...amount).last { part in
            part <= available && (part == amount || (part >= minimum && amount - part >= minimum))
          }
          let part = PaymentSplitting.coveredPart(
            of: amount, available: available, minimumPart: minimum)
          #expect(part == expected, "\(amount) of \(available), at least \(minimum)")
        }
      }
    }
    #expect(PaymentSplitting.coveredPart(of: .max, available: .min) == nil)
  }
}
