import Batching
import PaymentModel
import VirtualTime

/// What a task and a plan must be like before anything is settled.
extension SettlementWorkers {
  /// What an obligation is, for those who write it down.
  func owed(_ obligation: Obligation) -> OwedRecord {
    let row = shared.store[obligation.payment]
    let isVoid = row.traits.contains(.voided)
    return OwedRecord(
      obligation: obligation,
      kind: obligation.amount > 0 ? .capture : isVoid ? .void : .refund,
      endpoint: row.endpoint)
  }

  func check(_ plan: SettlementPlan, _ pending: [Obligation]) {
    plans.add(plan.report, at: island.now.nanoseconds, shared.tap)
    shared.measurements.checks.batches += plan.batches.count
    shared.toBatch -= pending.count - plan.deferred.count
    if let violation = PlanCheck.violation(
      of: plan, for: pending, maximumBatch: settings.maximumBatch)
    {
      island.fail(.plan, violation)
    }
    island.check(plan, pending, shared.deployment.strategy, in: world)
  }

  /// A payment must belong to the business day that it is batched with.
  @inline(__always)
  func check(_ payment: PaymentID, _ row: PaymentRow, of part: SettlementTask.Part) {
    let event = row.traits.contains(.delayedCapture) ? row.capturedSecond : row.createdSecond
    let holds = days.holds(
      part.businessDay, merchant: part.merchant, event: Int64(event),
      captured: Int64(row.capturedSecond))
    if !holds || row.merchant != part.merchant {
      island.fail(
        .cutOff,
        "payment \(payment) of second \(event), captured in \(row.capturedSecond), "
          + "is in day \(part.businessDay) of merchant \(part.merchant)")
    }
  }

  /// A refund must belong to the business day that was open when it was posted.
  func check(_ refund: RefundLine, of part: SettlementTask.Part) {
    let isOpen = days.holds(
      part.businessDay, merchant: part.merchant, refunded: Int64(refund.second))
    if !isOpen || shared.store[refund.payment].merchant != part.merchant {
      island.fail(
        .cutOff,
        "a refund of payment \(refund.payment) in second \(refund.second) "
          + "is in day \(part.businessDay) of merchant \(part.merchant)")
    }
  }

  /// A task of a business day comes after its watermark, and is dated by its cut-off.
  func check(_ part: SettlementTask.Part, of task: SettlementTask) {
    shared.measurements.checks.businessDays +=
      part.payments.payments.count + part.payments.refunds.count
    guard shared.deployment.strategy.release == .atMerchantCutOff, !part.isRepeated else { return }
    let end = days.range(of: part.businessDay, merchant: part.merchant).upperBound * 1_000_000_000
    let now = island.now.nanoseconds
    if task.due.nanoseconds != end || now < end + settings.allowedLateness.nanoseconds {
      island.fail(
        .cutOff,
        "day \(part.businessDay) of merchant \(part.merchant) ends at \(end) ns, "
          + "is settled at \(now) as of \(task.due.nanoseconds)")
    }
  }

  /// A batch, a position or a side of a deal goes to the bank once.
  func checkSent(_ number: BatchID) {
    let (word, bit) = (Int(number) / 64, UInt64(1) << (UInt64(number) % 64))
    while sent.count <= word { sent.append(0) }
    if sent[word] & bit != 0 || !book.contains(number) {
      island.fail(.sentOnce, "batch \(number) is sent twice, or is not known")
    }
    sent[word] |= bit
  }
}

extension Island {
  /// What a plan leaves for later must still be in time then, and what it says of its search must
  /// be true.
  func check(
    _ plan: SettlementPlan, _ pending: [Obligation], _ strategy: any BatchingStrategy,
    in world: SettlementWorld
  ) {
    if let cycle = strategy.release.cycle,
      let violation = PlanCheck.violation(
        ofDeferred: plan.deferred, pending,
        next: { cycle.next(after: world.now, $0.route.destination) }, in: world)
    {
      fail(.deferralInTime, violation)
    }
    if let violation = PlanCheck.violation(ofReportOf: plan, pending) { fail(.planCost, violation) }
  }
}
