extension PlantKind {
  /// What goes wrong with holds, in the ledger and in what is written down.
  static let books: [PlantKind] = [
    PlantKind(
      "A hold lives too long or too short",
      [
        Planting(.expiryUnheeded, on: .rough, named: "hold.validity"),
        Planting(.expiryEarly, on: .rough, named: "hold.validity"),
        Planting(.expiredCaptured, on: .rough, named: "hold.validity"),
      ]),
    PlantKind(
      "A movement is booked twice",
      [
        Planting(.holdCapturedTwice, on: .rough, named: "ledger.held_once"),
        Planting(.takenBackTwice, on: .rough, named: "payment.back_as_asked"),
      ]),
    PlantKind(
      "More is given back than there is",
      [
        Planting(.refundTooLarge, on: .rough, named: "payment.refund_within_capture"),
        Planting(.refundForgotten, on: .rough, named: "payment.back_as_asked"),
      ]),
    PlantKind(
      "One side of a posting is wrong",
      [
        Planting(.postedOnOneSide, on: .rough, named: "ledger.balanced"),
        Planting(.resolvedOneShort, on: .rough, named: "ledger.balanced"),
      ]),
    PlantKind(
      "A posting goes to another account",
      [
        Planting(.refundFromNeighbour, on: .rough, named: "ledger.journal_equals_payments"),
        Planting(.feeToWrongAccount, on: .rough, named: "settlement.fees_as_planned"),
      ]),
    PlantKind(
      "What rounding leaves is dropped",
      [
        Planting(.residualDropped, on: .rough, named: "ledger.clearing_zero"),
        Planting(.transferResidualDropped, on: .rough, named: "ledger.clearing_zero"),
      ]),
    PlantKind(
      "A commit is not what it says",
      [
        Planting(.answeredBeforeCommit, on: .rough, named: "ledger.commit_order"),
        Planting(.commitOvertakes, on: .busy, named: "ledger.commit_order"),
      ]),
    PlantKind(
      "The journal is not what was posted",
      [
        Planting(.eventUnheard, on: .written, named: "records.journal_whole"),
        Planting(.postingHeardTwice, on: .written, named: "records.journal_whole"),
      ]),
  ]

  /// What goes wrong between a capture and the instruction of its batch.
  static let settlement: [PlantKind] = [
    PlantKind(
      "A cut-off is not kept",
      [
        Planting(.cutOffUnheeded, on: .byMerchant, named: "settlement.cut_off"),
        Planting(.followingClosedToo, on: .byMerchant, named: "settlement.cut_off"),
      ]),
    PlantKind(
      "A refund is lost on its way to a batch",
      [
        Planting(.refundsNotTaken, on: .rough, named: "flow.nothing_forgotten"),
        Planting(.refundNotWindowed, on: .rough, named: "flow.nothing_forgotten"),
      ]),
    PlantKind(
      "A payment is paid out twice",
      [
        Planting(.takenAgain, on: .rough, named: "payment.settled_once"),
        Planting(.windowedTwice, on: .rough, named: "payment.settled_once"),
      ]),
    PlantKind(
      "A merchant pays other fees",
      [
        Planting(.feeOfAnotherPlan, on: .rough, named: "settlement.fees_as_planned"),
        Planting(.feePlusOne, on: .rough, named: "settlement.fees_as_planned"),
      ]),
    PlantKind(
      "Money is booked for another",
      [
        Planting(.shareOfAnother, on: .rough, named: "settlement.merchants_paid"),
        Planting(.reversedToAnother, on: .rough, named: "transfers.equal_accounts"),
      ]),
    PlantKind(
      "Money is exchanged at another rate",
      [
        Planting(.dealAtWrongRate, on: .rough, named: "deal.rate"),
        Planting(.staleRates, on: .rough, named: "batch.payout"),
        Planting(.transferDealStale, on: .rough, named: "deal.rate"),
      ]),
    PlantKind(
      "A part is paid what the whole comes to",
      [
        Planting(.partPaidWhole, on: .rough, named: "batch.payout"),
        Planting(.partsOverlap, on: .byDay, named: "batch.payout"),
      ]),
    PlantKind(
      "A batch holds what it may not",
      [
        Planting(.batchOneTooLarge, on: .rough, named: "batch.plan"),
        Planting(.memberInTwoParts, on: .rough, named: "batch.plan"),
      ]),
    PlantKind(
      "An obligation is in no batch",
      [
        Planting(.obligationUnplanned, on: .byMerchant, named: "batch.plan"),
        Planting(.hybridObligationUnplanned, on: .rough, named: "batch.plan"),
      ]),
    PlantKind(
      "Netting drops a flow",
      [
        Planting(.bilateralFlowDropped, on: .rough, named: "batch.wires"),
        Planting(.netFlowDropped, on: .netted, named: "batch.wires"),
        Planting(.conversionDropped, on: .rough, named: "ledger.clearing_zero"),
      ]),
    PlantKind(
      "Two banks do not net with each other alone",
      [
        Planting(.bilateralAsMultilateral, on: .rough, named: "batch.wires"),
        Planting(.bilateralBothWays, on: .rough, named: "batch.wires"),
      ]),
    PlantKind(
      "A plan puts off what is due",
      [
        Planting(.nextPlanUnheeded, on: .optimised, named: "batch.deferral_in_time"),
        Planting(.lastWirePutOff, on: .optimised, named: "batch.deferral_in_time"),
      ]),
    PlantKind(
      "A plan is not what it says",
      [
        Planting(.dearerPlanTaken, on: .optimised, named: "batch.plan_cost"),
        Planting(.boundTooHigh, on: .optimised, named: "batch.plan_cost"),
      ]),
  ]

