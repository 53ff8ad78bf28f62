import Batching
import Chance
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
  /// Transfers that their bank took back while they waited in a settlement system.
  public var cancelled = 0
  /// Transfers that failed for lack of funds: a close gave their wires back.
  public var failed = 0
  /// Their value.
  public var failedValue: Int64 = 0
  /// Value times nanoseconds from arrival to failure, added up.
  public var failedValueTime: Int128 = 0
  /// Sets of batches that were arranged anew without a failed bank, or without what found no funds.
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
  /// What the deals exchanged, by step of the rates.
  public var exchange = ExchangeTally()
  /// What rounding left with the desk, by currency; minor units of that currency.
  public var residuals: [Int64]
  /// Batches compared with the obligations they were planned for.
  public var checks = 0
  /// Value of the transfers settled.
  public var value: Int128 = 0
  /// Value of the transfers taken on that are neither settled nor reversed nor failed.
  public var openValue: Int64 = 0
  /// The most that this ever was: what a failure would have left unsettled.
  public var peakOpenValue: Int64 = 0
  /// Value times nanoseconds from arrival to settlement, added up.
  public var valueTime: Int128 = 0
  /// Arrival to settlement, virtual nanoseconds.
  public var delay = LatencyHistogram()
  /// Transfers settled within their latest window.
  public var deadlinesMet = 0
  /// Transfers settled after it, and those that failed for lack of funds.
  public var deadlinesMissed = 0
  /// Those of them whose latest window no rule could meet, as they came after its cut-off.
  public var deadlinesUnmeetable = 0
  /// What was taken on, settled and open over virtual time.
  public var series: TimeSeries { overTime.series }
  var overTime = TransferSeries()
  /// Plans by method, and what the optimiser says of them.
  public var plans = PlanTotals()

  /// Transfers that are settled, reversed, cancelled or failed.
  public var ended: Int { settled + reversed + cancelled + failed }
  /// The same by end, for messages.
  public var ends: String {
    "\(accepted) accepted, \(settled) settled, \(reversed) reversed, \(failed) failed for lack of "
      + "funds" + (cancelled > 0 ? ", \(cancelled) cancelled" : "")
  }

  init(currencies: Int) { residuals = Array(repeating: 0, count: currencies) }

  /// Adds an order to the digest of arrivals, with all that was drawn for it: who pays whom in
  /// which currencies, when, how much, how urgent it is and by when, and whether it will be given
  /// back.
  mutating func noteArrival(_ obligation: Obligation, isReturned: Bool) {
    arrivals.add(obligation.route.packed)
    arrivals.add(obligation.captured)
    arrivals.add(obligation.amount)
    arrivals.add(
      UInt64(UInt32(bitPattern: obligation.deadline)) << 32
        | UInt64(UInt8(truncatingIfNeeded: obligation.deadline - obligation.businessDay)) << 16
        | UInt64(obligation.latest.rawValue) << 8 | (isReturned ? 1 : 0))
  }

  /// The same of a recorded payment, with what only those have.
  mutating func noteArrival(_ obligation: Obligation, record: RecordedTransfers.Payment) {
    noteArrival(obligation, isReturned: false)
    arrivals.add(UInt64(record.priority.rawValue) << 32 | UInt64(record.group))
    arrivals.add(record.deadline ?? RecordedTransfers.never)
    arrivals.add(record.earliest ?? RecordedTransfers.never)
  }

  /// A transfer is settled.
  /// - Parameter isMeetable: whether any rule could have settled it by when it was due.
  mutating func settle(
    _ obligation: Obligation, value amount: Int64, at time: Int64, due: Int64,
    isMeetable: () -> Bool
  ) {
    settled += 1
    openValue -= amount
    value += Int128(amount)
    valueTime += Int128(amount) * Int128(time - obligation.captured)
    delay.record(time - obligation.captured)
    if time <= due { deadlinesMet += 1 } else { missDeadline(isMeetable) }
    overTime.settle(value: amount, isLate: time > due, at: time)
  }

  mutating func accept(value amount: Int64, at time: Int64) {
    accepted += 1
    overTime.accept(value: amount, at: time)
    openValue += amount
    peakOpenValue = max(peakOpenValue, openValue)
  }

  mutating func reverse(value amount: Int64, at time: Int64) {
    reversed += 1
    openValue -= amount
    overTime.giveBack(value: amount, at: time)
  }

  mutating func cancel(value amount: Int64, at time: Int64) {
    cancelled += 1
    openValue -= amount
    overTime.giveBack(value: amount, at: time)
  }

  private mutating func missDeadline(_ isMeetable: () -> Bool) {
    deadlinesMissed += 1
    if !isMeetable() { deadlinesUnmeetable += 1 }
  }

  mutating func fail(
    _ obligation: Obligation, value amount: Int64, at time: Int64, isMeetable: () -> Bool
  ) {
    failed += 1
    missDeadline(isMeetable)
    openValue -= amount
    failedValue += amount
    failedValueTime += Int128(amount) * Int128(time - obligation.captured)
    overTime.giveBack(value: amount, at: time)
  }
}
