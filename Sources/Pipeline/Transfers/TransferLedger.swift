import Money
import PaymentModel
import Plants
import VirtualTime

/// The double-entry ledger of the transfers between banks' customers.
///
/// Accepted money waits in `accepted`; what a plan sends moves on to `inTransit`, over the paying
/// bank's `fxPosition` where currencies differ; the deals that cover a position leave rounding
/// differences, which go to `fxResidual`. At rest only the customers' accounts and the residuals
/// stand, and what the scenario's schedule has moved between banks and the central bank: money on
/// their accounts (`reserves`) and what they have pledged.
struct TransferLedger {
  /// Accounts of the desk's own, in every currency.
  enum Own: Int, CaseIterable {
    case accepted, inTransit, dealer, fxResidual
    var name: String {
      switch self {
      case .accepted: "accepted"
      case .inTransit: "in_transit"
      case .dealer: "dealer"
      case .fxResidual: "fx_residual"
      }
    }
  }

  private(set) var entries: DoubleEntry
  private let banks: Int
  private let currencies: Int
  /// What rounding has left to each bank in each currency; minor units, signed.
  private var residuals: [Int64]

  /// Takes what is posted, if anybody listens.
  private let tap: Tap?
  /// What has been written, apart from the balances.
  private var journal = LedgerFold()

  init(banks: Int, currencies: Int, tap: Tap? = nil) {
    self.tap = tap
    self.banks = banks
    self.currencies = currencies
    residuals = Array(repeating: 0, count: banks * currencies)
    entries = DoubleEntry(
      accounts: (4 * banks + Own.allCases.count + 2) * currencies, currencies: currencies)
  }

  /// What a bank's customers have with it.
  private func customers(_ bank: BankID, _ currency: CurrencyIndex) -> Int {
    Int(bank.rawValue) * currencies + Int(currency)
  }
  /// What a bank has sold or bought for transfers and not covered yet.
  private func fxPosition(_ bank: BankID, _ currency: CurrencyIndex) -> Int {
    (banks + Int(bank.rawValue)) * currencies + Int(currency)
  }
  private func own(_ account: Own, _ currency: CurrencyIndex) -> Int {
    (2 * banks + account.rawValue) * currencies + Int(currency)
  }

  /// What the schedule has brought to a bank's account at the central bank.
  private func reserves(_ bank: BankID, _ currency: CurrencyIndex) -> Int {
    (2 * banks + Own.allCases.count + Int(bank.rawValue)) * currencies + Int(currency)
  }
  /// What it has pledged more than at the start.
  private func pledged(_ bank: BankID, _ currency: CurrencyIndex) -> Int {
    (3 * banks + Own.allCases.count + Int(bank.rawValue)) * currencies + Int(currency)
  }
  /// The other side of both: the central bank.
  private func centralBank(_ currency: CurrencyIndex, ofPledges: Bool = false) -> Int {
    (4 * banks + Own.allCases.count + (ofPledges ? 1 : 0)) * currencies + Int(currency)
  }

  /// Money comes into a bank's account from the central bank or, negative, goes back there.
  mutating func adjust(
    _ bank: BankID, currency: CurrencyIndex, by amount: Int64, entry: UInt32
  ) throws(PostingError) {
    try post(
      .liquidity, from: centralBank(currency), to: reserves(bank, currency), amount, entry)
  }

  /// A bank pledges more to the central bank or, negative, has something back.
  mutating func pledge(
    _ bank: BankID, currency: CurrencyIndex, by amount: Int64, entry: UInt32
  ) throws(PostingError) {
    try post(
      .collateral, from: centralBank(currency, ofPledges: true), to: pledged(bank, currency),
      amount, entry)
  }

  private mutating func post(
    _ kind: TransferKind, from source: Int, to destination: Int, _ amount: Int64,
    _ reference: UInt32
  ) throws(PostingError) {
    try post(
      kind, debit: amount > 0 ? source : destination, credit: amount > 0 ? destination : source,
      amount: abs(amount), reference: reference)
  }

  /// What the schedule has brought to a bank's account, net; minor units.
  func broughtIn(_ bank: BankID, _ currency: CurrencyIndex) -> Int64 {
    entries.balances[reserves(bank, currency)].credit
  }

  /// What it has brought to all accounts, net, as the central bank has it; minor units.
  func broughtIn(_ currency: CurrencyIndex) -> Int64 {
    -entries.balances[centralBank(currency)].credit
  }

  /// The name of an account in the journal.
  static func name(_ account: Int, _ directory: BankDirectory) -> String {
    let position = account / directory.currencies
    let bank = { directory.name(BankID(UInt16($0 % directory.count))) }
    if position < directory.count { return "customers:\(bank(position))" }
    if position < 2 * directory.count { return "fx_position:\(bank(position))" }
    let other = position - 2 * directory.count
    if other < Own.allCases.count { return Own.allCases[other].name }
    let outside = other - Own.allCases.count
    if outside < directory.count { return "reserves:\(bank(outside))" }
    if outside < 2 * directory.count { return "pledged:\(bank(outside))" }
    return outside == 2 * directory.count ? "central_bank" : "central_bank_pledges"
  }

