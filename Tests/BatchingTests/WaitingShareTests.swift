import Testing

@testable import Batching

@Suite("What waits for others")
struct WaitingShareTests {
  @Test(
    "wires that payments come to are those of every case there is, counted",
    arguments: [(2, 1), (2, 4), (3, 1), (3, 2), (3, 3), (4, 2), (4, 3), (5, 2)])
  func wires(banks: Int, payments: Int) {
    let routes = (0..<banks).flatMap { payer in
      (0..<banks).filter { $0 != payer }.map { (payer, $0) }
    }
    // Of each case, the pairs of banks and the banks that it has.
    var (pairs, involved, cases) = (0, 0, 0)
    var chosen = [Int](repeating: 0, count: payments)
    while true {
      let own = chosen.map { routes[$0] }
      pairs += Set(own.map { [min($0.0, $0.1), max($0.0, $0.1)] }).count
      involved += Set(own.flatMap { [$0.0, $0.1] }).count
      cases += 1
      guard let place = chosen.lastIndex(where: { $0 + 1 < routes.count }) else { break }
      chosen[place] += 1
      for later in chosen.indices where later > place { chosen[later] = 0 }
    }
    let counted = min(
      Double(payments), Double(pairs) / Double(cases), Double(involved) / Double(cases))
    let found = ExpectedWires(banks: Double(banks)).of(Double(payments))
    #expect(abs(found - counted) < 1e-9, "\(found) where \(counted) are counted")
  }

  private static let price = RoundHorizon.Price(
    single: 600, consolidated: 510, operatorFee: 100)

  private func share(
    of payments: Double, with others: Double = 0, longest: Double, deviation: Double = 1
  ) -> WaitingShare {
    WaitingShare(
      of: payments, with: others, WaitingShare.Spread(mean: 1, square: 1 + deviation),
      longest: longest, Self.price, ExpectedWires(banks: 8))
  }

  @Test("everything waits where delay is nearly free, nothing where it costs more than wires")
  func ends() {
    #expect(share(of: 50, longest: 1e-6).count == 1)
    #expect(share(of: 50, longest: 1e9).count == 0)
    // Of 50 payments among 8 banks one more needs no wire more.
    #expect(share(of: 50, longest: 1e-6).most > 590)
  }

  @Test("who comes alone saves the discount at most, who meets others the wire")
  func alone() {
    #expect(abs(share(of: 0, longest: 100).most - 90) < 1e-9)
    #expect(share(of: 0, with: 100, longest: 100).most > 590)
  }

  @Test("the dearer delay is, the less waits; the more come, the more does", arguments: 0..<12)
  func monotone(step: Int) {
    let longest = 10 * Double(1 << step)
    #expect(share(of: 20, longest: 2 * longest).count <= share(of: 20, longest: longest).count)
    #expect(share(of: 20, longest: longest).count <= share(of: 80, longest: longest).count)
  }

  @Test("no other part of what comes costs less in wires and delay", arguments: 0..<12)
  func least(step: Int) {
    let (payments, longest) = (Double(5 + 3 * step), 20 * Double(1 << step))
    let spread = WaitingShare.Spread(mean: 1, square: 3)
    let wires = ExpectedWires(banks: 8)
    let found = share(of: payments, longest: longest, deviation: 2)
    func cost(_ count: Double, _ delay: Double) -> Double {
      payments * (1 - count) * Self.price.single
        + wires.of(payments * count) * Self.price.consolidated + payments * longest * delay
    }
    let own = cost(found.count, found.delay)
    for place in 0...WaitingShare.Spread.cases {
      let count = Double(place) / Double(WaitingShare.Spread.cases)
      #expect(own <= cost(count, spread.delays[place]) + 1e-9)
    }
  }

  @Test("exchanges wait where delay costs less than the spread, and small ones before large ones")
  func exchanges() {
    let spread = WaitingShare.Spread(mean: 1, square: 3)
    #expect(spread.waiting(mean: 1e6, fixed: 0, part: 0.001, longest: 0.0009) > 1 - 1e-9)
    #expect(spread.waiting(mean: 1e6, fixed: 0, part: 0, longest: 1e-6) == 0)
    let small = spread.waiting(mean: 1e3, fixed: 500, part: 0.001, longest: 0.1)
    let large = spread.waiting(mean: 1e5, fixed: 500, part: 0.001, longest: 0.1)
    #expect(small > 0.7)
    #expect(large < 0.1 && large > 0)
  }
}
