import Batching
import Money
import PaymentModel
import Testing

@Suite("Netting")
struct NettingTests {
  /// Payments of so many minor units of one currency between banks.
  private static func pending(_ flows: [(Int, Int, Int64)]) -> [Obligation] {
    flows.map { payer, payee, amount in
      Obligation(
        payment: 0, merchant: MerchantID(0),
        route: SettlementRoute(
          payer: BankID(UInt16(payer)), payee: BankID(UInt16(payee)), source: .usd,
          destination: .usd),
        amount: amount, captured: 0, businessDay: 0, deadline: 0)
    }
  }

  private static func wires(
    _ name: String, _ pending: [Obligation], clearingBank: BankID? = nil
  ) throws -> [PlannedWire] {
    let world = try SmallWorld.settlementWorld(maximumBatch: 10)
    let plan = try StrategyRegistry.make(name).plan(pending, in: world)
    return Wires.of(
      plan, payouts: Payouts.beforeFees(of: plan, pending, in: world), clearingBank: clearingBank)
  }

  private static func text(_ wires: [PlannedWire]) -> [String] {
    wires.map { "\($0.payer.rawValue)>\($0.payee.rawValue) \($0.amount) (\($0.payments))" }
  }

  @Test("two banks that owe each other move the difference, once")
  func pair() throws {
    let pending = Self.pending([(1, 2, 70), (2, 1, 100), (1, 2, 10), (2, 1, -5)])
    let wires = try Self.wires("bilateral_netting", pending)
    #expect(Self.text(wires) == ["2>1 15 (4)"])
    #expect(wires[0].batches == [0, 1])
    #expect(try Self.wires("counterparty_consolidation", pending).count == 2)
  }

