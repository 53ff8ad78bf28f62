import Measurement
import PaymentModel

/// What happens to a payment once it is decided, in words.
extension CellStory {
  func later(
    _ payment: PaymentID, _ followed: Followed, _ step: PaymentStep, _ now: Int64
  ) -> [StoryEntry] {
    let merchant = merchant(followed.merchant)
    func money(_ amount: Int64) -> String { words.money(amount, followed.currency) }
    func facts(_ amount: Int64) -> [StoryEntry.Fact] { words.amount(amount, followed.currency) }
    switch step {
    case .holds(let until, let isCaptured):
      let what = isCaptured ? "is to be captured" : "is not captured in time and ends"
      return [
        StoryEntry(
          .hold, at: now, "holds", "the hold \(what) at \(words.instant(until))",
          [.init("until_ns", "\(until)"), .init("ends_by", isCaptured ? "capture" : "expiry")])
      ]
    case .captured(let amount):
      return [
        StoryEntry(.hold, at: now, merchant, "holds", "\(money(amount)) captured", facts(amount))
      ]
    case .released(let state):
      return [
        StoryEntry(
          .hold, at: now, "holds", "the hold ends without a capture: \(state)",
          [.init("ended", "\(state)")])
      ]
    case .askedBack(let amount):
      return [
        StoryEntry(
          .refund, at: now, merchant, "gateway", "\(merchant) asks \(money(amount)) back",
          facts(amount))
      ]
    case .asksAgain(let amount):
      return [
        StoryEntry(
          .refund, at: now, "holds",
          "the payment is not decided yet: \(money(amount)) is asked back again in 1 s",
          facts(amount))
      ]
    case .nothingToGiveBack(let amount):
      return [
        StoryEntry(
          .refund, at: now, "holds", "refused: nothing is left to give back of \(money(amount))",
          [.init("outcome", "refused")] + facts(amount))
      ]
    case .givenBack(let amount, let isVoid):
      let kind =
        isVoid ? "a void, all of it before the cut-off of its day" : "a refund"
      return [
        StoryEntry(
          .refund, at: now, "holds", "\(money(amount)) goes back to the payer: \(kind)",
          [.init("kind", isVoid ? "void" : "refund")] + facts(amount))
      ]
    case .windowed(let day, let closes, let placement):
      return [window(day, closes, placement, now)]
    case .deferred(let amount):
      return [
        StoryEntry(
          .batch, at: now, "settlement",
          "the plan leaves \(money(amount)) for the end of the next window", facts(amount))
      ]
    case .stated(let line, let file, let name, let problem):
      return stated(followed, line, file, name, problem, now)
    default: return []
    }
  }

  private func window(
    _ day: Int32, _ closes: Int64?, _ placement: MerchantWindow.Placement, _ now: Int64
  ) -> StoryEntry {
    let date = RecordScope.date(day)
    var text = "belongs to the business day \(date)"
    switch placement {
    case .current: break
    case .next: text += ": the cut-off before it has passed, and its day is not open yet"
    case .late: text += ": its own day is closed, it came after its watermark"
    }
    if let closes, placement != .next {
      text += ", which ends at \(words.instant(closes * 1_000_000_000))"
    }
    if closes == nil { text += "; the strategy takes it at once" }
    return StoryEntry(
      .window, at: now, "stream processor", text,
      [.init("business_day", date), .init("placement", "\(placement)")])
  }

  private func stated(
    _ followed: Followed, _ line: SettlementLine, _ file: Int, _ name: String,
    _ problem: ReconciliationException.Kind?, _ now: Int64
  ) -> [StoryEntry] {
    let number = files[name] ?? file
    if files[name] == nil { files[name] = number }
    let reference = UInt32(number)
    if funded[reference]?.contains(followed.key) != true {
      funded[reference, default: []].append(followed.key)
      watch.link(
        StoryWatch.Link(kind: .file, cell: plan.index, reference: reference),
        to: StoryWatch.Target(
          key: followed.key, currency: followed.currency,
          issuer: words.scope.deployment.banks.issuer(Int(followed.issuer))))
    }
    let what = "\(line.kind) of \(words.money(line.amount, line.currency))"
    let outcome = problem.map { "it does not match: \($0.rawValue)" } ?? "it matches"
    return [
      StoryEntry(
        .file, at: now, "acquirers", "reconciler",
        "\(name), file \(number) of the cell, states a \(what) under reference "
          + "\(line.reference): \(outcome)",
        [
          .init("file", name), .init("line", "\(line.kind)"),
          .init("reference", "\(line.reference)"),
          .init("outcome", problem?.rawValue ?? "matched"),
        ] + words.amount(line.amount, line.currency))
    ]
  }
}
