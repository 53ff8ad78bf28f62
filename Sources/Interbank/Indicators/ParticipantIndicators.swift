/// What settlement took of one participant; amounts are minor units. Follows BCBS 248.
public struct ParticipantIndicators: Sendable, Equatable {
  /// A(i) Daily maximum intraday liquidity usage: the most sent, net, at any time of a day.
  public var dailyMaximumUsage = DailyExtremes(.largest)
  /// What that would have been if all that came in on the day had settled on arrival.
  public var dailyUpperBound = DailyExtremes(.largest)
  /// Sent, net, at the close of a day, and zero where it had received more: no order of the day's
  /// settlements uses less.
  public var dailyLowerBound = DailyExtremes(.largest)
  /// Whether its liquidity counts: that of a clearing house or a dealer does not.
  public var isServed = true
  /// A(ii) Balance and credit at the start of a day.
  public var availableAtStart = DailyExtremes(.smallest)
  /// The same at the close of the last day, which is what the days after it begin with.
  public var availableAtClose: Int64 = 0
  /// A(iii) Gross payments sent in a day.
  public var paymentsSent = DailyExtremes(.largest)
  /// A(iii) Gross payments received in a day.
  public var paymentsReceived = DailyExtremes(.largest)
  /// A(iv) Payments with a deadline that it sent.
  public var timedCount = 0
  /// A(iv) Those that settled in time.
  public var deadlinesMet = 0
  /// A(iv) Value of those with a deadline.
  public var timedValue: Int64 = 0
  /// A(iv) Value of those that settled in time.
  public var deadlinesMetValue: Int64 = 0
  /// B(i) Value of payments settled on behalf of correspondent banks.
  public var correspondentValue: Int64 = 0
  /// B(ii) The most of its intraday credit that was drawn at once.
  public var peakCredit: Int64 = 0
  /// The part of `peakCredit` that collateral covers; it is drawn before unsecured credit.
  public var peakSecuredCredit: Int64 = 0
  /// Credit drawn, summed over the open time (minor units x ns): what an overdraft fee is taken on.
  public var creditTime: Int128 = 0
  /// Money that came into its account from outside the system.
  public var broughtIn: Int64 = 0
  /// Money that left its account for outside the system.
  public var takenOut: Int64 = 0
  /// What prices of liquidity, delay and unsettled payments are put on.
  public var priced = PricedTimes()
  /// C(i) Value that it has sent, by full hours since the day's opening, all days together; the
  /// last element holds everything from hour 23 on.
  public var sentByHour = [Int64](repeating: 0, count: 24)

  /// Nothing yet.
  public init() {}

  /// Mean of what is available at the start of a day, over `days` days or those that there were, if
  /// they were more; on days after the last it is what that left.
  public func meanAvailable(over days: Int) -> Int64? {
    var known = availableAtStart
    if days > known.days { known.note(availableAtClose, days: days - known.days) }
    return known.mean(over: known.days)
  }

  /// The part of `peakCredit` that is unsecured.
  public var peakUnsecuredCredit: Int64 { peakCredit - peakSecuredCredit }

  /// C(i) Throughput: by hour, the share of the value of all hours that was sent by its end.
  public var throughput: [Double] { InterbankIndicators.cumulativeShares(of: sentByHour) }
}
