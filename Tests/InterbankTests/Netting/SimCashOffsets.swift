import Interbank

/// The bilateral and cycle offsets of SimCash, after its documentation and written apart from what
/// is tested: all payments between two banks at one moment if the one that pays more can cover the
/// difference, the pair first that offsets most; then the queue in order; then circles of three
/// banks with everything they owe each other, and of four with single payments, the circle of most
/// value first, each whole or not at all; then the queue again; up to three times over.
struct SimCashOffsets {
  private var balances: [Int64]
  private let queue: [NettablePayment]
  private var open: [Bool]
  private(set) var value: Int128 = 0

  init(queue: [NettablePayment], balances: [Int64]) {
    self.queue = queue
    self.balances = balances
    open = queue.map { _ in true }
    for _ in 0..<3 {
      let before = value
      offsetPairs()
      retry()
      offsetCircles()
      retry()
      if value == before { break }
    }
  }

  private func waiting(_ payer: Int, _ payee: Int) -> [Int] {
    queue.indices.filter { open[$0] && queue[$0].payer == payer && queue[$0].payee == payee }
  }

  private func sum(_ positions: [Int]) -> Int64 { positions.reduce(0) { $0 + queue[$1].amount } }

  /// Settles all of them if every bank is then no lower than zero, or no lower than before.
  private mutating func settle(_ positions: [Int]) {
    guard positions.allSatisfy({ open[$0] }) else { return }
    var after = balances
    for position in positions {
      after[queue[position].payer] -= queue[position].amount
      after[queue[position].payee] += queue[position].amount
    }
    for bank in balances.indices where after[bank] < 0 && after[bank] < balances[bank] { return }
    balances = after
    for position in positions { open[position] = false }
    value += Int128(sum(positions))
  }

  private mutating func offsetPairs() {
    var pairs: [(offset: Int64, low: Int, high: Int)] = []
    for low in balances.indices {
      for high in balances.indices where high > low {
        let offset = min(sum(waiting(low, high)), sum(waiting(high, low)))
        if offset > 0 { pairs.append((offset, low, high)) }
      }
    }
    pairs.sort { ($1.offset, $0.low, $0.high) < ($0.offset, $1.low, $1.high) }
    for pair in pairs { settle(waiting(pair.low, pair.high) + waiting(pair.high, pair.low)) }
  }

  private mutating func retry() {
    for position in queue.indices where open[position] { settle([position]) }
  }

  private mutating func offsetCircles() {
    var circles: [[Int]] = []
    let banks = balances.indices
    for first in banks {
      for second in banks where second > first {
        for third in banks where third > first && third != second {
          let sides = [waiting(first, second), waiting(second, third), waiting(third, first)]
          if !sides.contains([]) { circles.append(sides.flatMap { $0 }) }
        }
      }
    }
    circles += quadrangles()
    let order = circles.indices.sorted { left, right in
      (sum(circles[right]), left) < (sum(circles[left]), right)
    }
    for circle in order { settle(circles[circle]) }
  }

  /// Single payments from bank to bank to bank to bank and back.
  private func quadrangles() -> [[Int]] {
    var found: [[Int]] = []
    let left = queue.indices.filter { open[$0] }
    guard left.count <= 40 else { return [] }
    for one in left {
      let start = queue[one].payer
      for two in left where queue[two].payer == queue[one].payee && queue[two].payee > start {
        for three in left where queue[three].payer == queue[two].payee {
          let next = queue[three].payee
          guard next > start, next != queue[one].payee, queue[one].payee > start else { continue }
          for four in left where queue[four].payer == next && queue[four].payee == start {
            found.append([one, two, three, four])
          }
        }
      }
    }
    return found
  }
}
