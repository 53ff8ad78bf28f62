import Chance

/// Where every payment stands, with the wires, positions and loads that follow, and what they cost.
///
/// Payments are moved one at a time. No limit is ever exceeded by a move that was allowed.
struct Arrangement {
  static let putOff = -1

  let grid: RoundGrid
  /// Position of each payment's place among its own; `putOff` for none.
  private(set) var slots: [Int]
  /// Minor units of the reporting currency.
  private(set) var cost: Double
  private var counts: [Int]
  private var dealCounts: [Int]
  /// By group, then currency: too much above zero, and how many payments touch it.
  private var positions: [Int64]
  private var touches: [Int]
  private var groupCosts: [Double]
  private var loads: [Int64]
  /// By account, then round of all: net money out.
  private var sent: [Int64]
  private var accountCosts: [Double]

  private var problem: RoundProblem { grid.problem }

  /// Nothing settles yet, also of what must.
  init(_ grid: RoundGrid) {
    let problem = grid.problem
    self.grid = grid
    slots = Array(repeating: Self.putOff, count: problem.payments.count)
    counts = Array(repeating: 0, count: grid.wires.count)
    dealCounts = Array(repeating: 0, count: grid.deals.count)
    positions = Array(repeating: 0, count: grid.groups.count * problem.currencies)
    touches = Array(repeating: 0, count: positions.count)
    groupCosts = Array(repeating: 0, count: grid.groups.count)
    loads = Array(repeating: 0, count: problem.limits.count)
    sent = Array(repeating: 0, count: grid.accounts.count * problem.rounds.count)
    accountCosts = Array(repeating: 0, count: grid.accounts.count)
    cost = problem.payments.reduce(0) { $0 + ($1.deferral ?? 0) }
  }

  /// Places that are given; nil if the problem does not allow one of them.
  init?(_ grid: RoundGrid, _ places: [RoundPlace?]) {
    self.init(grid)
    guard places.count == slots.count else { return nil }
    for (payment, place) in places.enumerated() {
      guard let place else { continue }
      guard let slot = grid.slot(of: payment, place) else { return nil }
      move(payment, to: slot)
    }
  }

  /// Places that are given, as far as the problem and its limits allow; nil if they are not those
  /// of its payments.
  static func near(_ grid: RoundGrid, _ places: [RoundPlace?]) -> Arrangement? {
    guard places.count == grid.problem.payments.count else { return nil }
    var arrangement = Arrangement(grid)
    for (payment, place) in places.enumerated() {
      guard let place, let slot = grid.slot(of: payment, place),
        arrangement.fits(payment, in: slot)
      else { continue }
      arrangement.move(payment, to: slot)
    }
    for payment in places.indices where arrangement.slots[payment] < 0 {
      if grid.problem.payments[payment].deferral == nil {
        arrangement.moveToBest(payment, isForced: true)
      }
    }
    return arrangement
  }

  /// Whether every payment that must settle does.
  var isSettled: Bool {
    zip(slots, problem.payments).allSatisfy { $0 >= 0 || $1.deferral != nil }
  }

  /// Whether a payment may move to a place, or off, as far as limits go.
  func fits(_ payment: Int, in slot: Int) -> Bool {
    if problem.limits.isEmpty { return true }
    let value = problem.payments[payment].value
    let former = slots[payment]
    let from = former < 0 ? -1 : grid.places[payment][former].round
    let to = slot < 0 ? -1 : grid.places[payment][slot].round
    if from == to { return true }
    if to >= 0 {
      for load in grid.loads[payment][to] {
        var sum = loads[load.limit] + load.sign * value
        if from >= 0, let other = grid.loads[payment][from].first(where: { $0.limit == load.limit })
        {
          sum -= other.sign * value
        }
        if sum > problem.limits[load.limit].amount, sum > loads[load.limit] { return false }
      }
    }
    guard from >= 0 else { return true }
    for load in grid.loads[payment][from] where load.sign < 0 {
      if to >= 0, grid.loads[payment][to].contains(where: { $0.limit == load.limit }) { continue }
      if loads[load.limit] + value > problem.limits[load.limit].amount { return false }
    }
    return true
  }

