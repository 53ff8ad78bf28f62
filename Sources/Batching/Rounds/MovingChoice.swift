import Money
import PaymentModel

/// How the money of what leaves in one currency is moved: for each pair of banks gross, bilaterally
/// or multilaterally netted, as it costs least in wires and liquidity.
struct MovingChoice {
  /// Up to so many pairs of banks every combination is priced.
  static let exhaustive = 5
  /// Up to so many pairs of banks they are changed one by one.
  static let single = 64

  private let world: SettlementWorld
  private let price: RoundHorizon.Price
  /// A settlement for each pair of banks and direction.
  private var plan: SettlementPlan
  private let payouts: [Int64]
  /// By batch: its pair of banks.
  private let pairs: [Int]
  private let pairCount: Int

  /// - Precondition: there are members, all paid out in one currency.
  init(
    _ members: [Int], of pending: [Obligation], in world: SettlementWorld,
    price: RoundHorizon.Price, netsConversions: Bool, window: SettlementWindow = .rtgs
  ) {
    self.world = world
    self.price = price
    var routes = Partition<UInt32>()
    for member in members {
      let route = pending[member].route
      routes.append(UInt32(route.payer.rawValue) << 16 | UInt32(route.payee.rawValue))
    }
    var batches: [PlannedBatch] = []
    for (_, places) in routes.sorted() {
      let own = places.map { members[$0] }
      let route = pending[own[0]].route
      PlannedBatch(
        payer: route.payer, payee: route.payee, currency: route.destination, members: [],
        window: window, netting: .multilateral, netsConversions: netsConversions
      ).append(own[...], to: &batches, maximumBatch: world.maximumBatch)
    }
    plan = SettlementPlan(batches: batches)
    payouts = Payouts.beforeFees(of: plan, pending, in: world)
    var banks = Partition<UInt32>()
    for batch in batches {
      let (payer, payee) = (UInt32(batch.payer.rawValue), UInt32(batch.payee.rawValue))
      banks.append(min(payer, payee) << 16 | max(payer, payee))
    }
    var pairs = [Int](repeating: 0, count: batches.count)
    let sorted = banks.sorted()
    for (pair, entry) in sorted.enumerated() {
      for place in entry.members { pairs[place] = pair }
    }
    self.pairs = pairs
    pairCount = sorted.count
  }

  /// The cheapest batches that are found; where ways cost the same, those that move less money.
  func best() -> (cost: Double, batches: [PlannedBatch]) {
    var best = (ways: [Netting](repeating: .multilateral, count: pairCount), cost: Double.infinity)
    func consider(_ ways: [Netting]) {
      let found = cost(ways)
      if found < best.cost - 1e-9 { best = (ways, found) }
    }
    let ways: [Netting] = [.multilateral, .bilateral, .gross]
    for way in ways { consider(Array(repeating: way, count: pairCount)) }
    if pairCount > 1, pairCount <= Self.exhaustive {
      for number in 0..<Self.combinations(pairCount) {
        var rest = number
        consider(
          (0..<pairCount).map { _ in
            defer { rest /= ways.count }
            return ways[rest % ways.count]
          })
      }
    } else if pairCount > 1, pairCount <= Self.single {
      for pair in 0..<pairCount {
        for way in ways where way != best.ways[pair] {
          var other = best.ways
          other[pair] = way
          consider(other)
        }
      }
    }
    return (best.cost, with(best.ways).batches)
  }

  private static func combinations(_ pairs: Int) -> Int {
    (0..<pairs).reduce(1) { product, _ in product * Netting.allCases.count }
  }

  private func with(_ ways: [Netting]) -> SettlementPlan {
    var moved = plan
    for place in pairs.indices { moved.batches[place].netting = ways[pairs[place]] }
    return moved
  }

  private func cost(_ ways: [Netting]) -> Double {
    let wires = Wires.of(with(ways), payouts: payouts, clearingBank: world.clearingBank)
    return Self.cost(of: wires, price, in: world)
  }

  /// What wires of one currency cost, and the liquidity that they take for a day.
  static func cost(
    of wires: [PlannedWire], _ price: RoundHorizon.Price, in world: SettlementWorld
  ) -> Double {
    guard let first = wires.first else { return 0 }
    var sent: [BankID: Int64] = [:]
    var cost = 0.0
    for wire in wires {
      cost += wire.payments >= world.costs.discountMinimum ? price.consolidated : price.single
      sent[wire.payer, default: 0] += wire.amount
      sent[wire.payee, default: 0] -= wire.amount
    }
    let used = sent.sorted { $0.key < $1.key }.reduce(Int64(0)) { sum, entry in
      entry.key == world.clearingBank ? sum : sum + max(0, entry.value)
    }
    let value = world.rates.inReportingCurrency(
      MoneyAmount(minorUnits: used, currency: first.currency))
    return cost + Double(value.minorUnits) * world.costs.liquidityRate
  }
}
