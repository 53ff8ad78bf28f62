import CRuntimeHooks
import Plants

extension Island {
  /// Time of the earliest event, or `Int64.max` when nothing will happen here by itself.
  var nextTime: Int64 { ready.count > 0 ? now.nanoseconds : queue.nextTime }

  /// Takes the messages sent to this island, none of which may arrive before `begin`, and runs
  /// every event before `end`.
  func runWindow(from begin: Int64, until end: Int64) {
    for outbox in incoming { outbox.takeIn(notBefore: max(begin, now.nanoseconds)) }
    incoming.removeAll(keepingCapacity: true)
    isHurried = false
    if !isBroken { run(until: end) }
  }

  /// Runs every event before `end`. The five steps are numbered as in the type's comment.
  private func run(until end: Int64) {
    windowEnd = end
    settlesim_set_current_position(position)
    defer { settlesim_set_current_position(nil) }
    let executor = asUnownedSerialExecutor()
    while true {
      while let next = ready.removeFirst() {  // 1
        resume(next, executor)
        patience &-= 1
        if patience <= 0, leavesAfterLook() { return }
      }
      if case .nowhere = parkedAt {} else { return noteLostPark() }  // 2
      guard queue.nextTime < windowEnd else { return }  // 3
      let timer = queue.pop()
      queue.prefetchNext()
      let wake = timer.wake
      // Every timer but one has a later time than the clock shows, or came later.
      guard timer.time > now.nanoseconds || isLater(timer) else { return noteDisorder(timer) }
      lastSequence = timer.sequence
      if wake.kind == 1, slots.generation(of: wake.slotIndex) != wake.slotGeneration {
        continue  // the wait ended before its deadline: nothing happens now
      }
      now.nanoseconds =
        timer.time - (planted(Plant.clockGoesBack) && eventCount % 100 == 99 ? 5_000_000 : 0)  // 4
      position.pointee.now = timer.time
      eventCount += 1
      switch wake.kind {  // 5
      case 1:
        if let suspended = slots.release(wake.slotIndex) { resume(suspended, executor) }
      case 2:
        if let action = callbacks.take(wake.callbackIndex) { enter(action) }
      default: resume(wake.suspended, executor)
      }
      patience &-= 1
      if patience <= 0, leavesAfterLook() { return }
    }
  }

  /// Whether a timer of the present instant has its place after the last one.
  @inline(__always)
  private func isLater(_ timer: Timer) -> Bool {
    timer.time == now.nanoseconds && timer.sequence > lastSequence
  }

  private func noteDisorder(_ timer: Timer) {
    let time = VirtualInstant(nanoseconds: timer.time)
    if timer.time < now.nanoseconds {
      fail(.time, "virtual time would go back to \(time)")
    } else {
      fail(
        .order,
        timer.sequence == lastSequence
          ? "two messages have one place in the order of events"
          : "an event has a place in the order before one that has happened")
    }
  }

  // MARK: looking around

  /// Steps between two looks around.
  static let lookInterval = 4_096

  /// Events and resumptions of tasks so far.
  var stepCount: Int { lookedAt + interval - patience }

  private var interval: Int { watch.isWatching ? 1 : Self.lookInterval }

  /// Looks whether it goes round in circles, and whether the run is to be stopped; true: the rest
  /// of the window is left.
  @inline(never)
  private func leavesAfterLook() -> Bool {
    lookedAt += interval - patience
    if let finding = watch.look(at: now, steps: lookedAt, position) {
      fail(finding.invariant, finding.state)
    }
    patience = interval
    isHurried = askHurry()
    return isHurried || isBroken
  }

  /// Whether every suspended task is in a slot that somebody knows; asked at rest.
  func checkWaits() {
    if slots.kept != slots.occupied {
      fail(
        .waiting,
        "\(slots.occupied) waits have begun and not ended, but \(slots.kept) tasks are suspended "
          + "in them")
    } else if slots.kept != knownWaits {
      fail(
        .waiting,
        "\(slots.kept) tasks wait, but channels, resources and replies know of \(knownWaits)")
    }
  }

  /// Lets a suspended task go on: a job at once and as if on this island, a continuation by way of
  /// the runtime, which hands its job to `keepGlobal`.
  @inline(__always)
  func resume(_ suspended: Suspended, _ executor: UnownedSerialExecutor) {
    if suspended.isJob {
      suspended.job.runSynchronously(on: executor)
    } else {
      resumeContinuation(suspended)
    }
  }

  func resumeContinuation(_ suspended: Suspended) {
    expectsContinuation = true
    suspended.continuation.resume()
  }

  private func noteLostPark() {
    parkedAt = .nowhere
    fail(
      .suspension,
      """
      a task said how long it would sleep and was not suspended. This toolchain removes the switch \
      that parking relies on; run with --suspension continuation
      """)
  }

  /// Called by the hook of the global executor: a continuation that this island resumed, or a stray
  /// job.
  func keepGlobal(_ job: UnownedJob) {
    if expectsContinuation {
      expectsContinuation = false
    } else {
      ownStrayJobs += 1
      fail(.strayJobs, "a task runs outside the actors of the simulation")
    }
    ready.append(Suspended(job))
  }
}

/// Installs the guard of the global executor, once for the process.
let globalExecutorGuard: Void = settlesim_install_global_hook { island, job in
  let island = Unmanaged<Island>.fromOpaque(island!).takeUnretainedValue()
  island.keepGlobal(unsafeBitCast(UInt(bitPattern: job), to: UnownedJob.self))
}
