/// Payments that were never settled, and what that is priced at.
public struct UnsettledReport: Sendable, Equatable {
  /// When settlement ended (ns since the start of the run); nil: everything came to its end before.
  public var horizon: Int64?
  /// Payments open at the horizon, by currency.
  public var rows: [UnsettledRow] = []
  /// Transfers that failed for lack of funds before it: a close gave them back to their payers.
  public var failed = 0
  /// Their value, in the reporting currency.
  public var failedValue: ReportedAmount
  /// All of them.
  public var count: Int
  /// Their value, in the reporting currency.
  public var value: ReportedAmount
  /// What they are priced at, a part of the costs of settlement.
  public var cost: ReportedAmount

  /// A report of these sums, with no row yet.
  public init(count: Int, value: ReportedAmount, cost: ReportedAmount) {
    self.count = count
    self.value = value
    self.cost = cost
    failedValue = ReportedAmount(0, value.currency, decimals: value.decimals)
  }
}

/// Payments of one currency that were open at the horizon.
public struct UnsettledRow: Sendable, Equatable {
  /// ISO 4217 code of what the payers give.
  public var currency: String
  /// Transfers from account to account.
  public var transfers: Int
  /// Their value.
  public var transfersValue: ReportedAmount
  /// Captured card payments.
  public var payments: Int
  /// What was captured of them less what was given back.
  public var paymentsValue: ReportedAmount

  /// A row with all its figures.
  public init(
    currency: String, transfers: Int, transfersValue: ReportedAmount, payments: Int,
    paymentsValue: ReportedAmount
  ) {
    self.currency = currency
    self.transfers = transfers
    self.transfersValue = transfersValue
    self.payments = payments
    self.paymentsValue = paymentsValue
  }
}
