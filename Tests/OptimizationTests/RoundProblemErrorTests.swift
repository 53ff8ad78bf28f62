import Testing

@testable import Optimization

/// A fault put into a sound problem, and the path that must be named.
struct Fault: CustomTestStringConvertible, Sendable {
  var path: String
  var plant: @Sendable (inout RoundProblem) -> Void

  init(_ path: String, _ plant: @escaping @Sendable (inout RoundProblem) -> Void) {
    self.path = path
    self.plant = plant
  }

  var testDescription: String { path }
}

@Suite("Problems of rounds that contradict themselves")
struct RoundProblemErrorTests {
  static let sound = RoundProblem(
    payments: [
      RoundProblem.Payment(
        payer: 0, payee: 1, source: 0, destination: 1, value: 100, costs: [0, 1], deferral: 5),
      RoundProblem.Payment(
        payer: 1, payee: 0, source: 1, destination: 1, value: 7, costs: [0, nil], deferral: 9),
    ], banks: 3, currencies: 3,
    rounds: [0, 1].map { date in
      RoundProblem.Round(
        date: date,
        wires: Array(repeating: RoundProblem.WirePrice(single: 5, consolidated: 4), count: 3))
    }, ways: RoundProblem.Way.allCases, clearingBank: 2,
    quotes: [RoundProblem.Quote(first: 0, second: 1, spread: 0.000_2)],
    dealFees: [[1, 1, 1], [0, 0, 0]],
    limits: [RoundProblem.Limit(bank: 0, direction: .net, first: 0, last: 1, amount: 50)],
    sunk: [RoundProblem.Position(bank: 1, currency: 0, round: 1)],
    outcomes: [
      RoundProblem.Outcome(
        probability: 1,
        flows: [RoundProblem.Flow(payer: 0, date: 1, source: 0, destination: 1, value: 3)])
    ])

  static let faults = [
    Fault("banks") { $0.banks = -1 },
    Fault("currencies") { $0.currencies = -1 },
    Fault("maximumBatch") { $0.maximumBatch = 0 },
    Fault("discountMinimum") { $0.discountMinimum = 0 },
    Fault("liquidityPrice") { $0.liquidityPrice = .nan },
    Fault("ways") { $0.ways = [] },
    Fault("ways[1]") { $0.ways = [.gross, .gross] },
    Fault("clearingBank") { $0.clearingBank = nil },
    Fault("clearingBank") { $0.clearingBank = 3 },
    Fault("sunk[0].bank") { $0.sunk[0].bank = 3 },
    Fault("sunk[0].currency") { $0.sunk[0].currency = 3 },
    Fault("sunk[0].round") { $0.sunk[0].round = 2 },
    Fault("rounds[1].date") { $0.rounds[1].date = 2 },
    Fault("rounds[0].wires") { $0.rounds[0].wires = [] },
    Fault("rounds[0].wires[1].single") { $0.rounds[0].wires[1].single = -1 },
    Fault("rounds[0].wires[1].consolidated") { $0.rounds[0].wires[1].consolidated = 5.5 },
    Fault("dealFees[0]") { $0.dealFees[0] = [1] },
    Fault("dealFees[0][2]") { $0.dealFees[0][2] = -1 },
    Fault("quotes[0].first") { $0.quotes[0].first = 3 },
    Fault("quotes[0]") { $0.quotes[0].second = 0 },
    Fault("quotes[0].spread") { $0.quotes[0].spread = 2 },
    Fault("quotes[1]") { $0.quotes.append($0.quotes[0]) },
    Fault("payments[1].payer") { $0.payments[1].payer = 3 },
    Fault("payments[1].payee") { $0.payments[1].payee = 1 },
    Fault("payments[0].source") { $0.payments[0].source = -1 },
    Fault("payments[0].destination") { $0.payments[0].destination = 3 },
    Fault("payments[0].value") { $0.payments[0].value = 0 },
    Fault("payments[0].costs") { $0.payments[0].costs = [0] },
    Fault("payments[0].costs[1]") { $0.payments[0].costs[1] = -1 },
    Fault("payments[0].deferral") { $0.payments[0].deferral = -1 },
    Fault("payments[0].deferral") { $0.payments[0].deferral = nil },
    Fault("payments[0].costs") {
      $0.payments[0].deferral = nil
      $0.payments[0].costs = [nil, nil]
    },
    Fault("payments[0]") { $0.payments[0].source = 2 },
    Fault("payments") { $0.payments[0].value = .max },
    Fault("limits[0].bank") { $0.limits[0].bank = 3 },
    Fault("limits[0].counterparty") { $0.limits[0].counterparty = 3 },
    Fault("limits[0].currency") { $0.limits[0].currency = 3 },
    Fault("limits[0].first") { $0.limits[0].first = 2 },
    Fault("limits[0].last") { $0.limits[0].last = 2 },
    Fault("limits[0].last") { ($0.limits[0].first, $0.limits[0].last) = (1, 0) },
    Fault("limits[0].amount") { $0.limits[0].amount = -1 },
    Fault("outcomes") { $0.outcomes[0].probability = 0.5 },
    Fault("outcomes[0].probability") { $0.outcomes[0].probability = 0 },
    Fault("outcomes") { $0.netsConversions = false },
    Fault("outcomes[0].flows[0].payer") { $0.outcomes[0].flows[0].payer = 3 },
    Fault("outcomes[0].flows[0].date") { $0.outcomes[0].flows[0].date = 2 },
    Fault("outcomes[0].flows[0].value") { $0.outcomes[0].flows[0].value = -1 },
    Fault("outcomes[0].flows[0]") { $0.outcomes[0].flows[0].source = 2 },
    Fault("dealFees[0]") { $0.outcomes[0].flows[0].date = 0 },
  ]

  @Test("a sound problem is solved")
  func soundOne() throws {
    let solution = try RoundSolver().solve(Self.sound)
    #expect(RoundAudit(solution, of: Self.sound).violation() == nil)
  }

  @Test("what is wrong is named by its path, and nothing is solved", arguments: faults)
  func named(fault: Fault) {
    var problem = Self.sound
    fault.plant(&problem)
    let error = #expect(throws: RoundProblemError.self) { try RoundSolver().solve(problem) }
    #expect(error?.path == fault.path, "\(error?.description ?? "")")
  }
}
