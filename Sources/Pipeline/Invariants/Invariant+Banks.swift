import VirtualTime

/// What holds on the rails, in the settlement systems and in the banks' books.
extension Invariant {
  /// An instruction is settled once.
  public static let executedOnRail = Invariant(
    "rail.executed_once", .event, "a settlement system settles what a rail has given it, once")
  /// An instruction can be read.
  public static let wellFormed = Invariant(
    "rail.well_formed", .event, "no instruction is refused as malformed")
  /// A settlement keeps the rules.
  public static let interbankRules = Invariant(
    "interbank.rules", .event, "every settlement keeps the rules of its system")
  /// Money is neither made nor lost between banks.
  public static let bankConservation = Invariant(
    "bank.conservation", .rest, "the balances of all banks add up to what they began with")
  /// Bank and ledger agree on the platform's money.
  public static let bankEqualsLedger = Invariant(
    "bank.equals_ledger", .rest,
    "the platform's accounts at the bank moved by what its ledger says")
  /// Liquidity used is not below what was sent, net.
  public static let liquidityLowerBound = Invariant(
    "liquidity.lower_bound", .rest, "no bank used less liquidity than it sent, net")

  /// The invariants of banks.
  static let banks = [
    executedOnRail, wellFormed, interbankRules, bankConservation, bankEqualsLedger,
    liquidityLowerBound,
  ]
}

/// What holds for banks' transfers.
extension Invariant {
  /// A wire is executed once.
  public static let transferExecutedOnce = Invariant(
    "transfer.executed_once", .event, "a wire that stands is executed once")
  /// No transfer is lost.
  public static let transfersSettled = Invariant(
    "transfers.all_settled", .rest,
    "every transfer has one end, or is open where the horizon has left it")
  /// Banks and transfers agree on the money that moved.
  public static let transfersEqualAccounts = Invariant(
    "transfers.equal_accounts", .rest, "the banks' accounts moved by what their transfers say")

  /// Nobody pays a bank that has failed.
  public static let givenBack = Invariant(
    "transfers.given_back", .rest,
    "nothing new goes to or from a failed bank, and what it did not credit is given back")

  /// The invariants of transfers.
  static let transfers = [
    transferExecutedOnce, transfersSettled, transfersEqualAccounts, givenBack,
  ]
}
