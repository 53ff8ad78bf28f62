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
  /// What was taken on, settled and open over virtual time.
  public var series: TimeSeries { overTime.series }
  private var overTime = TransferSeries()
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
    overTime.settle(value: amount, isLate: time > due, at: time)
  }

  mutating func accept(value amount: Int64, at time: Int64) {
    accepted += 1
    overTime.accept(value: amount, at: time)
    openValue += amount
    peakOpenValue = max(peakOpenValue, openValue)
  }

  mutating func reverse(value amount: Int64) {
    reversed += 1
    openValue -= amount
  }
}
