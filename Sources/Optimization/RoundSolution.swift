/// Where a payment settles.
public struct RoundPlace: Codable, Equatable, Hashable, Sendable {
  /// Position of the round.
  public var round: Int
  /// How its money is moved.
  public var way: RoundProblem.Way

  /// A place.
  public init(round: Int, way: RoundProblem.Way) {
    self.round = round
    self.way = way
  }
}

/// What a payer exchanges between two currencies on a value date.
public struct RoundDeal: Codable, Equatable, Sendable {
  /// Who exchanges.
  public var payer: Int
  /// When.
  public var date: Int
  /// Position of the outcome in which it does; nil: in all of them.
  public var outcome: Int?
  /// The currency given.
  public var from: Int
  /// The currency received.
  public var to: Int
  /// Minor units of the reporting currency.
  public var value: Int64
}

/// What a solution costs, in minor units of the reporting currency.
public struct RoundCost: Codable, Equatable, Sendable {
  /// Wires with their operators' fees.
  public var wires = 0.0
  /// What settling in its round costs each payment, such as for delay.
  public var settling = 0.0
  /// Payments put off.
  public var deferral = 0.0
  /// Spread of what is exchanged, beyond what is expected of it anyway.
  public var exchange = 0.0
  /// Operators' fees of deals.
  public var fees = 0.0
  /// Liquidity.
  public var liquidity = 0.0

  /// Nothing.
  public init() {}

  /// All parts together.
  public var total: Double { wires + settling + deferral + exchange + fees + liquidity }
}

/// Which search found a solution.
public enum RoundProducer: String, Codable, Sendable {
  /// Payments one after the other.
  case greedy
  /// Moves of single payments and of groups, from the greedy solution or from the one that was
  /// given.
  case improvement
  /// A dive from the linear relaxation.
  case dive
  /// Branch and bound by CBC.
  case branchAndBound = "branch_and_bound"
}

/// A place for every payment, and what follows from it.
public struct RoundSolution: Codable, Equatable, Sendable {
  /// Where each payment settles; nil if it is put off.
  public var places: [RoundPlace?]
  /// Exchange that is netted, by payer, date and outcome; none where every payment bears its own.
  public var deals: [RoundDeal]
  /// What it costs.
  public var cost: RoundCost
  /// No solution costs less than this many minor units; nil if no linear program was solved.
  public var bound: Double?
  /// The search that found it.
  public var producer: RoundProducer
  /// Whether the search went to its end, so that nothing is cheaper.
  public var isComplete: Bool
  /// Linear programs solved.
  public var linearPrograms: Int
  /// Nodes that branch and bound searched.
  public var nodes: Int
  /// Why the search gave less than it should have; nil if it ran as it should.
  public var fallback: String?
  /// A hash of the places, alike in every process.
  public var fingerprint: UInt64

  /// How far the cost may be above the least possible, as a part of the cost; nil without a bound.
  public var gap: Double? {
    bound.map { bound in
      cost.total > 0 ? min(1, max(0, (cost.total - bound) / cost.total)) : 0
    }
  }
}
