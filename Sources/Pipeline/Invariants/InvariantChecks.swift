import VirtualTime

/// How often invariants were looked at.
public struct InvariantChecks: Sendable {
  private var counts: [String: Int] = [:]

  /// None was looked at.
  public init() {}

  /// How often `invariant` was.
  public subscript(_ invariant: Invariant) -> Int { counts[invariant.name] ?? 0 }

  /// It was looked at once more, or `count` times.
  public mutating func add(_ invariant: Invariant, _ count: Int = 1) {
    counts[invariant.name, default: 0] += count
  }

  /// Adds the checks of another cell.
  mutating func merge(_ other: InvariantChecks) {
    counts.merge(other.counts) { $0 + $1 }
  }
}
