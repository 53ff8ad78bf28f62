extension FaultKind {
  /// Calls take a multiple of their time.
  static let acquirerSlow = FaultKind(
    "acquirer_slow", .acquirer, takesFactor: true,
    "authorisations take `factor` times as long; factors of several at once multiply"
  ) { conditions, factor in conditions.latencyFactor *= factor }
}
