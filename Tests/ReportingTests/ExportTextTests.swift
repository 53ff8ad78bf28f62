import Measurement
import Testing

@testable import Reporting

@Suite("Texts of exports")
struct ExportTextTests {
  @Test("what is not measured is absent from the metrics, and hostile names steer nothing")
  func metrics() {
    var result = sampleResult()
    #expect(!OpenMetrics.render(result).contains("settle_fx_costs"))
    #expect(!OpenMetrics.render(result).contains("consensus"))
    result.identity.scenarioName = "a\"b\\c\nd\u{1B}"
    let text = OpenMetrics.render(result)
    #expect(text.contains(#"{scenario="a\"b\\c\nd"# + "\u{FFFD}\""))
    #expect(text.hasSuffix("\n# EOF\n"))
    result.distributions = []
    result.metrics = [:]
    #expect(!OpenMetrics.render(result).contains("settle_data_loss_events"))
  }

  @Test("strategies that cost more than the yardstick save nothing that a counter could tell")
  func savings() {
    var result = sampleResult()
    #expect(OpenMetrics.render(result).contains("settle_cost_savings_total"))
    result.strategies[2].totalCost = ReportedAmount(99_000_000_00)
    #expect(!OpenMetrics.render(result).contains("settle_cost_savings"))
  }

  @Test("buckets of the metrics end where those of the histogram end, so that counts are exact")
  func buckets() {
    var histogram = LatencyHistogram()
    let values: [Int64] = [0, 255, 256, 319, 320, 1_023, 1_024, 5_000_000, 1 << 40, .max]
    for value in values { histogram.record(value) }
    var result = sampleResult()
    result.distributions = [RunDistribution("bus", "published to taken", histogram)]
    let lines = OpenMetrics.render(result).split(separator: "\n").filter {
      $0.hasPrefix("settlesim_bus_latency_seconds_bucket") && !$0.contains("+Inf")
    }
    let expected: [(bound: String, count: Int)] = [
      ("0.000000255", 2), ("0.000000319", 4), ("0.000000383", 5), ("0.000001023", 6),
      ("0.000001279", 7), ("0.005242879", 8), ("1374.389534719", 9), ("9223372036.854775807", 10),
    ]
    #expect(lines.count == expected.count, "\(lines)")
    for (line, wanted) in zip(lines, expected) {
      #expect(line.contains("le=\"\(wanted.bound)\"} \(wanted.count) "), "\(line)")
    }
  }

  @Test("a distribution without values has a header and says so below")
  func emptyPercentiles() {
    let lines = PercentileText.render(LatencyHistogram()).split(separator: "\n")
    #expect(lines.count == 4 && lines[2].contains("Total count    =            0"))
  }

  @Test("quotes in words end no statement of SQL")
  func quotes() {
    var result = sampleResult()
    result.identity.scenarioName = "o'clock'); DROP TABLE run; --"
    let text = SQLDocument.render(result)
    #expect(text.contains("'o''clock''); DROP TABLE run; --'"))
    #expect(text.hasPrefix("BEGIN TRANSACTION;\n") && text.hasSuffix("\nCOMMIT;\n"))
  }
}
