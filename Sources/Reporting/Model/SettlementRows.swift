/// What one rail carried and what its wires cost.
public struct RailRow: Sendable, Equatable {
  /// The rail's name.
  public var name: String
  /// ISO 4217 code of the currency it moves.
  public var currency: String
  /// Instructions it executed, those of acquirers and dealers included.
  public var instructions = 0
  /// Wires of the run's strategy among them.
  public var wires = 0
  /// Wires that got the consolidation discount.
  public var discounted = 0
  /// Instructions that went over another rail, as the counterparty was unreachable over this one.
  public var rerouted = 0
  /// Price of the wires before the discount.
  public var wireCost: ReportedAmount
  /// What the discount took off.
  public var discount: ReportedAmount
  /// What the operator of the rail charged.
  public var operatorFees: ReportedAmount

  /// A rail that carried nothing.
  public init(_ name: String, currency: String, nothing: ReportedAmount) {
    self.name = name
    self.currency = currency
    wireCost = nothing
    discount = nothing
    operatorFees = nothing
  }
}

/// Part of what a system settled that one mechanism settled.
public struct MechanismRow: Sendable, Equatable {
  /// The mechanism's name.
  public var name: String
  /// Payments, or parts of split ones.
  public var count: Int
  /// Their value.
  public var value: ReportedAmount
  /// Part of the whole value settled, 0...1.
  public var share: Double

  /// The row of mechanism `name`.
  public init(_ name: String, count: Int, value: ReportedAmount, share: Double) {
    self.name = name
    self.count = count
    self.value = value
    self.share = share
  }
}

/// The indicators of one settlement system, that is of one currency: liquidity, delay, queue,
/// netting, and the monitoring tools of the Basel Committee (BCBS 248, 2013).
///
/// Liquidity usage is the sum over banks of the most that each had sent, net, on its own largest
/// day; the upper bound is the same if everything had settled on arrival, the lower bound what each
/// had sent, net, at a close, which no order of settlement can do without (Koponen and Soramäki
/// 1998). The delay ratio is that of Leinonen and Soramäki (1999).
public struct SystemReport: Sendable, Equatable {
  /// ISO 4217 code; names the system.
  public var currency: String
  /// Decimals of the currency.
  public var decimals: Int
  /// The settlement mode that was in force.
  public var mode: String
  /// Payments submitted.
  public var submitted = 0
  /// Payments settled.
  public var settled = 0
  /// Value settled (minor units, as all amounts below).
  public var value: Int64 = 0
  /// Daily maximum usage of each bank's own largest day, summed over banks.
  public var usage: Int64 = 0
  /// Usage if everything had settled on arrival, of each bank's own largest day.
  public var upperBound: Int64 = 0
  /// Sent, net, at the close of each bank's own largest day; never above `usage`.
  public var lowerBound: Int64 = 0
  /// (usage - lower) / (upper - lower); nil where the bounds meet, or where a day settled other
  /// payments than came in on it.
  public var relativeUsage: Double?
  /// Value settled for each unit of liquidity used; nil without usage.
  public var turnoverRatio: Double?
  /// Value-weighted delay as a part of the longest possible, 0...1; nil without payments.
  public var delayRatio: Double?
  /// Value-weighted mean delay (ns).
  public var meanDelay: Int64 = 0
  /// Quantiles of the delay (ns): median, 95th and 99th percentile.
  public var delayQuantiles: [Int64] = [0, 0, 0]
  /// Most payments queued at one time.
  public var largestQueue = 0
  /// Payments queued on average over the opening hours of the scenario's settlement days.
  public var averageQueue: Double?
  /// Largest value queued at one time.
  public var largestQueueValue: Int64 = 0
  /// Value queued on average over the same.
  public var averageQueueValue: Int64 = 0
  /// Value that stood unsettled at a close.
  public var unsettledAtClose: Int64 = 0
  /// 1 - net / gross over pairs of participants; nil without payments.
  public var bilateralEfficiency: Double?
  /// 1 - net / gross over the whole system; nil without payments.
  public var multilateralEfficiency: Double?
  /// Time with a stuck queue of which a set could have been settled together (ns).
  public var gridlockTime: Int64 = 0
  /// Time with a stuck queue that only more liquidity could have moved (ns).
  public var deadlockTime: Int64 = 0
  /// Time with a stuck queue of which neither was proven (ns).
  public var unknownStallTime: Int64 = 0
  /// What was settled by which mechanism.
  public var mechanisms: [MechanismRow] = []
  /// BCBS 248: the three largest daily maximum usages, summed over participants, largest first.
  public var largestDailyUsages: [Int64] = []
  /// BCBS 248: average daily maximum usage over the scenario's settlement days.
  public var averageDailyUsage: Int64 = 0
  /// BCBS 248: liquidity available at the start of the day, credit included.
  public var availableAtStart: Int64 = 0
  /// BCBS 248: largest use of intraday credit.
  public var peakCredit: Int64 = 0
  /// BCBS 248: payments with a deadline that was met, and all with a deadline.
  public var deadlinesMet = 0
  /// Payments with a deadline.
  public var deadlines = 0
  /// BCBS 248: value settled in each hour since the day's opening.
  public var valueByHour: [Int64] = []

