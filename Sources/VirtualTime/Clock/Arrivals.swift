import Chance

/// Arrivals of a Poisson process whose rate is constant within slots, in order.
///
/// Drawn by inversion: the integrated rate is walked in steps that are exponential with mean 1.
public struct PoissonArrivals: Sendable {
  private let slot: Int64
  private let perSlot: [Double]
  private var index = 0
  private var used = 0.0
  private var random: RandomStream

  /// - Parameters:
  ///   - slot: length of a slot in nanoseconds.
  ///   - perSlot: expected arrivals in each slot, from the start of the run; not negative.
  ///   - random: where the draws come from.
  public init(slot: Int64, perSlot: [Double], random: RandomStream) {
    precondition(slot > 0, "a slot has a length")
    precondition(
      perSlot.allSatisfy { $0 >= 0 && $0.isFinite }, "expected arrivals are finite, not negative")
    self.slot = slot
    self.perSlot = perSlot
    self.random = random
  }

  /// The next arrival, or nil after the last slot.
  public mutating func next() -> VirtualInstant? {
    var step = Exponential.unit(random.next())
    while index < perSlot.count {
      let left = perSlot[index] - used
      if step < left {
        used += step
        let offset = Int64(used / perSlot[index] * Double(slot))
        return VirtualInstant(nanoseconds: Int64(index) * slot + min(offset, slot - 1))
      }
      step -= left
      index += 1
      used = 0
    }
    return nil
  }
}

/// Arrivals whose number in each slot is given, uniform within the slot, in order. With the numbers
/// drawn by an alias table over the slots this is a Poisson process conditioned on its total.
public struct CountedArrivals: Sendable {
  private let slot: Int64
  private let counts: [Int32]
  private var index = 0
  private var current: ContiguousArray<Int64> = []
  private var position = 0
  private var random: RandomStream

  /// - Parameters:
  ///   - slot: length of a slot in nanoseconds.
  ///   - counts: arrivals in each slot, from the start of the run; not negative.
  ///   - random: where the draws come from.
  public init(slot: Int64, counts: [Int32], random: RandomStream) {
    precondition(slot > 0, "a slot has a length")
    precondition(counts.allSatisfy { $0 >= 0 }, "a number of arrivals is not negative")
    self.slot = slot
    self.counts = counts
    self.random = random
  }

  /// The next arrival, or nil after the last.
  public mutating func next() -> VirtualInstant? {
    while position == current.count {
      guard index < counts.count else { return nil }
      current.removeAll(keepingCapacity: true)
      position = 0
      let begin = Int64(index) * slot
      for _ in 0..<counts[index] {
        current.append(begin + Int64(random.below(UInt64(slot))))
      }
      current.sort()
      index += 1
    }
    position += 1
    return VirtualInstant(nanoseconds: current[position - 1])
  }
}
