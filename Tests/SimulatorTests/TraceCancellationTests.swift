import Money
import Testing

@testable import Simulator

@Suite("Cancellation matcher")
struct TraceCancellationTests {
  private typealias Part = CancellationMatcher.Part

  /// A matcher that has seen payments 0, 1, 2, ... of these amounts, of merchant 1 in USD.
  private func matcher(_ amounts: [Int64], horizon: Int = 4_096) -> CancellationMatcher {
    var matcher = CancellationMatcher(horizon: horizon)
    for (index, amount) in amounts.enumerated() {
      matcher.pay(index, merchant: 1, currency: .usd, amount: amount)
    }
    return matcher
  }

  private func cancel(
    _ amount: Int64, of matcher: inout CancellationMatcher
  ) -> CancellationMatcher.Match {
    matcher.cancel(merchant: 1, currency: .usd, amount: amount)
  }

  @Test("the newest payment of exactly the amount comes first")
  func exact() {
    var matcher = matcher([50, 70, 50, 90])
    #expect(cancel(50, of: &matcher) == .parts([Part(payment: 2, amount: 50, isFull: true)]))
    #expect(cancel(50, of: &matcher) == .parts([Part(payment: 0, amount: 50, isFull: true)]))
  }

  @Test("else the newest payment with more left is taken in part")
  func partial() {
    var matcher = matcher([100, 80, 20])
    #expect(cancel(60, of: &matcher) == .parts([Part(payment: 1, amount: 60, isFull: false)]))
    #expect(cancel(60, of: &matcher) == .parts([Part(payment: 0, amount: 60, isFull: false)]))
    // What is left counts, not what was paid: 40, 20 and 20.
    #expect(cancel(40, of: &matcher) == .parts([Part(payment: 0, amount: 40, isFull: true)]))
    #expect(cancel(20, of: &matcher) == .parts([Part(payment: 2, amount: 20, isFull: true)]))
    #expect(cancel(20, of: &matcher) == .parts([Part(payment: 1, amount: 20, isFull: true)]))
    #expect(cancel(1, of: &matcher) == .unmatched(.noPayment))
  }

  @Test("else the fewest of the newest payments that cover it are taken together")
  func several() {
    var matcher = matcher([500, 9, 1, 1, 1])
    // 510 needs the oldest; with it 9 and 1 are enough, and the newest of the ones is as good.
    #expect(
      cancel(510, of: &matcher)
        == .parts([
          Part(payment: 4, amount: 1, isFull: true), Part(payment: 1, amount: 9, isFull: true),
          Part(payment: 0, amount: 500, isFull: true),
        ]))
  }

  @Test("going back stops as soon as the amount is covered")
  func horizonOfNeed() {
    var matcher = matcher([8, 5, 5, 5])
    #expect(
      cancel(9, of: &matcher)
        == .parts([
          Part(payment: 3, amount: 5, isFull: true), Part(payment: 2, amount: 4, isFull: false),
        ]))
  }

  @Test("what four payments do not cover is unmatched and takes nothing")
  func notCovered() {
    var matcher = matcher([10, 10, 10, 10, 10])
    #expect(cancel(41, of: &matcher) == .unmatched(.notCovered(available: 50)))
    guard case .parts(let parts) = cancel(40, of: &matcher) else {
      Issue.record("four payments cover 40")
      return
    }
    #expect(parts.map(\.payment) == [4, 3, 2, 1])
  }

  @Test("merchants and currencies do not mix")
  func apart() {
    var matcher = matcher([100])
    let otherMerchant = matcher.cancel(merchant: 2, currency: .usd, amount: 100)
    let otherCurrency = matcher.cancel(merchant: 1, currency: .eur, amount: 100)
    #expect(otherMerchant == .unmatched(.noPayment))
    #expect(otherCurrency == .unmatched(.noPayment))
  }

  @Test("a payment forgotten, or beyond the horizon, is not taken back")
  func forgotten() {
    var matcher = matcher([100, 50])
    matcher.forget(0, merchant: 1, currency: .usd)
    #expect(cancel(100, of: &matcher) == .unmatched(.notCovered(available: 50)))
    for count in [3, 4, 5, 6, 7, 50] {
      var short = self.matcher([700] + Array(repeating: 1, count: count - 1), horizon: 3)
      let expected: CancellationMatcher.Match =
        count == 3
        ? .parts([Part(payment: 0, amount: 700, isFull: true)])
        : .unmatched(.notCovered(available: 3))
      #expect(cancel(700, of: &short) == expected, "\(count)")
    }
  }

  @Test("whatever the order, refunds never exceed payments", arguments: 1...50)
  func bounded(seed: UInt64) {
    var state = seed
    func draw(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var matcher = CancellationMatcher(horizon: 20)
    var left: [Int64] = []
    for _ in 0..<500 {
      let merchant = draw(3)
      let amount = Int64(1 + draw(60))
      guard draw(3) == 0 else {
        // A payment's merchant is its place modulo three.
        while left.count % 3 != merchant { left.append(0) }
        matcher.pay(left.count, merchant: merchant, currency: .usd, amount: amount)
        left.append(amount)
        continue
      }
      guard
        case .parts(let parts) = matcher.cancel(
          merchant: merchant, currency: .usd, amount: amount)
      else { continue }
      #expect(parts.reduce(0) { $0 + $1.amount } == amount, "seed \(seed)")
      #expect((1...4).contains(parts.count), "seed \(seed)")
      #expect(parts.map(\.payment) == parts.map(\.payment).sorted(by: >), "seed \(seed)")
      for part in parts {
        left[part.payment] -= part.amount
        #expect(part.payment % 3 == merchant, "seed \(seed)")
        #expect(part.amount > 0 && left[part.payment] >= 0, "seed \(seed)")
        #expect(part.isFull == (left[part.payment] == 0), "seed \(seed)")
      }
    }
  }
}
