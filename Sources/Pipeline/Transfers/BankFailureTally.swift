/// What the failure of a bank came to. Values are minor units of the reporting currency. Each
/// transfer counted here is a notice to the bank on the other side.
public struct BankFailureTally: Sendable, Equatable {
  /// The bank, as in other results.
  public let bank: String
  /// When it failed, nanoseconds since the start of the run.
  public let at: Int64
  /// Transfers to and from it that were reversed before they were final.
  public private(set) var reversed = 0
  /// Their value.
  public private(set) var reversedValue: Int64 = 0
  /// Transfers that were final and are answered by returning payments, as the beneficiary cannot be
  /// credited.
  public private(set) var returned = 0
  /// Their value.
  public private(set) var returnedValue: Int64 = 0
  /// Orders that came after the failure and were reversed at once.
  public private(set) var refused = 0
  /// Their value.
  public private(set) var refusedValue: Int64 = 0

  /// Notices given.
  public var notices: Int { reversed + returned + refused }

  init(bank: String, at: Int64) {
    self.bank = bank
    self.at = at
  }

  mutating func addReversed(_ value: Int64) {
    reversed += 1
    reversedValue += value
  }

  mutating func addReturned(_ value: Int64) {
    returned += 1
    returnedValue += value
  }

  mutating func addRefused(_ value: Int64) {
    refused += 1
    refusedValue += value
  }
}
