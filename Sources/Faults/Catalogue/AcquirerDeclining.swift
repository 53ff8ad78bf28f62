extension FaultKind {
  /// What would have been approved is refused.
  static let acquirerDeclining = FaultKind(
    "acquirer_declining", .acquirer,
    "authorisations that would have been approved are refused; several at once are as one"
  ) { conditions, _ in conditions.declines = true }
}
