/// What one day of one system took and gave. Amounts are minor units of its currency.
public struct DayIndicators: Sendable, Equatable {
  /// Opening, by the hours of the system, and close of the day (ns).
  public var start: Int64 = 0
  /// See `start`.
  public var close: Int64 = 0
  /// Sum over participants of balance and credit before the first payment.
  public var availableAtStart: Int64 = 0
  /// Value that waited when the day began.
  public var carriedIn: Int64 = 0
  /// Value handed in, without what was carried over.
  public var submittedValue: Int64 = 0
  /// Value settled.
  public var settledValue: Int64 = 0
  /// Value of which the system was told and that had not settled at the close.
  public var unsettledAtClose: Int64 = 0
  /// Liquidity used: the sum over participants of the most that each had sent, net, at any time.
  public var liquidityUsed: Int64 = 0
  /// The same if everything handed in had settled on arrival.
  public var upperBound: Int64 = 0
  /// The sum over participants of what each had sent, net, at the close: no way to settle the same
  /// payments uses less.
  public var lowerBound: Int64 = 0
  /// Sum over all participants of what each had sent, net, at the close.
  public var netSent: Int64 = 0
  /// Sum over pairs of participants of the net amount between them.
  public var bilateralNet: Int64 = 0
  /// Sum over time of the value waiting in the queue or held back (minor units x ns).
  public var delayedValueTime: Int128 = 0
  /// The same if nothing at all had settled before the close.
  public var possibleValueTime: Int128 = 0

  /// Whether what was handed in on the day, no more and no less, settled on it: only then do the
  /// bounds and the usage speak of the same payments.
  public var isWhole: Bool { carriedIn == 0 && settledValue == submittedValue }

  /// (L - LB) / (UB - LB): where between the bounds the liquidity used lies; nil if they are equal,
  /// or of other payments.
  ///
  /// Above 1 is possible: a payment that waits can make its payee use more than arrival order
  /// would.
  public var relativeUsage: Double? {
    guard isWhole, upperBound > lowerBound else { return nil }
    return Double(liquidityUsed - lowerBound) / Double(upperBound - lowerBound)
  }

  /// Settled value for each unit of liquidity used; nil if none was used.
  public var turnover: Double? {
    liquidityUsed == 0 ? nil : Double(settledValue) / Double(liquidityUsed)
  }

  /// Settlement delay rho (Leinonen and Soramäki 1999), 0 (all at once) to 1 (nothing before the
  /// close); nil without payments.
  public var settlementDelay: Double? {
    possibleValueTime == 0 ? nil : Double(delayedValueTime) / Double(possibleValueTime)
  }

  /// 1 - sum over pairs of the net amount / value settled; nil if nothing settled.
  public var bilateralEfficiency: Double? { saved(by: bilateralNet) }

  /// 1 - sum over participants of the net amount sent / value settled; nil if nothing settled.
  public var multilateralEfficiency: Double? { saved(by: netSent) }

  /// From integers, and exactly zero where nothing is saved.
  private func saved(by net: Int64) -> Double? {
    settledValue == 0 ? nil : Double(settledValue - net) / Double(settledValue)
  }
}
