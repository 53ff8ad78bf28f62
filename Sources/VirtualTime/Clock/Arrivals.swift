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
  private let means: @Sendable (Range<Int>) -> [Double]
  /// Means of the slots from `first` on.
  private var block: [Double] = []
  private var first = 0
  private var index = 0
  private var used = 0.0
  private var random: RandomStream

  /// Slots whose means are asked for together.
  private static let blockLength = 1_024

  /// - Parameters:
  ///   - slots: the slots of the run.
  ///   - perSlot: expected arrivals in each slot, from the start of the run; not negative.
  ///   - random: where the draws come from.
  public init(slots: ArrivalSlots, perSlot: [Double], random: RandomStream) {
    precondition(perSlot.count == slots.count, "every slot has its mean")
    self.init(slots: slots, random: random) { Array(perSlot[$0]) }
  }

  /// - Parameters:
  ///   - slots: the slots of the run.
  ///   - random: where the draws come from.
  ///   - means: expected arrivals in each of these slots, not negative; asked for in order, when
  ///     the time has come.
  public init(
    slots: ArrivalSlots, random: RandomStream, means: @escaping @Sendable (Range<Int>) -> [Double]
  ) {
    self.slots = slots
    self.random = random
    self.means = means
  }

  /// The next arrival, or nil after the last slot.
  public mutating func next() -> VirtualInstant? {
    var step = Exponential.unit(random.next())
    while index < slots.count {
      if index == first + block.count { load() }
      let mean = block[index - first]
      let left = mean - used
      if step < left {
        used += step
        let length = slots.length(of: index)
        let offset = Int64(used / mean * Double(length))
        return VirtualInstant(nanoseconds: slots.start(of: index) + min(offset, length - 1))
      }
      step -= left
      index += 1
      used = 0
    }
    return nil
  }

  private mutating func load() {
    first = index
    block = means(index..<min(slots.count, index + Self.blockLength))
    precondition(
      block.allSatisfy { $0 >= 0 && $0.isFinite }, "expected arrivals are finite, not negative")
  }
}

/// Arrivals whose number in each slot is given, uniform within the slot, in order. With the numbers
/// drawn by an alias table over the slots this is a Poisson process conditioned on its total.
public struct CountedArrivals: Sendable {
  /// A slot with arrivals.
  public struct Filled: Sendable, Equatable {
    /// Which slot.
    public var slot: UInt32
    /// How many arrivals, above zero.
    public var count: UInt32

    /// A slot with its number of arrivals.
    public init(slot: Int, count: Int) {
      (self.slot, self.count) = (UInt32(slot), UInt32(count))
    }
  }

  private let slots: ArrivalSlots
  private let filled: [Filled]
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
    let filled = counts.enumerated().filter { $0.element > 0 }
    self.init(
      slots: slots, filled: filled.map { Filled(slot: $0.offset, count: Int($0.element)) },
      random: random)
  }

  /// - Parameters:
  ///   - slots: the slots of the run.
  ///   - filled: the slots in which anything arrives, ascending.
  ///   - random: where the draws come from.
  public init(slots: ArrivalSlots, filled: [Filled], random: RandomStream) {
    precondition(filled.last.map { $0.slot < slots.count } ?? true, "a slot is not of the run")
    self.slots = slots
    self.filled = filled
    self.random = random
  }

  /// The next arrival, or nil after the last.
  public mutating func next() -> VirtualInstant? {
    while position == current.count {
      guard index < filled.count else { return nil }
      current.removeAll(keepingCapacity: true)
      position = 0
      let slot = Int(filled[index].slot)
      let begin = slots.start(of: slot)
      let length = UInt64(slots.length(of: slot))
      for _ in 0..<filled[index].count {
        current.append(begin + Int64(random.below(length)))
      }
      current.sort()
      index += 1
    }
    position += 1
    return VirtualInstant(nanoseconds: current[position - 1])
  }
}
