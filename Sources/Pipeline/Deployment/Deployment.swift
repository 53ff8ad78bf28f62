import Chance
import Batching
import Interbank
import Money
import PaymentModel
import Scenario
import VirtualTime

/// A merchant as its cell knows it: 40 bytes, as there may be millions.
public struct Merchant: Sendable {
  /// Position among all merchants of the run.
  public var id: MerchantID
  /// Share of all payments, not normalised.
  var weight: Double
  private var marketPosition: UInt16
  /// Currency of its prices, a position in the deployment's list.
  var currency: CurrencyIndex
  /// Currency of its payouts, a position in the deployment's list.
  public var settlementCurrency: CurrencyIndex
  /// Bank that holds the payout account.
  var bank: BankID
  private var plan: UInt16
  private var cutOff: Int32
  private var acquirer: Int16
  /// Decides the acquirer; see `RiskLevel`.
  var risk: RiskLevel
  private var partitionNumber: Int32

  /// Position in `settings.merchants.markets`.
  var market: Int { Int(marketPosition) }
  /// Position in `settings.merchants.feePlans`.
  var feePlan: Int { Int(plan) }
  /// Local second of the day at which the business day ends.
  var cutOffSecond: Int { Int(cutOff) }
  /// An acquirer that this merchant prefers over the routing table's.
  var acquirerOverride: EndpointIndex? { acquirer < 0 ? nil : EndpointIndex(Int(acquirer)) }
  /// Partition of the bus, over all cells.
  var partition: Int { Int(partitionNumber) }

  init(
    id: MerchantID, weight: Double, market: Int, currency: CurrencyIndex,
    settlementCurrency: CurrencyIndex, bank: BankID, feePlan: Int, risk: RiskLevel,
    cutOffSecond: Int, acquirerOverride: EndpointIndex?, partition: Int
  ) {
    self.id = id
    self.weight = weight
    marketPosition = UInt16(market)
    self.currency = currency
    self.settlementCurrency = settlementCurrency
    self.bank = bank
    plan = UInt16(feePlan)
    self.risk = risk
    cutOff = Int32(cutOffSecond)
    acquirer = acquirerOverride.map { Int16($0.rawValue) } ?? -1
    partitionNumber = Int32(partition)
  }
}

/// How risky a merchant is; low-risk merchants are routed to the cheaper acquirer.
enum RiskLevel: UInt8, Sendable, CaseIterable { case low, medium, high }

/// What the merchants of a cell share, and which they are.
public struct CellPlan: Sendable {
  /// Position among the cells, from 0; also the cell's island.
  public var index: Int
  /// Region of the markets that the cell serves.
  var region: String
  /// The merchants whose partitions the cell owns, ascending by `id`.
  public var merchants: [Merchant]
}

/// A scenario laid out over cells, banks and accounts. Immutable; every island reads it.
public final class Deployment: Sendable {
  /// The checked scenario.
  public let settings: ScenarioSettings
  /// The currencies of the run; positions in this list stand for them in compact records.
  public let currencies: [Currency]
  /// Their positions, in order.
  public var currencyIndices: [CurrencyIndex] { currencies.indices.map { CurrencyIndex($0) } }
  /// The same by `Currency.index`.
  var positions: [UInt8: CurrencyIndex] {
    Dictionary(uniqueKeysWithValues: zip(currencies.map(\.index), currencyIndices))
  }
  /// Mid rates and spreads at the start of the run, at which everything is valued.
  public let fx: FXTable
  /// Mid rates and spreads over the run, at which money is converted.
  let rates: RateSeries
  /// The banks and the platform, with their accounts on the rails.
  let banks: BankDirectory
  /// The acquirers, then the account-to-account scheme.
  public let endpoints: [AcquirerSettings]
  /// The cells, by index.
  public let cells: [CellPlan]
  /// Names of the merchants of a trace, by their numbers; empty where merchants are generated.
  private let merchantNames: [String]
  private let memory = MemoryShare(of: .merchants)
  /// Time zones, by market.
  let zones: [CivilTimeZone]
  /// Fee schedules by plan and currency.
  let fees: [[FeeSchedule]]
  /// Batches the obligations of the run.
  public let strategy: any BatchingStrategy
  /// Strategies that are priced on the same obligations; the first is the yardstick.
  public let priced: [any BatchingStrategy]
  /// How banks' payments to each other become final.
  public let mode: any SettlementMode
  /// Rates and costs, as strategies see them.
  public let world: SettlementWorld
  /// Payments between banks that a file records; nil: there is none.
  let recorded: RecordedTransfers?
  /// Seconds between 1970-01-01 and the start of the run.
  public let epochSecond: Int64

  /// What goes wrong, and when, in the order of the scenario.
  public let faults: [TimedFault]

  /// Position in `endpoints` of the account-to-account scheme.
  var accountScheme: EndpointIndex { EndpointIndex(endpoints.count - 1) }

