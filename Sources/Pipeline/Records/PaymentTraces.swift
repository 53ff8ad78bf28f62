import Chance
import Measurement
import PaymentModel
import VirtualTime

/// The way of sampled payments through a cell, span by span.
///
/// Which payments are sampled follows from seed and key alone: it costs no random number, and the
/// same payments are sampled whatever else a scenario changes. A sampled payment carries a trait,
/// so that all others cost a look at one bit. Confined to its island.
final class PaymentTraces: @unchecked Sendable {
  private let island: Island
  private let scope: RecordScope
  private let seed: UInt64
  private let oneIn: UInt64
  private let memory = MemoryShare(of: .records)
  private var traces: [Trace] = []
  private var places: [PaymentID: Int] = [:]
  /// Payments of batches whose money has not arrived, or that no statement has carried.
  private var members: [BatchID: [Int]] = [:]

  /// Where a payment stands between two things that are told of it.
  fileprivate enum Stage {
    case onBus, inHand, withCardholder, held, captured, batched, ended

    /// What it waits in, where no span says so yet.
    var waiting: PaymentSpan.Kind? {
      switch self {
      case .onBus: .busWait
      case .withCardholder: .challenge
      case .held: .hold
      case .captured: .windowWait
      case .inHand, .batched, .ended: nil
      }
    }
  }

  /// A payment on its way.
  fileprivate struct Trace {
    var payment: TracedPayment
    /// The time up to which main spans tell of it.
    var last: Int64
    var stage = Stage.onBus
    /// Position of the span that the others now lie in.
    var open: Int?
    /// When it was captured, and its money arrived; nil before.
    var captured: Int64?
    var settled: Int64?
  }

  /// Nil where the scenario traces nothing.
  init?(_ plan: CellPlan, _ island: Island, _ deployment: Deployment) {
    let oneIn = deployment.settings.results.traceOneIn
    guard oneIn > 0 else { return nil }
    self.island = island
    self.oneIn = UInt64(oneIn)
    seed = deployment.settings.seed
    scope = RecordScope(cell: plan.index, deployment)
  }

  /// Whether the payment of a key is sampled.
  func samples(_ key: KeyFingerprint) -> Bool {
    let mixed = mix64(mix64(seed &+ 0x7261_6365) ^ key.rawValue)
    return mixed.multipliedFullWidth(by: oneIn).high == 0
  }

  /// Takes what happened to a sampled payment; much of it is no span.
  func hear(_ payment: PaymentID, _ step: PaymentStep) {
    switch step {
    case .accepted(let request, let intake): accepted(payment, request, intake)
    case .taken(let published): taken(payment, published: published)
    case .scored: scored(payment)
    case .attempted(let endpoint, let answer): attempted(payment, at: endpoint, answer)
    case .reversed(let endpoint): reversed(payment, at: endpoint)
    case .resumed: resumed(payment)
    case .decided(let state, let reason): decided(payment, state, reason)
    case .challenged(let isAbandoned): challenged(payment, isAbandoned: isAbandoned)
    case .captured(let amount): captured(payment, amount: amount)
    case .released(let state): released(payment, state)
    case .givenBack(let amount, let isVoid):
      givenBack(payment, amount: amount, isVoid: isVoid)
    case .batched(let batch, let due): batched(payment, in: batch, due: due)
    case .stated(let line, _, _, nil) where line.kind == .capture: statedByAcquirer(payment)
    default: break
    }
  }

  // MARK: intake

  /// What the gateway takes, one part after the other (ns).
  struct Intake {
    var arrived: Int64
    /// Waited for an instance and served by it.
    var served: Int64
    var lookUp: Int64
    var publication: Int64
  }

  /// The gateway has accepted a sampled payment and will have answered when it is durable.
  private func accepted(_ payment: PaymentID, _ request: PaymentRequest, _ intake: Intake) {
    var trace = Trace(
      payment: TracedPayment(
        key: request.fingerprint.rawValue, cell: scope.cell ?? 0, number: payment.rawValue),
      last: request.sent)
    let merchant = scope.deployment.cells[scope.cell ?? 0].merchants[Int(request.merchant)]
    trace.payment.spans.append(
      PaymentSpan(
        .payment, start: request.sent, end: nil, parent: nil,
        attributes: [
          .init("payment", "\(scope.name)/payment-\(payment)"),
          .init("merchant", scope.name(merchant.id)),
          .init("currency", scope.code(request.currency)),
          .init("amount_minor", "\(request.amount)"),
          .init("attempt", "\(request.attempt)"),
        ]))
    trace.add(.network, from: request.sent, to: intake.arrived)
    let answered = intake.arrived + intake.served + intake.lookUp + intake.publication
    trace.add(.gateway, from: intake.arrived, to: answered)
    let gateway = trace.payment.spans.count - 1
    let served = intake.arrived + intake.served
    trace.add(.idempotency, from: served, to: served + intake.lookUp, in: gateway)
    trace.add(.publication, from: served + intake.lookUp, to: answered, in: gateway)
    trace.last = answered
    places[payment] = traces.count
    traces.append(trace)
    memory.grow(to: traces.capacity * (MemoryLayout<Trace>.stride + Self.bytesOfSpans))
  }

