import Money
import PaymentModel

/// A bank's account in one currency.
struct BankAccount: Hashable, Comparable {
  var bank: BankID
  var currency: Currency

  static func < (first: BankAccount, second: BankAccount) -> Bool {
    (first.currency, first.bank) < (second.currency, second.bank)
  }
}

/// What banks could pay, net, as a plan is made: balance and credit, within caps, less what is on
/// its way already. Minor units.
public struct SettlementFunds: Sendable {
  /// Looked up by account.
  private var rooms: [BankAccount: Int64] = [:]

  /// Nothing is known of any bank, which does not limit it.
  public init() {}

  /// What a bank could pay in a currency; nil: that is not known.
  public subscript(_ bank: BankID, _ currency: Currency) -> Int64? {
    get { self[BankAccount(bank: bank, currency: currency)] }
    set { rooms[BankAccount(bank: bank, currency: currency)] = newValue }
  }

  /// The same by account.
  subscript(_ account: BankAccount) -> Int64? { rooms[account] }
}
