/// Where a payment settles.
public struct PlanPlacement: Equatable, Codable, Sendable {
  /// The window.
  public var window: PlanningWindow
  /// Position of the rail.
  public var rail: Int

  /// A place.
  public init(window: PlanningWindow, rail: Int) {
    self.window = window
    self.rail = rail
  }
}

/// A batch of payments that travel together.
public struct PlannedWire: Equatable, Codable, Sendable {
  /// Position of the currency it pays out.
  public var destination: Int
  /// Position of the counterparty it pays.
  public var counterparty: Int
  /// Its window.
  public var window: PlanningWindow
  /// Position of its rail.
  public var rail: Int
  /// Positions of its payments, ascending.
  public var payments: [Int]
  /// Sum of their values in minor units of the reporting currency.
  public var value: Int64
  /// Whether it has enough payments for the discount, on a rail that gives one.
  public var isDiscounted: Bool
}

/// What is exchanged between a quoted pair on one value date.
public struct PlannedConversion: Equatable, Codable, Sendable {
  /// Business days until the value date.
  public var days: Int
  /// Position of the currency given.
  public var from: Int
  /// Position of the currency received.
  public var to: Int
  /// Value exchanged, in minor units of the reporting currency.
  public var value: Int64
}

/// What a plan costs, in millionths of a minor unit of the reporting currency: exact, since all
/// rates are whole millionths and all values whole minor units.
public struct PlanCost: Equatable, Codable, Sendable {
  /// Spread on what is exchanged.
  public var conversion: Int64 = 0
  /// Price of the batches before the discount.
  public var wires: Int64 = 0
  /// What the discount takes off.
  public var discount: Int64 = 0
  /// Cost of value kept waiting.
  public var carry: Int64 = 0
  /// Penalty for what is put off.
  public var deferral: Int64 = 0

  /// Nothing.
  public init() {}

  /// All parts together, the discount taken off.
  public var total: Int64 { conversion + wires - discount + carry + deferral }

  /// A part in whole minor units, half to even.
  public static func minorUnits(_ part: Int64) -> Int64 {
    let (quotient, remainder) = part.quotientAndRemainder(dividingBy: 1_000_000)
    let twice = 2 * remainder.magnitude
    let isUp = twice > 1_000_000 || (twice == 1_000_000 && !quotient.isMultiple(of: 2))
    return isUp ? quotient + part.signum() : quotient
  }
}

/// Which search found a plan.
public enum PlanProducer: String, Codable, Sendable {
  /// A dive.
  case dive
  /// Branch and bound by CBC.
  case branchAndBound = "branch_and_bound"
  /// The greedy rule: asked for, cheaper than the others, or fallen back to.
  case greedy
}

/// A place for every payment, and what follows from it.
public struct Plan: Equatable, Codable, Sendable {
  /// Where each payment settles; nil if it is put off.
  public var placements: [PlanPlacement?]
  /// Batches, by destination, counterparty, window and rail.
  public var wires: [PlannedWire]
  /// Exchanges, by value date and currencies.
  public var conversions: [PlannedConversion]
  /// What it costs.
  public var cost: PlanCost
  /// No plan costs less than this many minor units; nil if no linear program was solved.
  public var lowerBound: Double?
  /// What the greedy rule's plan costs, in millionths of a minor unit.
  public var greedyCost: Int64
  /// Linear programs solved.
  public var linearPrograms: Int
  /// Nodes that branch and bound searched.
  public var nodes: Int
  /// The search that found it.
  public var producer: PlanProducer
  /// Why the search asked for gave less than it should have, such as "fell back to greedy: ...";
  /// nil if it ran as it should.
  public var fallback: String?
  /// A hash of the placements and the cost, alike in every process.
  public var fingerprint: UInt64

  /// Payments put off.
  public var deferred: Int { placements.count { $0 == nil } }

  /// How far the cost may be above the least possible, as a share of the cost; nil without a bound.
  public var relativeGap: Double? {
    lowerBound.map { bound in
      let total = Double(cost.total) / 1e6
      return total > 0 ? max(0, (total - bound) / total) : 0
    }
  }
}
