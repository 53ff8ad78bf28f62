/// The runs on which plants are reached: the shipped day on which much goes wrong, as it is and
/// with other settings, and some minutes with more payments than a cell can take.
enum PlantDay: String, Sendable, CaseIterable {
  case rough, written, byMerchant, byDay, netted, optimised, cycles, positions, capped,
    forgetful
  case busy, gathered, narrow

  /// What follows `settlesim run`; the scenario is in the directory of the run.
  var arguments: [String] {
    let scenario = [.busy, .gathered, .narrow].contains(self) ? "busy.yaml" : Self.roughDay
    return [scenario] + settings.flatMap { ["--set", $0] }
  }

  /// Settings that differ from the scenario's.
  private var settings: [String] {
    switch self {
    case .rough, .busy: []
    case .narrow: ["bus.in_flight_per_partition=1"]
    case .gathered: ["ledger.group_commit=20s"]
    case .written: ["ledger.journal=true"]
    case .byMerchant: ["settlement.strategy=merchant_day", "settlement.allowed_lateness=20min"]
    case .byDay:
      ["settlement.strategy={name: fixed_window, window: 24h}", "settlement.maximum_batch=3"]
    case .netted: ["settlement.strategy={name: multilateral_netting, window: 2h}"]
    case .optimised: ["settlement.strategy=optimised"]
    case .cycles:
      [
        "interbank.mode={name: deferred_net, cycle: 2h, at_close: return}",
        "interbank.reserve_for_urgent=40000 USD",
      ]
    case .positions: ["interbank.mode={name: continuous_net, window: 2h, at_close: return}"]
    case .capped: ["interbank.net_debit_cap=60000 USD"]
    case .forgetful: ["idempotency.mode=fast_store", "idempotency.time_to_live=20s"]
    }
  }

  private static let roughDay = PlantRun.root.appending(path: "Scenarios/rough-day.yaml").path

  /// 900 payments in four minutes.
  static let busyMinutes = """
    name: busy
    seed: 1
    time: {date: "2026-03-02", duration: 4min}
    cells: {per_region: 1}
    merchants:
      count: 12
      cut_off: "00:05"
      markets:
        - {country: DE, region: europe, time_zone: Etc/UTC, currency: EUR,
           settlement_currency: EUR, share: 1}
    workload:
      generated: {payments: 900}
      client: {duplicate_share: 0.2, altered_share: 0.2, retries: 2}
    bus: {partitions: 2, maximum_lag: 12}
    ledger: {group_commit: 0s}
    authorization: {workers: 6, retries: 1, breaker_failures: 3, breaker_open: 8s,
      breaker_reopen: 12s}
    acquirers:
      - {name: northbank, preference: 1, unavailable_rate: 0.35, late_rate: 0.02,
         file_interval: 10s, latency: {median: 600ms, p99: 1500ms}}
      - {name: southpay, preference: 2, unavailable_rate: 0.35, late_rate: 0.02,
         file_interval: 15s, latency: {median: 600ms, p99: 1500ms}}
    settlement: {priced: [one_wire_per_payment]}
    """
}
