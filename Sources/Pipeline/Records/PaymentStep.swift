import PaymentModel

/// Something that a card payment meets on its way through a cell. It is told once, where it
/// happens; see `CellShared.tell`.
enum PaymentStep {
  /// The gateway has accepted it, and will have answered when it is durable.
  case accepted(PaymentRequest, PaymentTraces.Intake)
  /// It is in a state from now on.
  case moved(PaymentState)
  /// A worker has taken the record that was published at a time (ns).
  case taken(published: Int64)
  /// Token and score are there.
  case scored
  /// What the score says.
  case assessed(FraudScore.Band)
  /// The cardholder is asked, for the score or for the rule of strong authentication.
  case asksCardholder(byScore: Bool)
  /// The cardholder has answered, or gone.
  case challenged(isAbandoned: Bool)
  /// The acquirers that may be asked, in order, and what the order follows from.
  case routed([EndpointIndex], risk: RiskLevel, preferred: EndpointIndex?)
  /// The breaker in front of an acquirer lets no call through.
  case heldBack(EndpointIndex, CircuitBreaker.State)
  /// An acquirer is asked: the one at this position of the route.
  case asks(EndpointIndex, position: Int, attempt: Int)
  /// An acquirer was asked, and this came of it by the deadline; nil: nothing.
  case attempted(EndpointIndex, AcquirerAnswer?)
  /// The answer that had not come by the deadline.
  case answeredLate(EndpointIndex, isApproved: Bool)
  /// An acquirer is told to undo what it may have decided.
  case reverses(EndpointIndex)
  /// It has.
  case reversed(EndpointIndex)
  /// No acquirer has decided: another attempt is made after so long (ns).
  case pauses(Int64)
  /// A worker goes on after a pause between attempts.
  case resumed
  /// The decision is durable: authorised, declined for a reason, or up to the cardholder.
  case decided(PaymentState, DeclineReason?)
  /// The acquirer's reference of the authorisation.
  case referenced(EndpointIndex, UInt32)
  /// The hold waits for its capture, or for its end where none comes in time; at a time (ns).
  case holds(until: Int64, isCaptured: Bool)
  /// The hold has ended by a capture of an amount.
  case captured(Int64)
  /// The hold has ended without one.
  case released(PaymentState)
  /// The merchant asks an amount back.
  case askedBack(Int64)
  /// What is asked back waits until it is decided.
  case asksAgain(Int64)
  /// There is nothing to give back.
  case nothingToGiveBack(Int64)
  /// So much went back to the payer.
  case givenBack(Int64, isVoid: Bool)
  /// It belongs to a business day, which ends at a second; nil: the strategy takes it at once.
  case windowed(day: Int32, closes: Int64?, MerchantWindow.Placement)
  /// A plan has left it, or its refund, for the next window.
  case deferred(Int64)
  /// It went into a batch, which was due at a time.
  case batched(BatchID, due: Int64)
  /// A line of an acquirer's file names it; nil: the line is as it should be.
  case stated(SettlementLine, file: Int, name: String, ReconciliationException.Kind?)
}

/// Something that a request meets at the gateway.
enum RequestStep {
  /// Why the gateway answers as it does.
  enum Cause { case queue, body, rate, key, partition, none }
  /// It was answered, so long (ns) after it came.
  case answered(CellMeasurements.Answer, Cause, after: Int64)
  /// The client sends it again at a time (ns).
  case repeats(at: Int64)
  /// The client gives it up.
  case givenUp
  /// The client, who believes that it was lost, sends the key again at a time (ns).
  case doubled(at: Int64, isAltered: Bool)
}

/// Where what happens to payments of a cell is told once, whoever follows them. Confined to its
/// island.
final class PaymentTap: @unchecked Sendable {
  private let traces: PaymentTraces?
  let story: CellStory?

  /// Nil where nobody follows payments.
  init?(_ traces: PaymentTraces?, _ story: CellStory?) {
    if traces == nil, story == nil { return nil }
    self.traces = traces
    self.story = story
  }

  @inline(never)
  func hear(_ payment: PaymentID, _ row: borrowing PaymentRow, _ step: PaymentStep) {
    if let traces, row.traits.contains(.traced) { traces.hear(payment, step) }
    story?.hear(payment, row, step)
  }
}
