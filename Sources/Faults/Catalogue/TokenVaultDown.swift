extension FaultKind {
  /// Workers stand still with the payment in hand until the vault is back.
  static let tokenVaultDown = FaultKind(
    "token_vault_down", .tokenVault,
    "workers wait with their payments until the vault is back, and records queue on the bus; "
      + "several at once are as one"
  ) { conditions, _ in conditions.isDown = true }
}
