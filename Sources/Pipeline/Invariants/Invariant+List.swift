import VirtualTime

extension Invariant {
  /// All invariants of a run, in the order in which a payment meets them. What is named here is
  /// checked in every run of every build; one that does not hold ends the run with exit code 96.
  public static let all =
    payments + ledger + settlement + banks + transfers + otherSides + runtime
}
