import Money
import PaymentModel
import Scenario
import Testing
import VirtualTime

@testable import Pipeline

@Suite("Request sampler")
struct RequestSamplerTests {
  /// Requests of the markets of one cell, with the deployment they belong to.
  static func requests(
    _ count: Int, market index: Int = 0, _ change: (inout ScenarioSettings) -> Void = { _ in },
    workload changeWorkload: (inout GeneratedWorkload) -> Void = { _ in }
  ) throws -> (requests: [PaymentRequest], deployment: Deployment) {
    var workload = GeneratedWorkload()
    changeWorkload(&workload)
    let laidOut = try deployment {
      $0.cells.perRegion = 1
      $0.merchants.markets = [
        market("US", "America/New_York", .usd, share: 0.4),
        market("DE", "Europe/Berlin", .eur, share: 0.2),
        market("GB", "Europe/London", .gbp, share: 0.2),
        market("JP", "Asia/Tokyo", .jpy, share: 0.2),
      ]
      $0.workload.source = .generated(workload)
      change(&$0)
    }
    let world = World(islands: 1, seed: laidOut.settings.seed)
    let shared = CellShared(island: world.islands[0], deployment: laidOut, plan: laidOut.cells[0])
    var sampler = try #require(RequestSampler(market: index, workload: workload, shared: shared))
    return ((0..<count).map { sampler.next(sent: Int64($0)) }, laidOut)
  }

  @Test("traits have the shares that were asked for, and are independent")
  func traits() throws {
    let requests = try Self.requests(40_000) {
      $0.merchants.foreignCurrencyShare = 0.3
      $0.workload.client.duplicateShare = 0.15
      $0.workload.capture.immediateShare = 0.6
      $0.workload.capture.partialShare = 0.5
    } workload: {
      $0.accountToAccountShare = 0.2
      $0.fraudShare = 0.1
      $0.invalidShare = 0.05
    }.requests
    func share(_ traits: PaymentTraits) -> Double {
      Double(requests.filter { $0.traits.isSuperset(of: traits) }.count) / 40_000
    }
    // A transfer between accounts is captured at once; only a later capture may be partial.
    let delayed = 0.4 * 0.8
    let expected: [(PaymentTraits, Double)] = [
      (.accountToAccount, 0.2), (.foreign, 0.3), (.fraud, 0.1), (.invalid, 0.05),
      (.duplicate, 0.15), (.delayedCapture, delayed), (.partialCapture, delayed * 0.5),
      ([.foreign, .fraud], 0.03), ([.duplicate, .accountToAccount], 0.03),
      ([.delayedCapture, .foreign], delayed * 0.3), ([.accountToAccount, .delayedCapture], 0),
    ]
    for (traits, probability) in expected {
      let deviation = (probability * (1 - probability) / 40_000).squareRoot()
      #expect(abs(share(traits) - probability) <= 4.5 * deviation, "\(traits.rawValue)")
    }
    #expect(
      !requests.contains {
        $0.traits.contains(.partialCapture) && !$0.traits.contains(.delayedCapture)
      })
  }

  @Test("a malformed request has no amount or no known currency, the others have both")
  func invalid() throws {
    let (requests, laidOut) = try Self.requests(10_000) { _ in
    } workload: {
      $0.invalidShare = 0.2
    }
    var kinds = [0, 0]
    for request in requests {
      let isKnown = request.currency != PaymentRequest.unknownCurrency
      if request.traits.contains(.invalid) {
        #expect(isKnown == (request.amount == 0))
        kinds[isKnown ? 0 : 1] += 1
      } else {
        #expect(request.amount > 0 && Int(request.currency) < laidOut.currencies.count)
      }
    }
    #expect(kinds.allSatisfy { (900...1_100).contains($0) })
  }

  @Test("a foreign payment is in any of the other currencies alike, never in the merchant's own")
  func foreign() throws {
    let (requests, laidOut) = try Self.requests(8_000) {
      $0.merchants.foreignCurrencyShare = 1
    } workload: {
      $0.invalidShare = 0
    }
    var counts = [Int](repeating: 0, count: laidOut.currencies.count)
    for request in requests { counts[Int(request.currency)] += 1 }
    let own = laidOut.currencies.firstIndex(of: .usd)!
    #expect(counts.remove(at: own) == 0)
    #expect(chiSquare(counts, Array(repeating: 8_000.0 / 3, count: 3)) < 20, "\(counts)")
  }

  @Test("every issuer has its part of the cards", arguments: [1, 8, 256])
  func issuers(count: Int) throws {
    let requests = try Self.requests(20_000) { $0.banks.issuers = count }.requests
    var counts = [Int](repeating: 0, count: count)
    for request in requests { counts[Int(request.issuer)] += 1 }
    let limit = Double(count) + 5 * Double(2 * count).squareRoot()
    #expect(chiSquare(counts, Array(repeating: 20_000 / Double(count), count: count)) < limit)
  }

  @Test(
    "amounts are whole minor units of their currency: cents, pence and yen",
    arguments: [
      (0, 3_500), (1, 3_200), (2, 2_800), (3, 5_200),
    ] as [(Int, Int64)])
  func amounts(market: Int, expected: Int64) throws {
    let requests = try Self.requests(200, market: market) {
      $0.merchants.foreignCurrencyShare = 0
    } workload: {
      $0.invalidShare = 0
      $0.amounts = .constant(100)
    }.requests
    #expect(requests.allSatisfy { $0.amount == expected })
    let tiny = try Self.requests(50, market: market) { _ in
    } workload: {
      $0.invalidShare = 0
      $0.amounts = .constant(0.000_1)
    }.requests
    #expect(tiny.allSatisfy { $0.amount == 1 })
  }

  @Test("merchants of the market are drawn by their weights, and keys do not repeat")
  func merchants() throws {
    let (requests, laidOut) = try Self.requests(40_000, market: 1)
    let plan = laidOut.cells[0]
    let own = plan.merchants.indices.filter { plan.merchants[$0].market == 1 }
    let total = own.reduce(0) { $0 + plan.merchants[$1].weight }
    var counts = [Int](repeating: 0, count: plan.merchants.count)
    for request in requests { counts[Int(request.merchant)] += 1 }
    #expect(own.reduce(0) { $0 + counts[$1] } == 40_000)
    let expected = own.map { plan.merchants[$0].weight / total * 40_000 }
    let limit = Double(own.count) + 5 * Double(2 * own.count).squareRoot()
    #expect(chiSquare(own.map { counts[$0] }, expected) < limit)
    let others = try Self.requests(5_000, market: 2).requests
    #expect(Set((requests + others).map(\.fingerprint)).count == 45_000)
  }
}
