import Foundation
import Testing

@testable import Money

@Suite("Netted conversions")
struct NettedConversionTests {
  static func currency(_ code: String) throws -> Currency { try #require(Currency(code: code)) }

  @Test("opposite flows are netted and only the rest is exchanged")
  func offset() throws {
    let table = try FXTests.table()
    // 1,000.00 EUR are 1,168.40 USD.
    let netted = try table.nettedConversions(
      of: [
        MoneyAmount(minorUnits: 1_000_00, currency: .eur),
        MoneyAmount(minorUnits: -1_168_41, currency: .usd),
      ], settlingIn: .usd)
    let conversion = try #require(netted.conversions.first)
    #expect(netted.conversions.count == 1)
    #expect(conversion.sold == MoneyAmount(minorUnits: 1_000_00, currency: .eur))
    #expect(conversion.bought == MoneyAmount(minorUnits: 1_168_40, currency: .usd))
    #expect(conversion.residualBillionths == 0 && conversion.residualCurrency == .usd)
    // 2.5 basis points of 1,000 EUR are 0.25 EUR: 0.29 USD.
    #expect(conversion.spreadCost == MoneyAmount(minorUnits: 25, currency: .eur))
    #expect(netted.spreadCost == MoneyAmount(minorUnits: 29, currency: .usd))
    #expect(netted.remainders == [MoneyAmount(minorUnits: -1, currency: .usd)])
  }

  @Test("a need is bought exactly, and rounding is stated on the side that pays")
  func need() throws {
    let table = try FXTests.table()
    let netted = try table.nettedConversions(
      of: [MoneyAmount(minorUnits: -1_000, currency: .jpy)], settlingIn: .usd)
    // 1,000 JPY are 6.257 USD.
    #expect(
      netted.conversions == [
        NettedConversion(
          sold: MoneyAmount(minorUnits: 626, currency: .usd),
          bought: MoneyAmount(minorUnits: 1_000, currency: .jpy),
          residualBillionths: -300_000_000, residualCurrency: .usd,
          spreadCost: .zero(.usd))
      ])
    #expect(netted.remainders == [MoneyAmount(minorUnits: -626, currency: .usd)])
  }

  @Test("a pair without quote goes over the quoted ones, whose other flows it may cancel")
  func vehicle() throws {
    let table = try FXTests.table()
    // EUR to JPY has no quote; the yen that are needed are worth the euros that are held.
    let netted = try table.nettedConversions(
      of: [
        MoneyAmount(minorUnits: 1_000_000_00, currency: .eur),
        MoneyAmount(minorUnits: -186_734_857, currency: .jpy),
      ], settlingIn: .usd)
    #expect(netted.conversions.map(\.sold.currency) == [.usd, .eur])
    #expect(netted.conversions.map(\.bought.currency) == [.jpy, .usd])
    #expect(netted.remainders.allSatisfy { $0.currency == .usd && abs($0.minorUnits) <= 2 })
  }

  @Test("no position gives nothing to do, a position in the settlement currency neither")
  func nothing() throws {
    let table = try FXTests.table()
    #expect(
      try table.nettedConversions(of: [], settlingIn: .usd)
        == NettedConversions(spreadCost: .zero(.usd)))
    let dollars = MoneyAmount(minorUnits: 7, currency: .usd)
    let kept = try table.nettedConversions(
      of: [dollars, .zero(.eur), .zero(.kwd)], settlingIn: .usd)
    #expect(kept.conversions.isEmpty && kept.remainders == [dollars])
  }

  @Test("positions that cannot be netted are refused by currency")
  func refused() throws {
    let table = try FXTests.table()
    func error(_ positions: MoneyAmount..., in settlement: Currency = .usd) -> NettingError? {
      do throws(NettingError) {
        _ = try table.nettedConversions(of: positions, settlingIn: settlement)
        return nil
      } catch { return error }
    }
    let euro = MoneyAmount(minorUnits: 5, currency: .eur)
    #expect(error(euro, euro) == .repeatedCurrency(.eur))
    #expect(error(MoneyAmount(minorUnits: 5, currency: .cad)) == .noRate(.cad))
    #expect(error(MoneyAmount(minorUnits: 5, currency: .kwd)) == .noPath(.kwd, .usd))
    #expect(error(euro, in: .kwd) == .noPath(.eur, .kwd))
    #expect(error(MoneyAmount(minorUnits: .min, currency: .eur)) == .overflow(.eur))
    #expect(error(MoneyAmount(minorUnits: .max, currency: .eur)) == .overflow(.usd))
    for refusal in [
      NettingError.repeatedCurrency(.eur), .noRate(.eur), .noPath(.eur, .usd), .overflow(.eur),
    ] {
      #expect(refusal.description.hasPrefix("expected"))
    }
  }

  @Test(
    "in small random worlds no tree of quotes is cheaper, and every unit is accounted for",
    arguments: 0..<60)
  func optimal(seed: Int) throws {
    var world = try RandomWorld(seed: seed)
    let netted = try world.table.nettedConversions(
      of: world.positions, settlingIn: world.settlement)
    let best = world.cheapestTree()
    let found = world.cost(of: netted.conversions)
    // Each conversion may be off by half a minor unit of a currency worth at most two dollars.
    #expect(abs(found - best) <= 1e-4 * 12, "seed \(seed): \(found) and \(best)")
    #expect(netted.conversions.count < world.currencies.count, "seed \(seed)")
    for currency in world.currencies {
      var balance = world.positions.first { $0.currency == currency }?.minorUnits ?? 0
      for conversion in netted.conversions {
        if conversion.sold.currency == currency { balance -= conversion.sold.minorUnits }
        if conversion.bought.currency == currency { balance += conversion.bought.minorUnits }
      }
      let left = netted.remainders.first { $0.currency == currency }?.minorUnits ?? 0
      #expect(balance == left, "seed \(seed), \(currency)")
      // Half a yen, worth up to two dollars here, for each conversion.
      if currency != world.settlement {
        let dollars = world.value(MoneyAmount(minorUnits: left, currency: currency))
        #expect(abs(dollars) <= 5, "seed \(seed), \(currency)")
      }
    }
    for conversion in netted.conversions {
      #expect(conversion.sold.minorUnits > 0 && conversion.bought.minorUnits > 0)
      #expect(abs(conversion.residualBillionths) <= 500_000_000)
    }
    world.positions.shuffle(using: &world.numbers)
    #expect(
      try world.table.nettedConversions(of: world.positions, settlingIn: world.settlement)
        == netted, "seed \(seed)")
  }

  @Test(
    "the cost is the optimum of the linear program that HiGHS finds",
    .enabled(if: Judge.isPresent, "needs .venv, see Makefile"))
  func linearProgram() throws {
    var lines: [String] = []
    var found: [Double] = []
    for seed in 1_000..<1_200 {
      let world = try RandomWorld(seed: seed)
      let netted = try world.table.nettedConversions(
        of: world.positions, settlingIn: world.settlement)
      found.append(world.cost(of: netted.conversions))
      lines.append(world.linearProgram)
    }
    let optima = try Judge.run("netted_conversions.py", lines.joined(separator: "\n"))
      .split(separator: "\n").compactMap { Double($0) }
    #expect(optima.count == found.count)
    for (seed, pair) in zip(found, optima).enumerated() {
      #expect(abs(pair.0 - pair.1) <= 1e-4 * 12 + 1e-7 * pair.1, "seed \(1_000 + seed)")
    }
  }
}
