import Batching
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
public struct PlanTotals: Sendable {
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
  public var methods: [(name: String, count: Int)] = []
  /// How often, and why, a simpler method was taken.
  public var fallbacks: [(name: String, count: Int)] = []

  /// The plans of single payers, in the order in which they were made; none once there are more
  /// than `maximumRows`.
  public private(set) var rows: [PlanRow] = []
  /// Plans of single payers, whether listed or not.
  public private(set) var rowCount = 0

  /// How many plans of single payers are listed at most: a dozen megabytes.
  public static let maximumRows = 100_000

  /// No plans.
  public init() {}

  /// Adds the report of a plan for `pending`, made at `time` (ns); nothing without a report.
  mutating func add(_ report: PlanReport?, for pending: [Obligation], at time: Int64) {
    guard let report else { return }
    let payers = report.payers(of: pending)
    precondition(
      report.parts.isEmpty || payers.count == report.parts.count,
      "\(payers.count) payers with \(report.parts.count) plans")
    append(zip(payers, report.parts).map { PlanRow(time: time, payer: $0, report: $1) })
    plans += 1
    linearPrograms += report.linearPrograms
    nodes += report.nodes
    if let gap = report.gap {
      bounded += 1
      gapSum += gap
      largestGap = max(largestGap, gap)
    }
    Self.count(report.method, 1, in: &methods)
    if let reason = report.fallback {
      Self.count(reason, 1, in: &fallbacks)
    }
  }

  /// Adds the plans of another cell or desk.
  public mutating func merge(_ other: PlanTotals) {
    append(other.rows, count: other.rowCount)
    plans += other.plans
    linearPrograms += other.linearPrograms
    nodes += other.nodes
    gapSum += other.gapSum
    largestGap = max(largestGap, other.largestGap)
    bounded += other.bounded
    for (name, count) in other.methods {  // ordered: an array
      Self.count(name, count, in: &methods)
    }
    for (name, count) in other.fallbacks {  // ordered: an array
      Self.count(name, count, in: &fallbacks)
    }
  }

  private mutating func append(_ more: [PlanRow], count: Int? = nil) {
    rowCount += count ?? more.count
    if rowCount <= Self.maximumRows { rows += more } else { rows = [] }
  }

  private static func count(
    _ name: String, _ count: Int, in list: inout [(name: String, count: Int)]
  ) {
    if let known = list.firstIndex(where: { $0.name == name }) {
      list[known].count += count
    } else {
      list.append((name, count))
    }
  }
}
