import Money
import PaymentModel
import Testing

@testable import Batching

@Suite("What banks have the money for")
struct FundsTests {
  private static let currencies: [Currency] = [.usd, .eur]

  private static func obligation(
    _ payment: Int, _ payer: Int, _ payee: Int, _ amount: Int64, _ source: Currency = .usd,
    _ destination: Currency = .usd
  ) -> Obligation {
    Obligation(
      payment: PaymentID(payment), merchant: MerchantID(0),
      route: SettlementRoute(
        payer: BankID(UInt16(payer)), payee: BankID(UInt16(payee)), source: source,
        destination: destination),
      amount: amount, captured: 0, businessDay: 0, deadline: 3, latest: .secondDay)
  }

  /// What is left of a bank's money in a currency after all of `settled`, taken together.
  private func left(
    _ settled: [Int], _ pending: [Obligation], _ world: SettlementWorld, _ bank: Int,
    _ currency: Currency
  ) -> Int64 {
    var left = world.funds![BankID(UInt16(bank)), currency]!
    for index in settled {
      let route = pending[index].route
      let amount = MoneyAmount(minorUnits: pending[index].amount, currency: route.source)
      if Int(route.payer.rawValue) == bank, route.source == currency { left -= amount.minorUnits }
      if Int(route.payee.rawValue) == bank, route.destination == currency {
        left += world.rates.convert(amount, to: currency).amount.minorUnits
      }
    }
    return left
  }

  @Test(
    "what leaves together is covered, and waits only where it may and money lacks",
    arguments: 0..<300)
  func covered(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    let banks = numbers.pick(2...5)
    var world = try SmallWorld.settlementWorld(maximumBatch: 10)
    var funds = SettlementFunds()
    for bank in 0..<banks {
      for currency in Self.currencies {
        funds[BankID(UInt16(bank)), currency] = Int64(numbers.pick(0...3) * 30_000)
      }
    }
    world.funds = funds
    let pending = (0..<numbers.pick(1...30)).map { payment in
      let payer = numbers.pick(0...banks - 1)
      return Self.obligation(
        payment, payer, (payer + numbers.pick(1...banks - 1)) % banks,
        Int64(numbers.pick(1...60_000)), Self.currencies[numbers.pick(0...1)],
        Self.currencies[numbers.pick(0...1)])
    }
    let mayWait = pending.map { _ in numbers.pick(0...2) > 0 }
    let all = Array(pending.indices)
    let selection = CoverSelection(all, of: pending, in: world) { mayWait[$0] }
    #expect((selection.covered + selection.held + selection.uncovered).sorted() == all)
    #expect(selection.held.allSatisfy { mayWait[$0] })
    #expect(selection.uncovered.allSatisfy { !mayWait[$0] })
    var isShort = false
    for bank in 0..<banks {
      for currency in Self.currencies {
        #expect(
          left(selection.covered, pending, world, bank, currency) >= 0,
          "seed \(seed): bank \(bank) in \(currency)")
        isShort = isShort || left(all, pending, world, bank, currency) < 0
        // What may wait goes first.
        let own = selection.covered.filter {
          mayWait[$0] && Int(pending[$0].route.payer.rawValue) == bank
            && pending[$0].route.source == currency
        }
        let isForced = selection.uncovered.contains {
          Int(pending[$0].route.payer.rawValue) == bank && pending[$0].route.source == currency
        }
        #expect(own.isEmpty || !isForced, "seed \(seed)")
      }
    }
    #expect(isShort != (selection.covered == all), "seed \(seed)")
  }

  @Test("the smallest payment that is enough waits, so that the others keep their round")
  func smallestThatIsEnough() throws {
    var world = try SmallWorld.settlementWorld(maximumBatch: 10)
    world.funds = SettlementFunds()
    world.funds![BankID(0), .usd] = 1_000
    let pending = [700, 300, 200, 50].enumerated().map { Self.obligation($0, 0, 1, Int64($1)) }
    let selection = CoverSelection(Array(0..<4), of: pending, in: world) { _ in true }
    // 250 are missing.
    #expect(selection.held == [1] && selection.covered == [0, 2, 3])
  }

  @Test("what one is paid counts for what it pays, and falls with it")
  func chain() throws {
    var world = try SmallWorld.settlementWorld(maximumBatch: 10)
    var funds = SettlementFunds()
    for (bank, money) in [(0, 100), (1, 0), (2, 0)] {
      funds[BankID(UInt16(bank)), .usd] = Int64(money)
    }
    world.funds = funds
    let pending = [(0, 1), (1, 2), (2, 0)].enumerated().map {
      Self.obligation($0, $1.0, $1.1, 100)
    }
    #expect(CoverSelection([0, 1, 2], of: pending, in: world) { _ in true }.held.isEmpty)
    world.funds![BankID(0), .usd] = 99
    #expect(CoverSelection([0, 1], of: pending, in: world) { _ in true }.covered.isEmpty)
    world.funds = nil
    #expect(CoverSelection([0, 1], of: pending, in: world) { _ in true }.covered == [0, 1])
  }
}
