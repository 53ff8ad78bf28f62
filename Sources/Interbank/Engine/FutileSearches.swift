/// Remembers which searches among the waiting payments have found nothing, so that a queue is not
/// searched again before it, or what its payers may pay, has changed. What a search finds follows
/// from these alone, never from the time.
struct FutileSearches: Sendable {
  /// A search of all that waits.
  enum Kind: Int, CaseIterable {
    /// For the largest set that keeps the order.
    case gridlock
    /// For the circulation of most value.
    case circulation
    /// For payments in the opposite direction.
    case offset
  }
  /// Whether it remembers; searches are made every time if not.
  var isOn = true
  /// Searches that were made.
  private(set) var made = 0
  /// Number of the last change.
  private var change = 0
  /// The change after which each search found nothing.
  private var futile = [Int](repeating: -1, count: Kind.allCases.count)

  /// A queue or an account has changed.
  mutating func changed() { change &+= 1 }

  /// Whether a search would find nothing, as it did before.
  func knows(_ kind: Kind) -> Bool { isOn && futile[kind.rawValue] == change }

  /// A search is made.
  mutating func begin() { made += 1 }

  /// A search has found nothing.
  mutating func foundNothing(_ kind: Kind) { futile[kind.rawValue] = change }
}
