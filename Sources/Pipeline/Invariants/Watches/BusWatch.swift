import Chance
import PaymentModel
import Scenario

/// What comes out of the bus, as its consumers see it. Pure.
struct BusWatch {
  private let ordering: BusSettings.Ordering
  private let limit: Int
  /// The offset after that which came last, by partition or by merchant.
  private var next: [UInt32]
  /// Whether a record of the merchant is in hand, where each merchant has an order.
  private var isInHand: [Bool]
  /// Records in hand, by partition.
  private var inHand: [Int]
  /// All records taken, by partition.
  private(set) var taken: [BusSum]

  init(_ settings: BusSettings, partitions: Int, merchants: Int) {
    ordering = settings.ordering
    limit = settings.ordering == .partition ? 1 : settings.inFlightPerPartition
    next = Array(repeating: 0, count: ordering == .merchant ? merchants : partitions)
    isInHand = Array(repeating: false, count: ordering == .merchant ? merchants : 0)
    inHand = Array(repeating: 0, count: partitions)
    taken = Array(repeating: BusSum(), count: partitions)
  }

  /// What a record can break when it is taken.
  enum Fault { case order, inFlight }

  /// A consumer takes a record: what that breaks; nil: nothing.
  mutating func take(_ record: BusRecord) -> Fault? {
    let partition = Int(record.partition)
    taken[partition].add(record)
    inHand[partition] += 1
    if inHand[partition] > limit { return .inFlight }
    switch ordering {
    case .partition:
      defer { next[partition] = UInt32(record.offset + 1) }
      return record.offset == Int(next[partition]) ? nil : .order
    case .merchant:
      let merchant = Int(record.merchant)
      defer {
        next[merchant] = UInt32(record.offset + 1)
        isInHand[merchant] = true
      }
      return !isInHand[merchant] && record.offset >= Int(next[merchant]) ? nil : .order
    case .payment: return nil
    }
  }

  /// The record's effect is durable.
  mutating func complete(_ record: BusRecord) {
    inHand[Int(record.partition)] -= 1
    if ordering == .merchant { isInHand[Int(record.merchant)] = false }
  }
}

/// Records of a partition, in any order: how many, and a sum that no other records have.
struct BusSum: Equatable {
  private(set) var count = 0
  private var sum: UInt64 = 0

  /// Adds a record.
  mutating func add(_ record: BusRecord) {
    count += 1
    sum &+= mix64(UInt64(record.payment) << 32 ^ UInt64(truncatingIfNeeded: record.offset))
  }
}
