import CRuntimeHooks

extension Island {
  /// Time of the earliest event, or `Int64.max` when nothing will happen here by itself.
  var nextTime: Int64 { ready.count > 0 ? now.nanoseconds : queue.nextTime }

  /// Runs every event before `end`. The five steps are numbered as in the type's comment.
  func run(until end: Int64) {
    windowEnd = end
    settlesim_set_current_position(position)
    defer { settlesim_set_current_position(nil) }
    let executor = asUnownedSerialExecutor()
    while true {
      while let next = ready.removeFirst() { resume(next, executor) }  // 1
      if case .nowhere = parkedAt {} else { reportLostPark() }  // 2
      guard queue.nextTime < windowEnd else { return }  // 3
      let timer = queue.pop()
      queue.prefetchNext()
      let wake = timer.wake
      if wake.kind == 1, slots.generation(of: wake.slotIndex) != wake.slotGeneration {
        continue  // the wait ended before its deadline: nothing happens now
      }
      now.nanoseconds = timer.time  // 4
      position.pointee.now = timer.time
      eventCount += 1
      switch wake.kind {  // 5
      case 1: resume(slots.release(wake.slotIndex), executor)
      case 2: enter(callbacks.take(wake.callbackIndex))
      default: resume(wake.suspended, executor)
      }
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

  private func reportLostPark() -> Never {
    fatalError(
      """
      island \(id) at \(now): a task said how long it would sleep and was not suspended. This \
      toolchain removes the switch that parking relies on; run with --suspension continuation.
      """)
  }

  /// Called by the hook of the global executor: a continuation that this island resumed, or a stray
  /// job.
  func keepGlobal(_ job: UnownedJob) {
    if expectsContinuation { expectsContinuation = false } else { ownStrayJobs += 1 }
    ready.append(Suspended(job))
  }
}

/// Installs the guard of the global executor, once for the process.
let globalExecutorGuard: Void = settlesim_install_global_hook { island, job in
  let island = Unmanaged<Island>.fromOpaque(island!).takeUnretainedValue()
  island.keepGlobal(unsafeBitCast(UInt(bitPattern: job), to: UnownedJob.self))
}
