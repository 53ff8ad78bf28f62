import Chance
import PaymentModel
import Plants
import Scenario
import VirtualTime

/// What becomes of an approval: captured at once or later, in whole or in part, voided, or expired;
/// and what a merchant takes back afterwards.
actor Holds: IslandActor {
  nonisolated let island: Island
  private let shared: CellShared
  private let ledger: Ledger
  private let stream: StreamProcessor
  private let acquirers: [AcquirerEndpoint]
  private let delays: QuantileTable
  private let partialFraction: Double
  private let validity: Int64
  private let term: HoldTerm
  private var random: RandomStream
  private var waiting: DelayedActions<Due>!

  private enum Due {
    case capture(PaymentID, held: VirtualInstant)
    case expiry(PaymentID, held: VirtualInstant)
    case cancellation(PaymentID, amount: Int64)
  }

  init(
    shared: CellShared, ledger: Ledger, stream: StreamProcessor, acquirers: [AcquirerEndpoint]
  ) {
    island = shared.island
    self.shared = shared
    self.ledger = ledger
    self.stream = stream
    self.acquirers = acquirers
    let capture = shared.settings.workload.capture
    delays = .empirical(capture.delayHours)
    partialFraction = capture.partialFraction
    validity = shared.settings.authorization.holdValidity.nanoseconds
    term = HoldTerm(validity: validity)
    random = shared.random("holds", "capture")
  }

  func start() {
    waiting = DelayedActions(island) { [unowned self] due in self.assumeIsolated { $0.take(due) } }
  }

  /// When a hold should have been captured or have expired whose timer was lost; nil: none.
  var overdue: Int64? { waiting.overdue }

  /// Holds that wait for their capture or expiry: what was cancelled meanwhile waits no more,
  /// though its timer has yet to run out.
  var held: Int {
    waiting.records.count { due in
      switch due {
      case .cancellation: false
      case .capture(let payment, _), .expiry(let payment, _):
        shared.store[payment].state == .authorized
      }
    }
  }

  /// A payment has been approved and its hold is durable.
  func authorized(_ payment: PaymentID) {
    island.note("holds, payment", Int(payment))
    guard shared.stop == nil else { return }
    guard shared.store[payment].traits.contains(.delayedCapture) else {
      return capture(payment, amount: shared.store[payment].amount, heldSince: island.now)
    }
    let delay = Int64(delays.value(random.next()) * 3.6e12)
    if planted(Plant.expiryUnheeded) {
      return waiting.add(.capture(payment, held: island.now), at: island.now + delay)
    }
    let validity = planted(Plant.expiryEarly) ? validity / 2 : validity
    shared.tell(
      payment,
      .holds(
        until: (island.now + min(delay, validity)).nanoseconds, isCaptured: delay < validity))
    waiting.add(
      delay < validity
        ? .capture(payment, held: island.now) : .expiry(payment, held: island.now),
      at: island.now + min(delay, validity))
  }

  /// A merchant takes a payment back: a void while it is held or, all of it, before the cut-off of
  /// its day; else a refund. What is given back never exceeds what was captured.
  func cancel(_ payment: PaymentID, amount: Int64) {
    island.note("holds, cancellation of payment", Int(payment))
    guard shared.stop == nil else { return }
    switch shared.store[payment].state {
    case .accepted, .authorizing, .challenged, .unknown:
      shared.tell(payment, .asksAgain(amount))
      waiting.add(.cancellation(payment, amount: amount), at: island.now + 1_000_000_000)
    case .authorized: end(payment, .voided)
    case .captured, .batched:
      takeBack(payment, amount: amount)
      if planted(Plant.takenBackTwice) { takeBack(payment, amount: amount) }
    case .declined, .voided, .expired:
      shared.measurements.unmatchedCancellations += 1
      shared.tell(payment, .nothingToGiveBack(amount))
    }
  }

  private func take(_ due: Due) {
    guard shared.stop == nil else { return }
    switch due {
    case .capture(let payment, let held):
      island.note("holds, capture of payment", Int(payment))
      guard shared.store[payment].state == .authorized else { return }
      let row = shared.store[payment]
      var amount = row.amount
      if row.traits.contains(.partialCapture) {
        amount = max(1, Int64(Double(amount) * partialFraction))
        if amount < row.amount { shared.store.capture(payment, only: amount) }
      }
      acquirers[Int(row.endpoint)].call { $0.capture(payment, amount: amount) }
      capture(payment, amount: amount, heldSince: held)
    case .expiry(let payment, let held):
      island.note("holds, expiry of payment", Int(payment))
      guard shared.store[payment].state == .authorized else { return }
      if planted(Plant.expiredCaptured) {
        let amount = shared.store[payment].amount
        acquirers[Int(shared.store[payment].endpoint)].call { $0.capture(payment, amount: amount) }
        return capture(payment, amount: amount, heldSince: held)
      }
      checkTerm(payment, held, allows: term.hasExpired(island.now, since: held))
      end(payment, .expired)
    case .cancellation(let payment, let amount): cancel(payment, amount: amount)
    }
  }

  private func checkTerm(_ payment: PaymentID, _ held: VirtualInstant, allows: Bool) {
    shared.measurements.checks.holds += 1
    if !allows {
      island.fail(.holdValidity, "payment \(payment), held at \(held), at \(island.now)")
    }
  }

  private func capture(_ payment: PaymentID, amount: Int64, heldSince held: VirtualInstant) {
    if held < island.now {
      checkTerm(payment, held, allows: term.allowsCapture(island.now, since: held))
    }
    ledger.call((payment, amount)) { $0.resolve($1.0, captured: $1.1) }
    if planted(Plant.holdCapturedTwice), payment.rawValue % 20 == 3 {
      ledger.call((payment, amount)) { $0.resolve($1.0, captured: $1.1) }
    }
    shared.store[payment].steps.insert(.captured)
    shared.tell(payment, .captured(amount))
    shared.move(payment, to: .captured)
    shared.measurements.count(.captured, at: island.now)
    stream.call(payment) { $0.captured($1) }
  }

  private func end(_ payment: PaymentID, _ state: PaymentState) {
    let endpoint = Int(shared.store[payment].endpoint)
    ledger.call { $0.resolve(payment, captured: 0) }
    if !planted(Plant.acquirerNotReleased) {
      acquirers[endpoint].call { $0.release(payment, hasExpired: state == .expired) }
    }
    shared.tell(payment, .released(state))
    shared.move(payment, to: state)
  }

  /// What was given back of a payment is not more than was captured of it.
  private func checkBack(_ payment: PaymentID) {
    let store = shared.store
    let (back, captured) = (store.refundedAmount(payment), store.capturedAmount(payment))
    shared.measurements.checks.refunds += 1
    if back > captured || !store[payment].steps.contains(.posted) {
      island.fail(
        .refundWithinCapture, "payment \(payment): \(back) given back, \(captured) captured")
    }
  }

  private func takeBack(_ payment: PaymentID, amount: Int64) {
    let captured = shared.store.capturedAmount(payment)
    let refunded = shared.store.refundedAmount(payment)
    let amount = planted(Plant.refundTooLarge) ? amount : min(amount, captured - refunded)
    guard amount > 0 else {
      shared.measurements.unmatchedCancellations += 1
      shared.tell(payment, .nothingToGiveBack(amount))
      return
    }
    if amount == captured, stream.call({ $0.isDayOpen(of: payment) }) {
      shared.store[payment].traits.insert(.voided)
    }
    shared.store.giveBack(
      payment, inAll: planted(Plant.refundForgotten) ? amount : refunded + amount)
    island.digest.add(
      givenBack: payment, shared.store[payment], amount: amount, at: island.now.nanoseconds)
    shared.tell(
      payment,
      .givenBack(amount, isVoid: shared.store[payment].traits.contains(.voided)))
    checkBack(payment)
    if !shared.askedBack.allows(refunded + amount, of: payment) {
      island.fail(.backAsAsked, "payment \(payment): \(refunded) and \(amount) given back")
    }
    ledger.call { $0.giveBack(payment, amount: amount) }
    if !planted(Plant.acquirerNotToldOfRefund) {
      acquirers[Int(shared.store[payment].endpoint)].call { $0.giveBack(payment, amount: amount) }
    }
    stream.call { $0.takenBack(payment, amount: amount) }
  }
}
