import Measurement
import PaymentModel
import Text

/// What happens to a request at the gateway, in words.
extension CellStory {
  func sent(_ request: PaymentRequest, at time: Int64) -> StoryEntry {
    let name = merchant(request.merchant)
    let isKnown = request.currency != PaymentRequest.unknownCurrency
    let amount =
      isKnown
      ? words.money(request.amount, request.currency)
      : "\(request.amount) minor units of a currency that the scenario does not know"
    var what = "asks for a payment of \(amount)"
    if request.traits.contains(.resent) { what += ", the second request of its key" }
    if request.attempt > 0 { what += ", retry \(request.attempt)" }
    return StoryEntry(
      .request, at: time, name, "gateway", "\(name) \(what)",
      [
        .init("merchant", name), .init("key", hexadecimal(request.fingerprint.rawValue)),
        .init("amount_minor", "\(request.amount)"),
        .init("currency", isKnown ? words.scope.code(request.currency) : ""),
        .init("attempt", "\(request.attempt)"),
      ])
  }

  func entries(of request: PaymentRequest, _ step: RequestStep) -> [StoryEntry] {
    let now = island.now.nanoseconds
    let name = merchant(request.merchant)
    switch step {
    case .answered(let answer, let cause, let delay):
      var told: [StoryEntry] = []
      // What is accepted was told when it came.
      if answer != .accepted { told.append(sent(request, at: now - delay)) }
      told.append(
        StoryEntry(
          .request, at: now, "gateway", name,
          "answers \(answer.name.prefix(3)): \(Self.why(answer, cause))",
          [.init("answer", answer.name), .init("after_ns", "\(delay)")]))
      return told
    case .repeats(let time):
      return [
        StoryEntry(
          .request, at: now, name, "will ask again at \(words.instant(time))",
          [.init("again_ns", "\(time)")])
      ]
    case .givenUp:
      return [StoryEntry(.request, at: now, name, "gives up: it has made its last retry")]
    case .doubled(let time, let isAltered):
      return [
        StoryEntry(
          .request, at: now, name,
          "believes its request to be lost: it will send the key again at "
            + words.instant(time) + (isAltered ? ", with another amount" : ""),
          [.init("again_ns", "\(time)"), .init("altered", "\(isAltered)")])
      ]
    }
  }

  private static func why(
    _ answer: CellMeasurements.Answer, _ cause: RequestStep.Cause
  ) -> String {
    switch answer {
    case .accepted: "accepted"
    case .replayed: "the key is known and decided, the body the same: the same response again"
    case .inFlight: "the key is known and not decided yet"
    case .otherBody: "the key is known with another body"
    case .malformed: "malformed: the currency or the amount"
    case .rateLimited: "too many requests of the merchant"
    case .unavailable:
      switch cause {
      case .queue: "the gateway's queue is too long"
      case .partition: "the merchant's partition of the bus is full"
      default: "unavailable"
      }
    }
  }
}