  /// What goes wrong with instructions and statements.
  static let rails: [PlantKind] = [
    PlantKind(
      "Money goes to another bank",
      [
        Planting(.wireToWrongBank, on: .rough, named: "bank.equals_ledger"),
        Planting(.submittedToWrongBank, on: .rough, named: "rail.instruction"),
        Planting(.payoutToWrongBank, on: .rough, named: "reconciliation.no_exception"),
        Planting(.returnedToWrongBank, on: .rough, named: "transfers.returns_exact"),
      ]),
    PlantKind(
      "A minor unit too much moves",
      [
        Planting(.wirePlusOne, on: .rough, named: "bank.equals_ledger"),
        Planting(.submittedPlusOne, on: .rough, named: "rail.instruction"),
        Planting(.payoutPlusOne, on: .rough, named: "reconciliation.no_exception"),
        Planting(.transferWirePlusOne, on: .rough, named: "transfers.equal_accounts"),
        Planting(.rearrangedPlusOne, on: .rough, named: "transfers.equal_accounts"),
      ]),
    PlantKind(
      "A rail does not keep its hours",
      [
        Planting(.opensEarly, on: .rough, named: "rail.attempt"),
        Planting(.hoursUnheeded, on: .rough, named: "rail.attempt"),
      ]),
    PlantKind(
      "A rail does not keep its retries",
      [
        Planting(.railRetryUncounted, on: .rough, named: "rail.attempt"),
        Planting(.railDelayNotGrown, on: .rough, named: "rail.attempt"),
        Planting(.triedForgotten, on: .rough, named: "rail.attempt"),
      ]),
    PlantKind(
      "An instruction is lost",
      [
        Planting(.instructionLost, on: .rough, named: "flow.nothing_forgotten"),
        Planting(.returnedLost, on: .rough, named: "flow.nothing_forgotten"),
      ]),
    PlantKind(
      "The bank reports twice",
      [
        Planting(.reportedTwice, on: .rough, named: "rail.instruction"),
        Planting(.statementDeliveredTwice, on: .rough, named: "reconciliation.no_exception"),
      ]),
    PlantKind(
      "A statement is not what moved",
      [
        Planting(.movementNotStated, on: .rough, named: "reconciliation.no_exception"),
        Planting(.lastMovementTwice, on: .rough, named: "reconciliation.no_exception"),
      ]),
  ]

  /// What goes wrong with transfers and in settlement systems.
  static let banks: [PlantKind] = [
    PlantKind(
      "Nobody plans what was left for later",
      [
        Planting(.deferredForgotten, on: .optimised, named: "flow.nothing_forgotten"),
        Planting(.waitingForgotten, on: .rough, named: "flow.nothing_forgotten"),
      ]),
    PlantKind(
      "Transfers settle before their wires",
      [
        Planting(.settledOnFirstWire, on: .netted, named: "transfers.equal_accounts"),
        Planting(.wireNotCounted, on: .rough, named: "transfers.equal_accounts"),
      ]),
    PlantKind(
      "A bank's failure is not heeded",
      [
        Planting(.failedBankServed, on: .rough, named: "transfers.given_back"),
        Planting(.uncreditedKept, on: .rough, named: "transfers.given_back"),
      ]),
    PlantKind(
      "Payments overtake each other in a queue",
      [
        Planting(.queueJumped, on: .rough, named: "interbank.rules"),
        Planting(.queuedInFront, on: .rough, named: "interbank.rules"),
      ]),
    PlantKind(
      "A limit is not looked at",
      [
        Planting(.capUnheeded, on: .capped, named: "interbank.rules"),
        Planting(.limitUnheeded, on: .rough, named: "interbank.rules"),
      ]),
    PlantKind(
      "What is reserved is used",
      [
        Planting(.reserveUnheeded, on: .rough, named: "interbank.rules"),
        Planting(.groupReserveUnheeded, on: .cycles, named: "interbank.rules"),
      ]),
    PlantKind(
      "Accounts and events differ",
      [
        Planting(.partCountedTwice, on: .rough, named: "interbank.rules"),
        Planting(.receivedOneShort, on: .rough, named: "interbank.rules"),
        Planting(.positionNotPaid, on: .positions, named: "interbank.rules"),
      ]),
    PlantKind(
      "A payment leaves a queue and goes nowhere",
      [
        Planting(.nettedPaymentDropped, on: .cycles, named: "interbank.rules"),
        Planting(.takenOutSilently, on: .rough, named: "interbank.rules"),
        Planting(.heldForgotten, on: .rough, named: "interbank.rules"),
      ]),
  ]
}
