import Chance
import Money
import Scenario
import Testing
import VirtualTime

@testable import Pipeline

@Suite("Merchant layout")
struct MerchantLayoutTests {
  @Test(
    "each merchant is once in the run, in the cell of its partition and the region of its market",
    arguments: [(4, 50), (1, 2), (3, 7), (4, 8), (2, 101)])
  func cells(perRegion: Int, partitions: Int) throws {
    let laidOut = try deployment {
      $0.cells.perRegion = perRegion
      $0.bus.partitions = partitions
    }
    let regions = Deployment.regions(of: laidOut.settings)
    #expect(laidOut.cells.map(\.index) == Array(0..<regions.count * perRegion))
    var ids: [UInt32] = []
    var owners: [Int: Int] = [:]
    for plan in laidOut.cells {
      #expect(plan.region == regions[plan.index % regions.count])
      for merchant in plan.merchants {
        ids.append(merchant.id.rawValue)
        let market = laidOut.settings.merchants.markets[merchant.market]
        #expect(market.region == plan.region)
        #expect(laidOut.currencies[Int(merchant.currency)] == market.currency)
        #expect(
          laidOut.currencies[Int(merchant.settlementCurrency)] == market.settlementCurrency)
        #expect((0..<partitions).contains(merchant.partition))
        #expect(owners[merchant.partition, default: plan.index] == plan.index)
        owners[merchant.partition] = plan.index
      }
    }
    #expect(ids.sorted() == (0..<200).map { UInt32($0) })
  }

  @Test("shares of the merchants are those of Zipf and Mandelbrot, in no order of rank")
  func shares() throws {
    let laidOut = try deployment { $0.merchants.count = 2_000 }
    let merchants = laidOut.cells.flatMap(\.merchants).sorted { $0.id < $1.id }
    let weights = merchants.map(\.weight)
    let expected = AliasTable.zipfMandelbrotWeights(count: 2_000, exponent: 1.347, offset: 31.7)
    #expect(weights.sorted(by: >) == expected)
    // The first of Olist's sellers takes a known multiple of the hundredth.
    #expect(isClose(expected[0] / expected[99], 6.531, within: 0.001))
    let inversions = zip(weights, weights.dropFirst()).filter { $0 < $1 }.count
    #expect((900...1_100).contains(inversions))
    let top = merchants.indices.sorted { weights[$0] > weights[$1] }.prefix(200)
    #expect((850...1_150).contains(top.reduce(0, +) / 200))
  }

  @Test("markets, risks, overrides and banks are drawn as the scenario says")
  func attributes() throws {
    let laidOut = try deployment { $0.merchants.count = 4_000 }
    let merchants = laidOut.cells.flatMap(\.merchants)
    func counts<Value: Hashable>(_ values: [Value], _ part: (Merchant) -> Value?) -> [Int] {
      values.map { value in merchants.filter { part($0) == value }.count }
    }
    func isFair(_ observed: [Int], _ shares: [Double]) -> Bool {
      chiSquare(observed, shares.map { $0 * 4_000 }) < Double(shares.count) * 2 + 15
    }
    #expect(isFair(counts([0, 1, 2, 3], \.market), [0.45, 0.3, 0.2, 0.05]))
    #expect(isFair(counts(RiskLevel.allCases, \.risk), [0.8, 0.17, 0.03]))
    let banks = (0..<8).map(laidOut.banks.merchantBank)
    #expect(isFair(counts(banks, \.bank), Array(repeating: 0.125, count: 8)))
    #expect(isFair(counts([0, 1], \.acquirerOverride), [0.05, 0.05]))
    #expect(merchants.allSatisfy { $0.acquirerOverride.map { (0...1).contains($0) } ?? true })
  }

  @Test("the same seed lays out the same merchants, another seed others")
  func seeds() throws {
    func layout(_ seed: UInt64) throws -> [String] {
      try deployment { $0.seed = seed }.cells.map { "\($0)" }
    }
    #expect(try layout(1) == layout(1))
    #expect(try layout(1) != layout(2))
  }

  @Test("merchants spread evenly over the partitions of their region")
  func spread() throws {
    let laidOut = try deployment {
      $0.merchants.count = 4_000
      $0.merchants.markets = [market("DE", "Europe/Berlin", .eur, share: 1)]
    }
    var counts = [Int](repeating: 0, count: 50)
    for merchant in laidOut.cells.flatMap(\.merchants) { counts[merchant.partition] += 1 }
    #expect(chiSquare(counts, Array(repeating: 80, count: 50)) < 100)
  }
}