  /// Whether all limits are kept.
  var isWithinLimits: Bool {
    zip(loads, problem.limits).allSatisfy { $0 <= $1.amount }
  }

  /// Moves a payment to one of its places, or off, and tells what that changes.
  @discardableResult
  mutating func move(_ payment: Int, to slot: Int) -> Double {
    if slots[payment] == slot { return 0 }
    let before = cost
    let touched = shift(payment, to: slot)
    price(touched, payment)
    return cost - before
  }

  /// What a move would change.
  mutating func trial(_ payment: Int, to slot: Int) -> Double {
    let former = slots[payment]
    if former == slot { return 0 }
    let before = cost
    let touched = shift(payment, to: slot)
    let groups = [touched.groups.0, touched.groups.1].map { $0 < 0 ? 0 : groupCosts[$0] }
    let accounts = accounts(touched, payment).map { accountCosts[$0] }
    price(touched, payment)
    let change = cost - before
    _ = shift(payment, to: former)
    if touched.groups.0 >= 0 { groupCosts[touched.groups.0] = groups[0] }
    if touched.groups.1 >= 0 { groupCosts[touched.groups.1] = groups[1] }
    for (account, cost) in zip(self.accounts(touched, payment), accounts) {
      accountCosts[account] = cost
    }
    cost = before
    return change
  }

  /// What a move touches: groups of exchange and dates of accounts, -1 for none.
  private struct Touched {
    var groups = (-1, -1)
    var dates = (-1, -1)
  }

  /// Prices what a move has touched anew.
  private mutating func price(_ touched: Touched, _ payment: Int) {
    let groups = touched.groups
    if groups.0 != groups.1 {
      if groups.0 >= 0 { price(group: groups.0) }
      if groups.1 >= 0 { price(group: groups.1) }
    }
    for account in accounts(touched, payment) { price(account: account) }
  }

  private func accounts(_ touched: Touched, _ payment: Int) -> [Int] {
    if grid.accounts.isEmpty { return [] }
    var accounts: [Int] = []
    let dates = touched.dates
    for date in dates.0 == dates.1 ? [dates.0] : [dates.0, dates.1] where date >= 0 {
      let own = grid.accountsOf[payment][date]
      for account in [own.payer, own.payee] where account >= 0 { accounts.append(account) }
    }
    return accounts
  }

  /// Moves a payment without pricing its exchange and liquidity.
  private mutating func shift(_ payment: Int, to slot: Int) -> Touched {
    let former = slots[payment]
    let own = grid.problem.payments[payment]
    slots[payment] = slot
    var touched = Touched()
    if former >= 0 {
      let place = grid.places[payment][former]
      cost -= place.cost
      count(place, -1)
      touched.groups.0 = place.group
      shift(place, own, -1)
      touched.dates.0 = grid.problem.rounds[place.round].date
      load(payment, place.round, -own.value)
    } else {
      cost -= own.deferral ?? 0
    }
    if slot >= 0 {
      let place = grid.places[payment][slot]
      cost += place.cost
      count(place, 1)
      touched.groups.1 = place.group
      shift(place, own, 1)
      touched.dates.1 = grid.problem.rounds[place.round].date
      load(payment, place.round, own.value)
    } else {
      cost += own.deferral ?? 0
    }
    return touched
  }

  private mutating func count(_ place: RoundGrid.Place, _ change: Int) {
    for key in [place.wires.0, place.wires.1] where key >= 0 {
      cost += grid.price(key, counts[key] + change) - grid.price(key, counts[key])
      counts[key] += change
    }
    if place.deal >= 0 {
      if dealCounts[place.deal] == (change > 0 ? 0 : 1) {
        cost += Double(change) * grid.deals[place.deal]
      }
      dealCounts[place.deal] += change
    }
  }

