extension PlantKind {
  /// What goes wrong with money on its way.
  static let money: [PlantKind] = [
    PlantKind(
      "The reconciler does not tell what it saw",
      [
        Planting(.fileLineUnread, on: .rough, named: "payment.whole_path")
      ]),
    PlantKind(
      "A payment is paid out twice",
      [
        Planting(.takenAgain, on: .rough, named: "payment.settled_once"),
        Planting(.windowedTwice, on: .rough, named: "payment.settled_once"),
      ]),
    PlantKind(
      "Money is booked for another",
      [
        Planting(.reversedToAnother, on: .rough, named: "transfers.equal_accounts")
      ]),
    PlantKind(
      "A part is paid what the whole comes to",
      [
        Planting(.partPaidWhole, on: .rough, named: "ledger.clearing_zero")
      ]),
    PlantKind(
      "Transfers settle before their wires",
      [
        Planting(.settledOnFirstWire, on: .netted, named: "transfers.equal_accounts"),
        Planting(.wireNotCounted, on: .rough, named: "transfers.equal_accounts"),
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
      "Accounts and events differ",
      [
        Planting(.receivedOneShort, on: .rough, named: "interbank.rules"),
        Planting(.positionNotPaid, on: .positions, named: "interbank.rules"),
        Planting(.partCountedTwice, on: .rough, named: "interbank.rules"),
      ]),
    PlantKind(
      "What is reserved is used",
      [
        Planting(.reserveUnheeded, on: .rough, named: "interbank.rules"),
        Planting(.groupReserveUnheeded, on: .cycles, named: "interbank.rules"),
      ]),
    PlantKind(
      "Netting drops a payment",
      [
        Planting(.nettedPaymentDropped, on: .cycles, named: "interbank.rules"),
        Planting(.bilateralFlowDropped, on: .rough, named: "ledger.clearing_zero"),
        Planting(.netFlowDropped, on: .netted, named: "ledger.clearing_zero"),
        Planting(.conversionDropped, on: .rough, named: "ledger.clearing_zero"),
      ]),
    PlantKind(
      "What waits at a close is forgotten",
      [
        Planting(.takenOutSilently, on: .rough, named: "interbank.rules")
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
      "A message is lost or doubled",
      [
        Planting(.messageLost, on: .rough, named: "flow.nothing_lost"),
        Planting(.messageTwice, on: .rough, named: "batch.confirmed_once"),
      ]),
  ]
}
