import Chance
import Testing
import VirtualTime

@Suite struct ArrivalsTests {
  static let seeds: ClosedRange<UInt64> = 1...6
  static let hour: Int64 = 3_600_000_000_000

  static func poisson(
    _ perSlot: [Double], seed: UInt64, _ purpose: String = "gap", until end: Int64? = nil
  ) -> [Int64] {
    let total = end ?? Int64(perSlot.count) * hour
    var arrivals = PoissonArrivals(
      slots: ArrivalSlots(slot: hour, total: total), perSlot: perSlot,
      random: RandomStream(seed: seed, component: "test", purpose: purpose))
    var times: [Int64] = []
    while let next = arrivals.next() { times.append(next.nanoseconds) }
    #expect(arrivals.next() == nil)
    return times
  }

  static func perHour(_ times: [Int64], _ hours: Int) -> [Int] {
    var counts = Array(repeating: 0, count: hours)
    for time in times { counts[Int(time / hour)] += 1 }
    return counts
  }

  @Test("Arrivals at a varying rate come in order, each hour with its own mean", arguments: seeds)
  func varyingRate(seed: UInt64) {
    let rates: [Double] = [50, 900, 0, 400, 1_500, 30, 0, 0, 700]
    let times = Self.poisson(rates, seed: seed)
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
    let counts = Self.perHour(times, rates.count)
    var statistic = 0.0
    for (count, rate) in zip(counts, rates) {
      if rate == 0 {
        #expect(count == 0)
      } else {
        statistic += (Double(count) - rate) * (Double(count) - rate) / rate
      }
    }
    #expect(statistic < Statistics.chiSquareBound(degrees: 6))
  }

  @Test(
    "At a constant rate gaps are exponential, across the borders of slots too", arguments: seeds)
  func constantRate(seed: UInt64) {
    let times = Self.poisson(Array(repeating: 4, count: 5_000), seed: seed)
    let gaps = zip(times.dropFirst(), times).map { Double($0 - $1) / Double(Self.hour) * 4 }
    #expect(Statistics.kolmogorov(gaps) { 1 - PortableMath.exp(-$0) } < Statistics.kolmogorovBound)
  }

  @Test("Two streams laid over each other are Poisson with the sum of the rates", arguments: seeds)
  func superposition(seed: UInt64) {
    let a = Self.poisson(Array(repeating: 3, count: 3_000), seed: seed, "a")
    let b = Self.poisson(Array(repeating: 5, count: 3_000), seed: seed, "b")
    let both = (a + b).sorted()
    let gaps = zip(both.dropFirst(), both).map { Double($0 - $1) / Double(Self.hour) * 8 }
    #expect(Statistics.kolmogorov(gaps) { 1 - PortableMath.exp(-$0) } < Statistics.kolmogorovBound)
  }

  @Test("A thinned stream is Poisson with its part of the rate", arguments: seeds)
  func thinning(seed: UInt64) {
    var coin = RandomStream(seed: seed, component: "test", purpose: "thinning")
    let kept = Probability(0.3)
    let times = Self.poisson(Array(repeating: 10, count: 4_000), seed: seed)
      .filter { _ in coin.chance(kept) }
    let gaps = zip(times.dropFirst(), times).map { Double($0 - $1) / Double(Self.hour) * 3 }
    #expect(Statistics.kolmogorov(gaps) { 1 - PortableMath.exp(-$0) } < Statistics.kolmogorovBound)
  }

  @Test("Counted arrivals are exact in every slot, in order, and even within it", arguments: seeds)
  func counted(seed: UInt64) {
    let counts: [Int32] = [0, 3, 0, 20_000, 1, 0, 500, 0]
    var arrivals = CountedArrivals(
      slots: ArrivalSlots(slot: Self.hour, total: 8 * Self.hour), counts: counts,
      random: RandomStream(seed: seed, component: "test", purpose: "counted"))
    var times: [Int64] = []
    while let next = arrivals.next() { times.append(next.nanoseconds) }
    #expect(arrivals.next() == nil)
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(Self.perHour(times, counts.count) == counts.map { Int($0) })
    let inFourth = times.filter { $0 / Self.hour == 3 }
      .map { Double($0 - 3 * Self.hour) / Double(Self.hour) }
    #expect(Statistics.kolmogorov(inFourth) { $0 } < Statistics.kolmogorovBound)
  }

  @Test(
    "In a last slot that is cut all arrivals come before the end, even within it", arguments: seeds)
  func cutSlot(seed: UInt64) {
    let end = Self.hour + Self.hour / 4
    var counted = CountedArrivals(
      slots: ArrivalSlots(slot: Self.hour, total: end), counts: [10, 20_000],
      random: RandomStream(seed: seed, component: "test", purpose: "cut"))
    var times: [Int64] = []
    while let next = counted.next() { times.append(next.nanoseconds) }
    for arrivals in [times, Self.poisson([10, 20_000], seed: seed, until: end)] {
      let last = arrivals.filter { $0 >= Self.hour }
        .map { Double($0 - Self.hour) / Double(Self.hour / 4) }
      #expect(last.allSatisfy { $0 < 1 })
      #expect(Statistics.kolmogorov(last) { $0 } < Statistics.kolmogorovBound)
    }
  }

  @Test("Slots cut the whole time, and only the last may be shorter")
  func slots() {
    for total: Int64 in [1, 59, 60, 61, 120, 130] {
      let slots = ArrivalSlots(slot: 60, total: total)
      let lengths = (0..<slots.count).map { slots.length(of: $0) }
      #expect(lengths.reduce(0, +) == total)
      #expect(lengths.dropLast().allSatisfy { $0 == 60 } && lengths.allSatisfy { $0 > 0 })
    }
  }

  @Test("Empty slots give no arrivals")
  func nothing() {
    #expect(Self.poisson([0, 0, 0], seed: 1).isEmpty)
  }
}
