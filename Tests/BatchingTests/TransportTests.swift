import Testing

@testable import Batching

@Suite("Transport problem")
struct TransportTests {
  /// The least cost of sending all that can be sent, by trying every flow.
  private static func leastCost(
    _ supplies: [Int], _ demands: [Int], _ costs: [Double?]
  ) -> (sent: Int, cost: Int) {
    var best = (sent: 0, cost: 0)
    func search(_ cell: Int, _ supplies: [Int], _ demands: [Int], _ sent: Int, _ cost: Int) {
      guard cell < costs.count else {
        if sent > best.sent || (sent == best.sent && cost < best.cost) { best = (sent, cost) }
        return
      }
      let (row, column) = (cell / demands.count, cell % demands.count)
      let most = costs[cell] == nil ? 0 : min(supplies[row], demands[column])
      for amount in 0...most {
        var (left, wanted) = (supplies, demands)
        left[row] -= amount
        wanted[column] -= amount
        search(
          cell + 1, left, wanted, sent + amount, cost + amount * Int((costs[cell] ?? 0) * 1e6))
      }
    }
    search(0, supplies, demands, 0, 0)
    return best
  }

  @Test("as much as possible is sent at the least cost that any flow has", arguments: 0..<20)
  func optimal(block: Int) {
    for seed in block * 20..<(block + 1) * 20 {
      var numbers = SplitMix(seed: seed)
      let (rows, columns) = (numbers.pick(1...3), numbers.pick(1...3))
      let supplies = (0..<rows).map { _ in numbers.pick(0...4) }
      let demands = (0..<columns).map { _ in numbers.pick(0...4) }
      let costs: [Double?] = (0..<rows * columns).map { _ in
        numbers.pick(0...9) == 0 ? nil : Double(numbers.pick(0...9))
      }
      var transport = Transport(
        supplies: supplies.map { Int128($0) }, demands: demands.map { Int128($0) }, costs: costs)
      transport.solve()
      var (sent, cost) = (0, 0)
      for row in 0..<rows {
        for column in 0..<columns {
          let flow = Int(transport[row, column])
          #expect(flow >= 0 && (flow == 0 || costs[row * columns + column] != nil))
          sent += flow
          cost += flow * Int((costs[row * columns + column] ?? 0) * 1e6)
        }
      }
      #expect((sent, cost) == Self.leastCost(supplies, demands, costs), "seed \(seed)")
    }
  }
}
