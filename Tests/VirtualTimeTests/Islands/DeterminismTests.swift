import Chance
import Testing
import VirtualTime

@Suite struct DeterminismTests {
  static let seeds: ClosedRange<UInt64> = 1...8

  static func reference(_ seed: UInt64) -> (outcome: Network.Outcome, windows: Int) {
    let network = Network(seed: seed)
    network.world.run()
    return (network.outcome, network.world.windowCount)
  }

  @Test("A random network handles every packet and comes to rest", arguments: seeds)
  func rest(seed: UInt64) {
    let outcome = Self.reference(seed).outcome
    #expect(outcome.handled.reduce(0, +) == outcome.ends.count * 15 * 13)
    #expect(outcome.balanced && outcome.waiting == 0 && outcome.strayJobs == 0)
  }

  @Test(
    "Threads, sharing, suspension and repetition change nothing", arguments: seeds,
    [1, 2, 3, 8, 64])
  func equal(seed: UInt64, threads: Int) {
    let reference = Self.reference(seed)
    for suspension in Suspension.allCases {
      for sharing in [WindowSharing.always, .worthwhile] {
        let network = Network(seed: seed, suspension: suspension)
        network.world.run(threads: threads, sharing: sharing)
        #expect(network.outcome == reference.outcome)
        #expect(network.world.windowCount == reference.windows)
      }
    }
  }

  @Test("A run in parts is the same run, however the parts fall", arguments: seeds)
  func parts(seed: UInt64) {
    var random = RandomStream(seed: seed, component: "test", purpose: "parts")
    let network = Network(seed: seed)
    var limit: Int64 = 0
    for _ in 0..<40 {
      limit += Int64(random.below(60))
      network.world.run(
        threads: 1 + Int(random.below(2)), until: .ns(limit),
        sharing: random.below(2) == 0 ? .always : .worthwhile)
      #expect(network.world.islands.allSatisfy { $0.now.nanoseconds < max(limit, 1) })
    }
    network.world.run()
    #expect(network.outcome == Self.reference(seed).outcome)
  }

  @Test("A link that carries nothing narrows the windows and changes nothing", arguments: seeds)
  func unrelatedLink(seed: UInt64) {
    let network = Network(seed: seed, unrelatedLink: true)
    network.world.run()
    let reference = Self.reference(seed)
    #expect(network.world.windowCount > reference.windows)
    #expect(network.outcome == reference.outcome)
  }

  @Test("Another seed is another run")
  func seedMatters() {
    #expect(Self.reference(1).outcome.digest != Self.reference(2).outcome.digest)
  }
}
