import Chance
import Testing
import VirtualTime

@Suite struct ExponentialTests {
  static let seeds: ClosedRange<UInt64> = 1...6

  static func sample(_ seed: UInt64, _ count: Int) -> [Double] {
    var stream = RandomStream(seed: seed, component: "test", purpose: "exponential")
    return (0..<count).map { _ in Exponential.unit(stream.next()) }
  }

  @Test("Draws follow 1 - e^-x", arguments: seeds)
  func distribution(seed: UInt64) {
    let distance = Statistics.kolmogorov(Self.sample(seed, 40_000)) { 1 - PortableMath.exp(-$0) }
    #expect(distance < Statistics.kolmogorovBound)
  }

  @Test("Mean and variance are 1", arguments: seeds)
  func moments(seed: UInt64) {
    let sample = Self.sample(seed, 40_000)
    let n = Double(sample.count)
    let mean = sample.reduce(0, +) / n
    let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    #expect(abs(mean - 1) < 3.3 / n.squareRoot())
    #expect(abs(variance - 1) < 3.3 * (8 / n).squareRoot())
  }

  @Test("A draw equals the logarithm of its uniform number to 1e-15", arguments: seeds)
  func accuracy(seed: UInt64) {
    var stream = RandomStream(seed: seed, component: "test", purpose: "accuracy")
    for shift in 0..<53 {
      let bits = stream.next() >> UInt64(shift)
      let exact = -PortableMath.ln(Double(bits >> 11 | 1) * 0x1p-53)
      #expect(abs(Exponential.unit(bits) - exact) <= 1e-15 * max(1, exact))
    }
  }

  @Test("The ends of the generator's range give finite draws that are not negative")
  func ends() {
    #expect(abs(Exponential.unit(0) - 36.7368005696771) < 1e-12)
    for below in [0, 2_048, 4_096, 1 << 62, 1 << 63] as [UInt64] {
      #expect(Exponential.unit(.max - below) >= 0)
    }
  }

  @Test("The mean is in the unit of the draws", arguments: [1e-3, 1, 1e9, 86_400e9])
  func mean(mean: Double) {
    var a = RandomStream(seed: 1, component: "test", purpose: "mean")
    var b = a
    for _ in 0..<100 {
      #expect(Exponential(mean: mean).draw(&a) == Exponential.unit(b.next()) * mean)
    }
  }
}
