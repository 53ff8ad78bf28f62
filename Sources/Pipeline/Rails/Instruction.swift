import PaymentModel
import VirtualTime

/// An order to move money between two participants of a rail (SPEC D9).
struct Instruction: Sendable {
  enum Kind: UInt8, Sendable {
    /// A batch, to a merchant's bank, or a collection from it.
    case payout
    /// What an acquirer's settlement file comes to.
    case funding
    /// What an issuer owes an acquirer for such a file.
    case scheme
  }
  var kind: Kind
  /// The cell it came from.
  var cell: Int
  /// Batch, or number of the settlement file, within the cell.
  var reference: UInt32
  var payer: BankID
  var payee: BankID
  /// Position in the run's list of currencies.
  var currency: UInt8
  /// Minor units, above zero.
  var amount: Int64
  /// Attempts that failed.
  var retries: UInt8 = 0
}

/// What the interbank network tells a cell.
enum InterbankNotice: Sendable {
  /// The instruction was executed at this instant.
  case executed(Instruction, at: VirtualInstant)
  case statement(BankStatement)
}
