import Money
import PaymentModel

/// One transfer of money between two banks.
public struct PlannedWire: Sendable, Equatable {
  /// Whose account is debited.
  public var payer: BankID
  /// Whose account is credited.
  public var payee: BankID
  /// The currency that moves.
  public var currency: Currency
  /// Minor units, above zero.
  public var amount: Int64
  /// When it is to settle.
  public var window: SettlementWindow
  /// How many payments it settles: what the consolidation discount goes by.
  public var payments: Int
  /// The batches, by position in the plan, that are not settled before this wire is.
  public var batches: [Int]

  /// A wire with all its parts.
  public init(
    payer: BankID, payee: BankID, currency: Currency, amount: Int64, window: SettlementWindow,
    payments: Int, batches: [Int]
  ) {
    self.payer = payer
    self.payee = payee
    self.currency = currency
    self.amount = amount
    self.window = window
    self.payments = payments
    self.batches = batches
  }
}

/// The wires that move the money of a plan: a pure function of the plan and of what its batches pay
/// out.
public enum Wires {
  /// The wires of a plan: those of gross batches in the order of the plan, then those of each set
  /// that is netted, ascending by cycle, window, currency and banks.
  ///
  /// A batch is settled when all wires that name it are executed; a batch that no wire names needs
  /// no money, since it pays out nothing or nets to nothing, and is settled at once.
  ///
  /// - `payouts`: what each batch pays out in its currency, after fees and conversion; negative
  ///   where refunds outweigh payments, so that money is collected from the payee.
  /// - `clearingBank`: settles multilateral net positions; see `SettlementWorld.clearingBank`.
  /// - Precondition: there is a payout for every batch, and net positions fit 64 bits.
  public static func of(
    _ plan: SettlementPlan, payouts: [Int64], clearingBank: BankID?
  ) -> [PlannedWire] {
    precondition(
      payouts.count == plan.batches.count,
      "\(payouts.count) payouts for \(plan.batches.count) batches")
    var wires: [PlannedWire] = []
    wires.reserveCapacity(plan.batches.count)
    var netted: [NettingEntry] = []
    for (position, batch) in plan.batches.enumerated() {
      let entry = NettingEntry(batch, position: position, amount: payouts[position])
      if batch.netting != .gross {
        netted.append(entry)
      } else if entry.amount != 0 {
        wires.append(entry.wire)
      }
    }
    if !netted.isEmpty {
      wires += NettingSets(netted).wires(clearingBank: clearingBank)
    }
    return wires
  }
}
