import Batching
import Declared
import PaymentModel

/// The plan that was made for one payer at one time.
public struct PlanRow: Sendable, Equatable {
  /// Virtual time (ns).
  public var time: Int64
  /// The bank whose obligations were planned.
  public var payer: BankID
  /// The plan.
  public var report: PayerPlanReport
}

/// What the plans of a run have in common. Methods and reasons stand in the order in which they
/// first occurred.
public struct PlanTotals: Measured {
  /// Plans with a report.
  public var plans = 0
  /// Linear programs solved.
  public var linearPrograms = 0
  /// Nodes of branch-and-bound trees.
  public var nodes = 0
  /// Sum of the gaps of plans that have a bound.
  public var gapSum = 0.0
  /// Largest gap.
  public var largestGap = 0.0
  /// Plans that have a bound.
  public var bounded = 0
  /// How often each method gave the plan.
  public var methods: [NamedTally] = []
  /// How often, and why, a simpler method was taken.
  public var fallbacks: [NamedTally] = []

  /// The plans of single payers, in the order in which they were made; none once there are more
  /// than `maximumRows`.
  public var rows: [PlanRow] { listing.rows }
  /// Plans of single payers, whether listed or not.
  public var rowCount: Int { listing.count }
  private(set) var listing = PlanListing()

  /// How many plans of single payers are listed at most: a dozen megabytes.
  public static let maximumRows = PlanListing.maximumRows

  /// No plans.
  public init() {}

  /// Adds the report of a plan for `pending`, made at `time` (ns), and tells `tap` of each payer's;
  /// nothing without a report.
  mutating func add(
    _ report: PlanReport?, for pending: [Obligation], at time: Int64, _ tap: Tap? = nil
  ) {
    guard let report else { return }
    let payers = report.payers(of: pending)
    precondition(
      report.parts.isEmpty || payers.count == report.parts.count,
      "\(payers.count) payers with \(report.parts.count) plans")
    let rows = zip(payers, report.parts).map { payer, part in
      tap?.hear(.planned(payer, part, plan: plans + 1))
      var kept = part
      kept.instance = nil
      return PlanRow(time: time, payer: payer, report: kept)
    }
    listing.append(rows, count: rows.count)
    plans += 1
    linearPrograms += report.linearPrograms
    nodes += report.nodes
    if let gap = report.gap {
      bounded += 1
      gapSum += gap
      largestGap = max(largestGap, gap)
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
    .count("plan.linear_programs", \.linearPrograms, "linear programs solved for plans"),
    .count("plan.nodes", \.nodes, "nodes of branch-and-bound trees searched for plans"),
    .count("plan.bounded", \.bounded, "plans with a bound on how much better they could be"),
    .derived(
      "plan.mean_gap", .ratio, .lowerIsBetter, "mean gap between a plan's cost and its bound",
      { $0.bounded > 0 ? $0.gapSum / Double($0.bounded) : nil }),
    .stored(\.gapSum, .sum, in: "plan.mean_gap"),
    .derived(
      "plan.largest_gap", .ratio, .lowerIsBetter,
      "largest gap between a plan's cost and its bound",
      { $0.bounded > 0 ? $0.largestGap : nil }),
    .stored(\.largestGap, .maximum, in: "plan.largest_gap"),
    .stored(\.methods, .tallies, in: "planning"),
    .stored(\.fallbacks, .tallies, in: "planning"),
    .stored(\.listing, Merging { $0.append($1.rows, count: $1.count) }, in: "plans.csv"),
  ]
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

/// The plans of single payers, as far as there are not too many to list.
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
