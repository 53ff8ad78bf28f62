extension SettlementState {
  /// Notes how long everything that waits has waited, when the system ends for good.
  mutating func recordWaiting() {
    for pick in waiting() {
      let payment = payment(pick)
      recorder.waited(payment, pick.amount, payment.priority, at: now)
    }
    for payment in held.payments + warehoused {
      recorder.waited(payment, payment.amount, payment.priority, at: now)
    }
  }

  /// Notes the time until `time` (ns), in which nothing changes.
  mutating func recordElapsed(until time: Int64) {
    let stall = queuedCount > 0 && stalls.isOn ? stall() : .none
    recorder.elapsed(
      time - now, count: queuedCount, value: queuedValue, heldValue: held.value, stall)
  }
}
