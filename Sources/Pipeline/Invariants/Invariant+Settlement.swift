import VirtualTime

/// What holds from the capture of a payment to the confirmation of its batch.
extension Invariant {
  /// A plan takes every obligation once.
  public static let plan = Invariant(
    "batch.plan", .event,
    "a plan puts every obligation into one batch that fits it, or leaves it for later")
  /// What waits is in time.
  public static let deferralInTime = Invariant(
    "batch.deferral_in_time", .event,
    "a plan puts nothing off for which the next plan would come too late")
  /// Plans are what they say.
  public static let planCost = Invariant(
    "batch.plan_cost", .event,
    "a plan keeps its limits and costs what it says, no more than the greedy one's cost and no "
      + "less than its bound")
  /// A payment is paid out once.
  public static let settledOnce = Invariant(
    "payment.settled_once", .event, "a payment is in one batch")
  /// A batch is confirmed once.
  public static let confirmedOnce = Invariant(
    "batch.confirmed_once", .event, "the bank confirms a batch that it was sent, once")

  /// Cut-offs are kept.
  public static let cutOff = Invariant(
    "settlement.cut_off", .event,
    "payments and refunds are batched with the business day of their instant, after its watermark")
  /// A void is a void.
  public static let voidBeforeCutOff = Invariant(
    "settlement.void_before_cut_off", .event,
    "a whole payment taken back before the cut-off of its day is a void, all else a refund")
  /// An instruction goes out once.
  public static let sentOnce = Invariant(
    "batch.sent_once", .event, "the number of a batch goes to the bank with one instruction")
  /// Batches hold what they say.
  public static let batchHoldsMembers = Invariant(
    "batch.holds_members", .rest,
    "a batch has as many payments as it says, no more than allowed, and pays what they come to")
  /// Fees are those of the plans.
  public static let feesAsPlanned = Invariant(
    "settlement.fees_as_planned", .rest, "every merchant was charged what its plan says")
  /// Merchants have what is theirs.
  public static let merchantsPaid = Invariant(
    "settlement.merchants_paid", .rest,
    "every merchant was paid its captures less refunds and fees")

  /// The invariants of settlement.
  static let settlement = [
    cutOff, plan, deferralInTime, planCost, settledOnce, voidBeforeCutOff, sentOnce,
    confirmedOnce, batchHoldsMembers, feesAsPlanned, merchantsPaid,
  ]
}
