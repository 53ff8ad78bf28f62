import Plants

extension InterbankSystem {
  /// Opens the system at `time` (ns): caps, limits and reservations count anew; what was carried
  /// over is tried again, and then what was handed in while the system was closed is taken up.
  /// - Parameter day: the day that begins, which may have opened before its first payment comes;
  ///   nil: it opens at `time`.
  /// - Precondition: the system is closed.
  public mutating func startDay(
    at time: Int64, _ day: SettlementDay? = nil
  ) -> [SettlementEvent] {
    precondition(!state.isOpen, "the day has started already")
    state.advance(to: time)
    state.isOpen = true
    state.day = day ?? SettlementDay(opening: time)
    state.accounts.startDay()
    state.searches.changed()
    state.recorder.startDay(
      at: time, state.day, state.accounts, unsettled: state.queuedValue)
    for participant in 0..<state.participants {
      state.stalls.grew(participant)
      state.noteAffected(participant)
    }
    settleAffected()
    let waiting = state.warehoused
    state.warehoused = []
    for payment in waiting {
      take(payment)
      settleAffected()
    }
    return state.takeEvents()
  }

  /// Closes the system at `time` (ns): payments that are held back are released, the mode settles
  /// what it can for the last time, and what still waits is carried over or goes back.
  /// - Precondition: the system is open.
  public mutating func endDay(at time: Int64) -> [SettlementEvent] {
    var events = advance(to: time)
    precondition(state.isOpen, "the day has not started")
    for payment in state.held.takeAll() {
      if planted(Plant.heldForgotten) { continue }
      release(payment)
      settleAffected()
    }
    mode.close(in: &state)
    settleAffected()
    let unsettled = state.queuedValue
    for participant in 0..<state.participants {
      state.recorder.unsettledAtClose(participant, state.queues[participant].count)
    }
    if mode.closingRule == .giveBack { state.giveAllBack() }
    state.recorder.endDay(at: time, state.accounts, unsettled: unsettled)
    state.isOpen = false
    events.append(contentsOf: state.takeEvents())
    return events
  }

  /// Ends the day at `time` (ns) as it stands, for good: nothing is released, settled or given back
  /// any more. The day in hand is recorded as far as it came.
  public mutating func stop(at time: Int64) -> [SettlementEvent] {
    let events = advance(to: time)
    state.recordWaiting()
    guard state.isOpen else { return events }
    state.recorder.endDay(at: time, state.accounts, unsettled: state.queuedValue)
    state.isOpen = false
    return events
  }
}
