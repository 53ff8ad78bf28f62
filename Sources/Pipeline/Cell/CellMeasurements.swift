import Batching
import Chance
import Measurement
import PaymentModel
import VirtualTime

/// Everything a cell counts. Plain values; actors of the cell add to it. Latencies are in virtual
/// nanoseconds, from the first event to the second.
public final class CellMeasurements: @unchecked Sendable {
  /// Columns of the time series: payments in each slot, and the largest lag in it, in records.
  public enum Column: Int, CaseIterable {
    case submitted, accepted, authorized, declined, captured, settled, lag
    var name: String { "\(self)" }
  }
  /// Answers of the gateway.
  public enum Answer: Int, CaseIterable, Sendable {
    case accepted, replayed, inFlight, otherBody, malformed, rateLimited, unavailable
    /// Status code of HTTP, and the name used in results.
    public var name: String {
      switch self {
      case .accepted: "202_accepted"
      case .replayed: "200_same_response"
      case .inFlight: "409_in_flight"
      case .otherBody: "422_other_body"
      case .malformed: "400_malformed"
      case .rateLimited: "429_rate_limited"
      case .unavailable: "503_unavailable"
      }
    }
  }
  /// Counts of one acquirer or of the account-to-account scheme.
  public struct Endpoint: Sendable {
    /// Authorisations asked for, retries included.
    public var calls = 0
    /// Approvals that came within the deadline.
    public var approved = 0
    /// Refusals that came within the deadline.
    public var declined = 0
    /// Calls turned away: out of service, or too long a queue.
    public var unavailable = 0
    /// Answers that came after the deadline.
    public var late = 0
    /// Reversals, each after an answer that had not come in time.
    public var reversed = 0
    /// How often the circuit breaker has opened.
    public var breakerOpened = 0
    /// Calls that came here because the breakers of acquirers before it on the route were open.
    public var failovers = 0
    /// Call -> answer, of answers within the deadline.
    public var latency = LatencyHistogram()
  }
  /// How often each invariant was checked.
  public struct Checks: Sendable {
    /// Changes of a payment's state.
    public var transitions = 0
    /// Holds, resolutions and postings of the ledger.
    public var ledger = 0
    /// Comparisons of all debits with all credits, once an hour and at the end.
    public var ledgerWindows = 0
    /// Batches compared with the obligations they were planned for.
    public var batches = 0
    /// Look-ups of idempotency keys.
    public var keys = 0
    /// Lines of acquirers' files and of bank statements compared with own records.
    public var reconciliation = 0
    /// Captures that acquirers were asked for.
    public var captures = 0
    /// Confirmations by the bank.
    public var confirmations = 0
    /// Captures and expiries of holds that waited.
    public var holds = 0
    /// Refunds and voids.
    public var refunds = 0
    /// Members of settlement tasks compared with the calendar.
    public var businessDays = 0

    /// No checks.
    public init() {}
  }
  /// Money in one currency, minor units.
  public struct Turnover: Sendable {
    /// Held by approvals.
    public var authorized: Int64 = 0
    /// Posted by captures.
    public var captured: Int64 = 0
    /// Posted back to payers before the cut-off of the day, fees given back.
    public var voided: Int64 = 0
    /// Posted back to payers after that.
    public var refunded: Int64 = 0
    /// Charged to merchants.
    public var fees: Int64 = 0
    /// What fees would have been above the payments that they were cut to.
    public var feesCut: Int64 = 0
    /// Paid to merchants less what was collected from them, by batches that are confirmed.
    public var settled: Int64 = 0
    /// Paid to the dealer by deals of the platform that are confirmed.
    public var sold: Int64 = 0
    /// Received from the dealer, likewise.
    public var bought: Int64 = 0
  }

