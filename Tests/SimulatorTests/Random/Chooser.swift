import Foundation

/// SplitMix64 (Steele, Lea, Flood 2014) with the choices of the generator.
struct Chooser: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// True in `share` of all cases.
  mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }

  mutating func pick<Value>(_ values: [Value]) -> Value { values.randomElement(using: &self)! }

  mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// A number whose order of magnitude is even over the range; the range is above zero.
  mutating func magnitude(_ range: ClosedRange<Double>) -> Double {
    guard range.lowerBound < range.upperBound else { return range.lowerBound }
    let low = log2(range.lowerBound)
    let high = log2(range.upperBound)
    return min(
      max(exp2(Double.random(in: low...high, using: &self)), range.lowerBound),
      range.upperBound)
  }
}
