import Chance
import Money
import PaymentModel
import Scenario
import VirtualTime

/// Draws the requests of one market's merchants in one cell.
struct RequestSampler {
  private let merchants: [CellMerchant]
  private let choice: AliasTable
  private let amounts: QuantileTable
  private let scales: [Double]
  private let traits: AliasTable
  private let traitSets: [PaymentTraits]
  private let plan: CellPlan
  private let issuers: UInt64
  private var random: RandomStream
  private var ordinal: UInt64 = 0
  private let keyBase: UInt64

  /// nil where the cell has no merchant of the market.
  init?(market: Int, workload: GeneratedWorkload, shared: CellShared) {
    let settings = shared.settings
    let plan = shared.plan
    self.plan = plan
    let merchants = plan.merchants.indices.filter { plan.merchants[$0].market == market }
      .map { CellMerchant($0) }
    guard !merchants.isEmpty else { return nil }
    self.merchants = merchants
    choice = AliasTable(weights: merchants.map { plan.merchants[Int($0)].weight })
    amounts = Self.table(workload.amounts)
    scales = shared.deployment.currencies.map { Self.scale(of: $0, workload, shared.deployment.fx) }
    (traitSets, traits) = Self.traits(workload, settings)
    issuers = UInt64(settings.banks.issuers)
    random = shared.random("market-\(market)", "requests")
    keyBase = mix64(settings.seed ^ UInt64(plan.index) << 32 ^ UInt64(market))
  }

  /// A request that is at the gateway now and left the merchant `network` nanoseconds ago.
  mutating func next(sent: Int64) -> PaymentRequest {
    let index = merchants[choice.choose(random.next())]
    let merchant = plan.merchants[Int(index)]
    let traits = traitSets[self.traits.choose(random.next())]
    var currency = merchant.currency
    let bits = random.next()
    if traits.contains(.foreign), scales.count > 1 {
      let step = 1 + Int(((bits >> 40) * UInt64(scales.count - 1)) >> 24)
      currency = CurrencyIndex((Int(currency) + step) % scales.count)
    }
    let value = amounts.value(random.next()) * scales[Int(currency)]
    var amount = max(1, Int64(value.rounded()))
    if traits.contains(.invalid) {
      if bits & 1 == 0 { amount = 0 } else { currency = PaymentRequest.unknownCurrency }
    }
    ordinal += 1
    let fingerprint = KeyFingerprint(mix64(keyBase &+ ordinal))
    return PaymentRequest(
      fingerprint: fingerprint, amount: amount, merchant: index,
      bodyHash: PaymentRequest.bodyHash(amount: amount, merchant: index, currency: currency),
      currency: currency, issuer: UInt8(((bits & 0xffff_ffff) &* issuers) >> 32), traits: traits,
      sent: sent)
  }

  private static func table(_ amounts: GeneratedWorkload.Amounts) -> QuantileTable {
    switch amounts {
    case .quantiles(let points): .empirical(points)
    case .logNormal(let mu, let sigma): .logNormal(mu: mu, sigma: sigma)
    case .constant(let value): .empirical([(0, value), (1, value)])
    }
  }

  /// Minor units for one unit of the amount curve.
  private static func scale(
    of currency: Currency, _ workload: GeneratedWorkload, _ fx: FXTable
  ) -> Double {
    let factor =
      workload.amountScale.first { $0.currency == currency }?.factor
      ?? 0.19 * (fx.midRate(from: .usd, to: currency) ?? 1)
    return factor * Double(currency.minorUnitsPerUnit)
  }

  /// All combinations of traits with their joint probability, so that one draw decides them all.
  private static func traits(
    _ workload: GeneratedWorkload, _ settings: ScenarioSettings
  ) -> ([PaymentTraits], AliasTable) {
    let delayed = 1 - settings.workload.capture.immediateShare
    let independent: [(PaymentTraits, Double)] = [
      (.accountToAccount, workload.accountToAccountShare),
      (.foreign, settings.merchants.foreignCurrencyShare),
      (.fraud, workload.fraudShare),
      (.invalid, workload.invalidShare),
      (.duplicate, settings.workload.client.duplicateShare),
      (.delayedCapture, delayed),
      (.partialCapture, settings.workload.capture.partialShare),
    ]
    var sets: [PaymentTraits] = []
    var weights: [Double] = []
    for combination in 0..<(1 << independent.count) {
      var set: PaymentTraits = []
      var weight = 1.0
      for (bit, (trait, probability)) in independent.enumerated() {
        let has = combination >> bit & 1 == 1
        weight *= has ? probability : 1 - probability
        if has { set.insert(trait) }
      }
      // Money that moves from account to account is final: there is nothing to capture later.
      if set.contains(.accountToAccount) { set.remove(.delayedCapture) }
      if !set.contains(.delayedCapture) { set.remove(.partialCapture) }
      if weight > 0 {
        sets.append(set)
        weights.append(weight)
      }
    }
    return (sets, AliasTable(weights: weights))
  }
}
