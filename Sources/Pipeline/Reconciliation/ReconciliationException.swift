import PaymentModel

/// Where the platform's records and those of an acquirer or a bank differ.
///
/// Each line is matched as it is read, by the acquirer's reference and the amount; at the end the
/// rest is paired by merchant, amount and date, and totals by currency are compared. What then does
/// not match is an exception.
public struct ReconciliationException: Sendable, Equatable {
  /// What differs; the raw value is the name used in results.
  public enum Kind: String, Sendable, CaseIterable {
    /// A line names no payment of this acquirer, currency and merchant.
    case unknownPayment = "unknown_payment"
    /// A line carries another reference than the acquirer's answer did.
    case otherReference = "other_reference"
    /// A line, the sum of the refunds of a payment, or a total is over another amount.
    case otherAmount = "other_amount"
    /// A capture was reported before.
    case statedTwice = "stated_twice"
    /// A capture is reported that did not happen.
    case notCaptured = "not_captured"
    /// A capture, a batch or the money of a file was never reported.
    case notStated = "not_stated"
    /// A file or statement is malformed or does not add up.
    case fileFault = "file_fault"
    /// A statement does not open at the balance at which the one before closed.
    case otherBalance = "other_balance"
    /// The bank reports a movement for which there is no batch and no file.
    case unknownMovement = "unknown_movement"
  }
  /// What differs.
  public var kind: Kind
  /// Everything known: file, line, both sides.
  public var context: String

  /// An exception with its context.
  public init(kind: Kind, context: String) {
    self.kind = kind
    self.context = context
  }
}

/// Counts of a reconciliation.
public struct ReconciliationCounts: Sendable, Equatable {
  /// Settlement files read.
  public var files = 0
  /// Lines of settlement files.
  public var lines = 0
  /// Lines of settlement files that agree with own records.
  public var matched = 0
  /// Lines that were paired afterwards, by merchant, amount and date.
  public var fuzzy = 0
  /// Bank statements read.
  public var statements = 0
  /// Lines of bank statements.
  public var movements = 0
  /// Lines of bank statements that agree with own records.
  public var movementsMatched = 0
  /// Totals by acquirer and currency, where either side is not zero.
  public var totalsCompared = 0
  /// Totals on which both sides agree.
  public var totalsEqual = 0
  /// Exceptions in all; the first of them are kept with their context.
  public var exceptions = 0

  /// Nothing read.
  public init() {}
}
