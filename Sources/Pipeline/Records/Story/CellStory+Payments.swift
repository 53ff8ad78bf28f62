import Measurement
import PaymentModel
import Text

/// What happens to a payment before it is batched, in words.
extension CellStory {
  func hear(_ payment: PaymentID, _ row: borrowing PaymentRow, _ step: PaymentStep) {
    let now = island.now.nanoseconds
    stages?.hear(payment, step, at: now)
    if case .referenced(let endpoint, let number) = step, let asked = watch.focus.reference,
      asked.number == number, asked.acquirer == words.acquirer(endpoint)
    {
      referenced.append(StoryPlace(cell: plan.index, number: payment.rawValue))
    }
    if case .accepted(let request, let intake) = step {
      counts.payments = payment.rawValue
      guard follow(payment, request) else { return }
      let key = followed[payment]!.key
      for entry in accepted(payment, request, intake) { tell(key, entry) }
      return
    }
    guard let followed = followed[payment] else { return }
    if case .moved(let state) = step {
      var entry = StoryEntry(.state, at: now, "payment", "is \(state)")
      entry.state = "\(state)"
      return tell(followed.key, entry)
    }
    let told = authorization(step, now) ?? decision(step, now)
    for entry in told ?? later(payment, followed, step, now) { tell(followed.key, entry) }
  }

  private func accepted(
    _ payment: PaymentID, _ request: PaymentRequest, _ intake: PaymentTraces.Intake
  ) -> [StoryEntry] {
    var state = StoryEntry(.state, at: intake.arrived, "payment", "is accepted")
    state.state = "\(PaymentState.accepted)"
    let durable = intake.arrived + intake.served + intake.lookUp + intake.publication
    return [
      sent(request, at: request.sent),
      StoryEntry(
        .decision, at: intake.arrived, "gateway",
        "the key is new: it becomes \(words.payment(payment.rawValue)); waiting and service take "
          + "\(words.duration(intake.served)), the look-up of the key "
          + "\(words.duration(intake.lookUp)), the record on the bus "
          + words.duration(intake.publication),
        [
          .init("payment", words.payment(payment.rawValue)),
          .init("key", hexadecimal(request.fingerprint.rawValue)),
          .init("served_ns", "\(intake.served)"), .init("look_up_ns", "\(intake.lookUp)"),
          .init("publication_ns", "\(intake.publication)"),
        ]), state,
      StoryEntry(.decision, at: durable, "gateway", "bus", "the record is durable on the bus"),
    ]
  }

  private func authorization(_ step: PaymentStep, _ now: Int64) -> [StoryEntry]? {
    let workers = "workers"
    func entry(
      _ kind: StoryEntry.Kind, _ to: String? = nil, _ text: String,
      _ facts: [StoryEntry.Fact] = []
    ) -> [StoryEntry] { [StoryEntry(kind, at: now, workers, to ?? workers, text, facts)] }
    switch step {
    case .taken(let published):
      return [
        StoryEntry(
          .decision, at: now, "bus", workers,
          "a worker takes the record, \(words.duration(now - published)) after it was published",
          [.init("waited_ns", "\(now - published)")])
      ]
    case .assessed(let band):
      return entry(.decision, nil, "the fraud score says: \(band)", [.init("band", "\(band)")])
    case .routed(let route, let risk, let preferred): return [routed(route, risk, preferred, now)]
    case .heldBack(let endpoint, let state):
      let name = words.acquirer(endpoint)
      let until: String
      if case .open(let time) = state {
        until = "open until \(words.instant(time))"
      } else {
        until = "half open, its probe is out"
      }
      return entry(
        .attempt, nil, "the breaker of \(name) lets no call through: it is \(until)",
        [.init("acquirer", name), .init("breaker", until)])
    case .asks(let endpoint, let position, let attempt):
      let name = words.acquirer(endpoint)
      let place = position == 0 ? "the first" : "number \(position + 1)"
      return entry(
        .attempt, name, "attempt \(attempt + 1): asks \(name), \(place) of the route",
        [.init("acquirer", name), .init("attempt", "\(attempt + 1)")])
    case .attempted(let endpoint, let answer): return [answered(endpoint, answer, now)]
    case .answeredLate(let endpoint, let isApproved):
      let name = words.acquirer(endpoint)
      return [
        StoryEntry(
          .attempt, at: now, name, workers,
          "the answer that had not come by the deadline arrives: "
            + (isApproved ? "approved" : "declined") + "; nobody acts on it",
          [.init("acquirer", name), .init("answer", isApproved ? "approved" : "declined")])
      ]
    case .reverses(let endpoint):
      let name = words.acquirer(endpoint)
      return entry(
        .attempt, name, "the outcome is unknown: \(name) is told to undo what it may have decided",
        [.init("acquirer", name)])
    case .reversed(let endpoint):
      let name = words.acquirer(endpoint)
      return [
        StoryEntry(
          .attempt, at: now, name, workers, "the reversal is done", [.init("acquirer", name)])
      ]
    case .pauses(let wait):
      return entry(
        .attempt, nil, "no acquirer has decided: another attempt in \(words.duration(wait))",
        [.init("wait_ns", "\(wait)")])
    default: return nil
    }
  }

