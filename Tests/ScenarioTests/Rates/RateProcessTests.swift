import Chance
import Foundation
import Money
import Testing
import VirtualTime

@testable import Scenario

@Suite("The random process of rates")
struct RateProcessTests {
  /// Factors of one currency over so many steps.
  static func factors(
    _ count: Int, seed: UInt64, halfLife: Duration? = nil, volatility: Double = 0.1,
    currency: Currency = .eur, step: FXProcess.Step = .hourly
  ) -> [Double] {
    var settings = FXProcess()
    settings.halfLife = halfLife
    settings.step = step
    var process = RateProcess(settings, seed: seed, currency: currency, volatility: volatility)
    return (0..<count).map { _ in process.next() }
  }

  /// Mean and variance of the logarithm of the last factor over seeds.
  static func moments(
    _ count: Int, halfLife: Duration? = nil
  ) -> (mean: Double, variance: Double) {
    let logarithms = (0..<2_000).map { seed in
      log(factors(count, seed: UInt64(seed), halfLife: halfLife).last!)
    }
    let mean = logarithms.reduce(0, +) / 2_000
    return (mean, logarithms.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 1_999)
  }

  @Test("a day of hourly steps has a 365th of the annual variance, and the mean stays at mid")
  func walk() {
    let (mean, variance) = Self.moments(24)
    let expected = 0.01 / 365
    // The relative error of a variance from 2,000 draws is 3.2 %.
    #expect(abs(variance / expected - 1) < 0.13)
    #expect(abs(mean + expected / 2) < 4 * (expected / 2_000).squareRoot())
  }

  @Test("with a half-life the variance approaches its limit")
  func reversion() {
    let (_, variance) = Self.moments(24 * 20, halfLife: .seconds(86_400))
    // v^2 / (2 ln 2 / h), h in years
    let expected = 0.01 / (2 * 0.693147 * 365)
    #expect(abs(variance / expected - 1) < 0.13)
  }

  @Test("a deviation halves in a half-life once nothing is added")
  func halfLife() {
    // Daily and hourly steps have the same law: over a day the hourly chain fades by a half.
    let hourly = Self.moments(24, halfLife: .seconds(86_400)).variance
    // s^2 of one day = v^2 (1 - 1/4) / (2 ln 2 / h)
    let expected = 0.01 * 0.75 / (2 * 0.693147 * 365)
    #expect(abs(hourly / expected - 1) < 0.13)
  }

  @Test(
    "the same seed gives the same bits; seeds, currencies and lengths do not disturb each other")
  func streams() {
    let euros = Self.factors(50, seed: 1)
    #expect(euros == Self.factors(50, seed: 1))
    #expect(Array(euros.prefix(20)) == Self.factors(20, seed: 1))
    #expect(euros != Self.factors(50, seed: 2))
    #expect(euros != Self.factors(50, seed: 1, currency: .gbp))
    #expect(Self.factors(10, seed: 1, volatility: 0).allSatisfy { $0 == 1 })
  }

  @Test("each step is the normal quantile of one draw of the currency's stream")
  func draws() {
    var stream = RandomStream(seed: 9, component: "fx.EUR", purpose: "rate")
    let deviation = 0.1 * (3_600.0 / (365 * 86_400)).squareRoot()
    var before = 0.0
    for (index, factor) in Self.factors(200, seed: 9).enumerated() {
      let logarithm = log(factor) + deviation * deviation * Double(index + 1) / 2
      let normal = (logarithm - before) / deviation
      before = logarithm
      #expect(abs(erfc(-normal / 2.0.squareRoot()) / 2 - stream.uniform()) < 1e-9)
    }
  }

  private func scenario(_ fx: String, _ time: String = "duration: 12h, drain_limit: 12h") throws
    -> RateSeries
  {
    try load("name: x\ntime: {\(time)}\nfx: {\(fx)}\n").rateSeries()
  }

  @Test("a run has a step for each hour or day, begins at mid, and only named currencies move")
  func series() throws {
    let hourly = try scenario("process: {volatility: {EUR: 0.5}}")
    #expect(hourly.count == 25)
    let (first, last) = (hourly.table(step: 0), hourly.table(step: 24))
    #expect(first.midRate(from: .eur, to: .usd) == 1.1684)
    #expect(last.trillionths(of: .eur) != first.trillionths(of: .eur))
    #expect(last.trillionths(of: .jpy) == first.trillionths(of: .jpy))
    #expect(hourly.largestMove(from: 0, to: 24) > 1)
    let daily = try scenario("process: {step: daily}", "duration: 24h, drain_limit: 24h")
    #expect(daily.count == 3)
    #expect(daily.starts[1] - daily.starts[0] == 86_400)
  }

  @Test("without volatility rates rest")
  func rest() throws {
    let still = try scenario("process: {volatility: {EUR: 0}}")
    #expect(still.table(step: 24).trillionths(of: .eur) == 1_168_400_000_000)
  }

  @Test("the wildest volatility stays within the rates that a table takes")
  func bounds() throws {
    let wild = try scenario(
      "process: {step: hourly, volatility: {EUR: 5, GBP: 5, JPY: 5}}",
      "duration: 3650d, drain_limit: 1d")
    #expect(wild.count == 87_625)
    #expect(FXTable.trillionthsRange.contains(wild.table(step: 87_624).trillionths(of: .jpy)))
  }
}
