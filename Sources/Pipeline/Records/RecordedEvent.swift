import Batching
import Interbank
import Money
import PaymentModel

/// Something that happened and that a listener may want to write down; it happens now, at the time
/// of the island that tells of it, unless it says otherwise.
enum RecordedEvent {
  /// An obligation came to be settled.
  case owed(OwedRecord)
  /// Obligations go on their way together.
  case batched(BatchRecord)
  /// What batches are settled by: the numbers of batches, and of the wire or net position.
  case carried([BatchID], by: UInt32)
  /// A batch has arrived, at a time in ns.
  case batchSettled(BatchID, at: Int64)
  /// A batch on its way went back to its payer; the end is told by this name.
  case batchReversed(BatchID, as: String)
  /// An obligation in no batch went back to its payer.
  case reversed(Obligation)
  /// What a batch pays to one merchant out of one currency.
  case paidOut(PayoutRecord)
  /// Currencies were exchanged with the dealer.
  case dealt(DealRecord)
  /// The interbank network took an instruction on.
  case instructed(Instruction)
  /// An instruction was executed, and what it costs.
  case executed(Instruction, WireCharge)
  /// A bank's statement carries a batch or a net position.
  case stated(BatchID)
  /// The counterparty of an instruction could not be reached over its rail.
  case unreachable(Instruction)
  /// An instruction takes another rail than the one at this position.
  case rerouted(Instruction, from: UInt8)
  /// An instruction waits for its rail until a UTC second.
  case postponed(Instruction, until: Int64)
  /// Wires of the transfer desk with this number were taken back.
  case withdrawn(WireID)
  /// A settlement system was handed a payment, under a handle.
  case arrived(InterbankPayment, Instruction)
  /// A settlement system has done something.
  case system(SettlementEvent, currency: CurrencyIndex)
  /// An entry of the schedule was carried out.
  case scheduled(ScheduledRecord)
  /// A settlement system's day has started.
  case dayOpened(currency: CurrencyIndex)
  /// A settlement system's day is over, and everything that belongs to it has been told.
  case dayClosed(currency: CurrencyIndex, CivilDate)
  /// The plan with a number, from 1.
  case planned(PlanReport, plan: Int)
  /// A ledger has posted a transfer.
  case posted(Posting)
}

/// An obligation as it came about.
struct OwedRecord {
  /// Why a bank owes.
  enum Kind: String { case capture, refund, void, transfer, returned = "return" }
  var obligation: Obligation
  var kind: Kind
  /// Position of the acquirer or scheme that authorised a card's payment; nil for transfers.
  var endpoint: EndpointIndex?
  /// When a transfer is due, nanoseconds since the start of the run; nil for cards.
  var due: Int64?
}

/// A batch as it goes on its way.
struct BatchRecord {
  var number: BatchID
  var payer: BankID
  var payee: BankID
  /// The merchant's position among those of its cell; nil for several, and for transfers.
  var merchant: MerchantID?
  /// Position in the run's list.
  var currency: CurrencyIndex
  /// What arrives, minor units; negative when money is collected.
  var payout: Int64
  var netting: Netting
  var window: SettlementWindow
  /// See `PlannedBatch.part`.
  var part: Int
  /// When its payments were due for batching, nanoseconds since the start of the run.
  var due: Int64
  /// Its payments, and what of each is in it.
  var members: [Obligation]
}

/// What a batch means for one merchant in one currency; minor units of that currency.
struct PayoutRecord {
  var batch: BatchID
  var merchant: MerchantID
  /// Position in the run's list of the currency of the payments.
  var source: CurrencyIndex
  /// Captured less given back.
  var gross: Int64
  var fees: Int64
  /// Position in the run's list of the currency that is paid out.
  var destination: CurrencyIndex
}

/// A deal with the dealer; amounts in minor units of their currencies.
struct DealRecord {
  var number: UInt32
  var bank: BankID
  var sold: MoneyAmount
  var bought: MoneyAmount
  /// Trillionths of a US dollar for one unit of what is sold and of what is bought.
  var rates: (sold: Int64, bought: Int64)
  /// What the spread takes, in the currency sold.
  var spread: MoneyAmount
  /// The same at mid in the reporting currency.
  var reportedSpread: MoneyAmount

  /// A deal at the rates of `world`.
  init(
    number: UInt32, bank: BankID, sold: MoneyAmount, bought: MoneyAmount, in world: SettlementWorld
  ) {
    self.number = number
    self.bank = bank
    self.sold = sold
    self.bought = bought
    let rates = world.rates
    self.rates = (rates.trillionths(of: sold.currency), rates.trillionths(of: bought.currency))
    spread = rates.spreadCost(of: sold, to: bought.currency)
    reportedSpread = rates.convert(spread, to: world.costs.currency).amount
  }
}

/// What the execution of an instruction costs.
struct WireCharge {
  /// What the bank charges its client; zero for what is no wire of a strategy.
  var price: MoneyAmount
  /// Whether the consolidation discount is taken off it.
  var isDiscounted: Bool
  /// What the rail's operator charges the bank.
  var fee: MoneyAmount
}

/// A transfer between two accounts of a ledger.
struct Posting {
  var kind: TransferKind
  /// Accounts, as the ledger numbers them.
  var debit: Int
  var credit: Int
  /// Minor units, above zero.
  var amount: Int64
  var reference: UInt32
}