  private func decision(_ step: PaymentStep, _ now: Int64) -> [StoryEntry]? {
    let workers = "workers"
    func entry(
      _ to: String, _ text: String, _ facts: [StoryEntry.Fact]
    ) -> [StoryEntry] { [StoryEntry(.decision, at: now, workers, to, text, facts)] }
    switch step {
    case .asksCardholder(let byScore):
      return entry(
        "cardholder",
        "the cardholder is challenged, "
          + (byScore ? "for the fraud score" : "by the rule of strong authentication"),
        [.init("by", byScore ? "fraud_score" : "challenge_share")])
    case .challenged(let isAbandoned):
      return [
        StoryEntry(
          .decision, at: now, "cardholder", workers,
          isAbandoned ? "the challenge is abandoned" : "the challenge is passed",
          [.init("outcome", isAbandoned ? "abandoned" : "passed")])
      ]
    case .referenced(let endpoint, let reference):
      return entry(
        workers,
        "the approval of \(words.acquirer(endpoint)) is durable, "
          + "its reference is \(reference)",
        [.init("acquirer", words.acquirer(endpoint)), .init("reference", "\(reference)")])
    case .decided(let state, let reason):
      guard let reason else { return [] }
      return entry(
        workers, "the decision is durable: \(state), \(Self.why(reason))",
        [.init("outcome", "\(state)"), .init("reason", reason.name)])
    default: return nil
    }
  }

  private static func why(_ reason: DeclineReason) -> String {
    switch reason {
    case .issuer: "by the issuer"
    case .fraudScore: "by the fraud score"
    case .challengeAbandoned: "the challenge was abandoned"
    case .acquirersUnavailable: "no acquirer has decided in any attempt"
    }
  }

  private func routed(
    _ route: [EndpointIndex], _ risk: RiskLevel, _ preferred: EndpointIndex?, _ now: Int64
  ) -> StoryEntry {
    let names = route.map(words.acquirer)
    var why = "what serves the currency and region, "
    why += risk == .low ? "the cheapest first for a merchant of low risk" : "by preference"
    if risk != .low { why += " for a merchant of \(risk) risk" }
    if let preferred, route.contains(preferred) {
      why = "the merchant's own choice \(words.acquirer(preferred)) first, then " + why
    }
    return StoryEntry(
      .decision, at: now, "workers",
      names.isEmpty
        ? "the route is empty: no acquirer serves the currency and region"
        : "the route is \(names.joined(separator: ", ")): \(why)",
      [
        .init("route", names.joined(separator: " ")), .init("risk", "\(risk)"),
        .init("preferred", preferred.map(words.acquirer) ?? ""),
      ])
  }

  private func answered(
    _ endpoint: EndpointIndex, _ answer: AcquirerAnswer?, _ now: Int64
  ) -> StoryEntry {
    let name = words.acquirer(endpoint)
    let (text, word): (String, String)
    switch answer {
    case .approved(let reference): (text, word) = ("approved, reference \(reference)", "approved")
    case .declined: (text, word) = ("declined", "declined")
    case .unavailable: (text, word) = ("unavailable", "unavailable")
    case nil: (text, word) = ("no answer by the deadline", "timed_out")
    }
    return StoryEntry(
      .attempt, at: now, answer == nil ? "workers" : name, "workers", "\(name): \(text)",
      [.init("acquirer", name), .init("answer", word)])
  }
}
