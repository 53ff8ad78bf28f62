import Testing

@testable import Pipeline

@Suite("Group commit")
struct GroupCommitTests {
  @Test("no write becomes durable before one that came earlier", arguments: 0..<20)
  func order(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    let gather = Int64([0, 1, 50][seed % 3])
    var commit = GroupCommit(gather: gather)
    var now: Int64 = 0
    var last: Int64 = 0
    var latencies = 0
    for _ in 0..<3_000 {
      now += Int64(numbers.pick(0...30))
      let durable = commit.write(now: now) {
        latencies += 1
        return Int64(numbers.once(in: 20) ? 5_000 : numbers.pick(0...40))
      }
      try #require(durable >= last && durable >= now)
      last = durable
    }
    try #require(latencies == commit.commits)
  }

  @Test("writes within the time of gathering share a commit, the next one begins another")
  func sharing() {
    var commit = GroupCommit(gather: 10)
    #expect(commit.write(now: 100) { 5 } == 115)
    #expect(commit.write(now: 109) { 99 } == 115)
    #expect(commit.commits == 1)
    #expect(commit.write(now: 110) { 5 } == 125)
    #expect(commit.commits == 2)
  }

  @Test("without gathering every write has its own commit, in order")
  func single() {
    var commit = GroupCommit(gather: 0)
    #expect(commit.write(now: 0) { 100 } == 100)
    #expect(commit.write(now: 0) { 3 } == 100)
    #expect(commit.write(now: 50) { 3 } == 100)
    #expect(commit.write(now: 98) { 3 } == 101)
    #expect(commit.commits == 4)
  }
}
