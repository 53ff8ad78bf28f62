import Batching
import Measurement
import PaymentModel
import VirtualTime

/// What the transfer desk counts. Values are minor units of the reporting currency.
public struct TransferMeasurements: Sendable {
  /// Transfers taken on.
  public var accepted = 0
  /// Transfers whose money has arrived.
  public var settled = 0
  /// Transfers that the receiving bank sent back after settlement, by a transfer of its own.
  public var givenBack = 0
  /// Transfers that were reversed before they were final, as a bank had failed.
  public var reversed = 0
  /// Sets of batches that were arranged anew without a failed bank.
  public var rearranged = 0
  /// Hash of the orders as they arrived, whatever became of them.
  public var arrivals = Digest()
  /// Batches that the strategy planned.
  public var batches = 0
  /// Wires sent for them.
  public var wires = 0
  /// Plans made before their time because rates had moved.
  public var volatilityPlans = 0
  /// Conversions of a batch's money.
  public var conversions = 0
  /// Deals with the dealer.
  public var deals = 0
  /// Spread paid on the deals.
  public var spread: Int64 = 0
  /// What rounding left with the desk, by currency; minor units of that currency.
  public var residuals: [Int64]
  /// Batches compared with the obligations they were planned for.
  public var checks = 0
  /// Value of the transfers settled.
  public var value: Int128 = 0
  /// Value of the transfers taken on that are neither settled nor reversed.
  public var openValue: Int64 = 0
  /// The most that this ever was: what a failure would have left unsettled.
  public var peakOpenValue: Int64 = 0
  /// Value times nanoseconds from arrival to settlement, added up.
  public var valueTime: Int128 = 0
  /// Arrival to settlement, virtual nanoseconds.
  public var delay = LatencyHistogram()
  /// Transfers settled within their latest window.
  public var deadlinesMet = 0
  /// Transfers settled after it.
  public var deadlinesMissed = 0
  /// Plans by method, and what the optimiser says of them.
  public var plans = PlanTotals()

  init(currencies: Int) { residuals = Array(repeating: 0, count: currencies) }

  mutating func settle(_ obligation: Obligation, value amount: Int64, at time: Int64, due: Int64) {
    settled += 1
    openValue -= amount
    value += Int128(amount)
    valueTime += Int128(amount) * Int128(time - obligation.captured)
    delay.record(time - obligation.captured)
    if time <= due { deadlinesMet += 1 } else { deadlinesMissed += 1 }
  }

  mutating func accept(value amount: Int64) {
    accepted += 1
    openValue += amount
    peakOpenValue = max(peakOpenValue, openValue)
  }

  mutating func reverse(value amount: Int64) {
    reversed += 1
    openValue -= amount
  }

  mutating func add(_ report: PlanReport?) {
    if let report { plans.add(report) }
  }
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

  /// No plans.
  public init() {}

  mutating func add(_ report: PlanReport) {
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
