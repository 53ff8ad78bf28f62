import Batching
import Declared
import PaymentModel

/// The plan that was made at one time.
public struct PlanRow: Sendable, Equatable {
  /// Virtual time (ns).
  public var time: Int64
  /// The plan.
  public var report: PlanReport
}

/// What the plans of a run have in common. Methods and reasons stand in the order in which they
/// first occurred.
public struct PlanTotals: Measured {
  /// Plans with a report.
  public var plans = 0
  /// Rules and schedules priced.
  public var priced = 0
  /// What the choices of plans with a bound cost, and by how much that is above their bounds, in
  /// millionths of a minor unit.
  public var decidedCost: Int64 = 0
  /// See `decidedCost`.
  public var excess: Int64 = 0
  /// Largest gap.
  public var largestGap = 0.0
  /// Plans that have a bound: those whose round was solved as an exact model.
  public var bounded = 0
  /// How often each method gave the plan.
  public var methods: [NamedTally] = []
  /// How often, and why, the search ended early.
  public var fallbacks: [NamedTally] = []

  /// The plans in the order in which they were made; none once there are more than
  /// `maximumRows`.
  public var rows: [PlanRow] { listing.rows }
  /// Plans, whether listed or not.
  public var rowCount: Int { listing.count }
  private(set) var listing = PlanListing()

  /// How many plans are listed at most: a dozen megabytes.
  public static let maximumRows = PlanListing.maximumRows

  /// No plans.
  public init() {}

  /// Adds the report of a plan made at `time` (ns), and tells `tap` of it; nothing without one.
  mutating func add(_ report: PlanReport?, at time: Int64, _ tap: Tap? = nil) {
    guard let report else { return }
    tap?.hear(.planned(report, plan: plans + 1))
    listing.append([PlanRow(time: time, report: report)], count: 1)
    plans += 1
    priced += report.priced
    if let exact = report.exact {
      bounded += 1
      decidedCost += exact.cost
      excess += exact.cost - exact.bound
      largestGap = max(largestGap, exact.gap)
    }
    methods.count(report.method, 1)
    if let reason = report.fallback {
      fallbacks.count(reason, 1)
    }
  }
}

extension PlanTotals {
  /// What plans have in common.
  public static let figures: [Figure<PlanTotals>] = [
    .count("plan.count", \.plans, "plans with a report of how they were found"),
    .count("plan.priced", \.priced, "rules and schedules of rounds priced for plans"),
    .count("plan.bounded", \.bounded, "plans of rounds that were solved as exact models"),
    .derived(
      "plan.mean_gap", .ratio, .lowerIsBetter,
      "what the choices of these rounds cost above their bounds, as a part of their cost",
      \.meanGap),
    .stored(\.decidedCost, .sum, in: "plan.mean_gap"),
    .stored(\.excess, .sum, in: "plan.mean_gap"),
    .derived(
      "plan.largest_gap", .ratio, .lowerIsBetter,
      "largest such part of one round",
      { $0.bounded > 0 ? $0.largestGap : nil }),
    .stored(\.largestGap, .maximum, in: "plan.largest_gap"),
    .stored(\.methods, .tallies, in: "planning"),
    .stored(\.fallbacks, .tallies, in: "planning"),
    .stored(\.listing, Merging { $0.append($1.rows, count: $1.count) }, in: "plans.csv"),
  ]
}

extension PlanTotals {
  /// What choices cost above their bounds, as a part of their cost; nil where none has a bound.
  public var meanGap: Double? {
    guard bounded > 0 else { return nil }
    return decidedCost > 0 ? Double(excess) / Double(decidedCost) : 0
  }
}

/// How often something happened that has a name known only when it happens.
public struct NamedTally: Sendable, Equatable {
  /// What happened.
  public let name: String
  /// How often.
  public var count: Int
}

extension [NamedTally] {
  /// Counts `name`, at the end of the list where it is new.
  mutating func count(_ name: String, _ count: Int) {
    if let known = firstIndex(where: { $0.name == name }) {
      self[known].count += count
    } else {
      append(NamedTally(name: name, count: count))
    }
  }
}

extension Merging where Value == [NamedTally] {
  /// Counts of one name together, in the order in which names first occur.
  static var tallies: Merging {
    Merging { tallies, others in
      for other in others { tallies.count(other.name, other.count) }
    }
  }
}

/// The plans, as far as there are not too many to list.
struct PlanListing: Sendable {
  /// How many plans are listed at most: a dozen megabytes.
  static let maximumRows = 100_000

  private(set) var rows: [PlanRow] = []
  /// Plans in all, listed or not.
  private(set) var count = 0

  mutating func append(_ more: [PlanRow], count moreCount: Int) {
    count += moreCount
    if count <= Self.maximumRows { rows += more } else { rows = [] }
  }
}
