import Interbank
import Testing

@Suite("Maximum circulation")
struct MaximumCirculationTests {
  /// The rules that every clearing keeps.
  static func expectClearing(
    _ clearing: Circulation, of obligations: [NettablePayment], liquidity: [Int64],
    _ comment: Comment? = nil
  ) {
    var positions = liquidity.map { _ in Int128(0) }
    for (cleared, obligation) in zip(clearing.cleared, obligations) {
      #expect(0 <= cleared && cleared <= obligation.amount, comment)
      positions[obligation.payer] -= Int128(cleared)
      positions[obligation.payee] += Int128(cleared)
    }
    #expect(clearing.cleared.count == obligations.count, comment)
    #expect(clearing.positions == positions, comment)
    #expect(positions.reduce(0, +) == 0, comment)
    for participant in liquidity.indices {
      #expect(0...liquidity[participant] ~= clearing.liquidityUsed[participant], comment)
      #expect(clearing.received[participant] == max(0, positions[participant]), comment)
    }
    #expect(clearing.received.reduce(0, +) == clearing.totalLiquidityUsed, comment)
    #expect(clearing.totalCleared == clearing.cleared.reduce(0) { $0 + Int128($1) }, comment)
  }

  /// The largest total, and the least liquidity for it, by trying every amount of every obligation.
  static func exhaustive(
    _ obligations: [NettablePayment], liquidity: [Int64]
  ) -> (total: Int64, used: Int64) {
    var best: (total: Int64, used: Int64) = (0, 0)
    var positions = liquidity.map { _ in Int64(0) }
    func decide(_ index: Int, total: Int64) {
      guard index < obligations.count else {
        guard zip(positions, liquidity).allSatisfy({ -$0 <= $1 }) else { return }
        let used = positions.reduce(0) { $0 + max(0, -$1) }
        if total > best.total || (total == best.total && used < best.used) { best = (total, used) }
        return
      }
      let (payer, payee) = (obligations[index].payer, obligations[index].payee)
      for amount in 0...obligations[index].amount {
        positions[payer] -= amount
        positions[payee] += amount
        decide(index + 1, total: total + amount)
        positions[payer] += amount
        positions[payee] -= amount
      }
    }
    decide(0, total: 0)
    return best
  }

  @Test("clears the most with the least liquidity, as by trying every amount", arguments: 0..<8)
  func isOptimal(block: Int) {
    for seed in block * 250..<(block + 1) * 250 {
      var numbers = NettingWorld.Numbers(seed: seed)
      let count = numbers.pick(2...5)
      let largest = numbers.pick(1...3)
      let obligations = (0..<numbers.pick(0...6)).map { _ in
        let payer = numbers.pick(0...count - 1)
        return NettablePayment(
          payer: payer, payee: (payer + numbers.pick(1...count - 1)) % count,
          amount: Int64(numbers.pick(1...largest)))
      }
      let most = [0, 1, 4][numbers.pick(0...2)]
      let liquidity = (0..<count).map { _ in Int64(numbers.pick(0...most)) }
      let clearing = MaximumCirculation.clear(
        obligations: obligations, participants: count, liquidity: liquidity)
      let best = Self.exhaustive(obligations, liquidity: liquidity)
      let comment: Comment = "seed \(seed): \(obligations), liquidity \(liquidity)"
      #expect(clearing.totalCleared == Int128(best.total), comment)
      #expect(clearing.totalLiquidityUsed == Int128(best.used), comment)
      Self.expectClearing(clearing, of: obligations, liquidity: liquidity, comment)
    }
  }

