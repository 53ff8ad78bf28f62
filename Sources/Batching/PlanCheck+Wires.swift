import Money
import PaymentModel

extension PlanCheck {
  private struct Position: Hashable, Comparable, CustomStringConvertible {
    var cycle: Int64
    var window: SettlementWindow
    var currency: Currency
    var bank: BankID

    static func < (first: Position, second: Position) -> Bool {
      (first.cycle, first.window, first.currency, first.bank)
        < (second.cycle, second.window, second.currency, second.bank)
    }

    var description: String { "\(bank) in \(currency), \(window), cycle \(cycle)" }
  }

  /// The first rule that the wires of a plan break, in words; nil if they keep them all.
  ///
  /// Each wire moves something between two banks and names batches of one cycle, window and
  /// currency; each gross batch that pays out anything has exactly one wire, which moves just that;
  /// over all wires every bank's net position in each cycle, window and currency is what it is over
  /// the payouts of the batches, so that nothing is lost and positions sum to zero; and two banks
  /// that net bilaterally have one wire, for what is left between them. O(n log n) in batches and
  /// wires.
  public static func violation(
    of wires: [PlannedWire], for plan: SettlementPlan, payouts: [Int64]
  ) -> String? {
    var owed: [Position: Int64] = [:]
    var wiresOfGross = plan.batches.indices.map {
      plan.batches[$0].netting == .gross && payouts[$0] != 0 ? 1 : 0
    }
    func add(_ amount: Int64, _ payer: BankID, _ payee: BankID, like position: Position) {
      for (bank, sign) in [(payer, Int64(1)), (payee, -1)] {
        var own = position
        own.bank = bank
        owed[own, default: 0] += sign * amount
      }
    }
    for (batch, payout) in zip(plan.batches, payouts) {
      add(
        payout, batch.payer, batch.payee,
        like: Position(
          cycle: batch.cycle, window: batch.window, currency: batch.currency, bank: batch.payer))
    }
    for (number, wire) in wires.enumerated() {
      guard wire.amount > 0, wire.payer != wire.payee, let first = wire.batches.first else {
        return "wire \(number) moves \(wire.amount) from \(wire.payer) to \(wire.payee)"
      }
      let cycle = plan.batches[first].cycle
      for position in wire.batches {
        let batch = plan.batches[position]
        guard (batch.cycle, batch.window, batch.currency) == (cycle, wire.window, wire.currency)
        else { return "wire \(number) names batch \(position) of another set" }
        if batch.netting == .gross { wiresOfGross[position] -= 1 }
        guard batch.netting != .gross || wire.amount.magnitude == payouts[position].magnitude else {
          return "wire \(number) moves \(wire.amount) for a payout of \(payouts[position])"
        }
      }
      add(
        -wire.amount, wire.payer, wire.payee,
        like: Position(
          cycle: cycle, window: wire.window, currency: wire.currency, bank: wire.payer))
    }
    if let batch = wiresOfGross.firstIndex(where: { $0 != 0 }) {
      return "batch \(batch) has \(1 - wiresOfGross[batch]) wires of its own"
    }
    let open = owed.filter { $0.value != 0 }.sorted { $0.key < $1.key }
    return open.first.map { "wires leave \($0.value) minor units open at \($0.key)" }
      ?? bilateral(wires, plan, payouts)
  }

  /// What of the wires between banks that net bilaterally is wrong: nothing if those of one cycle,
  /// window and currency have one wire, named by all their batches, for what their payouts leave.
  private static func bilateral(
    _ wires: [PlannedWire], _ plan: SettlementPlan, _ payouts: [Int64]
  ) -> String? {
    var left: [Pair: (amount: Int64, batches: [Int])] = [:]
    for (position, batch) in plan.batches.enumerated() where batch.netting == .bilateral {
      let pair = Pair(batch)
      let sign: Int64 = batch.payer == pair.first ? 1 : -1
      left[pair, default: (0, [])].amount += sign * payouts[position]
      left[pair, default: (0, [])].batches.append(position)
    }
    guard !left.isEmpty else { return nil }
    for (number, wire) in wires.enumerated() {
      let batch = plan.batches[wire.batches[0]]
      guard batch.netting == .bilateral else { continue }
      let pair = Pair(batch)
      let isForward = wire.payer == pair.first
      guard
        let net = left.removeValue(forKey: pair), net.batches == wire.batches,
        net.amount == (isForward ? wire.amount : -wire.amount),
        wire.payee == (isForward ? pair.second : pair.first)
      else { return "wire \(number) is not what is left between \(pair.first) and \(pair.second)" }
    }
    // ordered: whether there is any, not which
    return left.values.contains { $0.amount != 0 } ? "two banks have no wire for their net" : nil
  }

  /// What batches of two banks that net bilaterally have in common.
  private struct Pair: Hashable {
    var cycle: Int64
    var window: SettlementWindow
    var currency: Currency
    var first: BankID
    var second: BankID

    init(_ batch: PlannedBatch) {
      cycle = batch.cycle
      window = batch.window
      currency = batch.currency
      first = min(batch.payer, batch.payee)
      second = max(batch.payer, batch.payee)
    }
  }
}
