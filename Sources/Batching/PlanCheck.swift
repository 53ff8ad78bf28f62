import PaymentModel

/// Judges a plan by the rules that every strategy must keep, knowing nothing of how it was made.
public enum PlanCheck {
  /// The first rule that `plan` breaks, in words; nil if it keeps them all. O(n).
  ///
  /// Every obligation is in exactly one batch; no batch is empty, has more than `maximumBatch`
  /// payments, or mixes routes or, if it names one, merchants; amounts are the sums of the members;
  /// the parts of a settlement follow each other.
  public static func violation(
    of plan: [PlannedBatch], for pending: [Obligation], maximumBatch: Int
  ) -> String? {
    var seen = [Bool](repeating: false, count: pending.count)
    for (position, batch) in plan.enumerated() {
      guard (1...maximumBatch).contains(batch.members.count) else {
        return "batch \(position) has \(batch.members.count) payments, not 1 to \(maximumBatch)"
      }
      var amount: Int64 = 0
      for member in batch.members {
        guard pending.indices.contains(member) else {
          return "batch \(position) holds \(member), which is not pending"
        }
        guard !seen[member] else { return "obligation \(member) is in two batches" }
        seen[member] = true
        let obligation = pending[member]
        guard obligation.route == batch.route else {
          return "batch \(position) on \(batch.route) holds one of \(obligation.route)"
        }
        guard batch.merchant == nil || batch.merchant == obligation.merchant else {
          return "batch \(position) of one merchant holds one of \(obligation.merchant)"
        }
        amount += obligation.amount
      }
      guard amount == batch.amount else {
        return "batch \(position) states \(batch.amount), its members sum to \(amount)"
      }
      let before = position > 0 ? plan[position - 1] : nil
      guard
        batch.part == 0
          || (before?.part == batch.part - 1 && before?.route == batch.route
            && before?.merchant == batch.merchant)
      else { return "batch \(position) is part \(batch.part) of no settlement before it" }
    }
    return seen.firstIndex(of: false).map { "obligation \($0) is in no batch" }
  }
}
