import PaymentModel

/// What obligations must have in common to be settled together.
public struct ConsolidationKey: Hashable, Comparable, Sendable {
  /// Window or business day; the earlier is sent first.
  public var period: Int64
  /// The merchant, if merchants are kept apart.
  public var merchant: MerchantID?
  /// Between which banks and currencies.
  public var route: SettlementRoute

  /// A key.
  public init(period: Int64, merchant: MerchantID?, route: SettlementRoute) {
    self.period = period
    self.merchant = merchant
    self.route = route
  }

  /// Order of period, merchant (none comes first) and route.
  public static func < (first: ConsolidationKey, second: ConsolidationKey) -> Bool {
    if first.period != second.period { return first.period < second.period }
    if first.merchant != second.merchant {
      guard let earlier = first.merchant, let later = second.merchant else {
        return first.merchant == nil
      }
      return earlier < later
    }
    return first.route < second.route
  }
}

/// A strategy that settles together whatever has the same key, so that only the key must be told.
public protocol ConsolidatingStrategy: BatchingStrategy {
  /// The key of an obligation.
  func key(of obligation: Obligation) -> ConsolidationKey

  /// The key that all obligations of a group have, with slots of `slotLength` nanoseconds.
  func key(of group: ObligationGroup, slotLength: Int64) -> ConsolidationKey
}

extension ConsolidatingStrategy {
  /// One settlement for each key, ascending by key; within one, the order of `pending`. O(n) and a
  /// sort of the keys.
  public func plan(_ pending: [Obligation], in world: SettlementWorld) -> [PlannedBatch] {
    var settlements = Partition<ConsolidationKey>()
    for obligation in pending { settlements.append(key(of: obligation)) }
    var plan: [PlannedBatch] = []
    for (key, members) in settlements.sorted() {
      var start = members.startIndex
      while start < members.endIndex {
        let end = min(start + world.maximumBatch, members.endIndex)
        let batch = Array(members[start..<end])
        plan.append(
          PlannedBatch(
            merchant: key.merchant, route: key.route, members: batch,
            amount: batch.reduce(0) { $0 + pending[$1].amount },
            part: (start - members.startIndex) / world.maximumBatch))
        start = end
      }
    }
    return plan
  }

  /// Adds up the groups of each key, and prices one settlement for each. O(n).
  public func price(
    _ obligations: GroupedObligations, in world: SettlementWorld
  ) -> StrategyCost {
    var settlements = Partition<ConsolidationKey>()
    for group in obligations.groups {
      settlements.append(key(of: group, slotLength: obligations.slotLength))
    }
    var tally = CostTally()
    for (key, members) in settlements.sorted() {
      var count = 0
      var net: Int64 = 0
      for member in members {
        count += obligations.groups[member].count
        net += obligations.groups[member].amount
      }
      tally.addSettlement(payments: count, in: world)
      tally.addConversion(of: net.magnitude, on: key.route)
    }
    return tally.cost(strategy: Self.name, in: world)
  }
}
