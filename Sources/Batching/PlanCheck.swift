import Money
import PaymentModel

/// Judges a plan by the rules that every strategy must keep, knowing nothing of how it was made.
public enum PlanCheck {
  /// The first rule that `plan` breaks, in words; nil if it keeps them all. O(n).
  ///
  /// Every obligation is in exactly one batch or deferred; no batch is empty, has more than
  /// `maximumBatch` payments, mixes payers, payees, currencies paid out or, if it names one,
  /// merchants, or settles later than a member allows; the parts of a settlement follow each other.
  public static func violation(
    of plan: SettlementPlan, for pending: [Obligation], maximumBatch: Int
  ) -> String? {
    var seen = [Bool](repeating: false, count: pending.count)
    for (position, batch) in plan.batches.enumerated() {
      guard (1...maximumBatch).contains(batch.members.count) else {
        return "batch \(position) has \(batch.members.count) payments, not 1 to \(maximumBatch)"
      }
      for member in batch.members {
        guard pending.indices.contains(member) else {
          return "batch \(position) holds \(member), which is not pending"
        }
        guard !seen[member] else { return "obligation \(member) is in two batches" }
        seen[member] = true
        if let mismatch = mismatch(pending[member], batch) {
          return "batch \(position) \(mismatch)"
        }
      }
      let before = position > 0 ? plan.batches[position - 1] : nil
      guard
        batch.part == 0
          || (before?.part == batch.part - 1 && before.map { batch.belongs(to: $0) } == true)
      else { return "batch \(position) is part \(batch.part) of no settlement before it" }
    }
    for position in plan.deferred {
      guard pending.indices.contains(position) else {
        return "\(position) is deferred, which is not pending"
      }
      guard !seen[position] else { return "obligation \(position) is deferred and planned" }
      seen[position] = true
    }
    return seen.firstIndex(of: false).map { "obligation \($0) is in no batch" }
  }

  /// What of a member does not fit its batch.
  @inline(__always)
  private static func mismatch(_ obligation: Obligation, _ batch: PlannedBatch) -> String? {
    let route = obligation.route
    guard
      route.payer == batch.payer, route.payee == batch.payee, route.destination == batch.currency
    else {
      return "on \(batch.payer) -> \(batch.payee) \(batch.currency) holds one of \(route)"
    }
    guard batch.merchant == nil || batch.merchant == obligation.merchant else {
      return "of one merchant holds one of \(obligation.merchant)"
    }
    guard batch.window <= obligation.latest else {
      return "settles in \(batch.window), one of its payments by \(obligation.latest)"
    }
    return nil
  }
}
