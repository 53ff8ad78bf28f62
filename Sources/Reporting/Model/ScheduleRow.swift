/// What an entry of `interbank.schedule` has done.
public struct ScheduleRow: Sendable, Equatable {
  /// Number of the entry, from 1.
  public var entry: Int
  /// Nanoseconds since the start of the run.
  public var at: Int64
  /// What was done, in the scenario's word.
  public var action: String
  /// Whose payments, account or terms.
  public var bank: String
  /// The bank that is paid, if only payments to it are meant; else empty.
  public var counterparty: String
  /// ISO 4217 code of the system that is meant; empty for all.
  public var currency: String
  /// Payments that it concerned, where it is about payments.
  public var payments: Int?
  /// The amount that was asked for.
  public var asked: ReportedAmount?
  /// The amount that took effect.
  public var applied: ReportedAmount?

  /// A row with all its parts.
  public init(
    entry: Int, at: Int64, action: String, bank: String, counterparty: String, currency: String,
    payments: Int?, asked: ReportedAmount?, applied: ReportedAmount?
  ) {
    self.entry = entry
    self.at = at
    self.action = action
    self.bank = bank
    self.counterparty = counterparty
    self.currency = currency
    self.payments = payments
    self.asked = asked
    self.applied = applied
  }
}
