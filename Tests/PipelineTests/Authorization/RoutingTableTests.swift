import Money
import PaymentModel
import Scenario
import Testing

@testable import Pipeline

@Suite("Routing table")
struct RoutingTableTests {
  /// Four acquirers: 0 takes all, 1 only euros, 2 only Europe, 3 is the cheapest and last.
  static func settings(_ settings: inout ScenarioSettings) {
    settings.acquirers = (0..<4).map { AcquirerSettings(name: "acquirer-\($0)") }
    let fees = [0.004, 0.003, 0.002, 0.001]
    for index in 0..<4 {
      settings.acquirers[index].preference = index + 1
      settings.acquirers[index].feeRate = fees[index]
    }
    settings.acquirers[1].currencies = [.eur]
    settings.acquirers[2].regions = ["europe"]
  }

  let laidOut: Deployment
  init() throws { laidOut = try deployment(Self.settings) }

  private func route(
    _ region: String, _ risk: RiskLevel, _ currency: Currency, override: EndpointIndex? = nil
  ) -> [EndpointIndex] {
    RoutingTable(laidOut, region: region).route(
      risk: risk, currency: CurrencyIndex(laidOut.currencies.firstIndex(of: currency)!),
      override: override)
  }

  @Test("preference orders the acquirers that serve currency and region")
  func preference() {
    #expect(route("europe", .medium, .eur) == [0, 1, 2, 3])
    #expect(route("europe", .high, .usd) == [0, 2, 3])
    #expect(route("americas", .high, .eur) == [0, 1, 3])
    #expect(route("americas", .medium, .usd) == [0, 3])
  }

  @Test("payments to low-risk merchants prefer the cheapest acquirer")
  func cheapest() {
    #expect(route("europe", .low, .eur) == [3, 2, 1, 0])
    #expect(route("americas", .low, .jpy) == [3, 0])
  }

  @Test("a merchant's own choice goes first, where it serves the payment")
  func override() {
    #expect(route("europe", .high, .eur, override: 3) == [3, 0, 1, 2])
    #expect(route("europe", .low, .eur, override: 0) == [0, 3, 2, 1])
    #expect(route("europe", .high, .usd, override: 1) == [0, 2, 3])
    #expect(route("americas", .high, .usd, override: 2) == [0, 3])
  }

  @Test("equal fees fall back to preference, equal preferences to the order of the scenario")
  func ties() throws {
    let equal = try deployment {
      Self.settings(&$0)
      for index in 0..<4 {
        $0.acquirers[index].feeRate = 0.002
        $0.acquirers[index].preference = index == 3 ? 1 : 2
      }
    }
    let table = RoutingTable(equal, region: "europe")
    let euro = CurrencyIndex(equal.currencies.firstIndex(of: .eur)!)
    for risk in RiskLevel.allCases {
      #expect(table.route(risk: risk, currency: euro, override: nil) == [3, 0, 1, 2])
    }
  }

  @Test("a currency that no acquirer takes has no route")
  func none() throws {
    let narrow = try deployment {
      $0.acquirers = [AcquirerSettings(name: "euros")]
      $0.acquirers[0].currencies = [.eur]
    }
    let dollar = CurrencyIndex(narrow.currencies.firstIndex(of: .usd)!)
    let table = RoutingTable(narrow, region: "europe")
    #expect(table.route(risk: .low, currency: dollar, override: 0).isEmpty)
  }
}
