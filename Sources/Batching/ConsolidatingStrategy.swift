import Money
import PaymentModel
import Plants

/// A strategy that settles together whatever has the same key, so that only the key must be told.
public protocol ConsolidatingStrategy: ShadowPriced {
  /// How the money of the settlements is moved.
  var netting: Netting { get }

  /// Whether conversions of a payer offset each other over a cycle.
  var netsConversions: Bool { get }

  /// The key of an obligation.
  func key(of obligation: Obligation) -> ConsolidationKey

  /// The key that all obligations of a group have.
  func key(of group: ObligationGroup, in slots: SlotScale) -> ConsolidationKey
}

extension ConsolidatingStrategy {
  /// Gross.
  public var netting: Netting { .gross }

  /// No.
  public var netsConversions: Bool { false }

  /// One settlement for each key, ascending by key; within one, the order of `pending`. O(n) and a
  /// sort of the keys.
  public func plan(_ pending: [Obligation], in world: SettlementWorld) -> SettlementPlan {
    var settlements = Partition<ConsolidationKey>()
    for obligation in pending.dropLast(planted(Plant.obligationUnplanned) ? 1 : 0) {
      settlements.append(key(of: obligation))
    }
    var batches: [PlannedBatch] = []
    for (key, members) in settlements.sorted() {
      append(key, members, to: &batches, window: .rtgs, in: world)
    }
    return SettlementPlan(batches: batches)
  }

  /// Appends a settlement, in parts if it has more members than a batch may hold.
  func append(
    _ key: ConsolidationKey, _ members: ArraySlice<Int>, to batches: inout [PlannedBatch],
    window: SettlementWindow, in world: SettlementWorld
  ) {
    PlannedBatch(
      merchant: key.merchant, payer: key.payer, payee: key.payee, currency: key.currency,
      members: [], window: window, netting: netting, netsConversions: netsConversions,
      cycle: key.period
    ).append(members, to: &batches, maximumBatch: world.maximumBatch)
  }

  /// Adds up the groups of each key, and prices one settlement for each. O(n).
  public func tally(_ obligations: GroupedObligations, in world: SettlementWorld) -> CostTally {
    var costs = GroupPricing(in: world)
    add(obligations, to: &costs, in: world)
    return costs.total()
  }

  /// Prices a settlement for each key of the groups that are `included`.
  func add(
    _ obligations: GroupedObligations, to costs: inout GroupPricing, in world: SettlementWorld,
    where isIncluded: (ObligationGroup) -> Bool = { _ in true }
  ) {
    var settlements = Partition<ConsolidationKey>()
    let groups = obligations.groups.filter(isIncluded)
    for group in groups {
      settlements.append(key(of: group, in: obligations.slots))
    }
    for (key, members) in settlements.sorted() {
      var count = 0
      var sums = SourceSums()
      for member in members {
        count += groups[member].count
        sums.add(groups[member].net, of: groups[member].route.source)
      }
      costs.addSettlement(
        key, payments: count, sums: sums, netting: netting,
        dealCycle: netsConversions ? dealCycle(ofPeriod: key.period, in: world) : nil)
    }
  }

  /// Within which conversions offset each other: the period itself where a plan's are dealt with
  /// it, or the interval of deals in which the period's window ends.
  private func dealCycle(ofPeriod period: Int64, in world: SettlementWorld) -> Int64 {
    guard let interval = world.dealInterval, let cycle = release.cycle else { return period }
    return cycle.end(ofNumber: period) / interval
  }
}