  private mutating func post(
    _ kind: TransferKind, debit: Int, credit: Int, amount: Int64, reference: UInt32
  ) throws(PostingError) {
    try entries.post(
      kind, debit: debit, credit: credit, amount: amount, reference: UInt64(reference))
    journal.add(kind, debit: debit, credit: credit, amount: amount)
    tap?.hear(
      .posted(
        Posting(kind: kind, debit: debit, credit: credit, amount: amount, reference: reference)))
  }

  /// Whether the balances are what the journal comes to.
  var isFolded: Bool { journal.agrees(with: entries.balances) }

  /// A customer's order is taken on.
  mutating func accept(
    payer: BankID, currency: CurrencyIndex, amount: Int64, transfer: PaymentID
  ) throws(PostingError) {
    try post(
      .transferAccepted, debit: customers(payer, currency), credit: own(.accepted, currency),
      amount: amount, reference: transfer.rawValue)
  }

  /// An order that was taken on goes back to the customer.
  mutating func reverse(
    payer: BankID, currency: CurrencyIndex, amount: Int64, transfer: PaymentID
  ) throws(PostingError) {
    try post(
      .transferReversed, debit: own(.accepted, currency), credit: customers(payer, currency),
      amount: amount, reference: transfer.rawValue)
  }

  /// Money on its way goes back to the payer's customers.
  mutating func reverseSent(
    payer: BankID, currency: CurrencyIndex, amount: Int64, batch: BatchID
  ) throws(PostingError) {
    try post(
      .transferReversed, debit: own(.inTransit, currency),
      credit: customers(planted(Plant.reversedToAnother) ? BankID(0) : payer, currency),
      amount: amount, reference: batch.rawValue)
  }

  /// Accepted money in `source` goes on its way in the same currency, or is sold.
  mutating func send(
    payer: BankID, source: CurrencyIndex, amount: Int64, converts: Bool, batch: BatchID
  ) throws(PostingError) {
    try post(
      converts ? .convertOut : .payout, debit: own(.accepted, source),
      credit: converts ? fxPosition(payer, source) : own(.inTransit, source), amount: amount,
      reference: batch.rawValue)
  }

  /// The bought side of conversions goes on its way.
  mutating func convertIn(
    payer: BankID, currency: CurrencyIndex, amount: Int64, batch: BatchID
  ) throws(PostingError) {
    try post(
      .convertIn, debit: fxPosition(payer, currency), credit: own(.inTransit, currency),
      amount: amount, reference: batch.rawValue)
  }

  /// A bank sells `sold` of one currency to the dealer and buys `bought` of another.
  mutating func deal(
    bank: BankID, source: CurrencyIndex, sold: Int64, destination: CurrencyIndex, bought: Int64,
    number: UInt32
  ) throws(PostingError) {
    try post(
      .exchange, debit: fxPosition(bank, source), credit: own(.dealer, source), amount: sold,
      reference: number)
    guard bought > 0 else { return }
    try post(
      .exchange, debit: own(.dealer, destination), credit: fxPosition(bank, destination),
      amount: bought, reference: number)
  }

  /// Books what the deals left of a bank's positions to the residual account, and tells how much it
  /// was in each currency: minor units, signed.
  mutating func clearResiduals(of bank: BankID, number: UInt32) throws(PostingError) -> [Int64] {
    var left = [Int64](repeating: 0, count: currencies)
    if planted(Plant.transferResidualDropped) { return left }
    for index in 0..<currencies {
      let currency = CurrencyIndex(index)
      let rest = entries.balances[fxPosition(bank, currency)].credit
      guard rest != 0 else { continue }
      let position = fxPosition(bank, currency)
      let residual = own(.fxResidual, currency)
      try post(
        .residual, debit: rest > 0 ? position : residual, credit: rest > 0 ? residual : position,
        amount: abs(rest), reference: number)
      left[index] = rest
      residuals[customers(bank, currency)] += rest
    }
    return left
  }

  /// A batch has arrived: the payee's customers have their money.
  mutating func settle(
    payee: BankID, currency: CurrencyIndex, amount: Int64, batch: BatchID
  ) throws(PostingError) {
    try post(
      .payoutConfirmed, debit: own(.inTransit, currency), credit: customers(payee, currency),
      amount: amount, reference: batch.rawValue)
  }

  /// What a bank's account has moved by when nothing is on its way: what its customers have
  /// received less what they have sent, with what rounding has left to the bank. Minor units.
  func moved(_ bank: BankID, _ currency: CurrencyIndex) -> Int64 {
    entries.balances[customers(bank, currency)].credit + residuals[customers(bank, currency)]
  }

  /// What holds something else than it should, by name: `accepted` and `inTransit` in each
  /// currency what is given (zero at rest), and every position for foreign exchange nothing.
  func differences(
    _ codes: [Currency], accepted: [Int64], inTransit: [Int64]
  ) -> [String] {
    var names: [String] = []
    for index in 0..<currencies {
      let currency = CurrencyIndex(index)
      for (account, expected) in [
        (Own.accepted, accepted[index]), (.inTransit, inTransit[index]),
      ] {
        let credit = entries.balances[own(account, currency)].credit
        guard credit != expected else { continue }
        names.append(
          "transfers: \(account) \(codes[index]) \(credit)"
            + (expected == 0 ? "" : ", outstanding are \(expected)"))
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
