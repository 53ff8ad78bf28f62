extension SettlementState {
  /// Steps of the exact search that tells a deadlock from a gridlock where the order is free.
  private static let searchSteps = 2_000

  /// Notes the time until `time` (ns), in which nothing changes.
  mutating func recordElapsed(until time: Int64) {
    if queuedCount > 0, recorder.needsStall(at: now) { recorder.noteStall(stall(), at: now) }
    recorder.elapsed(time - now, count: queuedCount, value: queuedValue, heldValue: held.value)
  }

  /// In what kind of stall the queue is.
  private func stall() -> Gridlock.State {
    let candidates = waiting()
    return Gridlock.classify(
      queue: nettable(candidates), available: available(for: candidates),
      limits: limits(for: candidates), order: rule.order.isStrict ? .firstInFirstOut : .free,
      maximumSteps: SettlementState.searchSteps
    ).state
  }
}
