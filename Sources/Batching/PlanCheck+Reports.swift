import Optimization
import PaymentModel

extension PlanCheck {
  /// The first thing that a report says of the plans of single payers and that the plans are not,
  /// in words; nil if it tells the truth, or has no such plans with it. See `PlanAudit`.
  public static func violation(of report: PlanReport?) -> String? {
    for part in report?.parts ?? [] {
      guard let instance = part.instance else { continue }
      let plan = instance.plan
      guard
        part.cost == plan.cost.total, part.payments == plan.placements.count,
        part.deferred == plan.deferred, part.wires == plan.wires.count,
        part.greedyCost == plan.greedyCost, part.lowerBound == plan.lowerBound
      else { return "a report of \(part.cost) for a plan of \(plan.cost.total)" }
      if let wrong = PlanAudit(plan, of: instance.problem).violation() {
        return "a plan by \(part.method): \(wrong)"
      }
    }
    return nil
  }

  /// The first obligation that is put off although the next plan comes too late for it; nil if
  /// there is none, or the calendar is not known.
  ///
  /// - `next`: when the next plan of an obligation is made, nanoseconds since the start of the run.
  public static func violation(
    ofDeferred deferred: [Int], _ pending: [Obligation], next: (Obligation) -> Int64,
    in world: SettlementWorld
  ) -> String? {
    guard let outlook = world.outlook else { return nil }
    let late = deferred.first { !outlook.isInTime(pending[$0], at: next(pending[$0])) }
    return late.map { "obligation \($0) is put off beyond \(outlook.due(pending[$0])) ns" }
  }
}
