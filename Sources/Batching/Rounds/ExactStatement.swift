import Chance
import Money
import Optimization
import PaymentModel

/// A round as a problem that can be solved exactly: what is pending, now and in the later rounds
/// that matter, in the scenario's prices.
///
/// A later round has a value date of its own. What is expected by then is expected of every payer
/// alike: in the mean, and as far above and below it as it is uncertain. The price of a later wire
/// is that of one that would not be sent anyway: it falls with how much is expected.
struct ExactStatement {
  /// Hears every problem that is stated; for those who collect instances.
  @TaskLocal static var collector: (@Sendable (RoundProblem) -> Void)?

  /// Later rounds, and pairs of outcomes that stand for what may come, one as far above the mean as
  /// the other is below: the first whose program is small enough is taken.
  private static let sizes = [
    (later: 4, pairs: 2), (later: 3, pairs: 2), (later: 2, pairs: 2), (later: 2, pairs: 1),
    (later: 1, pairs: 1),
  ]
  /// Columns of a program that is small enough.
  private static let columns = 3_000
  /// A wire that is sent anyway with at least this chance costs nothing to join.
  private static let sure = 0.98
  /// Rounds of the horizon that are offered, ascending; the first is now.
  let rounds: [Int]
  private(set) var problem: RoundProblem
  /// Banks by position.
  private let banks: [BankID]
  private let planner: RoundPlanner
  private let pairs: Int

  /// Nil where the program would be too large.
  /// - Parameters:
  ///   - schedule: rounds that are looked ahead to; nil: only what settles now.
  init?(_ planner: RoundPlanner, by schedule: RoundSchedule?) {
    let quotes = Self.quotes(planner.horizon)
    let payers = Set(planner.pending.map(\.route.payer)).count
    let decisions = 2 * planner.pending.count
    guard
      let fitting = schedule == nil
        ? (later: 0, pairs: 0)
        : Self.sizes.first(where: { size in
          size.later * (decisions + payers * 2 * size.pairs * 2 * quotes.count) + decisions
            <= Self.columns
        })
    else { return nil }
    self.planner = planner
    pairs = fitting.pairs
    let horizon = planner.horizon
    let size = horizon.currencies.count
    let rounds = schedule.map { Self.rounds(planner, $0, later: fitting.later) } ?? [0]
    self.rounds = rounds
    var banks = Set(planner.pending.flatMap { [$0.route.payer, $0.route.payee] })
    let clearing = planner.world.clearingBank
    if let clearing { banks.insert(clearing) }
    self.banks = banks.sorted()
    let places = Dictionary(uniqueKeysWithValues: self.banks.enumerated().map { ($1, $0) })
    problem = RoundProblem(
      payments: planner.pending.indices.map { index in
        let route = planner.pending[index].route
        let (source, destination) = (planner.cells[index] / size, planner.cells[index] % size)
        let arrivals = horizon.arrivals[destination]
        return RoundProblem.Payment(
          payer: places[route.payer]!, payee: places[route.payee]!, source: source,
          destination: destination, value: max(1, Int64(planner.values[index])),
          costs: rounds.map { round in
            guard round == 0 || round <= planner.lasts[index] else { return nil }
            return Double(arrivals[round] - arrivals[0]) * planner.values[index]
              * planner.world.costs.delayRate
          })
      },
      banks: self.banks.count, currencies: size,
      rounds: rounds.indices.map { place in
        RoundProblem.Round(
          date: place,
          wires: horizon.prices.map {
            RoundProblem.WirePrice(single: $0.single, consolidated: $0.consolidated)
          })
      },
      ways: clearing == nil ? [.gross, .bilateral] : [.gross, .bilateral, .multilateral],
      clearingBank: clearing.map { places[$0]! },
      quotes: quotes, netsConversions: planner.netsConversions,
      dealFees: rounds.map { _ in horizon.prices.map(\.operatorFee) },
      maximumBatch: planner.world.maximumBatch,
      discountMinimum: planner.world.costs.discountMinimum,
      liquidityPrice: planner.world.costs.liquidityRate)
    if rounds.count > 1, planner.flows.isMoreExpected { addExpected() }
    Self.collector?(problem)
  }

  /// The problem where every later wire has its full price.
  var withAllWires: RoundProblem {
    var problem = problem
    problem.sunk = []
    for place in problem.rounds.indices { problem.rounds[place].wires = problem.rounds[0].wires }
    return problem
  }

  /// Now, and the later rounds that most would wait for: the next that pays their currency out, and
  /// the last in time.
  private static func rounds(
    _ planner: RoundPlanner, _ schedule: RoundSchedule, later: Int
  ) -> [Int] {
    let size = planner.horizon.currencies.count
    var counts = [Int](repeating: 0, count: planner.horizon.count)
    for index in planner.pending.indices where planner.lasts[index] > 0 {
      let last = min(planner.lasts[index], planner.horizon.count - 1)
      let next = schedule.next(after: 0, planner.cells[index] % size) ?? last
      counts[min(next, last)] += 2
      counts[last] += 1
    }
    let chosen = counts.indices.dropFirst().filter { counts[$0] > 0 }
      .sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(later)
    return [0] + chosen.sorted()
  }

