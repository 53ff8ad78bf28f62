extension SettlementState {
  /// Notes the time until `time` (ns), in which nothing changes.
  mutating func recordElapsed(until time: Int64) {
    let stall = queuedCount > 0 && stalls.isOn ? stall() : .none
    recorder.elapsed(
      time - now, count: queuedCount, value: queuedValue, heldValue: held.value, stall)
  }
}
