import Interbank
import PaymentModel
import VirtualTime

/// An order to move money between two participants of a rail (SPEC D9).
struct Instruction: Sendable {
  enum Kind: UInt8, Sendable {
    /// A batch, to a merchant's bank, or a collection from it; also a cell's side of a deal.
    case payout
    /// What an acquirer's settlement file comes to.
    case funding
    /// What an issuer owes an acquirer for such a file.
    case scheme
    /// A wire of the transfer desk.
    case transfer
    /// A bank's side of a deal with the dealer.
    case exchange
  }
  var kind: Kind
  /// The cell it came from; `desk` for the transfer desk.
  var cell: Int
  /// Batch, wire, deal or number of the settlement file, where it came from.
  var reference: UInt32
  /// The batch that it is for, where it is a payout.
  var batch: BatchID { BatchID(reference) }
  /// The wire of the transfer desk that it is, where it is a transfer.
  var wire: WireID { WireID(reference) }
  var payer: BankID
  var payee: BankID
  /// Position in the run's list of currencies.
  var currency: CurrencyIndex
  /// Minor units, above zero; of one that a close has given back, or that the horizon has left,
  /// only what remains.
  var amount: Int64
  /// What had settled in parts before a close gave the rest back, or the horizon came; minor units.
  var settled: Int64 = 0
  /// When it is to settle at the earliest.
  var window = SettlementWindow.sameDay
  /// Payments that it settles; 0 for what is no wire of a strategy.
  var payments: Int32 = 0
  /// How urgent it is.
  var priority = PaymentPriority.normal
  /// Which recorded payments it settles with, all or none; 0: it stands alone.
  var group: UInt32 = 0
  /// When it should be executed at the latest, nanoseconds since the start of the run.
  var deadline: Int64?
  /// Number among the instructions of the run, from 1 in the order in which the network took them
  /// on; 0 before that.
  var number: Int64 = 0
  /// Attempts on its rail that failed.
  var retries: UInt8 = 0
  /// When it was handed in, nanoseconds since the start of the run.
  var submitted: Int64 = 0
  /// The rail it takes, a position in the scenario's list.
  var rail: UInt8 = 0
  /// Rails over which the counterparty could not be reached since the last window, in the order in
  /// which they were tried.
  var tried: [UInt8] = []

  /// Only `remaining` is yet to move.
  mutating func keep(remaining: Int64) {
    settled += amount - remaining
    amount = remaining
  }

  /// The instruction as it was sent, with all that has moved for it.
  var whole: Instruction {
    var whole = self
    whole.amount += settled
    whole.settled = 0
    return whole
  }

  /// Stands for the transfer desk in `cell`.
  static let desk = -1

  /// Whether it goes before others that wait.
  var isUrgent: Bool { priority == .urgent }

  /// Whether a strategy sent it, so that its price is a cost of the strategy.
  var isWire: Bool { payments > 0 }
}

/// What the interbank network tells a cell.
enum InterbankNotice: Sendable {
  /// The instruction was executed at this instant.
  case executed(Instruction, at: VirtualInstant)
  case statement(BankStatement)
}
