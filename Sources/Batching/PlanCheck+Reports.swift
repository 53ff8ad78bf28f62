import PaymentModel

extension PlanCheck {
  /// The first thing that a plan's report says and that is not so, in words; nil if it tells the
  /// truth, or there is none.
  public static func violation(ofReportOf plan: SettlementPlan, _ pending: [Obligation]) -> String?
  {
    guard let report = plan.report else { return nil }
    guard report.payments == pending.count, report.deferred == plan.deferred.count else {
      return "a report of \(report.deferred) of \(report.payments) that wait, for a plan of "
        + "\(plan.deferred.count) of \(pending.count)"
    }
    if let exact = report.exact, exact.bound > exact.cost || exact.cost > exact.ruleCost {
      return "a choice by \(exact.method) of \(exact.cost), below its bound of \(exact.bound) or "
        + "dearer than the rule's of \(exact.ruleCost)"
    }
    if let other = report.runnerUp, other.cost < report.cost {
      return "a plan by \(report.method) of \(report.cost), dearer than \(other.name)"
    }
    return nil
  }

  /// The first obligation that is put off although it would settle in time now and the next plan
  /// comes too late for it; nil if there is none, or the calendar is not known.
  ///
  /// - `next`: when the next plan of an obligation is made, nanoseconds since the start of the run.
  public static func violation(
    ofDeferred deferred: [Int], _ pending: [Obligation], next: (Obligation) -> Int64,
    in world: SettlementWorld
  ) -> String? {
    guard let outlook = world.outlook else { return nil }
    let late = deferred.first {
      outlook.isInTime(pending[$0], at: world.now)
        && !outlook.isInTime(pending[$0], at: next(pending[$0]))
    }
    return late.map { "obligation \($0) is put off beyond \(outlook.due(pending[$0])) ns" }
  }
}