  /// Pairs of currencies that are not exchanged more cheaply by way of a third.
  private static func quotes(_ horizon: RoundHorizon) -> [RoundProblem.Quote] {
    let size = horizon.currencies.count
    func spread(_ first: Int, _ second: Int) -> Double { horizon.spreads[first * size + second] }
    return (0..<size).flatMap { first in
      (first + 1..<max(first + 1, size)).compactMap { second in
        let own = spread(first, second)
        let isDirect = (0..<size).allSatisfy { via in
          via == first || via == second || spread(first, via) + spread(via, second) > own + 1e-12
        }
        return isDirect ? RoundProblem.Quote(first: first, second: second, spread: own) : nil
      }
    }
  }

  /// Wires that are sent in later rounds anyway, and what is exchanged then besides.
  private mutating func addExpected() {
    let size = planner.horizon.currencies.count
    let flows = planner.flows
    var outcomes = (0..<2 * pairs).map { _ in
      RoundProblem.Outcome(probability: 1 / Double(2 * pairs), flows: [])
    }
    for place in rounds.indices.dropFirst() {
      let own = flows.flows.filter { $0.round > rounds[place - 1] && $0.round <= rounds[place] }
      var counts = [Double](repeating: 0, count: size)
      var values = [Double](repeating: 0, count: size * size)
      for flow in own {
        counts[flow.cell % size] += flow.count
        values[flow.cell] += flow.value
      }
      for currency in 0..<size {
        let missing = PortableMath.exp(-2 * counts[currency] / flows.banks)
        problem.rounds[place].wires[currency].single *= missing
        problem.rounds[place].wires[currency].consolidated *= missing
        if missing > 1 - Self.sure { continue }
        for bank in banks.indices where bank != problem.clearingBank {
          problem.sunk.append(RoundProblem.Position(bank: bank, currency: currency, round: place))
        }
      }
      guard planner.netsConversions, values.contains(where: { $0 > 0 }) else { continue }
      problem.dealFees[place] = Array(repeating: 0, count: size)
      for payer in Set(problem.payments.map(\.payer)).sorted() {
        add(values, payer: payer, date: place, to: &outcomes)
      }
    }
    if outcomes.contains(where: { !$0.flows.isEmpty }) { problem.outcomes = outcomes }
  }

  /// Adds what a payer is expected to exchange to every outcome: by pair of currencies as far above
  /// the mean as it is uncertain, or as far below, and all pairs together as flows between the
  /// first currency and each other.
  private func add(
    _ values: [Double], payer: Int, date: Int, to outcomes: inout [RoundProblem.Outcome]
  ) {
    let flows = planner.flows
    let size = planner.horizon.currencies.count
    for place in outcomes.indices {
      var positions = [Double](repeating: 0, count: size)
      for cell in values.indices where values[cell] > 0 && cell / size != cell % size {
        let mean = values[cell] / flows.payers
        let square = flows.expectedSquare[cell] / flows.expectedValue[cell] * mean
        let draw = mix64(
          UInt64(payer) << 40 | UInt64(date) << 32 | UInt64(cell) << 8 | UInt64(place / 2))
        let isAbove = (draw & 1 == 0) == place.isMultiple(of: 2)
        let amount = mean + (isAbove ? 1 : -1) * square.squareRoot()
        positions[cell / size] += amount
        positions[cell % size] -= amount
      }
      for (currency, position) in positions.enumerated().dropFirst() {
        let value = Int64(abs(position).rounded())
        guard value > 0 else { continue }
        outcomes[place].flows.append(
          RoundProblem.Flow(
            payer: payer, date: date, source: position > 0 ? currency : 0,
            destination: position > 0 ? 0 : currency, value: value))
      }
    }
  }

  /// Batches of all that settles now, by bank and way.
  func batches(_ solution: RoundSolution) -> [PlannedBatch] {
    let size = planner.horizon.currencies.count
    var groups = Partition<UInt64>()
    var members: [Int] = []
    for (index, place) in solution.places.enumerated() {
      guard let place, place.round == 0 else { continue }
      let route = planner.pending[index].route
      members.append(index)
      groups.append(
        UInt64(planner.cells[index] % size) << 40 | UInt64(route.payer.rawValue) << 24
          | UInt64(route.payee.rawValue) << 8 | UInt64(place.way.rawValue))
    }
    var batches: [PlannedBatch] = []
    for (key, places) in groups.sorted() {
      let own = places.map { members[$0] }
      let route = planner.pending[own[0]].route
      let way = [Netting.gross, .bilateral, .multilateral][Int(key & 0xff)]
      PlannedBatch(
        payer: route.payer, payee: route.payee, currency: route.destination, members: [],
        netting: way, netsConversions: planner.netsConversions
      ).append(own[...], to: &batches, maximumBatch: planner.world.maximumBatch)
    }
    return batches
  }
}
