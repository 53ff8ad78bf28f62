extension FaultKind {
  /// No payment goes on without a score.
  static let fraudServiceDown = FaultKind(
    "fraud_service_down", .fraudService,
    "workers wait with their payments until the service is back, and records queue on the bus; "
      + "several at once are as one"
  ) { conditions, _ in conditions.isDown = true }
}
