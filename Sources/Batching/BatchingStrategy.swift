import Declared
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
  /// Those of a payee bank as soon as so many of them wait, and whatever waits at the end of each
  /// window as with `every`.
  case atCount(Int, within: Duration)
  /// Urgent ones each by itself as soon as it is captured, the others as with `every`.
  case urgentOnCapture(otherwiseEvery: Duration)

  /// Length of the windows at whose ends everything that waits is taken; nil if there are none.
  public var window: Duration? {
    switch self {
    case .every(let window), .atCount(_, let window), .urgentOnCapture(let window): window
    case .onCapture, .atMerchantCutOff: nil
    }
  }
}

/// A rule that turns obligations into batches.
///
/// A new strategy is one file in `Strategies` with a type that conforms to this protocol, and one
/// line in `StrategyRegistry.all`. Strategies are pure: no clock, no chance, no memory between
/// calls; the same obligations in the same order give the same plan.
public protocol BatchingStrategy: FamilyMember {
  /// When obligations are taken for planning.
  var release: Release { get }

  /// Batches for `pending`, in the order in which they are to be sent.
  ///
  /// Every obligation is in exactly one batch or, where the strategy may, deferred; a batch has one
  /// payer, one payee, one currency that is paid out, at most `world.maximumBatch` payments, and no
  /// later window than its payments allow. `PlanCheck` tells whether a plan keeps this.
  func plan(_ pending: [Obligation], in world: SettlementWorld) -> SettlementPlan
}

/// A strategy whose cost is known from grouped obligations alone, so that a run can price it beside
/// the one it uses.
public protocol ShadowPriced: BatchingStrategy {
  /// Time slots that obligations must be grouped by so that `price` can tell them apart; nil if
  /// time does not matter. Divides 24 hours.
  var granularity: Duration? { get }

  /// The wires and conversions of the batches that `plan` would form of the grouped obligations of
  /// one desk: of a cell, or of the transfers.
  ///
  /// Equal to those of `plan` for the same obligations at the same rates.
  /// - Precondition: the slots of `obligations` divide `granularity`, and every currency pair has a
  ///   rate and a spread.
  func tally(_ obligations: GroupedObligations, in world: SettlementWorld) -> CostTally
}

extension ShadowPriced {
  /// The window of a strategy that releases by window; else time does not matter.
  public var granularity: Duration? { release.window }

  /// What `tally` costs: a shadow price.
  public func price(
    _ obligations: GroupedObligations, in world: SettlementWorld
  ) -> StrategyCost {
    tally(obligations, in: world).cost(strategy: Self.name, in: world)
  }
}

/// A strategy whose cost is known from the obligations in the order in which they come about, so
/// that a run can price it by following them: see `SequenceShadow`.
public protocol SequencePriced: BatchingStrategy {
  /// Obligations to one payee bank that are settled as soon as so many wait.
  var payments: Int { get }
  /// The number of the window in which an obligation came about.
  func period(of obligation: Obligation) -> Int64
}
