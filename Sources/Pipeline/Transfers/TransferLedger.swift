import Money
import PaymentModel
import VirtualTime

/// The double-entry ledger of the transfers between banks' customers.
///
/// Accepted money waits in `accepted`; what a plan sends moves on to `inTransit`, over the paying
/// bank's `fxPosition` where currencies differ; the deals that cover a position leave rounding
/// differences, which go to `fxResidual`. At rest only the customers' accounts and the residuals
/// stand.
struct TransferLedger {
  /// Accounts of the desk's own, in every currency.
  enum Own: Int, CaseIterable { case accepted, inTransit, dealer, fxResidual }

  private(set) var entries: DoubleEntry
  private let banks: Int
  private let currencies: Int
  /// What rounding has left to each bank in each currency; minor units, signed.
  private var residuals: [Int64]

  init(banks: Int, currencies: Int) {
    self.banks = banks
    self.currencies = currencies
    residuals = Array(repeating: 0, count: banks * currencies)
    entries = DoubleEntry(
      accounts: (2 * banks + Own.allCases.count) * currencies, currencies: currencies)
  }

  /// What a bank's customers have with it.
  private func customers(_ bank: BankID, _ currency: UInt8) -> Int {
    Int(bank.rawValue) * currencies + Int(currency)
  }
  /// What a bank has sold or bought for transfers and not covered yet.
  private func fxPosition(_ bank: BankID, _ currency: UInt8) -> Int {
    (banks + Int(bank.rawValue)) * currencies + Int(currency)
  }
  private func own(_ account: Own, _ currency: UInt8) -> Int {
    (2 * banks + account.rawValue) * currencies + Int(currency)
  }

  /// A customer's order is taken on.
  mutating func accept(
    payer: BankID, currency: UInt8, amount: Int64, transfer: UInt32
  ) throws(PostingError) {
    try entries.post(
      .transferAccepted, debit: customers(payer, currency), credit: own(.accepted, currency),
      amount: amount, reference: UInt64(transfer))
  }

  /// An order that was taken on goes back to the customer.
  mutating func reverse(
    payer: BankID, currency: UInt8, amount: Int64, transfer: UInt32
  ) throws(PostingError) {
    try entries.post(
      .transferReversed, debit: own(.accepted, currency), credit: customers(payer, currency),
      amount: amount, reference: UInt64(transfer))
  }

  /// Money on its way goes back to the payer's customers.
  mutating func reverseSent(
    payer: BankID, currency: UInt8, amount: Int64, batch: UInt32
  ) throws(PostingError) {
    try entries.post(
      .transferReversed, debit: own(.inTransit, currency), credit: customers(payer, currency),
      amount: amount, reference: UInt64(batch))
  }

  /// Accepted money in `source` goes on its way in the same currency, or is sold.
  mutating func send(
    payer: BankID, source: UInt8, amount: Int64, converts: Bool, batch: UInt32
  ) throws(PostingError) {
    try entries.post(
      converts ? .convertOut : .payout, debit: own(.accepted, source),
      credit: converts ? fxPosition(payer, source) : own(.inTransit, source), amount: amount,
      reference: UInt64(batch))
  }

  /// The bought side of conversions goes on its way.
  mutating func convertIn(
    payer: BankID, currency: UInt8, amount: Int64, batch: UInt32
  ) throws(PostingError) {
    try entries.post(
      .convertIn, debit: fxPosition(payer, currency), credit: own(.inTransit, currency),
      amount: amount, reference: UInt64(batch))
  }

  /// A bank sells `sold` of one currency to the dealer and buys `bought` of another.
  mutating func deal(
    bank: BankID, source: UInt8, sold: Int64, destination: UInt8, bought: Int64, number: UInt32
  ) throws(PostingError) {
    try entries.post(
      .exchange, debit: fxPosition(bank, source), credit: own(.dealer, source), amount: sold,
      reference: UInt64(number))
    guard bought > 0 else { return }
    try entries.post(
      .exchange, debit: own(.dealer, destination), credit: fxPosition(bank, destination),
      amount: bought, reference: UInt64(number))
  }

  /// Books what the deals left of a bank's positions to the residual account, and tells how much it
  /// was in each currency: minor units, signed.
  mutating func clearResiduals(of bank: BankID, number: UInt32) throws(PostingError) -> [Int64] {
    var left = [Int64](repeating: 0, count: currencies)
    for index in 0..<currencies {
      let currency = UInt8(index)
      let rest = entries.balances[fxPosition(bank, currency)].credit
      guard rest != 0 else { continue }
      let position = fxPosition(bank, currency)
      let residual = own(.fxResidual, currency)
      try entries.post(
        .residual, debit: rest > 0 ? position : residual, credit: rest > 0 ? residual : position,
        amount: abs(rest), reference: UInt64(number))
      left[index] = rest
      residuals[customers(bank, currency)] += rest
    }
    return left
  }

  /// A batch has arrived: the payee's customers have their money.
  mutating func settle(
    payee: BankID, currency: UInt8, amount: Int64, batch: UInt32
  ) throws(PostingError) {
    try entries.post(
      .payoutConfirmed, debit: own(.inTransit, currency), credit: customers(payee, currency),
      amount: amount, reference: UInt64(batch))
  }

  /// What a bank's account has moved by when nothing is on its way, minor units.
  func moved(_ bank: BankID, _ currency: UInt8) -> Int64 {
    entries.balances[customers(bank, currency)].credit + residuals[customers(bank, currency)]
  }

  /// What must be zero at rest and is not, by name.
  func unsettledAccounts(_ codes: [Currency]) -> [String] {
    var names: [String] = []
    for index in 0..<currencies {
      let currency = UInt8(index)
      for account in [Own.accepted, .inTransit] {
        let credit = entries.balances[own(account, currency)].credit
        if credit != 0 { names.append("transfers: \(account) \(codes[index]) \(credit)") }
      }
      for bank in 0..<banks {
        let credit = entries.balances[fxPosition(BankID(UInt16(bank)), currency)].credit
        if credit != 0 {
          names.append("transfers: fx position of bank \(bank) \(codes[index]) \(credit)")
        }
      }
    }
    return names
  }
}
