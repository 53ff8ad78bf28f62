import Declared
import Money
import PaymentModel
import Scenario

/// When a strategy takes the obligations that have come about for planning.
public enum Release: Sendable, Equatable {
  /// Each by itself, as soon as it is captured.
  case onCapture
  /// All of a window at its end.
  case every(SettlementCycle)
  /// A merchant's business day after the merchant's cut-off.
  case atMerchantCutOff
  /// Those of a payee bank as soon as so many of them wait, and whatever waits at the end of each
  /// window as with `every`.
  case atCount(Int, within: SettlementCycle)
  /// Urgent ones each by itself as soon as it is captured, the others as with `every`.
  case urgentOnCapture(otherwiseEvery: SettlementCycle)
  /// Each by itself as soon as it is captured where `BatchingStrategy.leavesAtOnce` says so, the
  /// others as with `every`.
  case whereItPays(otherwiseEvery: SettlementCycle)

  /// The windows at whose ends everything that waits is taken; nil if there are none.
  public var cycle: SettlementCycle? {
    switch self {
    case .every(let cycle), .atCount(_, let cycle), .urgentOnCapture(let cycle),
      .whereItPays(let cycle):
      cycle
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

  /// Whether it looks at what banks can pay and at what is expected to come; without it
  /// `SettlementWorld.funds` and `expected` are not filled in.
  var looksAhead: Bool { get }

  /// Whether an obligation that comes about now is settled at once by itself; asked with
  /// `Release.whereItPays` alone.
  func leavesAtOnce(_ obligation: Obligation, in world: SettlementWorld) -> Bool

  /// What counts up, for a run in a world of known calendar and lasting rates, what a plan of all
  /// obligations would cost at least that knew them beforehand; nil for a strategy that minimises
  /// nothing.
  ///
  /// - `missed`: what it costs to miss a deadline, in minor units of the reporting currency.
  func clairvoyantBound(in world: SettlementWorld, missed: Int64) -> ClairvoyantBound?

  /// Batches for `pending`, in the order in which they are to be sent.
  ///
  /// Every obligation is in exactly one batch or, where the strategy may, deferred; a batch has one
  /// payer, one payee, one currency that is paid out, at most `world.maximumBatch` payments, and no
  /// later window than its payments allow. `PlanCheck` tells whether a plan keeps this.
  func plan(_ pending: [Obligation], in world: SettlementWorld) -> SettlementPlan

  /// The strategy as it works in a run of which the calendar is known, until `end`, nanoseconds
  /// since its start.
  func bound(to outlook: SettlementOutlook, until end: Int64) -> any BatchingStrategy
}

extension BatchingStrategy {
  /// It does not.
  public var looksAhead: Bool { false }

  /// There is none.
  public func clairvoyantBound(in world: SettlementWorld, missed: Int64) -> ClairvoyantBound? {
    nil
  }

  /// It is not.
  public func leavesAtOnce(_ obligation: Obligation, in world: SettlementWorld) -> Bool { false }

  /// The strategy as it is: it needs no calendar.
  public func bound(to outlook: SettlementOutlook, until end: Int64) -> any BatchingStrategy {
    self
  }
}

/// A strategy whose cost is known from grouped obligations alone, so that a run can price it beside
/// the one it uses.
public protocol ShadowPriced: BatchingStrategy {
  /// The wires and conversions of the batches that `plan` would form of the grouped obligations of
  /// one desk: of a cell, or of the transfers.
  ///
  /// Equal to those of `plan` for the same obligations at the same rates.
  /// - Precondition: no window of the strategy ends within a slot of `obligations`, and every
  ///   currency pair has a rate and a spread.
  func tally(_ obligations: GroupedObligations, in world: SettlementWorld) -> CostTally
}

extension ShadowPriced {
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
  /// With what it is counted.
  func waitingKey(of obligation: Obligation) -> WaitingKey
}
