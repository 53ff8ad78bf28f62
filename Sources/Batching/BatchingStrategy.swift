import Money
import PaymentModel
import Scenario

/// When a strategy takes the obligations that have come about for planning.
public enum Release: Sendable, Equatable {
  /// Each by itself, as soon as it is captured.
  case onCapture
  /// All of a window at its end; windows are aligned to 00:00 UTC and their length divides 24
  /// hours.
  case every(Duration)
  /// A merchant's business day after the merchant's cut-off.
  case atMerchantCutOff
}

/// What is given while obligations are planned or priced.
///
/// What a later strategy needs beside it (liquidity, counterparty limits, the hour) becomes a
/// property here, so that existing strategies stay as they are.
public struct SettlementWorld: Sendable {
  /// Mid rates and spreads.
  public var rates: FXTable
  /// What wires cost.
  public var costs: CostTable
  /// Payments a batch may hold.
  public var maximumBatch: Int

  /// A world.
  /// - Precondition: `maximumBatch` is positive.
  public init(rates: FXTable, costs: CostTable, maximumBatch: Int) {
    precondition(maximumBatch > 0, "a batch must be able to hold a payment")
    self.rates = rates
    self.costs = costs
    self.maximumBatch = maximumBatch
  }
}

/// A rule that turns obligations into batches, and tells what that costs.
///
/// A new strategy is one file with a type that conforms to this protocol, and one line in
/// `StrategyRegistry.all`. Strategies are pure: no clock, no chance, no memory between calls; the
/// same obligations in the same order give the same batches.
public protocol BatchingStrategy: Sendable {
  /// Name in scenarios and results, in snake case.
  static var name: String { get }
  /// One line for people.
  static var summary: String { get }
  /// Parameters that a scenario may set.
  static var parameters: [ParameterDeclaration] { get }

  /// The strategy with the given parameters, defaults for those not given; an error names a
  /// parameter whose value does not fit its declaration or a rule of the strategy.
  init(parameters: [String: ParameterValue]) throws(ParameterError)

  /// When obligations are taken for planning.
  var release: Release { get }

  /// Time slots that obligations must be grouped by so that `price` can tell them apart; nil if
  /// time does not matter. Divides 24 hours.
  var granularity: Duration? { get }

  /// Batches for `pending`, in the order in which they are to be sent.
  ///
  /// Every obligation is in exactly one batch; a batch has one route and at most
  /// `world.maximumBatch` payments. `PlanCheck` tells whether a plan keeps this.
  func plan(_ pending: [Obligation], in world: SettlementWorld) -> [PlannedBatch]

  /// What the batches cost that `plan` would form of the grouped obligations: a shadow price.
  ///
  /// Equal, to the minor unit, to `StrategyCost(pricing: plan(...))` of the same obligations.
  /// - Precondition: the slots of `obligations` divide `granularity`, and every currency pair has a
  ///   rate and a spread.
  func price(_ obligations: GroupedObligations, in world: SettlementWorld) -> StrategyCost
}

extension BatchingStrategy {
  /// The window of a strategy that releases by window; else time does not matter.
  public var granularity: Duration? {
    if case .every(let window) = release { return window }
    return nil
  }
}
