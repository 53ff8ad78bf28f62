import Batching
import Measurement
import PaymentModel

/// What happens to batches with followed payments, in words.
extension CellStory: RecordListener {
  func finish() -> [RecordFile] {
    finishRequests()
    return []
  }

  func hear(_ event: RecordedEvent, at time: Int64) {
    switch event {
    case .posted(let posting): hear(posting, at: time)
    case .planned(let report, let number): planned = (time, number, report.method)
    case .batched(let batch): hear(batch, at: time)
    case .carried(let batches, let number): hear(carriedBy: number, batches, at: time)
    case .batchSettled(let batch, let settled):
      let name = words.scope.batch(batch)
      for key in carried[batch] ?? [] {
        tell(
          key,
          StoryEntry(
            .rail, at: time, "bank", "settlement",
            "\(name) is settled: the money moved at \(words.instant(settled))",
            [.init("batch", name), .init("settled_ns", "\(settled)")]))
      }
    case .stated(let batch):
      for key in carried[batch] ?? [] {
        tell(
          key,
          StoryEntry(
            .reconciliation, at: time, "bank", "reconciler",
            "the bank's statement carries \(words.scope.batch(batch)): it matches",
            [.init("batch", words.scope.batch(batch))]))
      }
    default: break
    }
  }

  // MARK: postings

  private func hear(_ posting: Posting, at time: Int64) {
    switch posting.kind {
    case .hold, .capture, .release, .refund, .void:
      guard let followed = followed[PaymentID(posting.reference)] else { return }
      tell(followed.key, words.entry(posting, at: time, by: "platform", account, isShared: false))
    case .funding:
      let codes = words.scope.deployment.currencies.count
      for key in funded[posting.reference] ?? [] where posting.debit % codes == currency(of: key) {
        tell(
          key,
          words.entry(
            posting, at: time, by: "reconciler", account, isShared: true,
            of: ", for all lines of file \(posting.reference)"))
      }
    default:
      if let keys = carried[BatchID(posting.reference)] {
        for key in keys { tell(posting, of: key, at: time) }
      } else {
        if recent.time != time { recent = (time, []) }
        recent.postings.append(posting)
      }
    }
  }

  private func currency(of key: StoryKey) -> Int {
    guard case .payment(let place) = key, let followed = followed[PaymentID(place.number)] else {
      return -1
    }
    return Int(followed.currency)
  }

  private func tell(_ posting: Posting, of key: StoryKey, at time: Int64) {
    if case .payment(let place) = key, let followed = followed[PaymentID(place.number)],
      !concerns(posting, followed)
    {
      return
    }
    tell(
      key,
      words.entry(
        posting, at: time, by: "settlement", account, isShared: true,
        of: ", for all of \(words.scope.name)/batch-\(posting.reference)"))
  }

  // MARK: batches

  private func hear(_ batch: BatchRecord, at time: Int64) {
    counts.batches = batch.number.rawValue
    let place = StoryPlace(cell: plan.index, number: batch.number.rawValue)
    var keys: [StoryKey] = []
    if watch.focus.batches.contains(place) {
      keys.append(.batch(place))
      for member in batch.members { tell(.batch(place), self.member(member, at: time)) }
    }
    for member in batch.members {
      guard let followed = followed[member.payment] else { continue }
      if !keys.contains(followed.key) { keys.append(followed.key) }
      tell(followed.key, self.member(member, at: time))
    }
    guard !keys.isEmpty else { return }
    carried[batch.number] = keys
    let entry = entry(batch, at: time)
    for key in keys {
      tell(key, entry)
      guard recent.time == time else { continue }
      for posting in recent.postings where posting.reference == batch.number.rawValue {
        tell(posting, of: key, at: time)
      }
    }
  }

  private func member(_ member: Obligation, at time: Int64) -> StoryEntry {
    let payment = words.payment(member.payment.rawValue)
    let what = member.amount > 0 ? "is owed to" : "is taken off what is owed to"
    return StoryEntry(
      .batch, at: time, "settlement",
      "\(words.money(abs(member.amount), member.route.source)) of \(payment) \(what) "
        + "\(words.scope.name(member.merchant)), business day "
        + RecordScope.date(member.businessDay),
      [
        .init("payment", payment), .init("amount_minor", "\(member.amount)"),
        .init("currency", member.route.source.code),
        .init("business_day", RecordScope.date(member.businessDay)),
      ])
  }

  private func entry(_ batch: BatchRecord, at time: Int64) -> StoryEntry {
    let scope = words.scope
    let name = scope.batch(batch.number)
    let refunds = batch.members.count { $0.amount < 0 }
    var text =
      "\(scope.deployment.settings.settlement.strategy.name) puts "
      + StoryWords.count(batch.members.count - refunds, "payment")
    if refunds > 0 { text += " and " + StoryWords.count(refunds, "refund") }
    text +=
      " into \(name): \(words.money(batch.payout, batch.currency)) from "
      + "\(scope.name(batch.payer)) to \(scope.name(batch.payee)), \(batch.netting), window "
      + "\(batch.window.name); due since \(words.instant(batch.due))"
    var facts: [StoryEntry.Fact] = [
      .init("batch", name), .init("strategy", scope.deployment.settings.settlement.strategy.name),
      .init("payout_minor", "\(batch.payout)"), .init("currency", scope.code(batch.currency)),
      .init("payer", scope.name(batch.payer)), .init("payee", scope.name(batch.payee)),
      .init("netting", "\(batch.netting)"), .init("window", batch.window.name),
      .init("members", "\(batch.members.count)"), .init("due_ns", "\(batch.due)"),
    ]
    if let planned, planned.time == time {
      text += "; plan \(planned.number) follows \(planned.method)"
      facts += [.init("plan", "\(planned.number)"), .init("method", planned.method)]
    }
    return StoryEntry(.batch, at: time, "settlement", text, facts)
  }

  private func hear(carriedBy number: UInt32, _ batches: [BatchID], at time: Int64) {
    var keys: [StoryKey] = []
    for batch in batches {
      for key in carried[batch] ?? [] where !keys.contains(key) { keys.append(key) }
    }
    guard !keys.isEmpty else { return }
    let name = words.scope.batch(BatchID(number))
    let isAlone = batches == [BatchID(number)]
    for key in keys {
      tell(
        key,
        StoryEntry(
          .instruction, at: time, "settlement", "bank",
          isAlone
            ? "an instruction for \(name) goes to the bank"
            : "an instruction for the net position \(name), which carries "
              + "\(batches.count) batches, goes to the bank",
          [.init("instruction_for", name), .init("batches", "\(batches.count)")]))
      watch.link(
        StoryWatch.Link(kind: .payout, cell: plan.index, reference: number),
        to: StoryWatch.Target(key: key))
    }
    carried[BatchID(number)] =
      (carried[BatchID(number)] ?? [])
      + keys.filter {
        carried[BatchID(number)]?.contains($0) != true
      }
  }
}
