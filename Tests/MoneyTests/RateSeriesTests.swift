import Money
import Testing

@Suite("Rate series and paths")
struct RateSeriesTests {
  /// Two steps of the euro and the yen, an hour apart.
  static func series() throws -> RateSeries {
    RateSeries(
      base: try FXTests.table(), currencies: [.eur, .jpy], starts: [1_000, 4_600],
      trillionths: [1_100_000_000_000, 6_000_000_000, 1_111_000_000_000, 5_970_000_000])
  }

  @Test(
    "a step holds until the next begins, the first also before it",
    arguments: [(Int64.min, 0), (999, 0), (1_000, 0), (4_599, 0), (4_600, 1), (.max, 1)])
  func steps(second: Int64, step: Int) throws {
    let series = try Self.series()
    #expect(series.count == 2)
    #expect(series.step(atUTC: second) == step)
    let euro = MoneyAmount(minorUnits: 100_00, currency: .eur)
    let expected: Int64 = step == 0 ? 110_00 : 111_10
    #expect(series.table(atUTC: second).inReportingCurrency(euro).minorUnits == expected)
  }

  @Test("the next change is told, and none after the last")
  func changes() throws {
    let series = try Self.series()
    #expect(series.nextChange(afterUTC: 0) == 1_000)
    #expect(series.nextChange(afterUTC: 1_000) == 4_600)
    #expect(series.nextChange(afterUTC: 4_600) == nil)
    #expect(RateSeries(fixed: try FXTests.table()).nextChange(afterUTC: 0) == nil)
  }

  @Test("other currencies, spreads and fixed tables stay as they are")
  func others() throws {
    let table = try Self.series().table(step: 1)
    #expect(table.midRate(from: .gbp, to: .usd) == 1.3421)
    #expect(table.spreadBasisPoints(from: .eur, to: .jpy) == 4.5)
    #expect(table.trillionths(of: .jpy) == 5_970_000_000)
    #expect(table.trillionths(of: .cad) == 0)
    let fixed = RateSeries(fixed: try FXTests.table())
    #expect(fixed.count == 1 && fixed.currencies.isEmpty)
    #expect(fixed.table(atUTC: 0).midRate(from: .eur, to: .usd) == 1.1684)
  }

  @Test("the largest move is that of the currency that moved most, in basis points")
  func move() throws {
    let series = try Self.series()
    #expect(series.largestMove(from: 0, to: 1) == 100)
    #expect(series.largestMove(from: 1, to: 1) == 0)
    #expect(RateSeries(fixed: try FXTests.table()).largestMove(from: 0, to: 0) == 0)
  }

  @Test("the cheapest path names the currencies it leads through")
  func paths() throws {
    let table = try FXTests.table()
    #expect(table.cheapestPath(from: .eur, to: .jpy) == [.eur, .usd, .jpy])
    #expect(table.cheapestPath(from: .jpy, to: .gbp) == [.jpy, .usd, .gbp])
    #expect(table.cheapestPath(from: .gbp, to: .eur) == [.gbp, .eur])
    #expect(table.cheapestPath(from: .cad, to: .cad) == [.cad])
    #expect(table.cheapestPath(from: .usd, to: .kwd) == nil)
    let pairs = table.quotedPairs
    #expect(
      pairs.map { "\($0.first)/\($0.second)" } == ["EUR/GBP", "EUR/USD", "GBP/USD", "JPY/USD"])
    #expect(pairs.map(\.basisPoints) == [2, 2.5, 3, 2])
  }

  @Test("of equally cheap paths the shortest is taken, then the alphabetically first")
  func ties() throws {
    func path(_ spreads: [(Currency, Currency, Double)]) throws -> [Currency]? {
      try FXTable(
        usdPerUnit: [], spreads: spreads.map { (first: $0.0, second: $0.1, basisPoints: $0.2) }
      ).cheapestPath(from: .usd, to: .jpy)
    }
    #expect(
      try path([(.usd, .chf, 1), (.chf, .jpy, 1), (.usd, .jpy, 2)]) == [.usd, .jpy])
    #expect(
      try path([(.usd, .gbp, 0), (.gbp, .jpy, 0), (.usd, .chf, 0), (.jpy, .chf, 0)])
        == [.usd, .chf, .jpy])
  }

  @Test("a path costs the cheapest spread, in random graphs", arguments: 0..<20)
  func pathCosts(seed: Int) throws {
    let world = try RandomWorld(seed: seed)
    for source in world.currencies {
      for target in world.currencies {
        let path = try #require(world.table.cheapestPath(from: source, to: target))
        #expect(path.first == source && path.last == target)
        let steps = zip(path, path.dropFirst()).map { pair in
          world.quotes.first {
            [world.currencies[$0.first], world.currencies[$0.second]].sorted()
              == [pair.0, pair.1].sorted()
          }!.basisPoints
        }
        #expect(steps.reduce(0, +) == world.table.spreadBasisPoints(from: source, to: target))
      }
    }
  }
}
