import Testing

@testable import Experiments

@Suite("What threads cost")
struct ThreadSpeedTests {
  private static let origin = SpeedBaseline.Origin(
    processor: "any", swiftVersion: "6.3", settlesimVersion: "0")

  /// A measurement whose clocks a work moves by hand; every fourth run is disturbed.
  private static func figures(
    time: @escaping (_ threads: Int) -> Double, processor: @escaping (_ threads: Int) -> Double
  ) throws -> [BenchFigure] {
    var (now, used) = (Int64(0), Int64(0))
    var runs = 0
    let work = ThreadSpeed.Work("any") { threads in
      runs += 1
      let disturbance = runs % 17 == 0 ? 5.0 : 1.0
      now += Int64(time(threads) * 1e6 * disturbance)
      used += Int64(processor(threads) * 1e6)
    }
    let speed = ThreadSpeed(works: [work], clock: { now }, processorClock: { used })
    return try #require(speed.measure())
  }

  private static func bench(_ figures: [BenchFigure]) throws -> SpeedBench {
    let calm = try Self.figures(time: { $0 == 1 ? 100 : 70 }, processor: { _ in 100 })
    let baseline = SpeedBaseline(calm, rounds: 9, origin: origin)
    return SpeedBench(figures, rounds: 9, origin: origin, baseline: baseline)
  }

  @Test("the figures are the medians of ratios within rounds")
  func ratios() throws {
    let figures = try Self.figures(
      time: { [1: 100, 2: 60, 3: 66, 8: 63, 64: 61.2][$0]! }, processor: { $0 == 8 ? 120 : 100 })
    #expect(
      figures.map(\.name) == [
        "threads.any.alone.two", "threads.any.alone.more", "threads.any.alone.processor",
      ])
    #expect(figures.map { ($0.value * 1_000).rounded() } == [600, 1_100, 1_200])
  }

  @Test("threads that hurt are found, whichever they are, and nothing else is")
  func ceilings() throws {
    func names(
      time: @escaping (Int) -> Double, processor: @escaping (Int) -> Double = { _ in 100 }
    ) throws -> [String] {
      try Self.bench(try Self.figures(time: time, processor: processor)).rows
        .filter(\.isRegression).map { String($0.figure.name.split(separator: ".").last!) }
    }
    #expect(try names(time: { _ in 100 }) == [])
    #expect(try names(time: { $0 == 1 ? 100 : 109 }) == [])
    #expect(try names(time: { $0 == 1 ? 100 : 112 }) == ["two"])
    #expect(try names(time: { $0 == 64 ? 112 : 100 }) == ["more"])
    #expect(try names(time: { _ in 100 }, processor: { $0 == 3 ? 130 : 100 }) == ["processor"])
  }

  @Test("no baseline and no other processor moves the ceilings")
  func fixed() throws {
    let slow = try Self.figures(time: { $0 == 1 ? 100 : 300 }, processor: { _ in 100 })
    let baseline = SpeedBaseline(slow, rounds: 9, origin: Self.origin)
    #expect(baseline.entries["threads.any.alone.two"]?.limit == ThreadSpeed.timeCeiling)
    let other = SpeedBaseline.Origin(
      processor: "other", swiftVersion: "6.3", settlesimVersion: "0")
    let bench = SpeedBench(slow, rounds: 9, origin: other, baseline: baseline)
    #expect(bench.rows.allSatisfy { $0.limit == $0.figure.ceiling })
  }

  @Test("busy neighbours are there for the second half, and gone afterwards")
  func neighbours() throws {
    var isBusy = false
    var seen: [Bool] = []
    let work = ThreadSpeed.Work("any") { _ in seen.append(isBusy) }
    let speed = ThreadSpeed(
      works: [work], clock: { 0 }, processorClock: { 0 },
      keepBusy: {
        isBusy = true
        return { isBusy = false }
      })
    let figures = try #require(speed.measure())
    #expect(figures.count == 6)
    #expect(seen.filter { $0 }.count * 2 == seen.count)
    #expect(!isBusy)
    var left = 20
    #expect(
      speed.measure {
        left -= 1
        return left > 0
      } == nil)
  }

  @Test("the built-in scenarios of the measurement run to their end, whatever the threads")
  func scenarios() {
    let digests = [1, 2, 64].map { SpeedScenario.smallWindows().run(threads: $0).result.identity }
    #expect(Set(digests.map(\.digest)).count == 1)
    let outcome = SpeedScenario.smallWindows().run(threads: 2)
    #expect(outcome.result.verdict == .passed)
  }
}
