/// SplitMix64 (Steele, Lea, Flood 2014): the tests' own source of repeatable numbers.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// An amount whose number of digits is itself random, so that small and huge values both occur.
  mutating func amount(below limit: Int64) -> Int64 {
    let value = Int64.random(in: 0..<limit, using: &self) >> Int64.random(in: 0..<50, using: &self)
    return Bool.random(using: &self) ? value : -value
  }
}
