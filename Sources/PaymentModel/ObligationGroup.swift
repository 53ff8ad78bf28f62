import Money

/// The obligations of one merchant, route, business day, time slot and urgency, added up.
///
/// Every run keeps them, so that each strategy can be priced on the run's own obligations without
/// keeping five million of them.
public struct ObligationGroup: Hashable, Sendable {
  /// Whom the payments are for.
  public var merchant: MerchantID
  /// Between which banks and currencies.
  public var route: SettlementRoute
  /// Whether they must settle at once.
  public var isUrgent: Bool
  /// Which time slot since the start of the run they were captured in, from 0.
  public var slot: Int32
  /// The merchant's business day, in days since 1970-01-01.
  public var businessDay: Int32
  /// How many of the obligations move no money by themselves: the fee takes all of it, or it is
  /// less than a minor unit of the currency paid out.
  public var idle: Int32
  /// How many obligations there are.
  public var count: Int
  /// Their sum, refunds taken off, before fees, in minor units of the source currency.
  public var amount: Int64
  /// The sum of the refunds and voids among them, without sign, less the fees that voids give back,
  /// in minor units of the source currency.
  public var refunded: Int64
  /// The refunds again, each converted by itself, in minor units of the currency paid out.
  public var refundedPayout: Int64
  /// What is kept of the payments as a fee, in minor units of the source currency.
  public var fees: Int64

  /// A group with all its parts.
  public init(
    merchant: MerchantID, route: SettlementRoute, slot: Int32, businessDay: Int32, count: Int,
    amount: Int64, refunded: Int64, isUrgent: Bool = false, fees: Int64 = 0,
    refundedPayout: Int64 = 0, idle: Int32 = 0
  ) {
    self.merchant = merchant
    self.route = route
    self.isUrgent = isUrgent
    self.slot = slot
    self.businessDay = businessDay
    self.count = count
    self.amount = amount
    self.refunded = refunded
    self.fees = fees
    self.refundedPayout = refundedPayout
    self.idle = idle
  }

  /// What is paid out of them, refunds and fees taken off, in minor units of the source currency.
  public var net: Int64 { amount - fees }

  /// What is paid out for the payments alone, fees taken off, minor units of the source currency.
  public var paid: Int64 { amount + refunded - fees }

  /// Whether `first` comes before `second` by merchant, business day, slot, route and urgency,
  /// in this order.
  static func precedes(_ first: ObligationGroup, _ second: ObligationGroup) -> Bool {
    if first.merchant != second.merchant { return first.merchant < second.merchant }
    if first.businessDay != second.businessDay { return first.businessDay < second.businessDay }
    if first.slot != second.slot { return first.slot < second.slot }
    if first.route != second.route { return first.route < second.route }
    return !first.isUrgent && second.isUrgent
  }

  /// Whether both groups count the same kind of obligation.
  func hasKey(of other: ObligationGroup) -> Bool {
    merchant == other.merchant && slot == other.slot && route == other.route
      && businessDay == other.businessDay && isUrgent == other.isUrgent
  }

  /// Adds the obligations of a group with the same key.
  mutating func absorb(_ other: ObligationGroup) {
    count += other.count
    amount += other.amount
    refunded += other.refunded
    fees += other.fees
    refundedPayout += other.refundedPayout
    idle += other.idle
  }
}

/// All groups of a run, in one order that does not depend on how they were collected.
public struct GroupedObligations: Sendable, Equatable {
  /// The time slots.
  public let slots: SlotScale
  /// One group for each merchant, business day, slot, route and urgency, ascending in this order.
  public let groups: [ObligationGroup]

  /// Sorts `groups` and adds up those with the same key, within one copy of them.
  public init(slots: SlotScale, groups: consuming [ObligationGroup]) {
    self.slots = slots
    var sorted = groups
    sorted.sort(by: ObligationGroup.precedes)
    var end = min(1, sorted.count)
    for position in sorted.indices.dropFirst() {
      if sorted[end - 1].hasKey(of: sorted[position]) {
        sorted[end - 1].absorb(sorted[position])
      } else {
        sorted[end] = sorted[position]
        end += 1
      }
    }
    sorted.removeLast(sorted.count - end)
    self.groups = sorted
  }

  /// Number of obligations.
  public var count: Int { groups.reduce(0) { $0 + $1.count } }
}
