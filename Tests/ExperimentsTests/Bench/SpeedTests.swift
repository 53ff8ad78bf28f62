import Testing

@testable import Experiments

@Suite("The gate on the simulator's own speed")
struct SpeedTests {
  private static let origin = SpeedBaseline.Origin(
    processor: "any", swiftVersion: "6.3", settlesimVersion: "0")

  /// A clock that works move by hand, and ratios of rounds measured by it: each work takes its time
  /// or, disturbed, up to a third more.
  private static func ratios(seed: UInt64, slowdown: Double) throws -> [Double] {
    var now: Int64 = 0
    var state = seed
    func disturbance() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let uniform = Double(state >> 11) * 0x1p-53
      return uniform < 0.3 ? 1 + uniform : 1 + uniform / 100
    }
    func work(_ name: String, _ nanoseconds: Double) -> SpeedWork {
      SpeedWork { clock in
        let begin = clock()
        now += Int64(nanoseconds * disturbance())
        return [SpeedSample(name, nanoseconds: clock() - begin, amount: 1_000)]
      }
    }
    let measurement = SpeedMeasurement(
      yardstick: work("tandem", 5e7), works: [work("payments.speed", 9e7 * slowdown)]
    ) { now }
    return try #require(measurement.ratios(rounds: SpeedMeasurement.standardRounds))[0].ratios
  }

  private static func figure(seed: UInt64, slowdown: Double = 1) throws -> BenchFigure {
    SpeedMeasurement.figure(
      "payments.speed", ratios: try ratios(seed: seed, slowdown: slowdown))
  }

  @Test("unchanged code passes twenty times in a row on a machine that disturbs")
  func unchanged() throws {
    let baseline = SpeedBaseline(
      [try Self.figure(seed: 1)], rounds: SpeedMeasurement.standardRounds, origin: Self.origin)
    for seed in 2...21 as ClosedRange<UInt64> {
      let bench = SpeedBench(
        [try Self.figure(seed: seed)], rounds: 9, origin: Self.origin, baseline: baseline)
      #expect(!bench.isRegression, "series \(seed): \(bench.rows)")
    }
  }

  @Test("a slowdown of a tenth is found, whatever the disturbance", arguments: 2...21)
  func slowdown(seed: Int) throws {
    let baseline = SpeedBaseline(
      [try Self.figure(seed: 1)], rounds: SpeedMeasurement.standardRounds, origin: Self.origin)
    let slow = try Self.figure(seed: UInt64(seed), slowdown: 1.1)
    let bench = SpeedBench([slow], rounds: 9, origin: Self.origin, baseline: baseline)
    #expect(bench.isRegression)
    #expect(bench.rows[0].sentence.contains("payments.speed"))
  }

  @Test("one allocation more for each request is counted, and is beyond the limit")
  func allocation() throws {
    func allocations(_ probe: SpeedProbe?) -> BenchFigure? {
      SpeedSetup.memory(PaymentRun(SpeedScenario.run(payments: 10_000), probe: probe)).first {
        $0.unit == BenchFigure.allocationUnit
      }
    }
    // Where the allocator keeps no statistics there is nothing to count.
    guard let before = allocations(nil) else { return }
    let again = try #require(allocations(nil))
    #expect(abs(again.value - before.value) < 0.05)
    let after = try #require(
      allocations(
        SpeedProbe { UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 8).deallocate() }))
    // One for each request; a few in a hundred are not accepted, and the last ones come after the
    // last window.
    #expect((0.9...1.1).contains(after.value - before.value))
    let baseline = SpeedBaseline([before], rounds: 1, origin: Self.origin)
    #expect(!SpeedBench([again], rounds: 1, origin: Self.origin, baseline: baseline).isRegression)
    #expect(SpeedBench([after], rounds: 1, origin: Self.origin, baseline: baseline).isRegression)
  }
}
