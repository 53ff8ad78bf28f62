import Money

/// Collects obligations into groups as they come about, at a few nanoseconds each.
///
/// The groups of a merchant form a chain, the newest first, so that the one wanted is nearly always
/// among the first looked at. No hashing, no order that could differ between runs.
public struct ObligationBook: Sendable {
  /// The time slots.
  public let slots: SlotScale
  private var entries: [ObligationGroup] = []
  /// Position of the next older group of the same merchant; -1 at the end of the chain.
  private var older: [Int32] = []
  /// Position of the newest group by merchant; -1 for none.
  private var newest: [Int32] = []
  /// Where each group is, where many routes share one merchant; else nil.
  private var places: [ObligationKey: Int32]?

  /// Groups looked at before a new one is begun. A second group with the same key does no harm: it
  /// is added to the first when the groups are sorted.
  private static let searchDepth = 16

  /// An empty book with these time slots.
  /// - Parameter findsAll: whether every group is found again and none begun twice, which takes
  ///   longer and saves memory where a merchant has many routes.
  public init(slots: SlotScale, findsAll: Bool = false) {
    self.slots = slots
    places = findsAll ? [:] : nil
  }

  /// Adds one obligation to its group.
  ///
  /// - Parameters:
  ///   - fee: what is kept of it, minor units of the source currency; zero for a
  ///     refund, below zero for a void that gives it back.
  ///   - rates: at which it would be converted by itself.
  /// - Precondition: it was captured after the start of the run, and the sums fit 64 bits.
  public mutating func add(_ obligation: Obligation, fee: Int64, rates: FXTable) {
    precondition(obligation.captured >= 0, "an obligation from before the run: \(obligation)")
    let slot = slots.slot(at: obligation.captured)
    let position = position(of: obligation, slot: slot)
    entries[position].count += 1
    entries[position].amount += obligation.amount
    entries[position].fees += fee
    let net = obligation.amount - fee
    if net < 0 {
      let payout = Self.payout(net, obligation.route, rates)
      entries[position].refunded -= net
      entries[position].refundedPayout -= payout
      if payout == 0 { entries[position].idle += 1 }
    } else if Self.mayBeIdle(net, obligation.route, rates),
      Self.payout(net, obligation.route, rates) == 0
    {
      entries[position].idle += 1
    }
  }

  /// Minor units of the currency paid out, at mid.
  private static func payout(
    _ net: Int64, _ route: SettlementRoute, _ rates: FXTable
  ) -> Int64 {
    guard route.source != route.destination else { return net }
    let amount = MoneyAmount(minorUnits: net, currency: route.source)
    return rates.convert(amount, to: route.destination).amount.minorUnits
  }

  /// Whether an amount may be less than a minor unit of the currency paid out; a look at the rates
  /// alone, since a conversion takes ten times as long.
  private static func mayBeIdle(
    _ net: Int64, _ route: SettlementRoute, _ rates: FXTable
  ) -> Bool {
    guard route.source != route.destination, net < 1_000_000 else { return net == 0 }
    let given = rates.trillionths(of: route.source) / route.source.minorUnitsPerUnit
    return Int128(net) * Int128(given)
      < Int128(rates.trillionths(of: route.destination) / route.destination.minorUnitsPerUnit + 1)
  }

  /// Where the group of an obligation is, begun if it was not found.
  private mutating func position(of obligation: Obligation, slot: Int32) -> Int {
    let owner = Int(obligation.merchant.rawValue)
    if owner >= newest.count {
      newest += Array(repeating: -1, count: max(owner + 1, 2 * newest.count) - newest.count)
    }
    var candidate = newest[owner]
    if places != nil {
      let key = ObligationKey(obligation, slot: slot)
      if let known = places?[key] { return Int(known) }
      places?[key] = Int32(entries.count)
      candidate = -1
    }
    for _ in 0..<ObligationBook.searchDepth where candidate >= 0 {
      let found = Int(candidate)
      if entries[found].slot == slot, entries[found].businessDay == obligation.businessDay,
        entries[found].route == obligation.route,
        entries[found].isUrgent == obligation.isUrgent
      {
        return found
      }
      candidate = older[found]
    }
    entries.append(
      ObligationGroup(
        merchant: obligation.merchant, route: obligation.route, slot: slot,
        businessDay: obligation.businessDay, count: 0, amount: 0, refunded: 0,
        isUrgent: obligation.isUrgent))
    older.append(newest[owner])
    newest[owner] = Int32(entries.count - 1)
    return entries.count - 1
  }

  /// The groups of several books, usually those of all cells.
  /// - Precondition: there is a book, and all have the same slots.
  public static func grouped(_ books: [ObligationBook]) -> GroupedObligations {
    guard let slots = books.first?.slots else {
      preconditionFailure("no book of obligations")
    }
    precondition(books.allSatisfy { $0.slots == slots }, "books of different time slots")
    var groups: [ObligationGroup] = []
    groups.reserveCapacity(books.reduce(0) { $0 + $1.entries.count })
    for book in books { groups += book.entries }
    return GroupedObligations(slots: slots, groups: groups)
  }

  /// The groups collected so far.
  public var grouped: GroupedObligations { ObligationBook.grouped([self]) }
}

/// What the obligations of a group have in common.
private struct ObligationKey: Hashable, Sendable {
  var merchant: MerchantID
  var route: UInt64
  var slot: Int32
  var businessDay: Int32
  var isUrgent: Bool

  init(_ obligation: Obligation, slot: Int32) {
    merchant = obligation.merchant
    route = obligation.route.packed
    self.slot = slot
    businessDay = obligation.businessDay
    isUrgent = obligation.isUrgent
  }
}
