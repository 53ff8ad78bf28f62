import Measurement
import PaymentModel

/// What happens to followed transfers at the desk, in words.
extension NetworkStory {
  func hearTransfers(_ event: RecordedEvent, at time: Int64) {
    let desk = "transfer desk"
    switch event {
    case .owed(let owed): hear(owed, at: time)
    case .reversed(let obligation):
      guard transfers.contains(obligation.payment) else { return }
      var entry = StoryEntry(
        .state, at: time, desk, words.scope.name(obligation.route.payer),
        "the transfer is reversed before it is in any batch: it goes back to its payer")
      entry.state = "reversed"
      tell(key(obligation.payment), entry)
    case .batched(let batch): hear(batch, at: time)
    case .carried(let batches, let number):
      var keys: [StoryKey] = []
      for batch in batches {
        for key in carried[batch] ?? [] where !keys.contains(key) { keys.append(key) }
      }
      guard !keys.isEmpty else { return }
      wires[WireID(number)] = keys
      let name = "\(words.scope.name)/wire-\(number)"
      for key in keys {
        tell(
          key,
          StoryEntry(
            .instruction, at: time, desk, "bank",
            "\(name) carries " + (batches.count == 1 ? "1 batch" : "\(batches.count) batches"),
            [.init("wire", name), .init("batches", "\(batches.count)")]))
      }
    case .batchSettled(let batch, let settled):
      end(batch, at: time, as: "settled", "is settled", [.init("settled_ns", "\(settled)")])
    case .batchReversed(let batch, let end):
      self.end(batch, at: time, as: end, "is \(end): its money goes back to its payers", [])
    case .posted(let posting): hear(posting, at: time)
    default: break
    }
  }

  func key(_ transfer: PaymentID) -> StoryKey {
    .payment(StoryPlace(cell: StoryPlace.transfers, number: transfer.rawValue))
  }

  private func hear(_ owed: OwedRecord, at time: Int64) {
    let obligation = owed.obligation
    let place = StoryPlace(cell: StoryPlace.transfers, number: obligation.payment.rawValue)
    counts.payments = max(counts.payments, place.number)
    guard watch.focus.isEverything || watch.focus.payments.contains(place) else { return }
    transfers.insert(obligation.payment)
    let scope = words.scope
    let isReturn = owed.kind == .returned
    var text =
      "\(scope.name(obligation.route.payer)) owes \(scope.name(obligation.route.payee)) "
      + words.money(obligation.amount, obligation.route.source)
    if obligation.route.destination != obligation.route.source {
      text += ", paid out in \(obligation.route.destination.code)"
    }
    text += isReturn ? ": it gives a transfer back" : ": a transfer"
    if let due = owed.due { text += ", due at \(words.instant(due))" }
    var entry = StoryEntry(
      .request, at: time, scope.name(obligation.route.payer), "transfer desk", text,
      [
        .init("payment", words.payment(obligation.payment.rawValue)),
        .init("kind", owed.kind.rawValue), .init("payer", scope.name(obligation.route.payer)),
        .init("payee", scope.name(obligation.route.payee)),
        .init("amount_minor", "\(obligation.amount)"),
        .init("currency", obligation.route.source.code),
      ])
    entry.state = "waiting"
    tell(key(obligation.payment), entry)
  }

  private func hear(_ batch: BatchRecord, at time: Int64) {
    let place = StoryPlace(cell: StoryPlace.transfers, number: batch.number.rawValue)
    counts.batches = place.number
    var keys: [StoryKey] = batch.members.lazy.map(\.payment).filter(transfers.contains).map(key)
    if watch.focus.batches.contains(place) { keys.append(.batch(place)) }
    guard !keys.isEmpty else { return }
    carried[batch.number] = keys
    let scope = words.scope
    let name = scope.batch(batch.number)
    let strategy = scope.deployment.settings.settlement.strategy.name
    for key in keys {
      var entry = StoryEntry(
        .batch, at: time, "transfer desk",
        "goes with \(StoryWords.count(batch.members.count, "transfer")) as \(name), "
          + "\(words.money(batch.payout, batch.currency)) from \(scope.name(batch.payer)) to "
          + "\(scope.name(batch.payee)), \(batch.netting), window \(batch.window.name)",
        [
          .init("batch", name), .init("strategy", strategy),
          .init("payout_minor", "\(batch.payout)"), .init("currency", scope.code(batch.currency)),
          .init("netting", "\(batch.netting)"), .init("window", batch.window.name),
          .init("members", "\(batch.members.count)"),
        ])
      entry.state = "sent"
      tell(key, entry)
    }
  }

  private func end(
    _ batch: BatchID, at time: Int64, as state: String, _ text: String,
    _ facts: [StoryEntry.Fact]
  ) {
    let name = words.scope.batch(batch)
    for key in carried[batch] ?? [] {
      var entry = StoryEntry(
        .state, at: time, "transfer desk", "\(name) \(text)", [.init("batch", name)] + facts)
      entry.state = state
      tell(key, entry)
    }
  }

  private func hear(_ posting: Posting, at time: Int64) {
    let banks = words.scope.deployment.banks
    let name = { TransferLedger.name($0, banks) }
    func tell(_ key: StoryKey, isShared: Bool) {
      self.tell(
        key,
        words.entry(
          posting, at: time, by: "transfer desk", name, isShared: isShared,
          of: isShared ? ", for all of transfers/batch-\(posting.reference)" : ""))
    }
    let isTransfers =
      posting.kind == .transferAccepted
      || posting.kind == .transferReversed && name(posting.debit) == "accepted"
    if isTransfers {
      let payment = PaymentID(posting.reference)
      if transfers.contains(payment) { tell(key(payment), isShared: false) }
      return
    }
    switch posting.kind {
    case .payout, .convertOut, .convertIn, .payoutConfirmed, .transferReversed:
      for key in carried[BatchID(posting.reference)] ?? [] { tell(key, isShared: true) }
    default: break
    }
  }
}
