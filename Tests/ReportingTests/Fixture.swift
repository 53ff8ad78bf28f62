import Measurement

@testable import Reporting

/// A result as a run of the standard day would give it, with round figures.
func sampleResult() -> RunResult {
  var result = RunResult(identity: sampleIdentity())
  result.virtualTimeNanoseconds = 108_600_000_000_000
  result.steps = [
    NamedCount("submitted", 5_012_345), NamedCount("accepted", 5_000_000),
    NamedCount("authorised", 4_561_204), NamedCount("captured", 4_558_930),
    NamedCount("settled", 4_558_930), NamedCount("matched", 4_558_930),
  ]
  result.endStates = [
    NamedCount("settled", 4_558_930), NamedCount("declined", 401_222),
    NamedCount("blocked by fraud score", 37_574), NamedCount("voided", 2_274),
    NamedCount("dead-lettered", 0),
  ]
  result.refusals = [NamedCount("rate limited", 10_345), NamedCount("invalid amount", 2_000)]
  result.latencies = sampleLatencies()
  result.throughput = [
    NamedQuantity("accepted, mean", Quantity(57.87, .perSecond)),
    NamedQuantity("accepted, busiest minute", Quantity(131.4, .perSecond)),
  ]
  sampleMoney(&result)
  result.acquirers = [AcquirerRow("northbank"), AcquirerRow("southpay")]
  result.acquirers[0].calls = 4_702_100
  result.acquirers[0].approved = 4_300_021
  result.acquirers[0].declined = 399_100
  result.acquirers[0].unavailable = 2_351
  result.acquirers[0].late = 940
  result.acquirers[1].calls = 280_000
  result.acquirers[1].approved = 257_600
  result.bus = BusReport(maximumLag: 812, alertLag: 5_000, pageLag: 20_000)
  result.ledger = LedgerReport(
    transfers: 22_794_650, windowsChecked: 1_810, isBalanced: true, isClearingZero: true)
  result.reconciliation = [
    ReconciliationRow("streaming", lines: 4_558_930, matched: 4_558_930, exceptions: 0),
    ReconciliationRow("daily totals", lines: 20_000, matched: 20_000, exceptions: 0),
  ]
  sampleChecks(&result)
  result.series = sampleSeries()
  result.arrivals = sampleArrivals(acquirers: ["northbank", "southpay"])
  result.distributions = [sampleDistribution("authorization")]
  result.notes = ["arrivals stopped after 24 h, the last statement was matched 6 h 10 min later"]
  result.metrics = [
    "payments.lost": 0, "authorization_latency.p99": 402_653_183, "savings_ratio": 0.1834,
    "authorization_latency.p95": 243_269_631,
  ]
  return result
}

private func sampleIdentity() -> RunIdentity {
  var identity = RunIdentity(
    scenarioName: "standard-day", scenarioText: "name: standard-day\nseed: 42\n", seed: 42)
  identity.scenarioDescription = "Five million payments of 10,000 merchants on a Friday"
  identity.overrides = [SettingOverride(path: "cells.count", value: "8")]
  identity.digest = 0x0123_4567_89AB_CDEF
  identity.eventCount = 50_123_456
  identity.settlesimVersion = "0.1.0"
  identity.timeZoneDatabaseVersion = "2025b"
  return identity
}

private func sampleLatencies() -> [LatencyRow] {
  var authorization = LatencyHistogram()
  var commit = LatencyHistogram()
  var settlement = LatencyHistogram()
  for step in 1...1_000 {
    let value = Int64(step)
    authorization.record(120_000_000 + value * value * 300)
    commit.record(2_000_000 + value * 5_000)
    settlement.record(3_600_000_000_000 + value * 30_000_000_000)
  }
  return [
    LatencyRow("intake", note: "request to answer", commit),
    LatencyRow("authorisation", note: "accepted to answer, acquirer included", authorization),
    LatencyRow("settlement", note: "accepted to confirmed", settlement),
    LatencyRow("refund", note: "request to booked", LatencyHistogram()),
  ]
}

private func sampleMoney(_ result: inout RunResult) {
  var dollars = CurrencyTotals("USD")
  dollars.authorized = 123_456_789_01
  dollars.captured = 123_400_000_00
  dollars.settled = 119_700_000_00
  dollars.fees = 3_700_000_00
  var yen = CurrencyTotals("JPY", decimals: 0)
  yen.authorized = 987_654_321
  yen.captured = 987_000_000
  yen.settled = 958_000_000
  yen.fees = 29_000_000
  result.money = [dollars, yen]
  func row(_ name: String, _ chosen: Bool, _ wires: Int, _ wire: Int64, _ fx: Int64, _ s: Double)
    -> StrategyRow
  {
    StrategyRow(
      name, isChosen: chosen, wires: wires, wireCost: ReportedAmount(wire),
      fxCost: ReportedAmount(fx), totalCost: ReportedAmount(wire + fx), savingsRatio: s)
  }
  result.strategies = [
    row("one_wire_per_payment", false, 4_558_930, 22_794_650_00, 412_000_00, 0),
    row("fixed_window", false, 61_200, 306_000_00, 405_500_00, 0.9693),
    row("merchant_day", true, 18_950, 80_537_50, 405_500_00, 0.979),
  ]
  result.costComponents = [
    CostComponent("wires", ReportedAmount(80_537_50)),
    CostComponent("currency exchange", ReportedAmount(405_500_00)),
    CostComponent("infrastructure", ReportedAmount(5_666_67)),
  ]
  result.costPerPayment = FineAmount(scaled: 107_875)
  result.merchants = (1...12).map { rank in
    MerchantRow(
      "merchant-\(rank)", payments: 200_000 / rank,
      captured: ReportedAmount(Int64(5_000_000_00 / rank)),
      settled: ReportedAmount(Int64(4_850_000_00 / rank)))
  }
}

