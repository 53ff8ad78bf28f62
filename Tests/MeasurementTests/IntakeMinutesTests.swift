import Measurement
import Testing

@Suite("Minutes of the intake")
struct IntakeMinutesTests {
  private static let minute: Int64 = 60_000_000_000

  @Test("the busiest minute is the busiest minute, whatever comes after it")
  func peak() {
    var intake = IntakeMinutes()
    #expect(intake.peakPerSecond == nil)
    for index in 0..<600 {
      intake.add(at: 5 * Self.minute + Int64(index) * 100_000_000, isAccepted: true, after: 1)
    }
    #expect(intake.peakPerSecond == 10)
    intake.add(at: 500_000 * Self.minute, isAccepted: true, after: 1)
    #expect(intake.peakPerSecond == 10)
    #expect(intake.minutes.map(\.index) == [5, 500_000])
  }

  @Test("a slow minute sustains nothing, one in a hundred slow requests is let pass")
  func sustained() {
    var intake = IntakeMinutes()
    // 200 a minute with two slow ones, then 300 with four.
    for (minute, count, slow) in [(0, 200, 2), (1, 300, 4)] {
      for index in 0..<count {
        intake.add(
          at: Int64(minute) * Self.minute + Int64(index), isAccepted: true,
          after: index < slow ? IntakeMinutes.slowLimit + 1 : IntakeMinutes.slowLimit)
      }
    }
    intake.add(at: 2 * Self.minute - 1, isAccepted: false, after: 0)
    #expect(intake.sustainedPerSecond == 200.0 / 60)
    #expect(intake.peakPerSecond == 5)
    #expect(intake.offeredPerSecond == 301.0 / 60)
  }

  @Test(
    "cells merge by minute, both ways around, as if all had come to one gateway", arguments: 1...20)
  func merging(seed: UInt64) {
    var state = seed
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    var cells = [IntakeMinutes(), IntakeMinutes(), IntakeMinutes()]
    var all = IntakeMinutes()
    var now: Int64 = 0
    for _ in 0..<200 {
      now += Int64(next(3)) * Self.minute / 2
      let (cell, accepted) = (Int(next(3)), next(4) > 0)
      let delay = Int64(next(2)) * 200_000_000
      cells[cell].add(at: now, isAccepted: accepted, after: delay)
      all.add(at: now, isAccepted: accepted, after: delay)
    }
    for order in [[0, 1, 2], [2, 0, 1]] {
      var merged = IntakeMinutes()
      for index in order { merged.merge(cells[index]) }
      #expect(merged.minutes == all.minutes)
      #expect(merged.sustainedPerSecond == all.sustainedPerSecond)
    }
  }
}
