import PaymentModel
import Scenario

/// What an entry of `interbank.schedule` has done, at its instant.
public struct ScheduledRecord: Sendable, Equatable {
  /// Number of the entry, from 1.
  public var entry: Int
  /// Nanoseconds since the start of the run.
  public var at: Int64
  /// What was done.
  public var action: ScheduledAction.Action
  /// Whose payments, account or terms.
  public var bank: BankID
  /// The bank that is paid, if only payments to it are meant.
  public var counterparty: BankID?
  /// The system that is meant, by position in the run's list of currencies; nil for all.
  public var currency: CurrencyIndex?
  /// Payments that it concerned, where it is about payments.
  public var payments: Int?
  /// The amount that was asked for, of collateral what is lent on it; minor units.
  public var asked: Int64?
  /// The amount that took effect: less may be there, or more may be drawn on. Minor units.
  public var applied: Int64?
}
