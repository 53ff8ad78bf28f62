import Batching
import Interbank
import Reporting
import Scenario

@testable import Simulator

/// A world of named banks that replays payments from a file, on a rail that never closes and takes
/// no time: a scenario and its CSV in a directory of their own.
struct RecordedWorld {
  /// The banks, as the scenario's list has them.
  var banks = ["{name: A, balances: {USD: 100.00 USD}}", "{name: B, balances: {USD: 0.00 USD}}"]
  /// The strategy of the settlement; nil: the scenario states none.
  var strategy: String? = "one_wire_per_payment"
  /// The settlement mode.
  var mode = "rtgs"
  /// More of the scenario, by path.
  var settings: [String] = []
  /// Names of the columns.
  var header = "id,time,payer,payee,amount,currency"
  /// The rows.
  var rows: [String] = []
  /// What stands under `workload.transfers.trace` beside the file.
  var trace = ""

  /// The text of the scenario, which names the file of payments beside it.
  var scenario: String {
    """
    name: recorded
    time: {date: "2026-03-02", duration: 1d, settlement_horizon: 2d}
    cells: {per_region: 1}
    merchants:
      count: 1
      markets:
        - {country: US, region: a, time_zone: UTC, currency: USD, settlement_currency: USD,
           share: 1}
    banks:
      issuers: 1
      merchant_banks: 1
      correspondents: 0
      opening_balance: "0 USD"
      named:
    \(banks.map { "    - " + $0 }.joined(separator: "\n"))
    workload:
      generated: {payments: 0}
      transfers: {trace: {file: day.csv\(trace.isEmpty ? "" : ", " + trace)}}
    rails:
      - {name: gross, currency: USD, time_zone: UTC, open: "00:00", close: "00:00", weekends: true,
         unavailable_rate: 0, latency: 0s, fee: "0 USD"}
      - {name: euro, currency: EUR, time_zone: UTC, open: "00:00", close: "00:00", weekends: true,
         unavailable_rate: 0, latency: 0s, fee: "0 USD"}
    fx: {usd_per_unit: {USD: 1, EUR: 1.25}, spreads: {EUR/USD: 1}}
    settlement: {\(strategy.map { "strategy: \($0), " } ?? "")priced: [one_wire_per_payment]}
    interbank: {mode: \(mode)}
    costs: {unsettled_penalty: "1 USD"}
    """
  }

  /// The bytes of the file of payments.
  var csv: [UInt8] { Array((([header] + rows).joined(separator: "\n") + "\n").utf8) }

  /// Loads the scenario from the files in `fixture`.
  func load(_ fixture: TraceFixture, compressed: Bool = false) throws -> LoadedScenario {
    let path = fixture.write(Array(scenario.utf8), name: "recorded.yaml")
    _ = fixture.write(compressed ? TraceFixture.gzip(csv) : csv, name: "day.csv")
    return try LoadedScenario.load(
      path: path, overrides: settings.map { ScenarioOverride(assignment: $0)! },
      strategies: StrategyRegistry.declarations, modes: SettlementModeRegistry.declarations)
  }

  func run(threads: Int = 1, compressed: Bool = false) throws -> RunOutcome {
    let fixture = TraceFixture()
    return try ScenarioRun(load(fixture, compressed: compressed)).run(threads: threads)
  }

  /// What refuses the scenario or the file, without the directory; `ran` where nothing does.
  func refusal(_ more: [(name: String, text: String)] = []) -> (text: String, code: Int32) {
    let fixture = TraceFixture()
    for file in more { _ = fixture.write(Array(file.text.utf8), name: file.name) }
    do {
      _ = try ScenarioRun(load(fixture))
      return ("ran", 0)
    } catch let error as RunError {
      return (Self.plain(error.description, fixture), error.exitCode)
    } catch let error as ScenarioError {
      return (Self.plain(error.description, fixture), error.exitCode)
    } catch {
      return ("\(error)", 1)
    }
  }

  private static func plain(_ text: String, _ fixture: TraceFixture) -> String {
    text.split(separator: "\(fixture.directory)/", omittingEmptySubsequences: false).joined()
  }
}

extension RunOutcome {
  /// The rows of `payments.csv`.
  var recorded: [PaymentRow] { result.payments.map { Array($0.rows) } ?? [] }

  /// What became of the payment with an id.
  func payment(_ id: String) -> PaymentRow? { recorded.first { $0.id == id } }

  /// The closing balance of a bank, minor units; nil where `banks.csv` has no row.
  func closing(_ bank: String, _ currency: String = "USD") -> Int64? {
    result.banks.first { $0.bank == bank && $0.currency == currency }?.closing
  }
}
