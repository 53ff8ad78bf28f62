import Money
import PaymentModel
import Plants

/// A flow of money that is netted with others.
struct NettingEntry {
  var cycle: Int64
  var window: SettlementWindow
  var netting: Netting
  var currency: Currency
  var payer: BankID
  var payee: BankID
  /// From payer to payee, minor units; negative the other way.
  var amount: Int64
  var payments: Int
  /// What stands for it in `PlannedWire.batches`.
  var position: Int

  /// The flow of a batch that pays out `amount`.
  init(_ batch: PlannedBatch, position: Int, amount: Int64) {
    cycle = batch.cycle
    window = batch.window
    netting = batch.netting
    currency = batch.currency
    payer = batch.payer
    payee = batch.payee
    self.amount = amount
    payments = batch.members.count
    self.position = position
  }

  /// The flow by a wire of its own.
  /// - Precondition: the amount is not zero.
  var wire: PlannedWire {
    PlannedWire(
      payer: amount > 0 ? payer : payee, payee: amount > 0 ? payee : payer, currency: currency,
      amount: abs(amount), window: window, payments: payments, batches: [position])
  }
}

/// What flows must have in common to be netted.
private struct NettingSetKey: Hashable, Comparable {
  var cycle: Int64
  /// Window, currency, kind of netting and, for the bilateral, both banks.
  var kind: UInt64

  init(_ entry: NettingEntry) {
    cycle = entry.cycle
    kind =
      UInt64(entry.window.rawValue) << 48 | UInt64(entry.currency.index) << 40
      | UInt64(entry.netting.rawValue) << 32
    if entry.netting == .bilateral, !planted(Plant.bilateralAsMultilateral) {
      let (payer, payee) = (entry.payer.rawValue, entry.payee.rawValue)
      let isOneWay = planted(Plant.bilateralBothWays)
      let first = isOneWay ? payer : min(payer, payee)
      kind |= UInt64(first) << 16 | UInt64(isOneWay ? payee : max(payer, payee))
    }
  }

  static func < (first: NettingSetKey, second: NettingSetKey) -> Bool {
    (first.cycle, first.kind) < (second.cycle, second.kind)
  }
}

/// Flows grouped into the sets that are netted, and the wires that remain of them.
struct NettingSets {
  private let entries: [NettingEntry]

  init(_ entries: [NettingEntry]) { self.entries = entries }

  /// Ascending by cycle, window, currency, kind and banks. O(n log n).
  func wires(clearingBank: BankID?) -> [PlannedWire] {
    var sets = Partition<NettingSetKey>()
    for entry in entries { sets.append(NettingSetKey(entry)) }
    var wires: [PlannedWire] = []
    for (_, members) in sets.sorted() {
      let isBilateral = entries[members.first!].netting == .bilateral
      if isBilateral, !planted(Plant.bilateralAsMultilateral) {
        if let wire = bilateral(members) { wires.append(wire) }
      } else {
        wires += multilateral(members, clearingBank: clearingBank)
      }
    }
    return wires
  }

  /// The one wire between two banks; nil if they are even.
  private func bilateral(_ members: ArraySlice<Int>) -> PlannedWire? {
    var net = entries[members.first!]
    net.payments = 0
    net.amount = 0
    for member in members {
      let entry = entries[member]
      if planted(Plant.bilateralFlowDropped), member == members.last, members.count > 1 { continue }
      net.amount += entry.payer == net.payer ? entry.amount : -entry.amount
      net.payments += entry.payments
    }
    guard net.amount != 0 else { return nil }
    var wire = net.wire
    wire.batches = members.map { entries[$0].position }
    return wire
  }

  private func multilateral(
    _ members: ArraySlice<Int>, clearingBank: BankID?
  ) -> [PlannedWire] {
    let flows = members.map { entries[$0] }
    let positions = NetPositions(planted(Plant.netFlowDropped) ? Array(flows.dropLast()) : flows)
    let isStar = flows.allSatisfy { $0.payer == flows[0].payer }
    let transfers =
      if let hub = clearingBank ?? (isStar ? flows[0].payer : nil) {
        positions.transfers(against: hub)
      } else {
        positions.directTransfers()
      }
    // All wires of a set share one list of its batches.
    let batches = flows.map(\.position)
    return transfers.map { transfer in
      PlannedWire(
        payer: transfer.payer, payee: transfer.payee, currency: flows[0].currency,
        amount: transfer.amount, window: flows[0].window, payments: transfer.payments,
        batches: batches)
    }
  }
}
