/// Random numbers for one purpose of one component.
///
/// The key is a hash of (seed, component, purpose): adding a component or leaving one out shifts no
/// other stream, so two variants of a scenario meet the very same draws.
@frozen
public struct RandomStream: RandomNumberGenerator, Sendable {
  @usableFromInline var key: (UInt32, UInt32)
  @usableFromInline var counter: UInt64 = 0
  @usableFromInline var spare: UInt64 = 0
  @usableFromInline var hasSpare = false

  /// - Parameters:
  ///   - seed: of the run.
  ///   - component: who draws, such as `cell-3.acquirer.northbank`.
  ///   - purpose: what for, such as `latency`.
  public init(seed: UInt64, component: String, purpose: String) {
    var hash = mix64(seed)
    for byte in component.utf8 { hash = mix64(hash ^ UInt64(byte)) }
    hash = mix64(hash ^ 0x1_0000)
    for byte in purpose.utf8 { hash = mix64(hash ^ UInt64(byte)) }
    key = (UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32))
  }

  /// The stream of one item of this purpose, from its beginning, such as of one payment: how many
  /// items draw, and in which order, shifts nothing.
  public func stream(for item: UInt64) -> RandomStream {
    var stream = self
    let hash = mix64(mix64(UInt64(key.1) << 32 | UInt64(key.0)) ^ mix64(item))
    stream.key = (UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32))
    (stream.counter, stream.spare, stream.hasSpare) = (0, 0, false)
    return stream
  }

  /// The next 64 random bits.
  @inlinable public mutating func next() -> UInt64 {
    if hasSpare {
      hasSpare = false
      return spare
    }
    let block = Philox.block(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: counter), UInt32(truncatingIfNeeded: counter >> 32), 0, 0),
      key: key)
    counter &+= 1
    spare = UInt64(block[2]) | UInt64(block[3]) << 32
    hasSpare = true
    return UInt64(block[0]) | UInt64(block[1]) << 32
  }

  /// Uniform in 0..<1, a multiple of 2^-53.
  @inlinable public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Uniform in 0..<bound by multiplication (bias below bound / 2^64); `bound` is above zero.
  @inlinable public mutating func below(_ bound: UInt64) -> UInt64 {
    precondition(bound > 0, "there is no number below zero")
    return next().multipliedFullWidth(by: bound).high
  }

  /// True with the given probability, to within 2^-64.
  @inlinable public mutating func chance(_ probability: Probability) -> Bool {
    next() < probability.threshold
  }
}

/// A probability as an integer threshold, so that a draw is one comparison.
@frozen
public struct Probability: Sendable {
  @usableFromInline var threshold: UInt64

  /// - Parameter value: in 0...1. A value of 1 fails once in 2^64 draws.
  public init(_ value: Double) {
    precondition((0...1).contains(value), "a probability lies in 0...1")
    threshold = value >= 1 ? .max : UInt64(value * 0x1p64)
  }

  /// Whether 64 random bits are a success.
  @inlinable public func holds(_ bits: UInt64) -> Bool { bits < threshold }
}