  /// Everything that merchants asked for of their own accord, in order of time: what they repeat
  /// because of an answer, or because they miss one, is left out.
  public var arrivals = Digest()
  /// Requests answered, by raw value of `Answer`.
  public var answers = [Int](repeating: 0, count: Answer.allCases.count)
  /// Requests sent by merchants, repeated ones included.
  public var requests = 0
  /// Requests that merchants send again after 429 or 503.
  public var clientRetries = 0
  /// Requests given up after the last retry.
  public var abandonedRequests = 0
  /// Payments given up: clients have stopped asking, and no request of theirs was accepted.
  public var abandonedPayments = 0
  /// Requests and acceptances by the minute in which they came to the gateway.
  public var intake = IntakeMinutes()
  /// Declined payments, by raw value of `DeclineReason`.
  public var declines = [Int](repeating: 0, count: DeclineReason.allCases.count)
  /// By position in `Deployment.endpoints`.
  public var endpoints: [Endpoint]
  /// By position in `Deployment.currencies`.
  public var turnover: [Turnover]
  /// Events over virtual time, by raw value of `Column`.
  public var series: TimeSeries
  /// The same while payments come, in short slots, with latencies and lag.
  public var arrivalSeries: ArrivalSeries
  /// Gateway gets a request -> it answers; without the merchant's network.
  public var acceptanceLatency = LatencyHistogram()
  /// Merchant sends a request -> the decision is durable; without the time a cardholder takes.
  public var authorizationLatency = LatencyHistogram()
  /// Key looked up -> known or new.
  public var idempotencyLatency = LatencyHistogram()
  /// Publication on the bus -> a worker takes the record.
  public var busLatency = LatencyHistogram()
  /// Write to the ledger -> durable.
  public var commitLatency = LatencyHistogram()
  /// Cardholder asked -> challenge passed or abandoned.
  public var challengeLatency = LatencyHistogram()
  /// Cut-off -> the batch is with the interbank network.
  public var submissionLatency = LatencyHistogram()
  /// Largest number of uncommitted records of one partition.
  public var maximumLag = 0
  /// How often a partition's lag rose above `bus.lag_alert`.
  public var lagAlerts = 0
  /// How often a partition's lag rose above `bus.lag_page`.
  public var lagPages = 0
  /// Fraud score bands: allow, review, challenge, block; by truth.
  public var bands = [[Int]](repeating: [0, 0], count: 4)
  /// Further attempts to authorise a payment.
  public var retries = 0
  /// Payments captured after the watermark of their day; they joined the open day.
  public var lateEvents = 0
  /// Batches that the strategy planned.
  public var batches = 0
  /// Instructions sent for batches.
  public var instructions = 0
  /// Conversions of settlements' money.
  public var conversions = 0
  /// Fees that were larger than their payment and cut to it.
  public var feesCut = 0
  /// Deals that covered them.
  public var deals = 0
  /// What the deals exchanged, by step of the rates.
  public var exchange = ExchangeTally()
  /// Refunds that went to merchants' batches.
  public var refundLines = 0
  /// Cancellations that found nothing to take back.
  public var unmatchedCancellations = 0
  /// Keys accepted again because the fast store had forgotten them.
  public var doubleEffects = 0
  /// Accepted payments, by merchant.
  public var merchantPayments: [Int32]
  /// Captured amounts of settled payments, by merchant; minor units of its settlement currency.
  public var merchantCaptured: [Int64]
  /// What merchants were paid less what was collected from them: their shares of all confirmed
  /// batches, by merchant; minor units of its settlement currency.
  public var merchantSettled: [Int64]
  /// How often each invariant was checked.
  public var checks = Checks()

  init(deployment: Deployment, merchants: Int) {
    endpoints = Array(repeating: Endpoint(), count: deployment.endpoints.count)
    turnover = Array(repeating: Turnover(), count: deployment.currencies.count)
    series = TimeSeries(
      columns: Column.allCases.map { TimeSeries.Column($0.name, $0 == .lag ? .maximum : .sum) })
    arrivalSeries = Self.arrivalSeries(of: deployment)
    merchantPayments = Array(repeating: 0, count: merchants)
    merchantCaptured = Array(repeating: 0, count: merchants)
    merchantSettled = Array(repeating: 0, count: merchants)
  }

  func count(_ column: Column, at now: VirtualInstant) {
    series.add(column.rawValue, at: now.nanoseconds)
  }
}
