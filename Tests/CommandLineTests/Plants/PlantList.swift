extension PlantKind {
  /// Every kind of fault that is planted, in the order of a payment's way.
  static let all: [PlantKind] =
    runtime + intake + decisions + books + settlement + rails + banks

  /// What goes wrong with time, messages and wakes.
  static let runtime: [PlantKind] = [
    PlantKind(
      "Virtual time is not what it should be",
      [
        Planting(.clockGoesBack, on: .rough, named: "runtime.windows"),
        Planting(.heapBroken, on: .rough, named: "runtime.time"),
      ]),
    PlantKind(
      "Messages keep no order or no latency",
      [
        Planting(.messageNumberReused, on: .rough, named: "runtime.order"),
        Planting(.messageEarly, on: .rough, named: "runtime.windows"),
      ]),
    PlantKind(
      "A message is lost or doubled",
      [
        Planting(.messageLost, on: .rough, named: "runtime.messages"),
        Planting(.messageTwice, on: .rough, named: "batch.confirmed_once"),
      ]),
    PlantKind(
      "Somebody waits for a wake that is lost",
      [
        Planting(.wakeLost, on: .rough, named: "runtime.waiting"),
        Planting(.timerLost, on: .byDay, named: "flow.nothing_forgotten"),
      ]),
    PlantKind(
      "A job runs where it may not",
      [
        Planting(.jobTakenForForeign, on: .rough, named: "runtime.stray_jobs")
      ]),
  ]

  /// What goes wrong between a merchant's client and the bus.
  static let intake: [PlantKind] = [
    PlantKind(
      "A client repeats otherwise than it should",
      [
        Planting(.sentAgainUnderAnotherKey, on: .rough, named: "client.repeats_as_asked"),
        Planting(.retriedUnderAnotherKey, on: .rough, named: "client.repeats_as_asked"),
        Planting(.retryLost, on: .rough, named: "client.repeats_as_asked"),
        Planting(.clientRetriesBeyond, on: .rough, named: "client.retries_within_policy"),
        Planting(.clientBackOffNotGrown, on: .rough, named: "client.retries_within_policy"),
      ]),
    PlantKind(
      "A key is forgotten or mistaken",
      [
        Planting(.keyForgotten, on: .rough, named: "idempotency.one_winner"),
        Planting(.timeToLiveHalved, on: .forgetful, named: "idempotency.one_winner"),
        Planting(.claimUnderAnotherKey, on: .rough, named: "idempotency.one_winner"),
        Planting(.repeatTakenForNew, on: .rough, named: "idempotency.one_winner"),
      ]),
    PlantKind(
      "A request gets another's answer",
      [
        Planting(.otherBodyUnseen, on: .rough, named: "idempotency.same_response"),
        Planting(.refusedAnsweredAccepted, on: .rough, named: "flow.nothing_lost"),
      ]),
    PlantKind(
      "A merchant gets through faster than agreed",
      [
        Planting(.tokenNotTaken, on: .rough, named: "gateway.rate_limit"),
        Planting(.bucketOverfilled, on: .rough, named: "gateway.rate_limit"),
      ]),
    PlantKind(
      "A record is worked on twice",
      [
        Planting(.publishedTwice, on: .rough, named: "payment.legal_transition"),
        Planting(.recordHandedTwice, on: .rough, named: "bus.in_flight"),
      ]),
    PlantKind(
      "A record is lost",
      [
        Planting(.acceptedNotPublished, on: .busy, named: "flow.nothing_forgotten"),
        Planting(.recordSkipped, on: .busy, named: "flow.nothing_forgotten"),
        Planting(.backlogRecordLost, on: .narrow, named: "flow.nothing_forgotten"),
      ]),
    PlantKind(
      "Records overtake each other",
      [
        Planting(.merchantOrderBroken, on: .busy, named: "bus.order"),
        Planting(.merchantLetGo, on: .busy, named: "bus.order"),
      ]),
    PlantKind(
      "A partition takes too much",
      [
        Planting(.lagUnheeded, on: .busy, named: "bus.lag_limit")
      ]),
  ]

  /// What goes wrong between the platform and the acquirers.
  static let decisions: [PlantKind] = [
    PlantKind(
      "An answer is taken after its deadline",
      [
        Planting(.lateAnswerTaken, on: .rough, named: "payment.whole_path"),
        Planting(.deadlineDoubled, on: .rough, named: "authorization.deadline"),
      ]),
    PlantKind(
      "What is unknown is not undone",
      [
        Planting(.reversalDoesNothing, on: .rough, named: "authorization.one_stands"),
        Planting(.reversalLeftOut, on: .rough, named: "authorization.one_stands"),
        Planting(.reversalGoesElsewhere, on: .rough, named: "authorization.one_stands"),
      ]),
    PlantKind(
      "An approval stands that should not",
      [
        Planting(.releaseDoesNothing, on: .rough, named: "authorization.one_stands"),
        Planting(.acquirerNotReleased, on: .rough, named: "authorization.one_stands"),
      ]),
    PlantKind(
      "One acquirer is taken for another",
      [
        Planting(.approvalOfAnother, on: .rough, named: "acquirer.capture_of_open_approval"),
        Planting(.fundingOfAnother, on: .rough, named: "ledger.clearing_zero"),
      ]),
    PlantKind(
      "A breaker lets calls through",
      [
        Planting(.callThroughOpenBreaker, on: .rough, named: "breaker.no_call_while_open"),
        Planting(.twoProbes, on: .busy, named: "breaker.one_probe"),
        Planting(.probeForgotten, on: .rough, named: "breaker.no_call_while_open"),
      ]),
    PlantKind(
      "A breaker keeps other times or counts",
      [
        Planting(.breakerOpensLate, on: .rough, named: "breaker.no_call_while_open"),
        Planting(.breakerOpenHalved, on: .rough, named: "breaker.no_call_while_open"),
        Planting(.reopenedShort, on: .rough, named: "breaker.no_call_while_open"),
      ]),
    PlantKind(
      "Retries exceed the policy",
      [
        Planting(.attemptNotCounted, on: .rough, named: "authorization.retries_within_policy"),
        Planting(.retryBeyondCount, on: .rough, named: "authorization.retries_within_policy"),
      ]),
    PlantKind(
      "Retries come too soon",
      [
        Planting(.backOffHalved, on: .rough, named: "authorization.retries_within_policy"),
        Planting(.backOffNotGrown, on: .rough, named: "authorization.retries_within_policy"),
      ]),
    PlantKind(
      "An acquirer's file leaves a line out",
      [
        Planting(.fileLineLeftOut, on: .rough, named: "payment.whole_path"),
        Planting(.acquirerNotToldOfRefund, on: .rough, named: "reconciliation.no_exception"),
      ]),
    PlantKind(
      "An acquirer's file states more than there was",
      [
        Planting(.fileLineTwice, on: .rough, named: "reconciliation.no_exception"),
        Planting(.laterSaleTwice, on: .busy, named: "reconciliation.no_exception"),
        Planting(.partCapturedInFull, on: .rough, named: "payment.whole_path"),
        Planting(.fileTotalPlusOne, on: .rough, named: "reconciliation.no_exception"),
      ]),
    PlantKind(
      "The reconciler does not tell what it saw",
      [
        Planting(.fileLineUnread, on: .rough, named: "payment.whole_path"),
        Planting(.statementLineUnread, on: .rough, named: "reconciliation.no_exception"),
        Planting(.earlyLineDropped, on: .gathered, named: "payment.whole_path"),
        Planting(.matchedTwice, on: .rough, named: "reconciliation.lines_answered"),
      ]),
  ]
}
