/// How the time since the start of a run is cut into slots, by which obligations are grouped: slots
/// of equal length, cut once more at some instants. All times in nanoseconds.
public struct SlotScale: Sendable, Equatable {
  /// Length of a slot that is not cut; divides 24 hours.
  public let length: Int64
  /// Further instants at which slots begin, ascending.
  public let cuts: [Int64]

  /// Slots of `length` nanoseconds, cut at `cuts`, ascending.
  /// - Precondition: `length` is positive.
  public init(length: Int64, cuts: [Int64] = []) {
    precondition(length > 0, "a time slot needs a length")
    self.length = length
    self.cuts = cuts
  }

  /// The slot in which `time` lies; ascends with time. O(log cuts).
  public func slot(at time: Int64) -> Int32 {
    Int32(time / length) + (cuts.isEmpty ? 0 : Int32(before(time + 1)))
  }

  /// When a slot begins. O(log cuts).
  public func start(of slot: Int32) -> Int64 {
    // The first cut whose slot is a later one.
    var (low, high) = (0, cuts.count)
    while low < high {
      let middle = (low + high) / 2
      if cuts[middle] / length + Int64(middle) + 1 <= Int64(slot) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    let start = (Int64(slot) - Int64(low)) * length
    return low == 0 ? start : max(start, cuts[low - 1])
  }

  /// How many cuts lie before `time`.
  private func before(_ time: Int64) -> Int {
    var (low, high) = (0, cuts.count)
    while low < high {
      let middle = (low + high) / 2
      if cuts[middle] < time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
