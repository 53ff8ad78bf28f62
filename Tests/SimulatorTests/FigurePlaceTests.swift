import Text
import Declared
import Interbank
import Reporting
import Testing

@testable import Pipeline
@testable import Simulator

@Suite("Places of what is no figure")
struct FigurePlaceTests {
  /// Where stored properties without a figure of their own are said to be shown.
  private var places: Set<String> {
    func places<Root: Measured>(_ type: Root.Type) -> [String] { type.figures.compactMap(\.place) }
    return Set(
      places(CellMeasurements.self) + places(CellMeasurements.Endpoint.self)
        + places(CellMeasurements.Turnover.self) + places(CellMeasurements.Checks.self)
        + places(CellResult.self) + places(CellResult.Ends.self)
        + places(ReconciliationCounts.self) + places(RailMeasurements.self)
        + places(RailTally.self) + places(TransferMeasurements.self) + places(PlanTotals.self)
        + places(InterbankCounts.self))
  }

  @Test("each is a figure, a section of summary.json or a file of the result")
  func exist() throws {
    let hours = Array(repeating: "1", count: 24).joined(separator: ", ")
    let outcome = try SmallWorld.kept([
      "workload.transfers.payments=100", "workload.transfers.hour_weights=[\(hours)]",
      "settlement.strategy=optimised",
    ]).run()
    let summary = SummaryDocument.json(outcome.result)
    #expect(places.count > 10)
    for place in places {
      let isSection = place.split(separator: ".").reduce(summary as CanonicalJSON?) {
        $0?[String($1)]
      }
      let isFile = place.contains("/") || place.hasSuffix(".csv")
      #expect(
        MetricCatalog.figure(place) != nil || isSection != nil || isFile, "\(place)")
      if place == "journal.csv" || place == "files/" {
        #expect(outcome.files.contains { $0.name.hasPrefix(place) }, "\(place)")
      }
    }
    // Files of the directory, as every result has them.
    let files = places.filter { $0.hasSuffix(".csv") && $0 != "journal.csv" }
    #expect(
      files == ["timeseries.csv", "series.csv", "merchants.csv", "transfers.csv", "plans.csv"])
    #expect(outcome.result.series != nil && outcome.result.arrivals != nil)
    #expect(outcome.result.transferSeries != nil)
    #expect(!outcome.result.plans.isEmpty)
  }
}
