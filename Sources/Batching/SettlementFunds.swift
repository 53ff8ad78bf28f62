import Money
import PaymentModel

/// What banks could pay, net, as a plan is made: balance and credit, within caps, less what is on
/// its way already. Minor units.
public struct SettlementFunds: Sendable {
  /// By currency and bank; looked up by key.
  private var rooms: [UInt32: Int64] = [:]

  /// Nothing is known of any bank, which does not limit it.
  public init() {}

  /// What a bank could pay in a currency; nil: that is not known.
  public subscript(_ bank: BankID, _ currency: Currency) -> Int64? {
    get { rooms[Self.key(bank, currency)] }
    set { rooms[Self.key(bank, currency)] = newValue }
  }

  private static func key(_ bank: BankID, _ currency: Currency) -> UInt32 {
    UInt32(currency.index) << 16 | UInt32(bank.rawValue)
  }
}
