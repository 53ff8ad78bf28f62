import Foundation
import Testing

@testable import Optimization

/// A fault put into a sound problem, and the path that must be named.
struct Fault: CustomTestStringConvertible, Sendable {
  var path: String
  var plant: @Sendable (inout PlanningProblem) -> Void

  init(_ path: String, _ plant: @escaping @Sendable (inout PlanningProblem) -> Void) {
    self.path = path
    self.plant = plant
  }

  var testDescription: String { path }
}

@Suite struct PlanningProblemErrorTests {
  static let sound = PlanningProblem(
    payments: [
      PlanningPayment(source: 0, destination: 1, counterparty: 0, latest: .sameDay, value: 100),
      PlanningPayment(source: 1, destination: 1, counterparty: 1, latest: .rtgs, value: 7),
    ],
    currencies: 3, counterparties: 2,
    quotes: [PlanningQuote(first: 0, second: 1, basisPoints: 2)])

  static let faults = [
    Fault("currencies") { $0.currencies = -1 },
    Fault("counterparties") { $0.counterparties = -1 },
    Fault("maximumBatch") { $0.maximumBatch = 0 },
    Fault("discountMinimum") { $0.discountMinimum = 0 },
    Fault("discountPartsPerMillion") { $0.discountPartsPerMillion = 1_000_001 },
    Fault("carryPartsPerMillion") { $0.carryPartsPerMillion = -1 },
    Fault("deferralPartsPerMillion") { $0.deferralPartsPerMillion = -1 },
    Fault("deferralFee") { $0.deferralFee = -1 },
    Fault("rails") { $0.rails = [] },
    Fault("rails[0].fee") { $0.rails[0].fee = -1 },
    Fault("rails[0].operatorFee") { $0.rails[0].operatorFee = -1 },
    Fault("rails[0].windows[1]") { $0.rails[0].windows = [.rtgs, .rtgs] },
    Fault("rails[0].destinations[0]") { $0.rails[0].destinations = [3] },
    Fault("quotes[0].second") { $0.quotes[0].second = 3 },
    Fault("quotes[0]") { $0.quotes[0].second = 0 },
    Fault("quotes[0].partsPerMillion") { $0.quotes[0].partsPerMillion = -1 },
    Fault("quotes[1]") { problem in
      problem.quotes.append(PlanningQuote(first: 1, second: 0, partsPerMillion: 5))
    },
    Fault("liquidity") { $0.liquidity.removeLast() },
    Fault("liquidity[1].nextDay") { $0.liquidity[1] = WindowLimits(nextDay: -1) },
    Fault("counterpartyLimits") { $0.counterpartyLimits.append(.unlimited) },
    Fault("payments[1].source") { $0.payments[1].source = 3 },
    Fault("payments[1].destination") { $0.payments[1].destination = -1 },
    Fault("payments[0].counterparty") { $0.payments[0].counterparty = 2 },
    Fault("payments[1].value") { $0.payments[1].value = 0 },
    Fault("payments[0]") { $0.payments[0].source = 2 },
    Fault("payments") { $0.payments[0].value = .max },
  ]

  @Test("A value that is wrong is named", arguments: faults)
  func named(fault: Fault) throws {
    var problem = Self.sound
    fault.plant(&problem)
    for method in [PlanningOptions.Method.dive, .greedy] {
      let error = #expect(throws: PlanningProblemError.self) {
        try Planner(PlanningOptions(method: method)).plan(problem)
      }
      #expect(error?.path == fault.path)
      #expect(error?.description.hasPrefix("\(fault.path): expected ") == true)
    }
  }

  @Test("The sound problem is planned, and says what it did")
  func soundProblem() throws {
    #expect(try Planner().plan(Self.sound).deferred == 0)
  }

  @Test("A limit that a decoded file lacks is named")
  func incomplete() throws {
    let text = try String(decoding: JSONEncoder().encode(Self.sound), as: UTF8.self)
    let damaged = text.replacing(
      "\"limits\":[null,null,null,null]", with: "\"limits\":[null]", maxReplacements: 1)
    try #require(damaged != text)
    let problem = try JSONDecoder().decode(PlanningProblem.self, from: Data(damaged.utf8))
    let error = #expect(throws: PlanningProblemError.self) { try Planner().plan(problem) }
    #expect(error?.expected == "a limit or null for each of 4 windows")
  }

  @Test("A problem survives encoding")
  func coding() throws {
    let problem = PlanningInstance().problem(seed: 3)
    let data = try JSONEncoder().encode(problem)
    #expect(try JSONDecoder().decode(PlanningProblem.self, from: data) == problem)
  }
}
