/// One entry of `banks.failures`: a bank of the transfers that fails at an instant.
///
/// From then on no transfer to or from it becomes final: what waits or is on its way is reversed,
/// and so is every later order. What is final stays so; where the bank can no longer credit its
/// customer, a returning payment answers it.
public struct BankFailure: Sendable, Equatable {
  /// Name of the bank: `correspondent-3`, or one of `banks.named`.
  public var bank: String
  /// When it fails, from the start of the run.
  public var at: Duration
  /// How long before its failure the bank credited its customers for the last time.
  public var uncredited: Duration = .seconds(1_800)

  /// A failure of `bank` at `at`.
  public init(bank: String, at: Duration) {
    self.bank = bank
    self.at = at
  }
}
