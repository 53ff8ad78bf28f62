import PaymentModel

/// Which steps a payment may have taken in each state. Pure.
enum StepRule {
  /// Whether a payment in `state` may have taken `steps`.
  static func allows(_ steps: PaymentSteps, in state: PaymentState) -> Bool {
    let required = required(state)
    return steps.isSuperset(of: required) && steps.isSubset(of: required.union(possible(state)))
  }

  private static let accepted: PaymentSteps = [.validated, .keyClaimed]
  private static let consumed: PaymentSteps = [.validated, .keyClaimed, .published, .consumed]
  private static let authorized = consumed.union([.scored, .routed, .authorized, .held])

  /// The steps without which a payment does not come into a state.
  private static func required(_ state: PaymentState) -> PaymentSteps {
    switch state {
    case .accepted: accepted
    case .authorizing, .declined: consumed
    case .challenged: consumed.union(.scored)
    case .unknown: consumed.union([.scored, .routed])
    case .authorized, .voided, .expired: authorized
    case .captured: authorized.union([.captured, .posted, .windowed])
    case .batched: authorized.union([.captured, .posted, .windowed, .batched])
    }
  }

  /// The steps that it may have taken besides.
  private static func possible(_ state: PaymentState) -> PaymentSteps {
    switch state {
    case .accepted: .published
    case .authorizing, .declined: [.scored, .routed]
    case .challenged, .unknown, .authorized, .voided, .expired: []
    case .captured, .batched: .stated
    }
  }
}
