import VirtualTime

/// What holds from a merchant's request to the hold of its payment.
extension Invariant {
  /// States follow each other as they may.
  public static let legalTransition = Invariant(
    "payment.legal_transition", .event, "a payment changes its state along legal edges only")
  /// Nothing that was accepted is lost.
  public static let nothingLost = Invariant(
    "flow.nothing_lost", .rest,
    "every accepted payment has one end, or stands where the horizon has left it")
  /// What is settled went the whole way.
  public static let wholePath = Invariant(
    "payment.whole_path", .rest, "a settled payment has taken every step from request to batch")
  /// A key has one payment.
  public static let oneWinner = Invariant(
    "idempotency.one_winner", .event, "a key that is known makes no second payment")
  /// What is captured was approved.
  public static let captureOfOpenApproval = Invariant(
    "acquirer.capture_of_open_approval", .event,
    "an acquirer is asked to capture what it has approved, and has not captured or undone")

  /// A repeated request gets the response of the first.
  public static let sameResponse = Invariant(
    "idempotency.same_response", .event,
    "a known key is answered for its own payment: 200 or 409 to the same body, 422 to another")
  /// A key is forgotten when it may be.
  public static let expiredIsExpired = Invariant(
    "idempotency.expired_is_expired", .event,
    "where the fast store stands alone, a key past its time or its place is new again")
  /// No merchant gets through faster than agreed.
  public static let rateLimit = Invariant(
    "gateway.rate_limit", .event,
    "a merchant's requests pass if they keep within burst and rate, and only then")
  /// No request waits too long at the gateway.
  public static let gatewayQueue = Invariant(
    "gateway.queue_limit", .event, "no request that is served waits longer than the queue limit")
  /// Clients keep their own policy.
  public static let clientRetries = Invariant(
    "client.retries_within_policy", .event,
    "a client repeats a refused request no more often and no sooner than its settings say")
  /// What is accepted may be accepted.
  public static let acceptedIsValid = Invariant(
    "gateway.accepted_is_valid", .rest, "every accepted payment has an amount and a known currency")
  /// Clients repeat what they have asked for.
  public static let repeatedAsAsked = Invariant(
    "client.repeats_as_asked", .rest,
    "what clients send again has the keys of what they have sent before, and comes")
  /// A partition that is full takes nothing.
  public static let busLag = Invariant(
    "bus.lag_limit", .event, "no payment is accepted while its partition is as far behind as it may"
  )
  /// The bus keeps its order.
  public static let busOrder = Invariant(
    "bus.order", .event, "records come out in the order that the scenario asks for")
  /// The bus keeps its limits.
  public static let busInFlight = Invariant(
    "bus.in_flight", .event, "no more records of a partition are in hand than its limit")
  /// Only what is done is committed.
  public static let busCommitted = Invariant(
    "bus.committed_is_done", .event,
    "a record is completed once, and offsets are committed when all before them are done")
  /// The bus loses and repeats nothing.
  public static let busDeliveredOnce = Invariant(
    "bus.delivered_once", .rest, "every record that was appended was taken once")
  /// A score is drawn once.
  public static let scoredOnce = Invariant(
    "fraud.scored_once", .event, "a payment is scored once, and counted in one band")
  /// No acquirer is asked in vain.
  public static let undecided = Invariant(
    "authorization.undecided", .event,
    "an acquirer is asked for a payment that is not decided and that none has approved")
  /// An acquirer is asked for what it takes.
  public static let rightAcquirer = Invariant(
    "authorization.right_acquirer", .event,
    "an acquirer is asked for the payment's amount, in a currency and a region that it serves")
  /// Retries keep the policy.
  public static let retriesWithinPolicy = Invariant(
    "authorization.retries_within_policy", .event,
    "attempts are no more than the policy allows, and as far apart as back-off and jitter say")
  /// Nobody waits beyond the deadline.
  public static let deadlineHonoured = Invariant(
    "authorization.deadline", .event, "a call is over when its deadline passes")
  /// One approval stands.
  public static let oneAuthorization = Invariant(
    "authorization.one_stands", .event,
    "no approval stands of an earlier attempt, or of a payment that is not held")
  /// What is recorded was answered.
  public static let asAnswered = Invariant(
    "authorization.as_answered", .event,
    "a payment is authorised if an acquirer approved it in time, and only then")
  /// What is unknown is undone.
  public static let unknownReversed = Invariant(
    "authorization.unknown_reversed", .rest,
    "every answer that came too late was followed by a reversal that the acquirer received")
  /// Open breakers hold calls back.
  public static let noCallWhileOpen = Invariant(
    "breaker.no_call_while_open", .event, "no call reaches an acquirer while its breaker is open")
  /// Half-open breakers probe.
  public static let oneProbe = Invariant(
    "breaker.one_probe", .event, "one call goes through a half-open breaker")
  /// Closed breakers let calls through.
  public static let breakerLetsThrough = Invariant(
    "breaker.lets_through", .event, "a breaker holds calls back only while it is open or probing")
  /// Breakers open when they must.
  public static let breakerOpens = Invariant(
    "breaker.opens", .rest, "breakers opened as often as the ends of their calls say")
  /// No call waits too long at an acquirer.
  public static let acquirerQueue = Invariant(
    "acquirer.queue_limit", .event, "no call that is served waits longer than the queue limit")
  /// No more is captured than was approved.
  public static let captureWithinApproval = Invariant(
    "acquirer.capture_within_approval", .event,
    "what is captured is above zero, and not more than the acquirer approved")
  /// Holds end in time, and not before.
  public static let holdValidity = Invariant(
    "hold.validity", .event, "a hold is captured while it is valid, and expires when it is not")
  /// No more goes back than came.
  public static let refundWithinCapture = Invariant(
    "payment.refund_within_capture", .event,
    "what is given back of a payment is not more than was captured")
  /// What goes back is what was asked back.
  public static let backAsAsked = Invariant(
    "payment.back_as_asked", .event,
    "what is given back of a payment is what merchants have asked back, up to what was captured")
  /// A decision is recorded once.
  public static let decidedOnce = Invariant(
    "payment.decided_once", .rest, "every declined payment was counted under one reason")
  /// Steps fit the state.
  public static let stepsInOrder = Invariant(
    "payment.steps_in_order", .rest, "the steps of a payment are those that lead to its state")
  /// Time goes forward in a payment's life.
  public static let timeInOrder = Invariant(
    "payment.time_in_order", .rest, "a payment is made, captured, sent to the bank, confirmed")
  /// Amounts get smaller on their way.
  public static let amountsInOrder = Invariant(
    "payment.amounts_in_order", .rest,
    "captured is not more than authorised, given back not more than captured")
  /// Both sides count the same.
  public static let countedOnce = Invariant(
    "flow.counted_once", .rest,
    "every request has one answer, and merchants' payments are those in the store")

  /// What is open waits for something.
  public static let nothingForgotten = Invariant(
    "flow.nothing_forgotten", .rest,
    "whatever is open is held by somebody who will go on with it, also where a run does not rest")

  /// The invariants of payments.
  static let payments = [
    legalTransition, rateLimit, gatewayQueue, clientRetries, repeatedAsAsked, acceptedIsValid,
    oneWinner,
    sameResponse, expiredIsExpired, busLag, busOrder, busInFlight, busCommitted, busDeliveredOnce,
    scoredOnce, undecided, rightAcquirer, noCallWhileOpen, oneProbe, breakerLetsThrough,
    breakerOpens, acquirerQueue, deadlineHonoured, retriesWithinPolicy, unknownReversed,
    oneAuthorization, asAnswered, decidedOnce, holdValidity, captureOfOpenApproval,
    captureWithinApproval, refundWithinCapture, backAsAsked, stepsInOrder, timeInOrder,
    amountsInOrder,
    wholePath, countedOnce, nothingLost, nothingForgotten,
  ]
}
