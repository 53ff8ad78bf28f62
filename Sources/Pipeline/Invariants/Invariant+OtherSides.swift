import VirtualTime

/// What acquirers, banks and their files say of what the platform and the transfer desk have done.
extension Invariant {
  /// Banks have what is theirs.
  public static let paidAsOwed = Invariant(
    "bank.paid_as_owed", .rest,
    "every account of the cards' banks has moved by what files and batches owe and is not "
      + "outstanding, whatever the wires")
  /// Statements leave nothing out.
  public static let statementsWhole = Invariant(
    "bank.statements_whole", .rest,
    "statements state every movement once and go from the opening balance to what is there")
  /// Acquirers are done.
  public static let acquirersEmpty = Invariant(
    "acquirer.books_empty", .rest, "acquirers' books hold nothing that no file has brought")
  /// Files arrive.
  public static let linesRead = Invariant(
    "acquirer.lines_read", .rest, "every line that an acquirer has written was read once")
  /// Both sides tell the truth.
  public static let noException = Invariant(
    "reconciliation.no_exception", .rest,
    "nothing differs between records, files and statements, as nothing disturbs them")
  /// Lines are answered.
  public static let linesAnswered = Invariant(
    "reconciliation.lines_answered", .rest, "every line of a file agrees with a record")
  /// What is settled is reconciled.
  public static let reconciledWhole = Invariant(
    "reconciliation.complete", .rest,
    "acquirers' lines and banks' statements tell of every settled payment")
  /// Settlements pay what is owed.
  public static let payout = Invariant(
    "batch.payout", .event, "a settlement pays what is owed, converted once at mid, to the unit")
  /// Shares are whole.
  public static let shares = Invariant(
    "batch.shares", .event, "what merchants have in a batch is what its payments come to")
  /// Wires move what batches pay.
  public static let wires = Invariant(
    "batch.wires", .event, "wires move every bank's net position, and gross batches one by one")
  /// Deals are at mid.
  public static let dealRate = Invariant(
    "deal.rate", .event, "a deal buys what is sold is worth at mid, to the nearest unit")
  /// Deals leave roundings.
  public static let dealResiduals = Invariant(
    "deal.residuals", .event, "while rates rest, deals leave no more of a currency than roundings")
  /// Instructions end as they were sent.
  public static let instructionAsSent = Invariant(
    "rail.instruction", .event,
    "an instruction is executed once, as it was sent, not before its value date, or outstanding")
  /// Attempts keep the rail's terms.
  public static let railAttempt = Invariant(
    "rail.attempt", .event,
    "attempts keep the hours, the limit, the retries and the waits of their rail")
  /// Batches settle at their windows.
  public static let railWindow = Invariant(
    "rail.window", .event, "a batch rail settles at the times of its windows, on open days")
  /// Operators charge their tariff.
  public static let railTariff = Invariant(
    "rail.tariff", .rest, "operators' fees are the tariff on what each bank sent in each month")
  /// Transfers end once.
  public static let transferEndsOnce = Invariant(
    "transfers.end_once", .event, "a transfer takes legal edges only, and ends once")
  /// What is given back goes back.
  public static let returnsExact = Invariant(
    "transfers.returns_exact", .event,
    "a returning payment goes from who was paid to who paid, once, over what arrived")
  /// Banks fail when they are said to.
  public static let failuresAsConfigured = Invariant(
    "transfers.failures_as_configured", .rest, "every bank that is to fail has failed, then")

  /// The invariants of the other sides.
  static let otherSides = [
    shares, payout, wires, dealRate, dealResiduals, instructionAsSent, railAttempt, railWindow,
    railTariff, paidAsOwed, statementsWhole, acquirersEmpty, linesRead, noException,
    linesAnswered, reconciledWhole, transferEndsOnce, returnsExact, failuresAsConfigured,
  ]
}
