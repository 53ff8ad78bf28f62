extension FaultKind {
  /// Look-ups take a multiple of their time.
  static let tokenVaultSlow = FaultKind(
    "token_vault_slow", .tokenVault, takesFactor: true,
    "look-ups take `factor` times as long; factors of several at once multiply"
  ) { conditions, factor in conditions.latencyFactor *= factor }
}
