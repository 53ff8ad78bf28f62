import Chance
import Money
import PaymentModel
import Plants

/// Plans a round: what of all that is pending leaves now, and how its money is moved.
struct RoundPlanner {
  let pending: [Obligation]
  let world: SettlementWorld
  let netsConversions: Bool
  /// Minor units of the reporting currency; below zero for refunds.
  let values: [Double]
  let horizon: RoundHorizon
  let flows: RoundFlows
  /// Row by row: the currency owed, then the one paid out.
  let cells: [Int]
  /// The last round in which each settles in time.
  let lasts: [Int]
  /// The latest window in which each settles in time if it is sent now.
  private let windows: [SettlementWindow]

  /// - Precondition: there is something pending.
  init(
    _ pending: [Obligation], in world: SettlementWorld, _ cycle: SettlementCycle,
    _ outlook: SettlementOutlook, netsConversions: Bool
  ) {
    self.pending = pending
    self.world = world
    self.netsConversions = netsConversions
    let values = pending.map { $0.value(by: world.rates) }
    self.values = values
    let expected =
      world.expected ?? .continuing(pending, values: values, at: world.now)
    let currencies = Set(
      pending.flatMap { [$0.route.source, $0.route.destination] }
        + expected.kinds.flatMap { [$0.source, $0.destination] }
    ).filter(outlook.settles).sorted()
    let dues = pending.map(outlook.due)
    let horizon = RoundHorizon(currencies, until: dues.max()!, cycle, outlook, in: world)
    self.horizon = horizon
    let places = Dictionary(uniqueKeysWithValues: currencies.enumerated().map { ($1, $0) })
    cells = pending.map {
      places[$0.route.source]! * currencies.count + places[$0.route.destination]!
    }
    lasts = zip(pending, dues).map { horizon.last(for: places[$0.route.destination]!, due: $1) }
    let next = cycle.next(after: world.now, currencies[0])
    windows = pending.map { outlook.latestWindow(of: $0, at: world.now, next: next) }
    flows = RoundFlows(
      pending, values, expected, horizon, lasts: lasts, cells: cells, outlook,
      leaving: RoundFlows.Leaving(
        delayRate: world.costs.delayRate, netsConversions: netsConversions))
  }

  /// The plan.
  func plan() -> SettlementPlan {
    if !flows.isMoreExpected { return planOfAll() }
    let cost = ScheduleCost(
      horizon, flows, netsConversions: netsConversions, delayRate: world.costs.delayRate)
    var search = ScheduleSearch(cost)
    let rules = search.rules()
    let found = rules.last!
    var choice = leaving(by: found.schedule)
    var plan = own(leaving(choice))
    let exact = decide(&choice, &plan, by: found.schedule)
    if planted(Plant.lastWirePutOff), let place = choice.lastIndex(of: .due) {
      choice[place] = .heldForRound
      plan = own(leaving(choice))
    }
    cover(&choice, &plan)
    plan.deferred = pending.indices.filter { !choice[$0].leaves }
    var report = PlanReport(method: found.name, cost: Self.millionths(found.cost))
    report.exact = exact
    count(choice, in: &report)
    let other = rules.dropLast().filter { $0.name != found.name }.min { $0.cost < $1.cost }
    report.runnerUp = other.map {
      PricedRule(
        name: $0.name,
        cost: planted(Plant.dearerPlanTaken)
          ? report.cost - 1 : max(report.cost, Self.millionths($0.cost)))
    }
    report.priced = search.priced
    report.fallback = search.isCut ? "limit of schedules" : nil
    report.hash = hash(choice)
    report.wires = wires(of: plan)
    plan.report = report
    return plan
  }

