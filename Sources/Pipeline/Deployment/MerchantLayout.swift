import Chance
import Money
import PaymentModel
import Scenario
import VirtualTime

/// Draws the merchants of a run and puts each into the cell that owns its partition.
struct MerchantLayout {
  let settings: ScenarioSettings
  let currencies: [Currency]
  let banks: BankDirectory
  /// Is told how much the merchants take.
  let memory: MemoryShare

  /// The cells of all regions; cells of different regions alternate, so that neighbours in the list
  /// have their busy hours at different times.
  func cells(count: Int, regions: [String]) -> [CellPlan] {
    let perRegion = settings.cells.perRegion
    var plans = (0..<regions.count * perRegion).map {
      CellPlan(index: $0, region: regions[$0 % regions.count], merchants: [])
    }
    let weights = shuffledWeights(count: count)
    var random = RandomStream(seed: settings.seed, component: "merchants", purpose: "attributes")
    let markets = AliasTable(weights: settings.merchants.markets.map(\.share))
    let feePlans = AliasTable(weights: settings.merchants.feePlans.map(\.share))
    let shares = settings.merchants.riskShares
    let risks = AliasTable(weights: [shares.low, shares.medium, shares.high])
    for index in 0..<count {
      if index & 0xffff == 0 { memory.grow(to: index * MemoryLayout<Merchant>.stride) }
      let marketIndex = markets.choose(random.next())
      let market = settings.merchants.markets[marketIndex]
      let region = regions.firstIndex(of: market.region)!
      let partition = partition(of: index, region: region, regions: regions.count)
      let cell = (partition / regions.count % perRegion) * regions.count + region
      let bank = banks.merchantBank(Int(random.below(UInt64(banks.merchantBanks))))
      let feePlan = feePlans.choose(random.next())
      _ = random.next()  // The place of the merchant's category among its attributes.
      plans[cell].merchants.append(
        Merchant(
          id: MerchantID(UInt32(index)), weight: weights[index], market: marketIndex,
          currency: position(market.currency),
          settlementCurrency: position(market.settlementCurrency),
          bank: bank, feePlan: feePlan,
          risk: RiskLevel.allCases[risks.choose(random.next())],
          cutOffSecond: cutOff(random.uniform()).secondsSinceMidnight,
          acquirerOverride: override(random.uniform(), random.next()), partition: partition))
    }
    return plans
  }

  private func position(_ currency: Currency) -> CurrencyIndex {
    CurrencyIndex(currencies.firstIndex(of: currency)!)
  }

  /// Partitions with partition % regions == region belong to the region.
  private func partition(of merchant: Int, region: Int, regions: Int) -> Int {
    let hash = mix64(settings.seed ^ mix64(UInt64(merchant) &+ 0x6d65_7263))
    let own = (settings.bus.partitions - region + regions - 1) / regions
    return Int(hash.multipliedFullWidth(by: UInt64(own)).high) * regions + region
  }

  private func cutOff(_ uniform: Double) -> TimeOfDay {
    var rest = uniform
    for override in settings.merchants.cutOffOverrides {
      if rest < override.share { return override.at }
      rest -= override.share
    }
    return settings.merchants.cutOff
  }

  private func override(_ uniform: Double, _ bits: UInt64) -> EndpointIndex? {
    guard uniform < settings.merchants.acquirerOverrideShare else { return nil }
    return EndpointIndex(
      Int(bits.multipliedFullWidth(by: UInt64(settings.acquirers.count)).high))
  }

  /// Zipf-Mandelbrot weights in an order that has nothing to do with rank.
  private func shuffledWeights(count: Int) -> [Double] {
    var weights = AliasTable.zipfMandelbrotWeights(
      count: count, exponent: settings.merchants.skewExponent,
      offset: settings.merchants.skewOffset)
    var random = RandomStream(seed: settings.seed, component: "merchants", purpose: "rank")
    for i in stride(from: count - 1, to: 0, by: -1) {
      weights.swapAt(i, Int(random.below(UInt64(i + 1))))
    }
    return weights
  }
}
