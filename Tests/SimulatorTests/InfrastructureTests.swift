import Money
import Scenario
import Testing

@testable import Simulator

@Suite("Cost of infrastructure")
struct InfrastructureTests {
  private static let month: Int64 = 30 * 86_400

  /// Minor units of a month's bill by line.
  private func bill(
    seconds: Int64 = month, _ change: (inout InfrastructureSettings) -> Void
  ) -> [String: Int64] {
    var settings = InfrastructureSettings()
    change(&settings)
    let bill = InfrastructureBill(settings, seconds: seconds) { $0 }
    return Dictionary(uniqueKeysWithValues: bill.lines.map { ($0.name, $0.amount.minorUnits) })
  }

  @Test("without switches the bill has the six parts, which come to 170,000 USD a month")
  func parts() {
    let lines = bill { _ in }
    #expect(lines.count == 6 && lines.values.reduce(0, +) == 170_000_00)
    #expect(bill(seconds: Self.month / 30) { _ in }["storage"] == 166_67)
  }

  @Test("a switch takes its part off, and one that is off is no line at all")
  func switches() {
    // 100,000 x 3/4 x 70 %; 5,000 x 7/11 x 90 %; 5,000 x 7/11 x 4/5.
    #expect(bill { $0.spotInstances = .init() }["spot instances"] == -52_500_00)
    #expect(bill { $0.coldTier = .init() }["cold tier"] == -2_863_64)
    #expect(bill { $0.compression = .init() }["compression"] == -2_545_46)
    let off = bill {
      $0.spotInstances = .init()
      $0.coldTier = .init()
      $0.compression = .init()
      $0.spotInstances?.isEnabled = false
      $0.coldTier?.isEnabled = false
      $0.compression?.isEnabled = false
    }
    #expect(off == bill { _ in })
  }

  @Test("compression saves traffic where its share is stated")
  func traffic() {
    let lines = bill {
      $0.compression = .init()
      $0.compression?.storageShare = 0
      $0.compression?.networkShare = 0.5
    }
    #expect(lines["compression"] == -4_000_00)
  }

  /// Of 5,000.00 the archive's part costs a tenth, the compressed part a fifth, what is both a
  /// fiftieth.
  @Test(
    "what is archived and compressed is saved once",
    arguments: [(0.5, 0.5, 2_550_00), (0.5, 0.25, 2_650_00), (0.25, 0.5, 2_775_00)])
  func overlap(cold: Double, compressed: Double, left: Int64) {
    let lines = bill {
      $0.coldTier = .init()
      $0.coldTier?.share = cold
      $0.compression = .init()
      $0.compression?.storageShare = compressed
    }
    #expect(lines["storage"]! + lines["cold tier"]! + lines["compression"]! == left)
  }

  @Test("no switch takes off more than its part costs", arguments: [0.0, 0.3, 1.0])
  func bounds(share: Double) {
    let lines = bill {
      $0.spotInstances = .init()
      $0.spotInstances?.share = share
      $0.spotInstances?.discount = 1
      $0.coldTier = .init()
      $0.coldTier?.share = share
      $0.coldTier?.discount = 1
      $0.compression = .init()
      $0.compression?.ratio = 1_000
      $0.compression?.storageShare = 1
    }
    #expect(lines["compute"]! + lines["spot instances"]! >= 0)
    #expect(lines["storage"]! + lines["cold tier"]! + lines["compression"]! >= 0)
  }

  @Test("a volume discount is given above its payments a month, and not at them")
  func volume() {
    var discount = VolumeDiscount()
    discount.rate = 0.1
    let bill = MoneyAmount(minorUnits: 1_000_00, currency: .usd)
    func given(_ payments: Int, _ seconds: Int64) -> Int64 {
      discount.amount(on: bill, payments: payments, seconds: seconds).minorUnits
    }
    #expect(given(10_000_000, Self.month) == 0)
    #expect(given(10_000_001, Self.month) == 100_00)
    #expect(given(333_333, Self.month / 30) == 0)
    #expect(given(333_334, Self.month / 30) == 100_00)
    discount.isEnabled = false
    #expect(given(10_000_001, Self.month) == 0)
  }

  @Test("parts and switches change the cost of a run and nothing that happens in it")
  func run() throws {
    let plain = try SmallWorld().run()
    let parts = try SmallWorld(
      "costs.infrastructure.spot_instances.enabled=true",
      "costs.volume_discount={rate: 0.5, payments_per_month: 1000}"
    ).run()
    #expect(plain.result.identity.digest == parts.result.identity.digest)
    #expect(plain.result.infrastructure.isEmpty)
    let rows = parts.result.infrastructure
    #expect(
      rows.map(\.name)
        == ["compute", "database", "bus", "cache", "storage", "network", "spot instances"])
    let sum = rows.reduce(0) { $0 + $1.amount.minorUnits }
    let components = parts.result.costComponents
    #expect(components.first { $0.name == "infrastructure" }?.amount.minorUnits == sum)
    #expect(rows.allSatisfy { $0.perPayment != nil })
    // Two hours of 170,000.00 less 52,500.00 a month.
    #expect(abs(parts.metric("cost.infrastructure") - 326.39) < 0.04)
    #expect(abs(plain.metric("cost.infrastructure") - 472.22) < 0.001)
    #expect(plain.result.metrics["cost.volume_discount"] == nil)
    let saved = parts.metric("cost.acquirers") / 2
    #expect(abs(parts.result.metrics["cost.volume_discount"]! + saved) < 0.011)
    let difference = plain.metric("cost.total") - parts.metric("cost.total")
    let infrastructure = plain.metric("cost.infrastructure") - parts.metric("cost.infrastructure")
    #expect(abs(difference - saved - infrastructure) < 0.011)
  }

  @Test("the base of the discount changes what it takes off, realised and in shadow prices alike")
  func discountBase() throws {
    let settings = ["costs.consolidation_discount=0.5", "settlement.strategy=merchant_day"]
    let wire = try SmallWorld(settings).run()
    let both = try SmallWorld(settings + ["costs.discount_base=wire_and_spread"]).run()
    #expect(wire.result.identity.digest == both.result.identity.digest)
    #expect(wire.metric("cost.fx") == both.metric("cost.fx"))
    let more = both.metric("cost.discount") - wire.metric("cost.discount")
    #expect(more > 0 && more <= wire.metric("cost.fx") / 2 + 0.01)
    #expect(abs(wire.metric("cost.settlement") - both.metric("cost.settlement") - more) < 0.001)
    for (first, second) in zip(wire.result.strategies, both.result.strategies) {
      #expect(first.wireCost == second.wireCost)
      let isSingle = first.name == "one_wire_per_payment"
      #expect((first.fxCost.minorUnits > second.fxCost.minorUnits) != isSingle, "\(first.name)")
    }
  }
}
