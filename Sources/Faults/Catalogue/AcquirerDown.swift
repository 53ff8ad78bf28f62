extension FaultKind {
  /// Calls are turned away; reversals reach the acquirer once it is back.
  static let acquirerDown = FaultKind(
    "acquirer_down", .acquirer,
    "authorisations are turned away, and reversals wait until the acquirer is back; several at "
      + "once are as one"
  ) { conditions, _ in conditions.isDown = true }
}
