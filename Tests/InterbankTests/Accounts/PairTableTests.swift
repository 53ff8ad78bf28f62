import Chance
import Testing

@testable import Interbank

@Suite("Numbers of pairs of participants")
struct PairTableTests {
  @Test(
    "small and large tables hold what was put into them, and net it pair by pair",
    arguments: [3, 128, 129, 2_000])
  func holds(participants: Int) {
    var table = PairTable<Int64>(participants: participants)
    var model: [[Int]: Int64] = [:]
    var random = RandomStream(seed: 5, component: "pairs", purpose: "test")
    for day in 0..<3 {
      for _ in 0..<400 {
        let payer = Int(random.below(UInt64(participants)))
        let payee = Int(random.below(UInt64(participants)))
        guard payer != payee else { continue }
        let amount = Int64(random.below(7)) - 3
        table[payer, payee] += amount
        model[[payer, payee], default: 0] += amount
      }
      for (pair, amount) in model { #expect(table[pair[0], pair[1]] == amount) }
      let pairs = Set(model.keys.map { $0.sorted() })
      let net = pairs.reduce(Int64(0)) {
        $0 + abs((model[$1] ?? 0) - (model[[$1[1], $1[0]]] ?? 0))
      }
      #expect(table.netted == net, "day \(day)")
      table.clear()
      #expect(table.netted == 0)
      for pair in model.keys { #expect(table[pair[0], pair[1]] == 0) }
      model = [:]
    }
  }
}