private func sampleChecks(_ result: inout RunResult) {
  result.levels = [
    LevelRow(
      "authorisation p95", .below, .nanoseconds(300_000_000), actual: .nanoseconds(243_269_631)),
    LevelRow(
      "intake p99", .below, .nanoseconds(5_000_000), actual: .nanoseconds(6_979_583)),
    LevelRow("chargeback rate", .atMost, Quantity(0.01, .ratio), actual: nil),
  ]
  result.thresholds = [
    ThresholdRow(
      text: "authorization_latency.p99 <= 500ms", .atMost, expected: .nanoseconds(500_000_000),
      actual: .nanoseconds(402_653_183)),
    ThresholdRow(text: "payments.lost == 0", .equal, expected: .count(0), actual: .count(0)),
  ]
  result.invariants = [
    InvariantRow("debits equal credits", checks: 22_794_650, breaches: 0),
    InvariantRow("no job on the global pool", checks: 1, breaches: 0),
  ]
}

/// A day of minutes with a peak in the evening.
func sampleSeries() -> TimeSeries {
  var series = TimeSeries(columns: [
    TimeSeries.Column(RunResult.paymentsColumn), TimeSeries.Column("payments_declined"),
    TimeSeries.Column("lag_messages", .maximum),
  ])
  for minute in 0..<1_440 {
    let hour = minute / 60
    let base = 1_800 + 300 * min(hour, 24 - hour) + (hour >= 18 && hour < 21 ? 2_200 : 0)
    let wobble = (minute * 7_919) % 211
    let time = Int64(minute) * 60_000_000_000
    series.add(0, at: time, base + wobble)
    series.add(1, at: time, (base + wobble) / 12)
    series.raise(2, at: time, to: base / 5 + wobble)
  }
  return series
}

/// An hour of payments every second, with a lag that rises and some requests refused.
func sampleArrivals(acquirers: [String]) -> ArrivalSeries {
  let events = ["calls", "approved", "declined", "failed"]
  var series = ArrivalSeries(
    counts: [
      "requests", "answer_202_accepted", "answer_429_rate_limited", "authorized", "declined",
    ]
      + acquirers.flatMap { name in events.map { "\($0)_\(name)" } },
    latencies: ["acceptance", "authorization"] + acquirers.map { "acquirer_\($0)" }, parts: 1)
  series.follow(partitions: [3, 1, 4, 7, 9, 2], of: 10)
  for second in 0..<3_600 {
    let time = Int64(second) * 1_000_000_000
    series.counts.add(0, at: time, 12)
    series.counts.add(1, at: time, 11)
    series.counts.add(2, at: time)
    series.counts.add(second % 9 == 0 ? 4 : 3, at: time, 11)
    series.latencies[0].slots.record(4_000_000 + time % 977_000, at: time)
    for place in 1..<series.latencies.count {
      series.latencies[place].slots.record(90_000_000 + time % 277_000_001, at: time)
    }
    for place in acquirers.indices {
      series.counts.add(5 + place * 4, at: time, 6)
      series.counts.add(6 + place * 4 + (second % 11 == 0 ? 2 : 0), at: time, 6)
    }
    series.raise(partition: second % 6, to: second / 60 % 17, at: time)
  }
  return series
}

/// A thousand durations around 180 ms.
func sampleDistribution(_ name: String) -> RunDistribution {
  var histogram = LatencyHistogram()
  for step in 1...1_000 as ClosedRange<Int64> { histogram.record(120_000_000 + step * step * 300) }
  return RunDistribution(name, "from the first to the last", histogram)
}

/// An environment as a machine of two cores would give it.
func sampleEnvironment() -> RunEnvironment {
  var environment = RunEnvironment()
  environment.startedAt = "2026-01-02T03:04:05+00:00"
  environment.wallSeconds = 9.25
  environment.paymentsPerSecond = 540_540.5
  environment.eventsPerSecond = 5_418_752
  environment.threads = 2
  environment.cores = 2
  environment.operatingSystem = "Linux 6.1"
  environment.swiftVersion = "6.3.1"
  environment.libraries = [NamedText("jemalloc", "5.3.0"), NamedText("zlib", "1.2.13")]
  environment.allocatedBytes = 200 << 20
  environment.residentBytes = 300 << 20
  environment.peakResidentBytes = 420 << 20
  environment.commandLine = ["settlesim", "run", "standard-day"]
  return environment
}