  /// The plan of everything, where nothing more is expected.
  private func planOfAll() -> SettlementPlan {
    let rules = rulesNow
    var choice = pending.indices.map { lasts[$0] == 0 ? Choice.due : .leaves }
    var own = own(Array(pending.indices))
    cover(&choice, &own)
    // Who lacks money for some of it could not carry out what other rules make of all of it.
    let isShort = choice.contains(.heldForFunds)
    let plans = isShort ? [("all_covered", own, rules.cost(of: own))] : rules.plans(own: own)
    let best = plans.indices.min { (plans[$0].cost, $0) < (plans[$1].cost, $1) }!
    var report = PlanReport(method: plans[best].name, cost: Self.millionths(plans[best].cost))
    count(choice, in: &report)
    let other = plans.indices.filter { $0 != best }
      .min { (plans[$0].cost, $0) < (plans[$1].cost, $1) }
    report.runnerUp = other.map {
      PricedRule(name: plans[$0].name, cost: Self.millionths(plans[$0].cost))
    }
    report.priced = plans.count
    report.hash = hash(choice)
    var plan = plans[best].plan
    plan.deferred = pending.indices.filter { !choice[$0].leaves }
    report.exact = isShort ? nil : decideWays(&plan)
    report.wires = wires(of: plan)
    plan.report = report
    return plan
  }

  /// What all other strategies would make of what is pending.
  var rulesNow: RulesNow {
    RulesNow(pending: pending, world: world, horizon: horizon, netsConversions: netsConversions)
  }

  /// What leaves by a choice.
  func leaving(_ choice: [Choice]) -> [Int] { pending.indices.filter { choice[$0].leaves } }

  /// Of what leaves by a choice, that waits for which a bank has no money, if it may; what may not
  /// goes by wires of its own, so that it keeps nothing else waiting.
  private func cover(_ choice: inout [Choice], _ plan: inout SettlementPlan) {
    let leaving = leaving(choice)
    let selection = CoverSelection(leaving, of: pending, in: world) {
      choice[$0] == .leaves && lasts[$0] < horizon.count
    }
    guard selection.covered.count < leaving.count else { return }
    for index in selection.held { choice[index] = .heldForFunds }
    plan = own(selection.covered)
    for index in selection.uncovered {
      var batch = PlannedBatch(single: pending[index], at: index)
      batch.netsConversions = netsConversions
      plan.batches.append(batch)
    }
  }

  /// Settles obligations, each currency by itself: at once, or what may settle on a later day by
  /// the cheaper rail of that day where that saves more than the delay costs.
  func own(_ members: [Int]) -> SettlementPlan {
    let size = horizon.currencies.count
    var plan = SettlementPlan(batches: [])
    for currency in 0..<size {
      let own = members.filter { cells[$0] % size == currency }
      guard !own.isEmpty else { continue }
      let now = moved(own, .rtgs, currency)
      var best = (cost: now.cost, batches: now.batches)
      for window in [SettlementWindow.nextDay, .secondDay] {
        let price = horizon.price(of: window, currency)
        guard price.consolidated < horizon.prices[currency].consolidated else { continue }
        let late = own.filter { windows[$0] >= window }
        let rest = own.filter { windows[$0] < window }
        guard !late.isEmpty else { continue }
        let first = rest.isEmpty ? (cost: 0.0, batches: []) : moved(rest, .rtgs, currency)
        let second = moved(late, window, currency)
        if first.cost + second.cost < best.cost - 1e-9 {
          best = (first.cost + second.cost, first.batches + second.batches)
        }
      }
      plan.batches += best.batches
    }
    return plan
  }

  /// Batches of one currency in a window, with what they cost beyond leaving now.
  private func moved(
    _ members: [Int], _ window: SettlementWindow, _ currency: Int
  ) -> (cost: Double, batches: [PlannedBatch]) {
    let choice = MovingChoice(
      members, of: pending, in: world, price: horizon.price(of: window, currency),
      netsConversions: netsConversions, window: window)
    let found = choice.best()
    let wait = horizon.wait(for: window, currency)
    let value = members.reduce(0) { $0 + max(0, values[$1]) }
    return (found.cost + value * Double(wait) * world.costs.delayRate, found.batches)
  }

  private func wires(of plan: SettlementPlan) -> Int {
    Wires.of(
      plan, payouts: Payouts.beforeFees(of: plan, pending, in: world),
      clearingBank: world.clearingBank
    ).count
  }