  /// Memory of a payment's spans, about.
  private static let bytesOfSpans = 24 * MemoryLayout<PaymentSpan>.stride + 1_024

  // MARK: authorisation

  /// A worker has taken the record that was published at a time.
  private func taken(_ payment: PaymentID, published: Int64) {
    change(payment) { trace, now in
      trace.add(.busWait, from: published, to: now)
      trace.add(.authorization, from: now, to: nil)
      trace.open = trace.payment.spans.count - 1
      trace.last = now
      trace.stage = .inHand
    }
  }

  /// Token and score are there.
  private func scored(_ payment: PaymentID) { inner(.scoring, payment) }

  /// An acquirer was asked, and this came of it by the deadline; nil: nothing.
  private func attempted(
    _ payment: PaymentID, at endpoint: EndpointIndex, _ answer: AcquirerAnswer?
  ) {
    let word =
      switch answer {
      case .approved: "approved"
      case .declined: "declined"
      case .unavailable: "unavailable"
      case nil: "no answer by the deadline"
      }
    inner(.attempt, payment, [.init("acquirer", name(endpoint)), .init("answer", word)])
  }

  /// An acquirer has undone what it may have decided.
  private func reversed(_ payment: PaymentID, at endpoint: EndpointIndex) {
    inner(.reversal, payment, [.init("acquirer", name(endpoint))])
  }

  /// A worker goes on after a pause between attempts.
  private func resumed(_ payment: PaymentID) { change(payment) { $0.last = $1 } }

  /// The decision is durable: authorised, declined for a reason, or up to the cardholder.
  private func decided(_ payment: PaymentID, _ state: PaymentState, _ reason: DeclineReason? = nil)
  {
    inner(.commit, payment)
    change(payment) { trace, now in
      var attributes = [PaymentSpan.Attribute("outcome", "\(state)")]
      if let reason { attributes.append(.init("reason", reason.name)) }
      trace.closeOpen(at: now, attributes)
      switch state {
      case .authorized: trace.stage = .held
      case .challenged: trace.stage = .withCardholder
      default: trace.end(as: state, attributes)
      }
    }
  }

  /// The cardholder has answered, or gone.
  private func challenged(_ payment: PaymentID, isAbandoned: Bool) {
    change(payment) { trace, now in
      trace.add(
        .challenge, from: trace.last, to: now,
        [.init("outcome", isAbandoned ? "abandoned" : "passed")])
      trace.last = now
      trace.stage = isAbandoned ? .inHand : .onBus
    }
  }

  /// What follows the last thing told, within the span that is open.
  private func inner(
    _ kind: PaymentSpan.Kind, _ payment: PaymentID, _ attributes: [PaymentSpan.Attribute] = []
  ) {
    change(payment) { trace, now in
      trace.add(kind, from: trace.last, to: now, in: trace.open, attributes)
      trace.last = now
    }
  }

  // MARK: money

  /// The hold has ended by a capture of `amount`.
  private func captured(_ payment: PaymentID, amount: Int64) {
    change(payment) { trace, now in
      trace.add(.hold, from: trace.last, to: now, [.init("ended", "captured")])
      trace.add(.capture, from: now, to: now, [.init("amount_minor", "\(amount)")])
      let capture = trace.payment.spans.count - 1
      trace.add(.posting, from: now, to: now, in: capture)
      trace.captured = now
      trace.last = now
      trace.stage = .captured
    }
  }

  /// The hold has ended without one.
  private func released(_ payment: PaymentID, _ state: PaymentState) {
    change(payment) { trace, now in
      trace.add(.hold, from: trace.last, to: now, [.init("ended", "\(state)")])
      trace.last = now
      trace.end(as: state)
    }
  }

  /// So much went back to the payer.
  private func givenBack(_ payment: PaymentID, amount: Int64, isVoid: Bool) {
    change(payment) { trace, now in
      trace.add(
        .refund, from: now, to: now,
        [.init("amount_minor", "\(amount)"), .init("kind", isVoid ? "void" : "refund")])
    }
  }

