import Testing

@testable import Reporting

@Suite("Results of transfers alone")
struct TransferResultTests {
  /// A run without card payments.
  private func result() -> RunResult {
    var result = RunResult(identity: RunIdentity(scenarioName: "t", scenarioText: "", seed: 1))
    result.steps = [NamedCount("requested", 0), NamedCount("reconciled", 0)]
    result.endStates = [NamedCount("settled", 0)]
    result.refusals = [NamedCount("malformed", 0)]
    result.throughput = [NamedQuantity("offered", Quantity(0, .perSecond))]
    result.costPerPayment = FineAmount(scaled: 7_301_300)
    result.merchants = [
      MerchantRow("m", payments: 0, captured: ReportedAmount(0), settled: ReportedAmount(0))
    ]
    result.reconciliation = [ReconciliationRow("lines", lines: 0, matched: 0, exceptions: 0)]
    result.levels = [
      LevelRow("intake p99", .atMost, .nanoseconds(50_000_000), actual: nil)
    ]
    var transfers = TransferReport(nothing: ReportedAmount(0))
    transfers.accepted = 10_000
    transfers.acceptedPerSecond = 0.1157
    transfers.settled = 9_990
    transfers.value = ReportedAmount(50_000_000_00)
    transfers.meanDelay = 3_600_000_000_000
    result.transfers = transfers
    return result
  }

  @Test("what card payments would fill is left out, and transfers stand in its place")
  func tables() {
    let tables = RunTables.all.compactMap { TableView(extent: .complete).report($0, result()) }
    #expect(
      tables.map(\.id) == ["throughput", "cost-summary", "transfers"])
    #expect(tables[0].rows.map { $0.map(\.text) } == [["transfers", "0.12/s"]])
    let text = SummaryTable.render(result())
    let line = text.split(separator: "\n").first { $0.hasPrefix("  divided by ") }
    #expect(line?.hasSuffix(" transfers") == true)
  }

  @Test("the page begins with transfers accepted, settled, their value and their delay")
  func tiles() {
    let page = HTMLReport.render(result())
    for tile in [
      "<strong>10,000</strong><span>transfers accepted</span>",
      "<strong>9,990</strong><span>transfers settled</span>",
      "<strong>USD 50,000,000.00</strong><span>value settled</span>",
      "<strong>1 h 00 min</strong><span>mean delay by value</span>",
      "<span>cost per transfer</span>",
    ] { #expect(page.contains(tile), "\(tile)") }
    #expect(!page.contains("<span>requested</span>") && !page.contains("id=\"steps\""))
  }

  @Test("the footer counts transfers a second where there were no payments")
  func footer() {
    var environment = RunEnvironment()
    environment.transfersPerSecond = 841
    #expect(SummaryTable.effort(environment).contains(" · 841 transfers/s · "))
    #expect(!SummaryTable.effort(environment).contains("payments/s"))
    environment.paymentsPerSecond = 12
    #expect(SummaryTable.effort(environment).contains("12 payments/s · 841 transfers/s"))
    #expect(SummaryTable.effort(RunEnvironment()).contains("0 payments/s"))
  }

  @Test("a strategy is shown with the parameters that are not its defaults")
  func parameters() throws {
    var result = sampleResult()
    let chosen = try #require(result.strategies.firstIndex { $0.isChosen })
    result.strategies[chosen].parameters = "window=15min"
    let label = result.strategies[chosen].label
    #expect(label.hasSuffix(":window=15min"))
    #expect(SummaryTable.render(result).contains(label + " ★"))
    #expect(HTMLReport.render(result).contains(label + " ★"))
    #expect(
      SummaryMarkdown.render(result).contains(SummaryMarkdown.escaped(label) + " ★"))
    let file = StandardFiles.deterministic(result).first { $0.name == "strategies.csv" }
    let lines = try #require(file).text.split(separator: "\n")
    #expect(lines[0].hasPrefix("name,parameters,chosen,"))
    #expect(lines[chosen + 1].hasPrefix("\(result.strategies[chosen].name),window=15min,true,"))
  }
}
