/// Remembers which searches among the waiting payments have found nothing, so that a queue is not
/// searched again before it, or what its payers may pay, has changed. What a search finds follows
/// from these alone, never from the time.
struct FutileSearches: Sendable {
  /// A search of all that waits; those with other rules may find what one has not.
  enum Kind: Equatable {
    /// For the largest set that keeps the order.
    case gridlock
    /// For the circulation of most value.
    case circulation
    /// For payments in the opposite direction.
    case offset(OffsetRule)
    /// For payments of both directions between two participants, with so many nodes.
    case pairs(Int)
    /// For whole payments in any order, with so many nodes.
    case wholePayments(Int)
  }
  private struct Futile {
    var kind: Kind
    /// The change after which the search found nothing.
    var change: Int
  }
  /// Whether it remembers; searches are made every time if not.
  var isOn = true
  /// Searches that were made.
  private(set) var made = 0
  /// Number of the last change.
  private var change = 0
  /// The searches that have found nothing; a mode makes a handful of different ones.
  private var futile: [Futile] = []

  /// A queue or an account has changed.
  mutating func changed() { change &+= 1 }

  /// Whether a search would find nothing, as it did before.
  func knows(_ kind: Kind) -> Bool {
    isOn && futile.contains { $0.change == change && $0.kind == kind }
  }

  /// A search is made.
  mutating func begin() { made += 1 }

  /// A search has found nothing.
  mutating func foundNothing(_ kind: Kind) {
    let known = Futile(kind: kind, change: change)
    if let index = futile.firstIndex(where: { $0.kind == kind }) {
      futile[index] = known
    } else {
      futile.append(known)
    }
  }
}
