import Testing
import VirtualTime

@Suite struct VirtualInstantTests {
  @Test("Instants are written as a clock, with days when there are any")
  func description() {
    #expect("\(VirtualInstant.start)" == "00:00:00.000")
    #expect("\(VirtualInstant.ns(3_723_045_999_999))" == "01:02:03.045")
    #expect(
      "\(VirtualInstant.ns(2 * 86_400_000_000_000 + 11_045_678_000_000))" == "2d 03:04:05.678")
  }

  @Test("Differences and sums are in nanoseconds")
  func arithmetic() {
    #expect(VirtualInstant.ns(7) + 5 == .ns(12))
    #expect(VirtualInstant.ns(7) - .ns(12) == -5)
    #expect(VirtualInstant.start < .ns(1) && VirtualInstant.ns(1) < .never)
  }

  @Test("Durations become whole nanoseconds, rounded towards zero")
  func durations() {
    #expect(Duration.milliseconds(3).nanoseconds == 3_000_000)
    #expect(Duration.seconds(86_400 * 365 * 200).nanoseconds == 86_400 * 365 * 200 * 1_000_000_000)
    #expect(Duration(secondsComponent: 0, attosecondsComponent: 1_999_999_999).nanoseconds == 1)
    #expect(Duration(secondsComponent: 0, attosecondsComponent: -1_999_999_999).nanoseconds == -1)
  }
}
