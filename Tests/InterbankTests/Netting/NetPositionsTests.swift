import Interbank
import Testing

@Suite("Net positions")
struct NetPositionsTests {
  @Test("multilateral positions sum to zero and are receipts less payments", arguments: 0..<300)
  func multilateral(seed: Int) {
    let world = NettingWorld(seed: seed, participants: 2...8, payments: 0...60)
    let count = world.available.count
    let positions = NetPositions.multilateral(world.queue, participants: count)
    #expect(positions.reduce(0, +) == 0)
    for participant in 0..<count {
      let received = world.queue.filter { $0.payee == participant }.reduce(0) { $0 + $1.amount }
      let paid = world.queue.filter { $0.payer == participant }.reduce(0) { $0 + $1.amount }
      #expect(positions[participant] == received - paid)
    }
  }

  @Test("bilateral positions are the differences of each pair, in order", arguments: 0..<300)
  func bilateral(seed: Int) {
    let world = NettingWorld(seed: seed, participants: 2...8, payments: 0...60)
    let count = world.available.count
    var expected: [PairPosition] = []
    for low in 0..<count {
      for high in low + 1..<count {
        let net = world.queue.reduce(Int64(0)) {
          switch ($1.payer, $1.payee) {
          case (low, high): $0 + $1.amount
          case (high, low): $0 - $1.amount
          default: $0
          }
        }
        if net > 0 { expected.append(PairPosition(payer: low, payee: high, amount: net)) }
        if net < 0 { expected.append(PairPosition(payer: high, payee: low, amount: -net)) }
      }
    }
    #expect(NetPositions.bilateral(world.queue, participants: count) == expected)
    var numbers = NettingWorld.Numbers(seed: seed)
    let shuffled = world.queue.shuffled(using: &numbers)
    #expect(NetPositions.bilateral(shuffled, participants: count) == expected)
  }

  @Test("efficiency is 1 - net / gross, and more participants net more", arguments: 0..<300)
  func efficiency(seed: Int) {
    let world = NettingWorld(seed: seed, participants: 2...8, payments: 1...60)
    let count = world.available.count
    let gross = world.queue.reduce(0.0) { $0 + Double($1.amount) }
    let pairs = NetPositions.bilateral(world.queue, participants: count)
    let net = NetPositions.multilateral(world.queue, participants: count)
    let bilateral = NetPositions.bilateralEfficiency(world.queue, participants: count)
    let multilateral = NetPositions.multilateralEfficiency(world.queue, participants: count)
    #expect(abs(bilateral - (1 - pairs.reduce(0.0) { $0 + Double($1.amount) } / gross)) < 1e-12)
    #expect(abs(multilateral - (1 - net.reduce(0.0) { $0 + Double(max(0, $1)) } / gross)) < 1e-12)
    #expect(0 <= bilateral && bilateral <= multilateral && multilateral <= 1)
  }

  @Test("without payments there is nothing to net")
  func empty() {
    #expect(NetPositions.bilateral([], participants: 3) == [])
    #expect(NetPositions.multilateral([], participants: 3) == [0, 0, 0])
    #expect(NetPositions.bilateralEfficiency([], participants: 0) == 0)
    #expect(NetPositions.multilateralEfficiency([], participants: 3) == 0)
  }

  @Test("sums beyond 64 bits are exact")
  func isSafeFromOverflow() {
    let huge: Int64 = 1 << 62
    let ring = (0..<12).map { NettablePayment(payer: $0 % 3, payee: ($0 + 1) % 3, amount: huge) }
    #expect(NetPositions.multilateral(ring, participants: 3) == [0, 0, 0])
    #expect(NetPositions.multilateralEfficiency(ring, participants: 3) == 1)
    let oneWay = (0..<8).map { _ in NettablePayment(payer: 0, payee: 1, amount: huge) }
    #expect(NetPositions.exact(oneWay, participants: 2) == [-(1 << 65), 1 << 65])
    #expect(NetPositions.bilateralEfficiency(oneWay, participants: 2) == 0)
  }
}
