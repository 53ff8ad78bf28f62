extension FaultKind {
  /// The acquirer approves, and nobody hears of it.
  static let acquirerLostReply = FaultKind(
    "acquirer_lost_reply", .acquirer,
    "an approval stands at the acquirer and its answer never comes; several at once are as one"
  ) { conditions, _ in conditions.losesReply = true }
}