  private func count(_ choice: [Choice], in report: inout PlanReport) {
    report.payments = choice.count
    for one in choice {
      switch one {
      case .due: report.due += 1
      case .heldForRound: report.heldForRound += 1
      case .heldForExchange: report.heldForExchange += 1
      case .heldForFunds: report.heldForFunds += 1
      case .leaves: break
      }
    }
  }

  static func millionths(_ minorUnits: Double) -> Int64 {
    Int64((min(minorUnits, 9e12) * 1e6).rounded())
  }

  /// What becomes of an obligation in a round, and why.
  enum Choice: UInt64 {
    case due
    case leaves
    case heldForRound
    case heldForExchange
    case heldForFunds

    var leaves: Bool { self == .due || self == .leaves }
  }

  /// What becomes of each obligation in this round of a schedule.
  private func leaving(by schedule: RoundSchedule) -> [Choice] {
    let size = horizon.currencies.count
    var choice = [Choice](repeating: .heldForRound, count: pending.count)
    var balances: [BankID: Balance] = [:]
    for index in pending.indices {
      let (source, destination) = (cells[index] / size, cells[index] % size)
      let isOpen = horizon.count == 1 || schedule[0, destination]
      let payer = pending[index].route.payer
      if lasts[index] == 0, !planted(Plant.nextPlanUnheeded) {
        choice[index] = .due
      } else if isOpen, source == destination || !netsConversions || horizon.count == 1 {
        choice[index] = .leaves
      } else if isOpen {
        balances[payer, default: Balance(size)].optional.append(
          ExchangeBalance.Optional(
            index: index, source: source, destination: destination, value: values[index],
            delayRate: max(0, values[index]) * world.costs.delayRate,
            wires: isJoined(index, destination, schedule)
              ? 0 : 2 * horizon.prices[destination].single,
            leastWait: wait(for: index, destination, schedule)))
        continue
      }
      balances[payer, default: Balance(size)].add(
        values[index], source, destination, leaves: choice[index].leaves)
    }
    let exchange = ExchangeBalance(horizon, flows, delayRate: world.costs.delayRate)
    for (_, balance) in balances.sorted(by: { $0.key < $1.key }) {
      for payment in balance.optional { choice[payment.index] = .heldForExchange }
      let chosen = exchange.chosen(
        of: balance.optional, leaving: balance.leaving, waiting: balance.waiting)
      for place in chosen { choice[balance.optional[place].index] = .leaves }
    }
    return choice
  }

  /// What one payer has of each currency, of what leaves and of what waits in any case.
  private struct Balance {
    var leaving: [Double]
    var waiting: [Double]
    var optional: [ExchangeBalance.Optional] = []

    init(_ currencies: Int) {
      leaving = Array(repeating: 0, count: currencies)
      waiting = leaving
    }

    mutating func add(_ value: Double, _ source: Int, _ destination: Int, leaves: Bool) {
      if leaves {
        leaving[source] += value
        leaving[destination] -= value
      } else {
        waiting[source] += value
        waiting[destination] -= value
      }
    }
  }

  /// Whether a round to come in which an obligation is not late pays its currency out anyway.
  private func isJoined(_ index: Int, _ currency: Int, _ schedule: RoundSchedule) -> Bool {
    nextRound(currency, schedule) <= lasts[index]
  }

  /// The next round that pays a currency out; the last one does.
  private func nextRound(_ currency: Int, _ schedule: RoundSchedule) -> Int {
    schedule.next(after: 0, currency) ?? horizon.count - 1
  }

  /// How long an obligation waits for the next round in which its currency is paid out (ns).
  private func wait(for index: Int, _ currency: Int, _ schedule: RoundSchedule) -> Double {
    let next = min(nextRound(currency, schedule), max(1, lasts[index]), horizon.count - 1)
    return Double(horizon.arrivals[currency][next] - horizon.arrivals[currency][0])
  }

  private func hash(_ choice: [Choice]) -> UInt64 {
    choice.reduce(UInt64(choice.count)) { mix64($0 ^ $1.rawValue) }
  }
}