  /// What a merchant is called in results: as the trace calls it, `merchant-7` where there is none.
  public func name(of merchant: MerchantID) -> String {
    merchantNames.isEmpty ? "\(merchant)" : merchantNames[Int(merchant.rawValue)]
  }

  /// Lays a checked scenario out.
  ///
  /// - Parameters:
  ///   - strategy: batches the obligations of the run.
  ///   - priced: strategies that are priced on the same obligations; the first is the yardstick.
  ///   - mode: how banks' payments to each other become final.
  ///   - rates: over the run; nil for the fixed rates of the settings.
  ///   - traceMerchants: for a trace, the merchants that occur in it; replaces `merchants.count`.
  ///   - recorded: payments between banks that a file records.
  /// - Throws: where a rate or a spread is missing or out of range.
  public init(
    settings: ScenarioSettings, strategy: any BatchingStrategy, priced: [any BatchingStrategy],
    mode: any SettlementMode, rates: RateSeries? = nil, traceMerchants: [String]? = nil,
    recorded: RecordedTransfers? = nil
  ) throws {
    self.settings = settings
    self.mode = mode
    merchantNames = traceMerchants ?? []
    self.recorded = recorded
    epochSecond = Int64(settings.time.date.dayNumber) * 86_400
    let currencies = settings.settledCurrencies(recorded: recorded?.currencies ?? [])
    self.currencies = currencies
    let series =
      try rates
      ?? RateSeries(
        fixed: FXTable(
          usdPerUnit: settings.fx.usdPerUnit, spreads: settings.fx.spreads,
          reportingCurrency: settings.costs.currency))
    self.rates = series
    let fx = series.table(atUTC: epochSecond)
    self.fx = fx
    var costs = CostTable(settings.costs)
    for rail in settings.rails.reversed() {
      costs.rails[rail.currency.index] = settings.costs.wire(on: rail)
    }
    let outlook = SettlementOutlook(
      settings, epochSecond: epochSecond, currencies: currencies, rates: fx)
    world = SettlementWorld(
      rates: fx, costs: costs, maximumBatch: settings.settlement.maximumBatch, outlook: outlook)
    let end = (settings.time.duration + settings.time.drainLimit).nanoseconds
    self.strategy = strategy.bound(to: outlook, until: end)
    self.priced = priced.map { $0.bound(to: outlook, until: end) }
    endpoints = settings.acquirers + [Self.accountScheme]
    faults = settings.faults.map { TimedFault($0, in: settings) }
    zones = settings.merchants.markets.map { CivilTimeZone(identifier: $0.timeZone)! }
    fees = settings.merchants.feePlans.map { plan in
      currencies.map { FeeSchedule(rate: plan.rate, fixed: fx.convert(plan.fixed, to: $0).amount) }
    }
    let regions = Self.regions(of: settings)
    let cellCount = regions.count * settings.cells.perRegion
    banks = BankDirectory(
      issuers: settings.banks.issuers, merchantBanks: settings.banks.merchantBanks,
      endpoints: settings.acquirers.map(\.name) + [Self.accountScheme.name], cells: cellCount,
      correspondents: settings.workload.transfers.isPresent
        ? settings.banks.transferBanks.count : 0,
      currencies: currencies.count,
      named: settings.workload.transfers.isPresent ? settings.banks.own.map(\.name) : [])
    cells = MerchantLayout(
      settings: settings, currencies: currencies, banks: banks, memory: memory
    )
    .cells(count: traceMerchants?.count ?? settings.merchants.count, regions: regions)
  }

  static func regions(of settings: ScenarioSettings) -> [String] {
    var regions: [String] = []
    for market in settings.merchants.markets where !regions.contains(market.region) {
      regions.append(market.region)
    }
    return regions
  }

  /// The scheme that carries payments from account to account: no card, so fewer refusals.
  static var accountScheme: AcquirerSettings {
    var scheme = AcquirerSettings(name: FaultTargets.accountScheme)
    scheme.latency = .logNormal(median: .milliseconds(60), p99: .milliseconds(180))
    scheme.approvalRate = 0.985
    scheme.fileFormat = .xml
    scheme.feeRate = 0.0005
    return scheme
  }
}

extension Latency {
  /// The slowest of `count` things that each take as long as the setting says.
  init(slowestOf count: Int, _ setting: LatencySetting) {
    switch setting {
    case .constant(let duration): self = .constant(duration.nanoseconds)
    case .exponential(let mean):
      self = .slowestExponential(of: count, mean: Double(mean.nanoseconds))
    case .logNormal(let median, let p99):
      self = .slowestLogNormal(of: count, median: median.nanoseconds, p99: p99.nanoseconds)
    }
  }

  /// The sampler of a setting.
  init(_ setting: LatencySetting) {
    switch setting {
    case .constant(let duration): self = .constant(duration.nanoseconds)
    case .exponential(let mean): self = .exponential(Exponential(mean: Double(mean.nanoseconds)))
    case .logNormal(let median, let p99):
      self = .logNormal(median: median.nanoseconds, p99: p99.nanoseconds)
    }
  }
}
