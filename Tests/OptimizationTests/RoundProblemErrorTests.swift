import Testing

@testable import Optimization

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
    NamedChange("banks") { $0.banks = -1 },
    NamedChange("currencies") { $0.currencies = -1 },
    NamedChange("maximumBatch") { $0.maximumBatch = 0 },
    NamedChange("discountMinimum") { $0.discountMinimum = 0 },
    NamedChange("liquidityPrice") { $0.liquidityPrice = .nan },
    NamedChange("ways") { $0.ways = [] },
    NamedChange("ways[1]") { $0.ways = [.gross, .gross] },
    NamedChange("clearingBank") { $0.clearingBank = nil },
    NamedChange("clearingBank") { $0.clearingBank = 3 },
    NamedChange("sunk[0].bank") { $0.sunk[0].bank = 3 },
    NamedChange("sunk[0].currency") { $0.sunk[0].currency = 3 },
    NamedChange("sunk[0].round") { $0.sunk[0].round = 2 },
    NamedChange("rounds[1].date") { $0.rounds[1].date = 2 },
    NamedChange("rounds[0].wires") { $0.rounds[0].wires = [] },
    NamedChange("rounds[0].wires[1].single") { $0.rounds[0].wires[1].single = -1 },
    NamedChange("rounds[0].wires[1].consolidated") { $0.rounds[0].wires[1].consolidated = 5.5 },
    NamedChange("dealFees[0]") { $0.dealFees[0] = [1] },
    NamedChange("dealFees[0][2]") { $0.dealFees[0][2] = -1 },
    NamedChange("quotes[0].first") { $0.quotes[0].first = 3 },
    NamedChange("quotes[0]") { $0.quotes[0].second = 0 },
    NamedChange("quotes[0].spread") { $0.quotes[0].spread = 2 },
    NamedChange("quotes[1]") { $0.quotes.append($0.quotes[0]) },
    NamedChange("payments[1].payer") { $0.payments[1].payer = 3 },
    NamedChange("payments[1].payee") { $0.payments[1].payee = 1 },
    NamedChange("payments[0].source") { $0.payments[0].source = -1 },
    NamedChange("payments[0].destination") { $0.payments[0].destination = 3 },
    NamedChange("payments[0].value") { $0.payments[0].value = 0 },
    NamedChange("payments[0].costs") { $0.payments[0].costs = [0] },
    NamedChange("payments[0].costs[1]") { $0.payments[0].costs[1] = -1 },
    NamedChange("payments[0].deferral") { $0.payments[0].deferral = -1 },
    NamedChange("payments[0].deferral") { $0.payments[0].deferral = nil },
    NamedChange("payments[0].costs") {
      $0.payments[0].deferral = nil
      $0.payments[0].costs = [nil, nil]
    },
    NamedChange("payments[0]") { $0.payments[0].source = 2 },
    NamedChange("payments") { $0.payments[0].value = .max },
    NamedChange("limits[0].bank") { $0.limits[0].bank = 3 },
    NamedChange("limits[0].counterparty") { $0.limits[0].counterparty = 3 },
    NamedChange("limits[0].currency") { $0.limits[0].currency = 3 },
    NamedChange("limits[0].first") { $0.limits[0].first = 2 },
    NamedChange("limits[0].last") { $0.limits[0].last = 2 },
    NamedChange("limits[0].last") { ($0.limits[0].first, $0.limits[0].last) = (1, 0) },
    NamedChange("limits[0].amount") { $0.limits[0].amount = -1 },
    NamedChange("outcomes") { $0.outcomes[0].probability = 0.5 },
    NamedChange("outcomes[0].probability") { $0.outcomes[0].probability = 0 },
    NamedChange("outcomes") { $0.netsConversions = false },
    NamedChange("outcomes[0].flows[0].payer") { $0.outcomes[0].flows[0].payer = 3 },
    NamedChange("outcomes[0].flows[0].date") { $0.outcomes[0].flows[0].date = 2 },
    NamedChange("outcomes[0].flows[0].value") { $0.outcomes[0].flows[0].value = -1 },
    NamedChange("outcomes[0].flows[0]") { $0.outcomes[0].flows[0].source = 2 },
    NamedChange("dealFees[0]") { $0.outcomes[0].flows[0].date = 0 },
  ]

  @Test("a sound problem is solved")
  func soundOne() throws {
    let solution = try RoundSolver().solve(Self.sound)
    #expect(RoundAudit(solution, of: Self.sound).violation() == nil)
  }

  @Test("what is wrong is named by its path, and nothing is solved", arguments: faults)
  func named(fault: NamedChange) {
    var problem = Self.sound
    fault.apply(&problem)
    let error = #expect(throws: RoundProblemError.self) { try RoundSolver().solve(problem) }
    #expect(error?.path == fault.name, "\(error?.description ?? "")")
  }
}
