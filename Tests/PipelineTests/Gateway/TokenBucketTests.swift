import Scenario
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
    let rate = TokenRate(perSecond: Double(perSecond))
    var bucket = TokenBucket(burst: burst, rate)
    var model = Rational(level: Int128(burst) * 1_000_000_000)
    var now: Int64 = 0
    for step in 0..<2_000 {
      let longest = numbers.once(in: 10) ? 40 * Self.second : 2 * Self.second
      now += Int64(numbers.pick(0...Int(longest / max(perSecond, 1) + 1)))
      let taken = bucket.take(now: now, rate, burst: burst)
      try #require(
        taken == model.take(now: now, perSecond: perSecond, burst: burst),
        "seed \(seed), step \(step)")
    }
  }

  @Test("no interval gives more than a burst and what flows in meanwhile", arguments: 0..<10)
  func bound(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    let rate = TokenRate(perSecond: 7)
    var bucket = TokenBucket(burst: 5, rate)
    var grants: [Int64] = []
    var now: Int64 = 0
    for _ in 0..<400 {
      now += Int64(numbers.pick(0...200_000_000))
      if bucket.take(now: now, rate, burst: 5) { grants.append(now) }
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
    let rate = TokenRate(perSecond: 3)
    var bucket = TokenBucket(burst: 2, rate)
    for _ in 0..<2 { #expect(bucket.take(now: 0, rate, burst: 2) == true) }
    #expect(bucket.take(now: 333_333_333, rate, burst: 2) == false)
    #expect(bucket.take(now: 333_333_334, rate, burst: 2) == true)
    // What the rounding up to a whole nanosecond gave too much is kept.
    #expect(bucket.take(now: 666_666_666, rate, burst: 2) == false)
    #expect(bucket.take(now: 666_666_667, rate, burst: 2) == true)
    #expect(bucket.take(now: 1_000_000_000, rate, burst: 2) == true)
  }

  @Test("after a very long rest there is a burst and no more")
  func neverAboveBurst() {
    for rest in [100 * Self.second, Int64.max / 2, Int64.max] {
      let rate = TokenRate(perSecond: 1_000_000)
      var bucket = TokenBucket(burst: 3, rate)
      let taken = (0..<6).map { _ in bucket.take(now: rest, rate, burst: 3) }
      #expect(taken == [true, true, true, false, false, false])
    }
  }

  @Test("decimals of a rate count: half a payment a second is one every two seconds")
  func decimals() {
    let rate = TokenRate(perSecond: 0.5)
    var bucket = TokenBucket(burst: 1, rate)
    let taken = [0, 1_999_999_999, 2_000_000_000, 3_000_000_000, 4_000_000_000].map {
      (now: Int64) in bucket.take(now: now, rate, burst: 1)
    }
    #expect(taken == [true, false, true, false, true])
  }

  @Test("a rate is kept in the fewest parts, to a thousandth")
  func parts() {
    let billion: Int64 = 1_000_000_000
    func parts(_ perSecond: Double) -> [Int64] {
      let rate = TokenRate(perSecond: perSecond)
      return [rate.perNanosecond, rate.token / billion]
    }
    #expect(parts(200) == [200, 1])
    #expect(parts(2.5) == [25, 10])
    #expect(parts(0.001) == [1, 1_000])
    #expect(parts(1.0 / 3) == [333, 1_000])
  }
}
