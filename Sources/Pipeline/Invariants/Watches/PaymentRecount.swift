import Money
import PaymentModel

/// What the payments of a cell come to, counted from their rows alone when nothing is left to
/// happen: to be compared with what the stations have counted on the way. Pure.
struct PaymentRecount {
  /// Sums of one currency, minor units.
  struct Sums: Equatable {
    var authorized: Int64 = 0
    var captured: Int64 = 0
    var voided: Int64 = 0
    var refunded: Int64 = 0
    var fees: Int64 = 0
    var feesCut: Int64 = 0
  }
  /// What one batch holds.
  struct Members: Equatable {
    var payments: Int32 = 0
    /// What was captured of them, fees taken off; minor units.
    var net: Int64 = 0
    /// Whether all are in the currency that the batch pays out.
    var isUnconverted = true
  }

  private let accounts: Accounts
  private let fees: FeeRecount
  private let merchants: [Merchant]
  /// What the ledger must have written.
  private(set) var journal = LedgerFold()
  /// By position of the currency.
  private(set) var sums: [Sums]
  /// Payments that an acquirer has approved, by position of the acquirer.
  private(set) var approvals: [Int]
  private(set) var declined = 0
  private(set) var scored = 0
  private(set) var scoredFraudulent = 0
  /// Payments by merchant.
  private(set) var payments: [Int32]
  /// By number of the batch, from 1.
  private(set) var members: [Members]
  /// What is owed to merchants in the currency that they are paid out in, by merchant; minor units.
  private(set) var owed: [Int64]
  /// What is owed in other currencies, by merchant x currencies + currency: minor units, and of how
  /// many payments.
  private(set) var foreign: [Int: (net: Int64, payments: Int64)] = [:]
  /// The first payment found to be wrong, and how.
  private(set) var fault: (rule: Rule, payment: PaymentID, state: String)?
  private var combinations: [Bool]

  /// What a payment can be found to break.
  enum Rule: Sendable { case steps, time, amounts, request }

  init(
    accounts: Accounts, fees: FeeRecount, merchants: [Merchant], batches: Int
  ) {
    self.accounts = accounts
    self.fees = fees
    self.merchants = merchants
    sums = Array(repeating: Sums(), count: accounts.currencies)
    approvals = Array(repeating: 0, count: accounts.endpoints)
    payments = Array(repeating: 0, count: merchants.count)
    members = Array(repeating: Members(), count: batches + 1)
    owed = Array(repeating: 0, count: merchants.count)
    combinations = Array(
      repeating: false, count: PaymentState.allCases.count << PaymentSteps.names.count)
  }

  /// Adds a payment.
  ///
  /// - Parameters:
  ///   - captured: what was captured of it, if it was; minor units.
  ///   - refunded: what was given back of that.
  mutating func add(_ payment: PaymentID, _ row: PaymentRow, captured: Int64, refunded: Int64) {
    payments[Int(row.merchant)] += 1
    check(payment, row, captured: captured, refunded: refunded)
    if row.state == .declined { declined += 1 }
    if row.steps.contains(.scored) {
      scored += 1
      if row.traits.contains(.fraud) { scoredFraudulent += 1 }
    }
    guard row.steps.contains(.authorized) else { return }
    approvals[Int(row.endpoint)] += 1
    let currency = Int(row.currency)
    let payable = LedgerFold.weight(accounts.payable(row.merchant, row.currency))
    let flow = payable &- LedgerFold.weight(accounts.receivable(row.endpoint, row.currency))
    sums[currency].authorized += row.amount
    journal.add(.hold, row.amount &* flow)
    switch row.state {
    case .captured, .batched:
      sums[currency].captured += captured
      journal.add(.capture, captured &* flow)
      journal.add(.release, (row.amount - captured) &* flow)
    case .voided, .expired: journal.add(.release, row.amount &* flow)
    default: return
    }
    if row.traits.contains(.voided) {
      sums[currency].voided += refunded
      journal.add(.void, 0 &- refunded &* flow)
    } else if refunded > 0 {
      sums[currency].refunded += refunded
      journal.add(.refund, 0 &- refunded &* flow)
    }
    if row.state == .batched { settle(row, captured, refunded, payable) }
  }

  /// What a batch does to the accounts for a payment, and what was given back of it.
  private mutating func settle(
    _ row: PaymentRow, _ captured: Int64, _ refunded: Int64, _ payable: Int64
  ) {
    let currency = Int(row.currency)
    let merchant = merchants[Int(row.merchant)]
    let (kept, cut) = fees.fee(on: captured, plan: merchant.feePlan, currency: row.currency)
    let isUnconverted = merchant.settlementCurrency == row.currency
    members[Int(row.batch)].payments += 1
    members[Int(row.batch)].net += captured - kept
    if !isUnconverted { members[Int(row.batch)].isUnconverted = false }
    let isVoid = row.traits.contains(.voided)
    let fee = isVoid ? 0 : kept
    sums[currency].fees += fee
    sums[currency].feesCut += isVoid ? 0 : cut
    let net = captured - refunded - fee
    if isUnconverted {
      owed[Int(row.merchant)] += net
    } else {
      let place = Int(row.merchant) * accounts.currencies + currency
      Self.add(net, to: &foreign[place, default: (0, 0)])
    }
    let charged = LedgerFold.weight(accounts.own(.fees, row.currency)) &- payable
    journal.add(.fee, fee &* charged)
    let way: Accounts.Own = isUnconverted ? .inTransit : .fxPosition
    let paid = LedgerFold.weight(accounts.own(way, row.currency)) &- payable
    journal.add(isUnconverted ? .payout : .convertOut, net &* paid)
  }

  private static func add(_ net: Int64, to sum: inout (net: Int64, payments: Int64)) {
    sum.net += net
    sum.payments += 1
  }

  /// What a payment by itself must be like.
  private mutating func check(
    _ payment: PaymentID, _ row: PaymentRow, captured: Int64, refunded: Int64
  ) {
    let combination = Int(row.state.rawValue) << PaymentSteps.names.count | Int(row.steps.rawValue)
    if !combinations[combination] {
      combinations[combination] = true
      if !StepRule.allows(row.steps, in: row.state) {
        note(.steps, payment, "\(row.state) after \(row.steps)")
      }
    }
    if row.amount <= 0 || row.traits.contains(.invalid) || Int(row.currency) >= sums.count {
      note(.request, payment, "over \(row.amount) in currency \(row.currency)")
    }
    guard row.steps.contains(.captured) else {
      if refunded != 0 { note(.amounts, payment, "\(refunded) given back, nothing captured") }
      return
    }
    if captured <= 0 || captured > row.amount || refunded < 0 || refunded > captured {
      note(
        .amounts, payment, "\(row.amount) held, \(captured) captured, \(refunded) given back")
    }
    if row.capturedSecond < row.createdSecond {
      note(.time, payment, "made in \(row.createdSecond), captured in \(row.capturedSecond)")
    }
  }

  private mutating func note(_ rule: Rule, _ payment: PaymentID, _ state: String) {
    if fault == nil { fault = (rule, payment, state) }
  }
}