  private mutating func shift(
    _ place: RoundGrid.Place, _ payment: RoundProblem.Payment, _ change: Int
  ) {
    guard place.group >= 0 else { return }
    let offset = place.group * grid.problem.currencies
    positions[offset + payment.source] += Int64(change) * payment.value
    positions[offset + payment.destination] -= Int64(change) * payment.value
    touches[offset + payment.source] += change
    touches[offset + payment.destination] += change
  }

  private mutating func load(_ payment: Int, _ round: Int, _ value: Int64) {
    for load in grid.loads[payment][round] { loads[load.limit] += load.sign * value }
    guard !grid.accounts.isEmpty else { return }
    let accounts = grid.accountsOf[payment][grid.problem.rounds[round].date]
    let rounds = grid.problem.rounds.count
    if accounts.payer >= 0 { sent[accounts.payer * rounds + round] += value }
    if accounts.payee >= 0 { sent[accounts.payee * rounds + round] -= value }
  }

  private mutating func price(group: Int) {
    cost -= groupCosts[group]
    let found = exchange(group)
    groupCosts[group] = found.spread + found.fees
    cost += groupCosts[group]
  }

  /// Spread beyond what is expected, and fees, of a group.
  private func exchange(
    _ index: Int, deals: ((Int?, Exchange.Deal) -> Void)? = nil
  ) -> (spread: Double, fees: Double) {
    let group = grid.groups[index]
    let offset = index * grid.problem.currencies
    let own = Array(positions[offset..<offset + grid.problem.currencies])
    if group.hasFees {
      return grid.exchange.withFees(
        own, touched: { touches[offset + $0] > 0 }, nodes: group.nodes,
        fees: grid.problem.dealFees[group.date],
        deals: deals.map { tell in { tell(nil, $0) } })
    }
    if group.expected.count == 1 {
      return (grid.exchange.spread(own, deals: deals.map { tell in { tell(nil, $0) } }), 0)
    }
    var spread = -group.base
    for expected in group.expected {
      var sum = expected.positions
      for place in own.indices { sum[place] += own[place] }
      spread +=
        expected.probability
        * grid.exchange.spread(sum, deals: deals.map { tell in { tell(expected.outcome, $0) } })
    }
    return (spread, 0)
  }

  private mutating func price(account: Int) {
    let rounds = grid.problem.rounds.count
    var (sum, most) = (Int64(0), Int64(0))
    for round in grid.accounts[account].rounds {
      sum += sent[account * rounds + round]
      most = max(most, sum)
    }
    cost -= accountCosts[account]
    accountCosts[account] = Double(most) * grid.problem.liquidityPrice
    cost += accountCosts[account]
  }

  /// The solution this is.
  func solution(from producer: RoundProducer) -> RoundSolution {
    var parts = RoundCost()
    var deals: [RoundDeal] = []
    var places: [RoundPlace?] = []
    for (index, slot) in slots.enumerated() {
      let payment = problem.payments[index]
      guard slot >= 0 else {
        parts.deferral += payment.deferral ?? 0
        places.append(nil)
        continue
      }
      let place = grid.places[index][slot]
      parts.settling += place.cost - place.spread
      parts.exchange += place.spread
      places.append(RoundPlace(round: place.round, way: place.way))
    }
    for (key, count) in counts.enumerated() { parts.wires += grid.price(key, count) }
    for (deal, count) in dealCounts.enumerated() where count > 0 { parts.fees += grid.deals[deal] }
    for (index, group) in grid.groups.enumerated() {
      let found = exchange(index) { outcome, deal in
        deals.append(
          RoundDeal(
            payer: group.payer, date: group.date, outcome: outcome, from: deal.from, to: deal.to,
            value: deal.value))
      }
      parts.exchange += found.spread
      parts.fees += found.fees
    }
    parts.liquidity = accountCosts.reduce(0, +)
    var digest = Digest()
    for slot in slots { digest.add(Int64(slot)) }
    return RoundSolution(
      places: places, deals: deals, cost: parts, bound: nil, producer: producer,
      isComplete: false, linearPrograms: 0, nodes: 0, fallback: nil, fingerprint: digest.value)
  }
}
