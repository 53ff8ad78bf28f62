import Faults
import Measurement
import PaymentModel

/// What faults do to the payments of a cell, and to the breakers in front of its acquirers.
///
/// A fault touches a payment when a call of the payment is turned away, slowed down, refused or
/// left without its answer by it, or is held back by a breaker that such calls have opened. Pure;
/// times in nanoseconds.
struct FaultWatch {
  /// How the decision on a payment came about, as far as a fault may have caused it.
  enum End {
    /// No acquirer could be asked to an end.
    case unavailable
    /// An acquirer refused.
    case refused
    case other
  }

  private struct Touch {
    let met: MetFault
    /// Whether the fault turned an approval into a refusal.
    var isRefusal: Bool
    /// Whether the work on which the fault bore is done.
    var isOver = false
  }

  private struct Payment {
    var touches: [Touch] = []
    var isDelayed = false
    /// What took hold of its last call, and where that went.
    var lastCall: (endpoint: EndpointIndex?, met: [MetFault])
  }

  private let faults: [TimedFault]
  private let store: PaymentStore
  private var payments: [PaymentID: Payment] = [:]
  /// Faults that have opened a breaker which has not closed since, by endpoint.
  private var opened: [[MetFault]]
  /// Faults of the call being decided whose effect hangs on the decision.
  private var pending: [MetFault] = []
  /// What they came to.
  private(set) var figures: FaultFigures

  /// Nil where nothing goes wrong.
  init?(_ deployment: Deployment, _ store: PaymentStore) {
    guard !deployment.faults.isEmpty else { return nil }
    faults = deployment.faults
    self.store = store
    opened = Array(repeating: [], count: deployment.endpoints.count)
    figures = FaultFigures(faults, currencies: deployment.currencies.count)
  }

  // MARK: payments

  /// A call finds these faults, or none.
  mutating func met(
    _ met: [MetFault], by payment: PaymentID, at endpoint: EndpointIndex?, now: Int64
  ) {
    pending = met.filter { isConditional($0) }
    let certain = met.filter { !isConditional($0) }
    for fault in certain { touch(payment, fault) }
    if !certain.isEmpty { payments[payment]!.isDelayed = true }
    payments[payment]?.lastCall = (endpoint, certain)
  }

  /// The acquirer has approved, and faults of the call have made something else of it.
  mutating func tookEffect(_ payment: PaymentID, isRefusal: Bool) {
    for met in pending where faults[met.fault].kind.alone.declines == isRefusal {
      touch(payment, met, isRefusal: isRefusal)
      payments[payment]!.lastCall.met.append(met)
      if !isRefusal { payments[payment]!.isDelayed = true }
    }
  }

  /// A breaker holds a call of the payment back.
  mutating func heldBack(_ payment: PaymentID, from endpoint: EndpointIndex, now: Int64) {
    for met in opened[Int(endpoint)] {
      if touch(payment, met) { figures.faults[met.fault].reroutedOrHeld += 1 }
    }
  }

  /// No acquirer can be asked for now.
  mutating func waits(_ payment: PaymentID) { payments[payment]?.isDelayed = true }

  /// The payment is with the cardholder: the stations behind which it stood have done their part.
  mutating func handedOver(_ payment: PaymentID, now: Int64) { end(payment, now: now) }

  /// The payment is decided, so long after its request.
  mutating func decided(_ payment: PaymentID, _ end: End, after time: Int64, now: Int64) {
    self.end(payment, now: now)
    guard let found = payments.removeValue(forKey: payment) else {
      if faults.contains(where: { $0.window(at: now) != nil }) || !payments.isEmpty {
        figures.untouched.record(time)
      }
      return
    }
    let row = store[payment]
    var isDeclined = false
    for touch in found.touches {
      let isCause = end == .unavailable || end == .refused && touch.isRefusal
      isDeclined = isDeclined || isCause
      figures.faults[touch.met.fault].decided(
        isDelayed: found.isDelayed, after: time, declined: isCause ? row.amount : nil,
        row.currency)
    }
    figures.decided(
      isDelayed: found.isDelayed, declined: isDeclined ? row.amount : nil, row.currency)
  }

  private mutating func end(_ payment: PaymentID, now: Int64) {
    guard let touches = payments[payment]?.touches else { return }
    for (index, touch) in touches.enumerated() where !touch.isOver {
      payments[payment]!.touches[index].isOver = true
      figures.faults[touch.met.fault].paymentEnded(touch.met.window, now: now)
    }
  }

  /// Whether the fault takes effect on what is approved alone.
  private func isConditional(_ met: MetFault) -> Bool {
    let alone = faults[met.fault].kind.alone
    return alone.declines || alone.losesReply
  }

  /// Returns whether the fault has not touched the payment before.
  @discardableResult
  private mutating func touch(
    _ payment: PaymentID, _ met: MetFault, isRefusal: Bool = false
  ) -> Bool {
    let row = store[payment]
    if payments[payment] == nil {
      payments[payment] = Payment(lastCall: (nil, []))
      figures.touched(row.amount, row.currency)
    }
    let touches = payments[payment]!.touches
    let isNew = !touches.contains { $0.met.fault == met.fault }
    if isNew { figures.faults[met.fault].touched(row.amount, row.currency) }
    if let known = touches.firstIndex(where: { $0.met == met && !$0.isOver }) {
      payments[payment]!.touches[known].isRefusal = touches[known].isRefusal || isRefusal
    } else if isNew {
      payments[payment]!.touches.append(Touch(met: met, isRefusal: isRefusal))
    }
    return isNew
  }

  // MARK: breakers

  /// A call of the payment has opened a breaker.
  mutating func opened(_ endpoint: EndpointIndex, by payment: PaymentID, now: Int64) {
    guard let call = payments[payment]?.lastCall, call.endpoint == endpoint else { return }
    for met in call.met where !opened[Int(endpoint)].contains(met) {
      opened[Int(endpoint)].append(met)
      figures.faults[met.fault].breakerOpened(met.window, now: now)
    }
  }

  /// An answer has come through a breaker, which is closed.
  mutating func closed(_ endpoint: EndpointIndex, now: Int64) {
    guard !opened[Int(endpoint)].isEmpty else { return }
    for met in opened[Int(endpoint)] {
      figures.faults[met.fault].breakerClosed(met.window, now: now)
    }
    opened[Int(endpoint)] = []
  }
}
