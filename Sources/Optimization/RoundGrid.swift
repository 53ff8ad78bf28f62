/// A problem laid out for searching: what every payment's places open, exchange and load.
struct RoundGrid {
  /// Where a payment may settle.
  struct Place {
    var round: Int
    var way: RoundProblem.Way
    /// Settling there, without what it shares with others.
    var cost: Double
    /// Spread of its own that is part of `cost`.
    var spread: Double
    /// Positions of the wires that it opens; -1 for none.
    var wires: (Int, Int)
    /// Position of the deal that it is part of where conversions are not netted; -1 for none.
    var deal: Int
    /// Position of what its payer exchanges on the date where conversions are netted; -1 for none.
    var group: Int
  }

  /// A wire that payments open together.
  struct Wire {
    var price: RoundProblem.WirePrice
    /// Whether it is one of as many gross wires as its payments need.
    var isGross: Bool
    /// Payments that may open it.
    var candidates = 0
  }

  /// What a payer exchanges on a date.
  struct Group {
    var payer: Int
    var date: Int
    /// The currencies in which it may have something, ascending.
    var nodes: [Int]
    var hasFees: Bool
    /// What is expected besides, by currency, and how probable that is.
    var expected: [(outcome: Int?, probability: Double, positions: [Int64])]
    /// What the expected alone costs in the mean.
    var base = 0.0
    /// Value that it may exchange at most.
    var largest: Int64 = 0
  }

  /// A bank's money in a currency on a date.
  struct Account {
    /// Rounds of the date, ascending.
    var rounds: [Int]
  }

  let problem: RoundProblem
  let exchange: Exchange
  private(set) var places: [[Place]] = []
  private(set) var wires: [Wire] = []
  /// Fee of both legs of each deal that is not netted.
  private(set) var deals: [Double] = []
  private(set) var groups: [Group] = []
  /// By payment and round: limits that it counts for, and how.
  private(set) var loads: [[[(limit: Int, sign: Int64)]]] = []
  private(set) var accounts: [Account] = []
  /// By payment and date: the accounts of payer and payee; -1 where there is none.
  private(set) var accountsOf: [[(payer: Int, payee: Int)]] = []
  /// Ways that are worth considering: a bilateral wire is never dearer than gross ones.
  let ways: [RoundProblem.Way]

  /// What looking at one move counts for: many currencies and outcomes take longer to exchange.
  let lookCost: Int

  init(_ problem: RoundProblem) {
    self.problem = problem
    lookCost = max(1, problem.currencies * problem.currencies * max(1, problem.outcomes.count) / 32)
    exchange = Exchange(problem)
    ways = RoundProblem.Way.allCases.filter { way in
      problem.ways.contains(way) && (way != .gross || !problem.ways.contains(.bilateral))
    }
    addGroups()
    addPlaces()
    addLoads()
    if problem.liquidityPrice > 0 { addAccounts() }
  }

  private func dates(of payment: RoundProblem.Payment) -> Set<Int> {
    Set(problem.rounds.indices.filter { payment.costs[$0] != nil }.map { problem.rounds[$0].date })
  }

  /// By payer and date: position of the group, -1 for none.
  private var groupAt: [Int] = []

  private mutating func addGroups() {
    groupAt = Array(repeating: -1, count: problem.banks * problem.dates)
    guard problem.netsConversions else { return }
    for payment in problem.payments where payment.source != payment.destination {
      for date in dates(of: payment).sorted() {
        let cell = payment.payer * problem.dates + date
        if groupAt[cell] < 0 {
          groupAt[cell] = groups.count
          groups.append(group(of: payment.payer, date))
        }
        let index = groupAt[cell]
        for node in [payment.source, payment.destination] where !groups[index].nodes.contains(node)
        {
          groups[index].nodes.append(node)
          groups[index].nodes.sort()
        }
        groups[index].largest += payment.value
      }
    }
  }

  private func group(of payer: Int, _ date: Int) -> Group {
    var group = Group(
      payer: payer, date: date, nodes: [],
      hasFees: problem.dealFees[date].contains { $0 > 0 }, expected: [])
    let nothing = Array(repeating: Int64(0), count: problem.currencies)
    for (place, outcome) in problem.outcomes.enumerated() {
      var positions = nothing
      for flow in outcome.flows where flow.payer == payer && flow.date == date {
        positions[flow.source] += flow.value
        positions[flow.destination] -= flow.value
      }
      group.expected.append((place, outcome.probability, positions))
    }
    if group.expected.allSatisfy({ $0.positions == nothing }) {
      group.expected = [(nil, 1, nothing)]
    }
    group.base = group.expected.reduce(0) {
      $0 + $1.probability * exchange.spread($1.positions)
    }
    return group
  }

