/// A change of what a participant is allowed, from some time of a day on. Amounts are minor units.
public enum TermsChange: Sendable, Equatable {
  /// The most that it may have sent, net, since the start of the day; nil: no cap.
  case netDebitCap(Int64?)
  /// The most that it may have sent one counterparty, net, since the start of the day; the
  /// counterparty by its index, or nil for all that have no limit of their own.
  case bilateralLimit(Int64?, to: Int?)
  /// Market value of what it has pledged.
  case collateral(Int64)

  /// The change as far as it can take effect on terms of which `drawn` of the credit cannot be
  /// given up: collateral that is drawn on stays pledged.
  func limited(by terms: ParticipantTerms, drawn: Int64) -> TermsChange {
    guard case .collateral(let value) = self else { return self }
    let secured = max(0, drawn - terms.creditCap)
    let lent = Int128(1_000_000 - terms.haircut)
    guard secured > 0, lent > 0 else { return self }
    let least = (Int128(secured) * 1_000_000 + lent - 1) / lent
    return .collateral(max(value, min(Int64(least), terms.collateral)))
  }
}

extension ParticipantTerms {
  /// Takes a change over.
  mutating func take(_ change: TermsChange) {
    switch change {
    case .netDebitCap(let cap): netDebitCap = cap
    case .bilateralLimit(let limit, nil): bilateralLimit = limit
    case .bilateralLimit(let limit, let payee?): bilateralLimits[payee] = limit
    case .collateral(let value): collateral = value
    }
  }
}