  @Test("a clearing already taken is taken back for a better one")
  func takesBack() {
    // Two short loops and one long share obligations; the long one alone is best by one.
    let obligations = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (1, 0), (3, 2)].map {
      NettablePayment(payer: $0, payee: $1, amount: 1)
    }
    let clearing = MaximumCirculation.clear(obligations: obligations, participants: 5)
    #expect(clearing.totalCleared == 5)
    #expect(clearing.cleared == [1, 1, 1, 1, 1, 0, 0])
  }

  @Test("a loop clears without money, a chain with as much as its last amount")
  func loopAndChain() {
    let loop = (0..<4).map {
      NettablePayment(payer: $0, payee: ($0 + 1) % 4, amount: 100 + Int64($0))
    }
    let clearing = MaximumCirculation.clear(obligations: loop, participants: 4)
    #expect(clearing.cleared == [100, 100, 100, 100])
    #expect(clearing.totalLiquidityUsed == 0)
    let chain = MaximumCirculation.clear(
      obligations: Array(loop.dropLast()), participants: 4, liquidity: [70, 0, 500, 500])
    #expect(chain.cleared == [70, 70, 102])
    #expect(chain.liquidityUsed == [70, 0, 32, 0])
    #expect(chain.received == [0, 0, 0, 102])
  }

  @Test("of several obligations of one pair, the earlier is cleared first")
  func earlierFirst() {
    let obligations = [
      NettablePayment(payer: 0, payee: 1, amount: 30),
      NettablePayment(payer: 0, payee: 1, amount: 30),
      NettablePayment(payer: 1, payee: 0, amount: 45),
    ]
    let clearing = MaximumCirculation.clear(obligations: obligations, participants: 2)
    #expect(clearing.cleared == [30, 15, 45])
  }

  @Test("the order of obligations changes nothing between participants", arguments: 0..<40)
  func isIndependentOfOrder(seed: Int) {
    let instance = NettingInstance.seeded(
      seed: UInt64(seed), participants: 12, obligations: 150)
    let liquidity = instance.liquidity(perThousand: seed % 2 == 0 ? 0 : 40)
    var numbers = NettingWorld.Numbers(seed: seed)
    func clear(_ obligations: [NettablePayment]) -> Circulation {
      MaximumCirculation.clear(obligations: obligations, participants: 12, liquidity: liquidity)
    }
    let one = clear(instance.obligations)
    let other = clear(instance.obligations.shuffled(using: &numbers))
    #expect(one.totalCleared == other.totalCleared)
    #expect(one.liquidityUsed == other.liquidityUsed)
    #expect(one.received == other.received)
    Self.expectClearing(one, of: instance.obligations, liquidity: liquidity)
  }

  @Test("more liquidity clears more, up to everything", arguments: 0..<10)
  func growsWithLiquidity(seed: Int) {
    let instance = NettingInstance.seeded(
      seed: UInt64(seed), participants: 30, obligations: 400)
    var last: Int128 = 0
    for share in [0, 10, 50, 200, 1_000] as [Int64] {
      let liquidity = instance.liquidity(perThousand: share)
      let clearing = MaximumCirculation.clear(
        obligations: instance.obligations, participants: 30, liquidity: liquidity)
      #expect(clearing.totalCleared >= last)
      last = clearing.totalCleared
    }
    #expect(last == NetPositions.gross(instance.obligations))
  }

  @Test("nothing owed and nobody there clear to nothing")
  func empty() {
    let clearing = MaximumCirculation.clear(obligations: [], participants: 0)
    #expect(clearing.cleared.isEmpty && clearing.totalCleared == 0)
    let idle = MaximumCirculation.clear(obligations: [], participants: 2, liquidity: [5, 5])
    #expect(idle.liquidityUsed == [0, 0])
  }

  @Test("amounts near 2^62 clear as the same amounts scaled down do", arguments: 0..<100)
  func isSafeFromOverflow(seed: Int) {
    var world = NettingWorld(seed: seed, participants: 2...6, payments: 0...40)
    world.available = world.available.map { max(0, $0) }
    let scale: Int64 = (1 << 62) / 30
    let scaled = world.queue.map {
      NettablePayment(payer: $0.payer, payee: $0.payee, amount: $0.amount * scale)
    }
    let small = MaximumCirculation.clear(
      obligations: world.queue, participants: world.available.count, liquidity: world.available)
    let large = MaximumCirculation.clear(
      obligations: scaled, participants: world.available.count,
      liquidity: world.available.map { $0 * scale })
    #expect(large.totalCleared == small.totalCleared * Int128(scale))
    #expect(large.cleared == small.cleared.map { $0 * scale })
  }
}