  /// A system that settled nothing.
  public init(_ currency: String, decimals: Int, mode: String) {
    self.currency = currency
    self.decimals = decimals
    self.mode = mode
  }
}

/// Transfers from account to account over the run.
public struct TransferReport: Sendable, Equatable {
  /// Transfers taken on.
  public var accepted = 0
  /// Transfers taken on per second of the time in which they arrive.
  public var acceptedPerSecond = 0.0
  /// Transfers whose money has arrived.
  public var settled = 0
  /// Transfers that the receiving bank sent back by one of its own.
  public var returned = 0
  /// Transfers that were reversed before they were final, as a bank had failed.
  public var reversed = 0
  /// Transfers that failed for lack of funds: a close gave them back to their payers.
  public var failed = 0
  /// Nettings and wires that were arranged anew without a failed bank, or without what found no
  /// funds.
  public var rearranged = 0
  /// Taken back by their bank while they waited.
  public var cancelled = 0
  /// The banks that failed, in the order of the scenario.
  public var failures: [BankFailureRow] = []
  /// Value settled, in the reporting currency.
  public var value: ReportedAmount
  /// Batches planned.
  public var batches = 0
  /// Times that the rates moved far enough for the open transfers to be planned early.
  public var volatilityPlans = 0
  /// Wires sent for the batches.
  public var wires = 0
  /// Deals with the dealer.
  public var deals = 0
  /// Value-weighted mean time from arrival to settlement (ns).
  public var meanDelay: Int64 = 0
  /// Settled within the latest window.
  public var deadlinesMet = 0
  /// Settled after it.
  public var deadlinesMissed = 0
  /// Those of them that no rule could have settled within it.
  public var deadlinesUnmeetable = 0
  /// Delay from arrival, weighted by value, as a part of the longest possible until the last
  /// transfer is due, 0...1; nil without transfers.
  public var delayRatio: Double?
  /// Where the liquidity used over the whole run lies between what settling net at the end needs
  /// (0) and what settling on arrival takes (1); nil where these meet, or where not all settled.
  public var relativeLiquidity: Double?
  /// 1 - money moved / value settled: what batching and settlement mode saved; nil without value.
  public var realisedEfficiency: Double?
  /// 1 - net / gross of the transfers over pairs of banks, whatever the strategy.
  public var bilateralPotential: Double?
  /// The same over all banks: the most that netting can save.
  public var multilateralPotential: Double?

  /// No transfers.
  public init(nothing: ReportedAmount) { value = nothing }
}

/// What the optimiser reported over all its plans of a run.
public struct PlanningReport: Sendable, Equatable {
  /// Plans made.
  public var plans = 0
  /// Plans by the method that made them, in a fixed order.
  public var methods: [NamedCount] = []
  /// Mean relative gap between a schedule and its bound; nil where none is proved.
  public var meanGap: Double?
  /// Largest relative gap.
  public var largestGap: Double?
  /// Rules and schedules priced.
  public var priced = 0
  /// Why plans fell back to a simpler method, each reason once, with how often.
  public var fallbacks: [NamedCount] = []

  /// No plans.
  public init() {}
}
