import Chance

/// The slots that the time in which arrivals come is cut into: all of one length but the last, that
/// ends with this time, so that nothing arrives after it.
public struct ArrivalSlots: Sendable {
  /// Length of a slot in nanoseconds.
  public let slot: Int64
  /// Time in which arrivals come, from the start of the run, in nanoseconds.
  public let total: Int64

  /// - Precondition: both are above zero.
  public init(slot: Int64, total: Int64) {
    precondition(slot > 0 && total > 0, "slots and the time they cut have a length")
    self.slot = slot
    self.total = total
  }

  /// How many there are.
  public var count: Int { Int((total - 1) / slot) + 1 }

  /// When a slot begins, nanoseconds since the start of the run.
  public func start(of index: Int) -> Int64 { Int64(index) * slot }

  /// Length of a slot in nanoseconds; that of the last may be shorter.
  public func length(of index: Int) -> Int64 { min(slot, total - start(of: index)) }

  /// A slot's length as a part of a whole one.
  public func part(of index: Int) -> Double { Double(length(of: index)) / Double(slot) }
}

/// Arrivals of a Poisson process whose rate is constant within slots, in order.
///
/// Drawn by inversion: the integrated rate is walked in steps that are exponential with mean 1.
public struct PoissonArrivals: Sendable {
  private let slots: ArrivalSlots
  private let perSlot: [Double]
  private var index = 0
  private var used = 0.0
  private var random: RandomStream

  /// - Parameters:
  ///   - slots: the slots of the run.
  ///   - perSlot: expected arrivals in each slot, from the start of the run; not negative.
  ///   - random: where the draws come from.
  public init(slots: ArrivalSlots, perSlot: [Double], random: RandomStream) {
    precondition(perSlot.count == slots.count, "every slot has its mean")
    precondition(
      perSlot.allSatisfy { $0 >= 0 && $0.isFinite }, "expected arrivals are finite, not negative")
    self.slots = slots
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
        let length = slots.length(of: index)
        let offset = Int64(used / perSlot[index] * Double(length))
        return VirtualInstant(nanoseconds: slots.start(of: index) + min(offset, length - 1))
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
  private let slots: ArrivalSlots
  private let counts: [Int32]
  private var index = 0
  private var current: ContiguousArray<Int64> = []
  private var position = 0
  private var random: RandomStream

  /// - Parameters:
  ///   - slots: the slots of the run.
  ///   - counts: arrivals in each slot, from the start of the run; not negative.
  ///   - random: where the draws come from.
  public init(slots: ArrivalSlots, counts: [Int32], random: RandomStream) {
    precondition(counts.count == slots.count, "every slot has its count")
    precondition(counts.allSatisfy { $0 >= 0 }, "a number of arrivals is not negative")
    self.slots = slots
    self.counts = counts
    self.random = random
  }

  /// The next arrival, or nil after the last.
  public mutating func next() -> VirtualInstant? {
    while position == current.count {
      guard index < counts.count else { return nil }
      current.removeAll(keepingCapacity: true)
      position = 0
      let begin = slots.start(of: index)
      let length = UInt64(slots.length(of: index))
      for _ in 0..<counts[index] {
        current.append(begin + Int64(random.below(length)))
      }
      current.sort()
      index += 1
    }
    position += 1
    return VirtualInstant(nanoseconds: current[position - 1])
  }
}
