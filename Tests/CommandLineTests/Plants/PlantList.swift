extension PlantKind {
  /// Every kind of fault that is planted, in the order of a payment's way.
  static let all = payments + money

  /// What goes wrong with payments.
  private static let payments: [PlantKind] = [
    PlantKind(
      "An answer is taken after its deadline",
      [
        Planting(.lateAnswerTaken, on: .rough, named: "payment.whole_path")
      ]),
    PlantKind(
      "An acquirer's file leaves a line out",
      [
        Planting(.fileLineLeftOut, on: .rough, named: "payment.whole_path"),
        Planting(.acquirerNotToldOfRefund, on: .rough, named: "ledger.clearing_zero"),
      ]),
    PlantKind(
      "An acquirer's file states more than there was",
      [
        Planting(.fileLineTwice, on: .rough, named: "ledger.clearing_zero"),
        Planting(.laterSaleTwice, on: .busy, named: "ledger.clearing_zero"),
        Planting(.partCapturedInFull, on: .rough, named: "payment.whole_path"),
        Planting(.fileTotalPlusOne, on: .rough, named: "ledger.clearing_zero"),
      ]),
    PlantKind(
      "One acquirer is taken for another",
      [
        Planting(.approvalOfAnother, on: .rough, named: "acquirer.capture_of_open_approval"),
        Planting(.fundingOfAnother, on: .rough, named: "ledger.clearing_zero"),
      ]),
    PlantKind(
      "A record is worked on twice",
      [
        Planting(.recordHandedTwice, on: .rough, named: "payment.legal_transition"),
        Planting(.publishedTwice, on: .rough, named: "payment.legal_transition"),
      ]),
    PlantKind(
      "A request gets another's answer",
      [
        Planting(.refusedAnsweredAccepted, on: .rough, named: "flow.nothing_lost")
      ]),
    PlantKind(
      "A movement is booked twice",
      [
        Planting(.holdCapturedTwice, on: .rough, named: "ledger.posting")
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
        Planting(.refundFromNeighbour, on: .rough, named: "ledger.clearing_zero")
      ]),
    PlantKind(
      "What rounding leaves is dropped",
      [
        Planting(.residualDropped, on: .rough, named: "ledger.clearing_zero"),
        Planting(.transferResidualDropped, on: .rough, named: "ledger.clearing_zero"),
      ]),
    PlantKind(
      "The bank reports twice",
      [
        Planting(.reportedTwice, on: .rough, named: "transfer.executed_once")
      ]),
    PlantKind(
      "Money goes to another bank",
      [
        Planting(.wireToWrongBank, on: .rough, named: "bank.equals_ledger"),
        Planting(.submittedToWrongBank, on: .rough, named: "ledger.clearing_zero"),
        Planting(.payoutToWrongBank, on: .rough, named: "bank.equals_ledger"),
      ]),
    PlantKind(
      "A minor unit too much moves",
      [
        Planting(.wirePlusOne, on: .rough, named: "bank.equals_ledger"),
        Planting(.submittedPlusOne, on: .rough, named: "ledger.clearing_zero"),
        Planting(.payoutPlusOne, on: .rough, named: "bank.equals_ledger"),
        Planting(.transferWirePlusOne, on: .rough, named: "transfers.equal_accounts"),
        Planting(.rearrangedPlusOne, on: .rough, named: "transfers.equal_accounts"),
      ]),
  ]
}