  @Test("a ring of equal debts needs three bilateral wires, and no multilateral one")
  func ring() throws {
    let pending = Self.pending([(1, 2, 100), (2, 3, 100), (3, 1, 100)])
    #expect(try Self.wires("bilateral_netting", pending).count == 3)
    #expect(try Self.wires("multilateral_netting", pending).isEmpty)
    #expect(
      try Self.wires("multilateral_netting", pending, clearingBank: BankID(9)).isEmpty)
  }

  @Test("net positions go over the clearing account, or else from debtors to creditors")
  func clearing() throws {
    let pending = Self.pending([(1, 2, 100), (2, 3, 60), (3, 4, 50), (1, 4, 10), (4, 2, 30)])
    let direct = try Self.wires("multilateral_netting", pending)
    #expect(Self.text(direct) == ["1>2 70 (2)", "1>3 10 (2)", "1>4 30 (2)"])
    let cleared = try Self.wires("multilateral_netting", pending, clearingBank: BankID(9))
    #expect(
      Self.text(cleared) == ["1>9 110 (2)", "9>2 70 (3)", "9>3 10 (2)", "9>4 30 (3)"])
    for wire in direct + cleared { #expect(wire.batches == [0, 1, 2, 3, 4]) }
  }

  @Test("where one bank pays all, each other bank has one wire with it, in its own direction")
  func star() throws {
    let pending = Self.pending([(0, 1, 100), (0, 2, -40), (0, 1, 20), (0, 3, 0)])
    let wires = try Self.wires("multilateral_netting", pending)
    #expect(Self.text(wires) == ["0>1 120 (2)", "2>0 40 (1)"])
  }

  @Test("banks that owe each other nothing do not pay each other")
  func islands() throws {
    let pending = Self.pending([(1, 2, 10), (3, 4, 10), (2, 1, 3)])
    let wires = try Self.wires("multilateral_netting", pending)
    #expect(Self.text(wires) == ["1>2 7 (2)", "3>4 10 (1)"])
  }

  @Test("a net amount is one wire, whatever a batch may hold")
  func limit() throws {
    let pending = Self.pending(Array(repeating: (1, 2, 100), count: 25))
    let wires = try Self.wires("bilateral_netting", pending)
    #expect(Self.text(wires) == ["1>2 2500 (25)"])
    #expect(wires[0].batches == [0, 1, 2])
  }

  @Test("netting moves no more than gross settlement, and takes no more wires", arguments: 0..<40)
  func less(block: Int) throws {
    for seed in block * 50..<(block + 1) * 50 {
      let small = try SmallWorld(seed: seed)
      let plan = try StrategyRegistry.make("counterparty_consolidation")
        .plan(small.obligations, in: small.world)
      let payouts = Payouts.beforeFees(of: plan, small.obligations, in: small.world)
      func wires(_ netting: Netting, _ clearingBank: BankID?) -> [PlannedWire] {
        var changed = plan
        for position in changed.batches.indices { changed.batches[position].netting = netting }
        return Wires.of(changed, payouts: payouts, clearingBank: clearingBank)
      }
      let (gross, bilateral) = (wires(.gross, nil), wires(.bilateral, nil))
      let (direct, cleared) = (wires(.multilateral, nil), wires(.multilateral, BankID(9)))
      let banks = Set(
        plan.batches.flatMap { batch in
          [batch.payer, batch.payee].map { "\(batch.cycle) \(batch.currency) \($0)" }
        })
      #expect(bilateral.count <= gross.count, "seed \(seed)")
      #expect(direct.count <= bilateral.count, "seed \(seed)")
      #expect(cleared.count <= banks.count, "seed \(seed)")
      for currency in [Currency.usd, .eur] {
        func moved(_ wires: [PlannedWire]) -> Int64 {
          wires.filter { $0.currency == currency }.reduce(0) { $0 + $1.amount }
        }
        // What debtors pay into the clearing account, it pays out again to creditors.
        let paidIn = cleared.filter { $0.payee == BankID(9) }
        #expect(2 * moved(paidIn) == moved(cleared), "seed \(seed)")
        #expect(moved(paidIn) <= moved(direct), "seed \(seed)")
        #expect(moved(direct) <= moved(bilateral), "seed \(seed)")
        #expect(moved(bilateral) <= moved(gross), "seed \(seed)")
      }
    }
  }

  @Test("wires that lose, invent or misname money are found out")
  func violations() throws {
    let pending = Self.pending([(1, 2, 100), (2, 3, 60), (3, 1, 50)])
    let world = try SmallWorld.settlementWorld(maximumBatch: 10)
    let plan = try StrategyRegistry.make("bilateral_netting").plan(pending, in: world)
    let wires = Wires.of(plan, payouts: [100, 60, 50], clearingBank: nil)
    func verdict(_ change: (inout [PlannedWire]) -> Void) -> String? {
      var broken = wires
      change(&broken)
      return PlanCheck.violation(of: broken, for: plan, payouts: [100, 60, 50])
    }
    #expect(verdict { _ in } == nil)
    #expect(
      verdict { $0[0].amount -= 1 }
        == "wires leave 1 minor units open at bank-1 in USD, rtgs, cycle 0")
    #expect(verdict { $0.removeLast() }?.hasPrefix("wires leave") == true)
    #expect(verdict { $0[1].payee = $0[1].payer }?.hasPrefix("wire 1 moves") == true)
    #expect(verdict { $0[1].currency = .eur } == "wire 1 names batch 2 of another set")
    let together = try StrategyRegistry.make("multilateral_netting").plan(pending, in: world)
    let positions = Wires.of(together, payouts: [100, 60, 50], clearingBank: nil)
    #expect(
      verdict { $0 = positions }?.hasPrefix("wire 0 is not what is left between bank-1") == true)
    let gross = try StrategyRegistry.make("counterparty_consolidation").plan(pending, in: world)
    var twice = Wires.of(gross, payouts: [100, 60, 50], clearingBank: nil)
    twice.append(twice[0])
    #expect(
      PlanCheck.violation(of: twice, for: gross, payouts: [100, 60, 50])
        == "batch 0 has 2 wires of its own")
  }
}
