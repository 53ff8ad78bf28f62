import Text
import Money
import Testing

@testable import Scenario

@Suite("Values are read exactly")
struct ValueTests {
  @Test(
    "durations are whole nanoseconds",
    arguments: [
      ("250ms", 250_000_000), ("1.5s", 1_500_000_000), ("2m", 120_000_000_000),
      ("2min", 120_000_000_000), ("6h", 21_600_000_000_000), ("7d", 604_800_000_000_000),
      ("500us", 500_000), ("3ns", 3), ("0.001us", 1), ("0s", 0), ("1.000000001s", 1_000_000_001),
      ("0.1000000000000d", 8_640_000_000_000), ("9223372036854775807ns", Int64.max),
    ] as [(String, Int64)])
  func durations(text: String, nanoseconds: Int64) throws {
    #expect(try DurationText.nanoseconds(text) == nanoseconds)
    let shown = DurationText.text(.nanoseconds(nanoseconds))
    #expect(try DurationText.nanoseconds(shown) == nanoseconds)
  }

  @Test("what is almost a duration is none")
  func notDurations() {
    for text in [
      "", "s", "1", "1 s", "1S", "01s", "1.s", ".5s", "+1s", "1e3s", "1_0s", "١s", "1µs",
    ] {
      #expect(DurationText.parse(text) == nil, "\(text)")
    }
    for text in ["9223372036854775808ns", "106752d", "2562048h", "0.1ns", "1.0000000001s"] {
      #expect(DurationText.parse(text) == nil, "\(text)")
    }
  }

  @Test("durations are shown in their largest whole unit")
  func shownDurations() {
    #expect(DurationText.text(.seconds(120)) == "2min")
    #expect(DurationText.text(.seconds(90)) == "90s")
    #expect(DurationText.text(.seconds(86_400)) == "1d")
    #expect(DurationText.text(.milliseconds(1_500)) == "1500ms")
  }

  @Test("decimals are shown plainly and read back to the same bits")
  func decimals() {
    for value in [
      0, 1, 0.1, 1.0 / 3, 1e-9, 1.25e-7, 123_456_789.125, 1e16, Double.leastNonzeroMagnitude,
      0.006257, -2.5,
    ] {
      let text = NumberText.text(value)
      #expect(!text.contains("e"))
      #expect(Double(text) == value)
    }
    #expect(NumberText.text(0.00001) == "0.00001")
    #expect(NumberText.text(1e16) == "10000000000000000")
    #expect(NumberText.text(2) == "2")
  }

  @Test("decimals may have an exponent")
  func exponents() {
    #expect(NumberText.decimal("1e-9") == 1e-9)
    #expect(NumberText.decimal("2.5E+3") == 2_500)
    #expect(NumberText.decimal("-1e2") == -100)
    for text in ["e3", "1e", "1e+", "1e1000", "1e400", "1e3.5", "1e 3", "01e3", ".5e3", "1e٣"] {
      #expect(NumberText.decimal(text) == nil, "\(text)")
    }
  }

  @Test("probabilities are decimals or ratios")
  func probabilities() throws {
    let settings = try load(
      """
      name: x
      workload:
        generated: {fraud_share: 1/800, invalid_share: 0.25, account_to_account_share: "1/3"}
      """
    ).settings
    guard case .generated(let generated) = settings.workload.source else { return }
    #expect(generated.fraudShare == 0.00125)
    #expect(generated.invalidShare == 0.25)
    #expect(generated.accountToAccountShare == 1.0 / 3)
  }

  @Test("money is text with a currency, or a mapping of both")
  func money() throws {
    let settings = try load(
      """
      name: x
      costs:
        wire: {amount: "7.50", currency: EUR}
        infrastructure_per_month: "1000 JPY"
      gateway: {maximum_amount: 0.50 USD}
      """
    ).settings
    #expect(settings.costs.wire == MoneyAmount(minorUnits: 750, currency: .eur))
    #expect(
      settings.costs.infrastructurePerMonth == MoneyAmount(minorUnits: 1_000, currency: .jpy))
    #expect(settings.gateway.maximumAmount == MoneyAmount(minorUnits: 50, currency: .usd))
  }

  @Test("latencies are constant, log-normal or exponential")
  func latencies() throws {
    let gateway = try load(
      """
      name: x
      gateway:
        service_time: {mean: 5ms, kind: exponential}
        network_latency: 2ms
      ledger:
        commit_latency: {median: 1ms, p99: 9ms}
      """
    ).settings
    #expect(gateway.gateway.serviceTime == .exponential(mean: .milliseconds(5)))
    #expect(gateway.gateway.networkLatency == .constant(.milliseconds(2)))
    #expect(
      gateway.ledger.commitLatency == .logNormal(median: .milliseconds(1), p99: .milliseconds(9)))
  }

  @Test("thresholds keep their text, metric, comparison and value")
  func thresholds() throws {
    let thresholds = try load(
      """
      name: x
      thresholds:
        - authorization_latency.p99 <= 500ms
        - savings_ratio >= 0.18
        - payments.lost == 0
        - approval_rate >= 99.95%
        - approval_rate >= 5 %
        - cost.total <= 120.33 USD
        - throughput.peak_per_second > 100/s
      """
    ).settings.thresholds
    #expect(thresholds.map(\.metric)[0] == "authorization_latency.p99")
    #expect(
      thresholds.prefix(3).map(\.comparison) == [.lessOrEqual, .greaterOrEqual, .equal])
    #expect(
      thresholds.map(\.value) == [
        .duration(500_000_000), .number(0.18), .number(0), .percent(0.9995), .percent(0.05),
        .money(120.33, .usd), .rate(100),
      ])
  }

  @Test("seeds reach 2^64-1")
  func seeds() throws {
    #expect(try load("name: x\nseed: 18446744073709551615").settings.seed == .max)
  }

  @Test("JSON is read by the same loader")
  func json() throws {
    let settings = try load(
      """
      {"name": "x", "seed": 7, "merchants": {"count": 5, "cut_off": "18:00"},
       "ledger": {"journal": true}, "bus": {"ordering": "payment"}}
      """
    ).settings
    #expect(settings.merchants.count == 5)
    #expect(settings.merchants.cutOff == TimeOfDay(hour: 18, minute: 0))
    #expect(settings.ledger.journal)
    #expect(settings.bus.ordering == .payment)
  }
}
