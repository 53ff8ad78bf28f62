extension FaultKind {
  /// Scores take a multiple of their time.
  static let fraudServiceSlow = FaultKind(
    "fraud_service_slow", .fraudService, takesFactor: true,
    "scores take `factor` times as long; factors of several at once multiply"
  ) { conditions, factor in conditions.latencyFactor *= factor }
}
