import Plants

/// What actors await. All of it must be called by a task that runs on this island.
extension Island {
  /// Suspends the calling task for `nanoseconds` of virtual time (at least zero).
  public nonisolated(nonsending) func sleep(nanoseconds: Int64) async {
    await sleep(until: now.nanoseconds + max(0, nanoseconds))
  }

  /// Suspends the calling task for a virtual duration.
  public nonisolated(nonsending) func sleep(for duration: Duration) async {
    await sleep(until: now.nanoseconds + max(0, duration.nanoseconds))
  }

  /// Suspends the calling task until `instant`, or only for its turn when that has passed.
  public nonisolated(nonsending) func sleep(until instant: VirtualInstant) async {
    await sleep(until: instant.nanoseconds)
  }

  @inline(__always)
  nonisolated(nonsending) func sleep(until time: Int64) async {
    let time = max(time, now.nanoseconds)
    switch suspension {
    case .parking:
      parkedAt = .timer(time)
      await lot.park()
    case .continuation:
      await withUnsafeContinuation { queue.push(time, .task(Suspended($0))) }
    }
  }

  /// Suspends the calling task until the slot is released.
  nonisolated(nonsending) func wait(in slot: Int) async {
    switch suspension {
    case .parking:
      parkedAt = .slot(slot)
      await lot.park()
    case .continuation:
      await withUnsafeContinuation { keep(Suspended($0), in: slot) }
    }
  }

  /// Makes the task that waits in `slot` ready: it runs at the current time, after what is ready
  /// now.
  func wake(_ slot: Int) {
    guard let suspended = slots.release(slot) else {
      return fail(.waiting, "a wake for slot \(slot), in which no task waits")
    }
    if suspended.isJob {
      ready.append(suspended)
    } else {
      // Resumed here and not when its turn comes: the runtime hands its job back at once, so it
      // takes the same place among the ready as a parked job would.
      enter { resumeContinuation(suspended) }
    }
  }

  /// Ends the wait in `slot` at `time` unless it has ended before.
  func wake(_ slot: Int, at time: Int64) {
    queue.push(
      max(time, now.nanoseconds), .slot(slot, generation: slots.generation(of: slot)))
  }

  /// Runs `action` at `instant` on this island, without a task. Actors may be entered in it with
  /// `assumeIsolated`.
  public func schedule(at instant: VirtualInstant, _ action: @escaping () -> Void) {
    let callback = callbacks.add(action)
    if planted(Plant.timerLost), eventCount % 500 == 499 { return }
    queue.push(max(instant, now).nanoseconds, .callback(callback))
  }
}
