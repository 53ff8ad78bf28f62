import Money
import Testing

@Suite("Rounding")
struct RoundingTests {
  @Test("small numerators and denominators, exhaustively, round half to even")
  func exhaustive() {
    for denominator in 1...24 {
      for numerator in -120...120 {
        let (quotient, remainder) = Rounding.halfEven(
          Int128(numerator), dividedBy: Int128(denominator))
        #expect(quotient * Int128(denominator) + remainder == Int128(numerator))
        let doubled = 2 * remainder.magnitude
        #expect(doubled < denominator || (doubled == denominator && quotient % 2 == 0))
      }
    }
  }

  @Test("wide operands round as narrow ones do", arguments: 0..<20)
  func wide(seed: Int) {
    var numbers = SplitMix(seed: seed)
    for _ in 0..<200 {
      let numerator = Int128(numbers.amount(below: .max))
      let denominator = Int128(numbers.amount(below: .max).magnitude) + 1
      let narrow = Rounding.halfEven(numerator, dividedBy: denominator)
      let wide = Rounding.halfEven(numerator << 60, dividedBy: denominator << 60)
      #expect(narrow.quotient == wide.quotient, "seed \(seed)")
      #expect(narrow.remainder << 60 == wide.remainder, "seed \(seed)")
    }
  }
}