  /// It went into a batch, which was due at a time.
  private func batched(_ payment: PaymentID, in batch: BatchID, due: Int64) {
    change(payment) { trace, now in
      let due = max(due, trace.last)
      trace.add(.windowWait, from: trace.last, to: due)
      trace.add(.batching, from: due, to: now)
      trace.add(.batch, from: now, to: nil, [.init("batch", scope.batch(batch))])
      trace.open = trace.payment.spans.count - 1
      trace.last = now
      trace.stage = .batched
    }
    if let place = places[payment] { members[batch, default: []].append(place) }
  }

  /// The money of a batch has arrived at a time, by an instruction; nil where none was needed.
  func settled(_ batch: BatchID, by instruction: Instruction?, at time: Int64) {
    guard let places = members.removeValue(forKey: batch) else { return }
    // A statement will tell of the instruction: the batch's, or that of the position it is part of.
    if let instruction { members[instruction.batch, default: []] += places }
    for place in places {
      if let instruction {
        traces[place].add(
          .wire, from: instruction.submitted, to: time, in: traces[place].open,
          [
            .init("wire", "\(instruction.number)"),
            .init("rail", scope.rails[Int(instruction.rail)]),
            .init("amount_minor", "\(instruction.amount)"),
          ])
      }
      traces[place].closeOpen(at: time, [])
      traces[place].settled = time
      traces[place].last = time
      traces[place].end(as: .batched)
    }
  }

  // MARK: reconciliation

  /// The acquirer's file has a payment as it was.
  private func statedByAcquirer(_ payment: PaymentID) {
    change(payment) { trace, now in
      let captured = trace.captured ?? now
      trace.add(.acquirerStatement, from: captured, to: max(now, captured))
    }
  }

  /// A statement of the bank has the instruction that settled a batch, and those it carried.
  func statedByBank(_ batch: BatchID) {
    let now = island.now.nanoseconds
    for place in members.removeValue(forKey: batch) ?? [] {
      guard let settled = traces[place].settled else { continue }
      traces[place].add(.bankStatement, from: settled, to: now)
    }
  }

  // MARK: the end

  /// The sampled payments in the order in which they were accepted; what has no end yet ends with
  /// the run, at a time (ns), and says so.
  func finish(at end: Int64) -> [TracedPayment] {
    traces.map { trace in
      var trace = trace
      trace.closeAtEnd(of: end)
      return trace.payment
    }
  }

  private func name(_ endpoint: EndpointIndex) -> String {
    scope.deployment.endpoints[Int(endpoint)].name
  }

  private func change(_ payment: PaymentID, _ body: (inout Trace, Int64) -> Void) {
    guard let place = places[payment] else { return }
    body(&traces[place], island.now.nanoseconds)
  }
}

extension PaymentTraces.Trace {
  /// Adds a span; `end` nil: it goes on.
  fileprivate mutating func add(
    _ kind: PaymentSpan.Kind, from start: Int64, to end: Int64?, in parent: Int? = 0,
    _ attributes: [PaymentSpan.Attribute] = []
  ) {
    payment.spans.append(
      PaymentSpan(kind, start: start, end: end, parent: parent ?? 0, attributes: attributes))
  }

  /// Ends the span that others lie in.
  fileprivate mutating func closeOpen(at time: Int64, _ attributes: [PaymentSpan.Attribute]) {
    guard let place = open else { return }
    payment.spans[place].end = time
    payment.spans[place].isOpen = false
    payment.spans[place].attributes += attributes
    open = nil
  }

  /// The payment has come to an end.
  fileprivate mutating func end(
    as state: PaymentState, _ attributes: [PaymentSpan.Attribute]? = nil
  ) {
    stage = .ended
    let outcome = state == .batched ? "settled" : "\(state)"
    payment.spans[0].attributes += attributes ?? [.init("outcome", outcome)]
    payment.spans[0].isOpen = false
  }

  /// The run has ended: what goes on does so until then.
  fileprivate mutating func closeAtEnd(of end: Int64) {
    if stage != .ended, open == nil, let waiting = stage.waiting {
      add(waiting, from: last, to: nil)
    }
    for place in payment.spans.indices.dropFirst() where payment.spans[place].isOpen {
      payment.spans[place].end = max(end, payment.spans[place].start)
    }
    let ends = payment.spans.dropFirst().filter { !$0.kind.isApart }.map(\.end)
    payment.spans[0].end = ends.max() ?? payment.spans[0].start
  }
}
