/// A bank that failed during the run, and what became of the transfers to and from it.
public struct BankFailureRow: Sendable, Equatable {
  /// The bank.
  public var bank: String
  /// When it failed (ns from the start of the run).
  public var at: Int64
  /// Transfers reversed before they were final.
  public var reversed = 0
  /// Their value, in the reporting currency.
  public var reversedValue: ReportedAmount
  /// Final transfers answered by returning payments.
  public var returned = 0
  /// Their value.
  public var returnedValue: ReportedAmount
  /// Later orders that were reversed at once.
  public var refused = 0
  /// Their value.
  public var refusedValue: ReportedAmount
  /// Notices to the banks on the other side: one for each of these transfers.
  public var notices: Int { reversed + returned + refused }

  /// A failure that touched nothing.
  public init(_ bank: String, at: Int64, nothing: ReportedAmount) {
    self.bank = bank
    self.at = at
    reversedValue = nothing
    returnedValue = nothing
    refusedValue = nothing
  }
}