  private mutating func addPlaces() {
    var wireAt: [[Int]: Int] = [:]
    var dealAt: [[Int]: Int] = [:]
    let sunk = Set(problem.sunk)
    for payment in problem.payments {
      var own: [Place] = []
      let crosses = payment.source != payment.destination
      let spread =
        crosses && !problem.netsConversions
        ? Double(payment.value) * exchange.spreads[payment.source, payment.destination] : 0
      for (round, cost) in payment.costs.enumerated() {
        guard let cost else { continue }
        let settings = problem.rounds[round]
        for way in ways {
          var deal = -1
          if crosses, !problem.netsConversions {
            let fees = problem.dealFees[settings.date]
            let name = [
              payment.payer, payment.payee, payment.source, payment.destination, round,
              way.rawValue,
            ]
            if dealAt[name] == nil {
              dealAt[name] = deals.count
              deals.append(fees[payment.source] + fees[payment.destination])
            }
            deal = dealAt[name]!
          }
          let wires = wires(of: payment, round, way, sunk, &wireAt)
          own.append(
            Place(
              round: round, way: way, cost: cost + spread, spread: spread, wires: wires, deal: deal,
              group: crosses && problem.netsConversions
                ? groupAt[payment.payer * problem.dates + settings.date] : -1))
        }
      }
      places.append(own)
    }
  }

  private mutating func wires(
    of payment: RoundProblem.Payment, _ round: Int, _ way: RoundProblem.Way,
    _ sunk: Set<RoundProblem.Position>, _ wireAt: inout [[Int]: Int]
  ) -> (Int, Int) {
    let price = problem.rounds[round].wires[payment.destination]
    func key(_ first: Int, _ second: Int) -> Int {
      let name = [round, way.rawValue, payment.destination, first, second]
      if wireAt[name] == nil {
        wireAt[name] = wires.count
        wires.append(Wire(price: price, isGross: way == .gross))
      }
      wires[wireAt[name]!].candidates += 1
      return wireAt[name]!
    }
    func position(_ bank: Int) -> Int {
      let position = RoundProblem.Position(
        bank: bank, currency: payment.destination, round: round)
      return bank == problem.clearingBank || sunk.contains(position) ? -1 : key(bank, -1)
    }
    switch way {
    case .gross: return (key(payment.payer, payment.payee), -1)
    case .bilateral:
      return (key(min(payment.payer, payment.payee), max(payment.payer, payment.payee)), -1)
    case .multilateral: return (position(payment.payer), position(payment.payee))
    }
  }

  private mutating func addLoads() {
    loads = problem.payments.map { payment in
      problem.rounds.indices.map { round in
        problem.limits.indices.compactMap { limit in
          let sign = problem.limits[limit].sign(payment, round: round)
          return sign == 0 ? nil : (limit, sign)
        }
      }
    }
  }

  private mutating func addAccounts() {
    var accountAt: [[Int]: Int] = [:]
    let rounds = (0..<problem.dates).map { date in
      problem.rounds.indices.filter { problem.rounds[$0].date == date }
    }
    for payment in problem.payments {
      let own = dates(of: payment)
      accountsOf.append(
        (0..<problem.dates).map { date in
          guard own.contains(date) else { return (-1, -1) }
          func account(_ bank: Int) -> Int {
            if bank == problem.clearingBank { return -1 }
            let name = [bank, payment.destination, date]
            if accountAt[name] == nil {
              accountAt[name] = accounts.count
              accounts.append(Account(rounds: rounds[date]))
            }
            return accountAt[name]!
          }
          return (account(payment.payer), account(payment.payee))
        })
    }
  }

  /// Position of a place among those of a payment; a gross wire stands for a bilateral one where
  /// both are allowed. Nil if it may not settle there.
  func slot(of payment: Int, _ place: RoundPlace) -> Int? {
    let way = ways.contains(place.way) ? place.way : .bilateral
    return places[payment].firstIndex { $0.round == place.round && $0.way == way }
  }

  /// What a wire, or as many gross ones as are needed, cost for so many payments.
  func price(_ wire: Int, _ count: Int) -> Double {
    if count == 0 { return 0 }
    let wire = wires[wire]
    guard wire.isGross else {
      return count >= problem.discountMinimum ? wire.price.consolidated : wire.price.single
    }
    let wires = (count + problem.maximumBatch - 1) / problem.maximumBatch
    let consolidated =
      problem.maximumBatch >= problem.discountMinimum
      ? min(wires, count / problem.discountMinimum) : 0
    return Double(consolidated) * wire.price.consolidated
      + Double(wires - consolidated) * wire.price.single
  }
}
