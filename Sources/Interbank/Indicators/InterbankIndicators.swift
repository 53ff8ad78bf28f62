/// The indicators of one settlement system, that is of one currency; amounts are minor units.
///
/// Definitions: Leinonen and Soramäki, "Optimising Liquidity Usage and Settlement Speed in Payment
/// Systems" (Bank of Finland 16/1999); BCBS 248 (2013). Over several systems only `counts` merges.
public struct InterbankIndicators: Sendable, Equatable {
  /// What has no currency.
  public var counts = InterbankCounts()
  /// The days, in order; a day that has not been closed is not among them.
  public var days: [DayIndicators] = []
  /// The participants, by position.
  public var participants: [ParticipantIndicators] = []
  /// Value settled, by `SettlementMechanism.rawValue`.
  public var valueByMechanism = [Int64](repeating: 0, count: SettlementMechanism.allCases.count)
  /// Value settled times its delay since submission (minor units x ns).
  public var valueDelay: Int128 = 0
  /// The most that waited at once in the queue.
  public var maximumQueueValue: Int64 = 0
  /// Sum over open time of the value in the queue (minor units x ns).
  public var queueValueTime: Int128 = 0
  /// Value of payments that missed their deadline.
  public var deadlinesMissedValue: Int64 = 0

  /// Nothing yet.
  public init() {}

  /// Value settled in all.
  public var settledValue: Int64 { valueByMechanism.reduce(0, +) }

  /// Share of the settled value by one mechanism, 0 to 1; nil if nothing settled.
  public func valueShare(_ mechanism: SettlementMechanism) -> Double? {
    let all = settledValue
    return all == 0 ? nil : Double(valueByMechanism[Int(mechanism.rawValue)]) / Double(all)
  }

  /// Mean delay of a unit of value (ns); nil if nothing settled.
  public var meanValueDelay: Double? {
    settledValue == 0 ? nil : Double(valueDelay) / Double(settledValue)
  }

  /// Liquidity used on the day that used most.
  public var peakLiquidity: Int64 { days.map(\.liquidityUsed).max() ?? 0 }

  /// Liquidity usage: the sum over participants of each one's own largest day (BCBS 248, daily
  /// maximum usage). It does not depend on how many days there were.
  public var usage: Int64 { largest(\.dailyMaximumUsage) }

  /// The same if everything had settled on the day on which it came in, on arrival.
  public var usageUpperBound: Int64 { largest(\.dailyUpperBound) }

  /// The same of what had been sent, net, at the close: no order in which each day's settlements
  /// could have been made uses less. Never above `usage`.
  public var usageLowerBound: Int64 { largest(\.dailyLowerBound) }

  /// (L - LB) / (UB - LB) of these; nil if the bounds are equal, or of other payments since
  /// something was carried over, refused or given back.
  public var relativeUsage: Double? {
    guard days.allSatisfy(\.isWhole), usageUpperBound > usageLowerBound else { return nil }
    return Double(usage - usageLowerBound) / Double(usageUpperBound - usageLowerBound)
  }

  private func largest(_ amount: KeyPath<ParticipantIndicators, DailyExtremes>) -> Int64 {
    participants.reduce(0) { $0 + ($1.isServed ? $1[keyPath: amount].extremes.first ?? 0 : 0) }
  }

  /// All days as one: sums of values, and of each day's usage and bounds.
  public var total: DayIndicators {
    var total = DayIndicators()
    total.start = days.first?.start ?? 0
    total.close = days.last?.close ?? 0
    total.availableAtStart = days.first?.availableAtStart ?? 0
    total.unsettledAtClose = days.last?.unsettledAtClose ?? 0
    for day in days {
      total.submittedValue += day.submittedValue
      total.settledValue += day.settledValue
      total.liquidityUsed += day.liquidityUsed
      total.upperBound += day.upperBound
      total.lowerBound += day.lowerBound
      total.netSent += day.netSent
      total.bilateralNet += day.bilateralNet
      total.delayedValueTime += day.delayedValueTime
      total.possibleValueTime += day.possibleValueTime
    }
    return total
  }

  /// By hour since the start of the day, the share of all value that had settled by its end.
  public var throughput: [Double] {
    var byHour = [Int64](repeating: 0, count: 24)
    for participant in participants {
      for (hour, value) in participant.sentByHour.enumerated() { byHour[hour] += value }
    }
    return InterbankIndicators.cumulativeShares(of: byHour)
  }

  /// What the system's participants pay for settling as they did.
  public var costInputs: SettlementCostInputs {
    SettlementCostInputs(
      peakLiquidity: peakLiquidity, liquidityDays: days.reduce(0) { $0 + Int128($1.liquidityUsed) },
      peakSecuredCredit: participants.reduce(0) { $0 + $1.peakSecuredCredit },
      peakUnsecuredCredit: participants.reduce(0) { $0 + $1.peakUnsecuredCredit },
      creditTime: participants.reduce(0) { $0 + $1.creditTime },
      delayedValueTime: days.reduce(0) { $0 + $1.delayedValueTime },
      deadlinesMissed: counts.deadlinesMissed, deadlinesMissedValue: deadlinesMissedValue)
  }

  static func cumulativeShares(of values: [Int64]) -> [Double] {
    let all = values.reduce(0, +)
    var sum: Int64 = 0
    return values.map { value in
      sum += value
      return all == 0 ? 0 : Double(sum) / Double(all)
    }
  }
}

/// Quantities that prices are put on: the costs of liquidity, credit, delay and missed deadlines.
public struct SettlementCostInputs: Sendable, Equatable {
  /// Liquidity used on the day that used most (minor units).
  public var peakLiquidity: Int64
  /// Liquidity used, summed over days (minor units x days).
  public var liquidityDays: Int128
  /// Sum of the participants' peaks of secured credit (minor units): collateral tied up.
  public var peakSecuredCredit: Int64
  /// Sum of the participants' peaks of unsecured credit (minor units).
  public var peakUnsecuredCredit: Int64
  /// Credit drawn over time (minor units x ns).
  public var creditTime: Int128
  /// Value delayed over time (minor units x ns).
  public var delayedValueTime: Int128
  /// Payments that missed their deadline.
  public var deadlinesMissed: Int
  /// Their value (minor units).
  public var deadlinesMissedValue: Int64
}
