import Testing

@testable import Pipeline

@Suite("Token bucket")
struct TokenBucketTests {
  static let second: Int64 = 1_000_000_000

  /// Tokens as a fraction with the denominator 10^9, wide enough never to overflow.
  struct Rational {
    var level: Int128
    var updated: Int64 = 0
    mutating func take(now: Int64, perSecond: Int64, burst: Int) -> Bool {
      level += Int128(now - updated) * Int128(perSecond)
      level = min(level, Int128(burst) * 1_000_000_000)
      updated = now
      if level < 1_000_000_000 { return false }
      level -= 1_000_000_000
      return true
    }
  }

  @Test("takes exactly what a bucket of fractions takes", arguments: 0..<40)
  func rationalModel(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    let perSecond = Int64(numbers.pick(1...[3, 200, 1_000_000][seed % 3]))
    let burst = numbers.pick(1...20)
    var bucket = TokenBucket(burst: burst)
    var model = Rational(level: Int128(burst) * 1_000_000_000)
    var now: Int64 = 0
    for step in 0..<2_000 {
      let longest = numbers.once(in: 10) ? 40 * Self.second : 2 * Self.second
      now += Int64(numbers.pick(0...Int(longest / max(perSecond, 1) + 1)))
      let taken = bucket.take(now: now, perSecond: perSecond, burst: burst)
      try #require(
        taken == model.take(now: now, perSecond: perSecond, burst: burst),
        "seed \(seed), step \(step)")
    }
  }

  @Test("no interval gives more than a burst and what flows in meanwhile", arguments: 0..<10)
  func bound(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    var bucket = TokenBucket(burst: 5)
    var grants: [Int64] = []
    var now: Int64 = 0
    for _ in 0..<400 {
      now += Int64(numbers.pick(0...200_000_000))
      if bucket.take(now: now, perSecond: 7, burst: 5) { grants.append(now) }
    }
    for first in grants.indices {
      for last in first..<grants.count {
        let flow = Int128(grants[last] - grants[first]) * 7
        try #require(Int128(last - first + 1) * 1_000_000_000 <= 5 * 1_000_000_000 + flow)
      }
    }
  }

  @Test("a refill is exact to the nanosecond")
  func exactRefill() {
    var bucket = TokenBucket(burst: 2)
    for _ in 0..<2 { #expect(bucket.take(now: 0, perSecond: 3, burst: 2) == true) }
    #expect(bucket.take(now: 333_333_333, perSecond: 3, burst: 2) == false)
    #expect(bucket.take(now: 333_333_334, perSecond: 3, burst: 2) == true)
    // What the rounding up to a whole nanosecond gave too much is kept.
    #expect(bucket.take(now: 666_666_666, perSecond: 3, burst: 2) == false)
    #expect(bucket.take(now: 666_666_667, perSecond: 3, burst: 2) == true)
    #expect(bucket.take(now: 1_000_000_000, perSecond: 3, burst: 2) == true)
  }

  @Test("after a very long rest there is a burst and no more")
  func neverAboveBurst() {
    for rest in [100 * Self.second, Int64.max / 2, Int64.max] {
      var bucket = TokenBucket(burst: 3)
      let taken = (0..<6).map { _ in bucket.take(now: rest, perSecond: 1_000_000, burst: 3) }
      #expect(taken == [true, true, true, false, false, false])
    }
  }
}
