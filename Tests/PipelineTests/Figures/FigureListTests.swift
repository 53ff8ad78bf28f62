import Declared
import Interbank
import Measurement
import PaymentModel
import Testing

@testable import Pipeline

@Suite("Lists of figures")
struct FigureListTests {
  /// Stored properties that no entry of the list accounts for.
  private func forgotten<Root: Measured>(_ sample: Root) -> [String] {
    let listed = Set(
      Root.figures.compactMap { figure in
        figure.property.map { String("\($0)".split(separator: ".").last!) }
      })
    let stored = Mirror(reflecting: sample).children.compactMap(\.label)
    #expect(!stored.isEmpty || sample is CellMeasurements.Checks)
    return stored.filter { !listed.contains($0) }
  }

  @Test("what is measured is listed: no stored property is forgotten")
  func complete() throws {
    let cell = try Self.measurements()
    #expect(forgotten(cell) == [])
    #expect(forgotten(cell.endpoints[0]) == [])
    #expect(forgotten(cell.turnover[0]) == [])
    #expect(forgotten(cell.checks) == [])
    #expect(
      forgotten(
        CellResult(
          unsettled: UnsettledPayments(currencies: 0),
          obligations: ObligationBook(slots: SlotScale(length: 1))))
        == [])
    #expect(forgotten(CellResult.Ends()) == [])
    #expect(forgotten(ReconciliationCounts()) == [])
    #expect(forgotten(RailMeasurements()) == [])
    #expect(forgotten(RailTally("x")) == [])
    #expect(forgotten(TransferMeasurements(currencies: 1)) == [])
    #expect(forgotten(PlanTotals()) == [])
    #expect(forgotten(InterbankCounts()) == [])
  }

  /// A list that leaves out what it should not.
  private struct Planted: Measured {
    var kept = 0
    var lost = 0
    static let figures: [Figure<Planted>] = [.count("kept", \.kept, "is told")]
  }

  @Test("a property that no entry names is found")
  func planted() { #expect(forgotten(Planted()) == ["lost"]) }

  @Test("a count of two cells is the sum of both, a maximum the larger, and both ways around")
  func merging() throws {
    var sums: [[String: Double]] = []
    for order in [[0, 1], [1, 0]] {
      let cells = try [Self.measurements(), Self.measurements()]
      for (index, cell) in cells.enumerated() {
        cell.requests = 3 + index
        cell.abandonedPayments = 10 * (index + 1)
        cell.maximumLag = 7 - index
        cell.answers[0] = 5 * (index + 1)
        cell.declines[1] = index
        cell.bands[3] = [index, 2]
        cell.endpoints[0].calls = 4
        cell.endpoints[1].calls = 6 * index
        cell.endpoints[0].latency.record(100)
        cell.busLatency.record(Int64(1_000 * (index + 1)))
      }
      var merged = cells[order[0]]
      merged.merge(cells[order[1]])
      sums.append(
        Dictionary(uniqueKeysWithValues: CellMeasurements.figures.flatMap { $0.read(merged) }))
    }
    #expect(sums[0] == sums[1])
    let expected = [
      "payments.requests": 7.0, "payments.abandoned": 30, "bus.maximum_lag": 7,
      "payments.accepted": 15, "declines.fraud_score": 1, "fraud_score.block": 5,
      "fraud_score.block_fraudulent": 4, "acquirers.calls": 14, "acquirer_latency.count": 2,
      "bus_latency.max": 2_000, "bus_latency.mean": 1_500,
    ]
    for (name, value) in expected { #expect(sums[0][name] == value, "\(name)") }
  }

  private static func measurements() throws -> CellMeasurements {
    CellMeasurements(deployment: try deployment(), merchants: 2)
  }
}
