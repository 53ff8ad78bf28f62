import Testing

@testable import Measurement

private enum Step: Int, CaseIterable, Sendable {
  case accepted, authorized, settled
}

@Suite struct CounterTests {
  @Test("a counter set counts per case and lists the cases in order")
  func counterSet() {
    var counters = CounterSet<Step>()
    counters.add(.accepted, 3)
    counters.add(.settled)
    counters[.authorized] = 2
    var other = CounterSet<Step>()
    other.add(.settled, 10)
    counters.merge(other)
    #expect(counters.named.map(\.name) == ["accepted", "authorized", "settled"])
    #expect(counters.named.map(\.count) == [3, 2, 11])
    #expect(counters.total == 16)
  }

  @Test("a tally counts per name and merges by position")
  func tally() {
    var tally = Tally(names: ["north", "south"])
    tally.add(1)
    tally.add(0, 5)
    tally.merge(tally)
    #expect(tally.named.map(\.name) == ["north", "south"])
    #expect(tally.named.map(\.count) == [10, 2])
    #expect(tally[1] == 2)
  }
}
