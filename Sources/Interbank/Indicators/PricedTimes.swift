import Money

/// What settlement took of one participant, as `BankPrices` price it; amounts are minor units.
public struct PricedTimes: Sendable, Equatable {
  /// Value that waited, times how long (minor units x ns), by `PaymentPriority.rawValue`: until the
  /// deadline, if there is one.
  public var delayed = [Int128](repeating: 0, count: PaymentPriority.allCases.count)
  /// The same after the deadline.
  public var late = [Int128](repeating: 0, count: PaymentPriority.allCases.count)
  /// The most that it had put in on a day (own money on its account, brought in or there from the
  /// start, and credit on collateral), summed over days.
  public var allocated: Int128 = 0
  /// The same at every time, summed over the open time (minor units x ns).
  public var allocatedTime: Int128 = 0
  /// The most that it had sent, net, on a day, summed over days.
  public var used: Int128 = 0
  /// The same times the length of its day (minor units x ns).
  public var usedTime: Int128 = 0
  /// Payments that waited at a close, each close counted.
  public var unsettled = 0
  /// Parts in which payments settled beside their last.
  public var splits = 0

  /// Nothing yet.
  public init() {}

  /// Adds so much that waited from one instant to another, or with a negative value takes it off.
  mutating func wait(
    _ value: Int64, _ priority: PaymentPriority, from start: Int64, to end: Int64, due: Int64?
  ) {
    let turn = min(max(due ?? end, start), end)
    delayed[Int(priority.rawValue)] += Int128(value) * Int128(turn - start)
    late[Int(priority.rawValue)] += Int128(value) * Int128(end - turn)
  }
}

/// What liquidity, delay and unsettled payments cost a participant: rates for each period, which
/// may be above 1, and amounts in minor units.
public struct BankPrices: Sendable, Equatable {
  /// Price of a unit of liquidity for each period.
  public var liquidityRate: Double
  /// The period (ns); nil: a settlement day, however long it is.
  public var liquidityPeriod: Int64?
  /// Whether liquidity that was put in is priced, instead of what was used of it.
  public var isOnAllocated: Bool
  /// Price of a unit of value that waits, for each period.
  public var delayRate: Double
  /// The period (ns).
  public var delayPeriod: Int64
  /// How many times the rate counts, by `PaymentPriority.rawValue`.
  public var multipliers: [Double]
  /// How many times it counts after the deadline, on top of that.
  public var afterDeadline: Double
  /// Price of each payment that waits at a close.
  public var unsettled: Int64
  /// Price of each part of a payment beside its last.
  public var split: Int64

  /// Prices.
  /// - Precondition: periods are above zero; there is a multiplier for each priority.
  public init(
    liquidityRate: Double = 0, liquidityPeriod: Int64? = nil, isOnAllocated: Bool = false,
    delayRate: Double = 0, delayPeriod: Int64, multipliers: [Double] = [1, 1, 1],
    afterDeadline: Double = 1, unsettled: Int64 = 0, split: Int64 = 0
  ) {
    precondition(liquidityPeriod ?? 1 > 0 && delayPeriod > 0, "a period has a length")
    precondition(multipliers.count == PaymentPriority.allCases.count, "\(multipliers)")
    self.liquidityRate = liquidityRate
    self.liquidityPeriod = liquidityPeriod
    self.isOnAllocated = isOnAllocated
    self.delayRate = delayRate
    self.delayPeriod = delayPeriod
    self.multipliers = multipliers
    self.afterDeadline = afterDeadline
    self.unsettled = unsettled
    self.split = split
  }

  /// What a participant pays, each part rounded half to even once.
  public func cost(of times: PricedTimes) -> BankCost {
    var cost = BankCost()
    if let period = liquidityPeriod {
      let time = isOnAllocated ? times.allocatedTime : times.usedTime
      cost.liquidity = Self.charge([(time, liquidityRate)], each: period)
    } else {
      let days = isOnAllocated ? times.allocated : times.used
      cost.liquidity = Self.charge([(days, liquidityRate)], each: 1)
    }
    cost.delay = Self.charge(
      multipliers.indices.flatMap { priority in
        let rate = delayRate * multipliers[priority]
        return [(times.delayed[priority], rate), (times.late[priority], rate * afterDeadline)]
      }, each: delayPeriod)
    cost.unsettled = Self.price(times.unsettled, unsettled)
    cost.splits = Self.price(times.splits, split)
    return cost
  }

  private typealias Part = (valueTime: Int128, rate: Double)

  /// Value over time at rates for each period (ns), half to even; rates count to a millionth.
  private static func charge(_ parts: [Part], each period: Int64) -> Int64 {
    let millionths = parts.reduce(Int128(0)) { sum, part in
      let rate = Int128((part.rate * 1_000_000).rounded())
      let (whole, rest) = part.valueTime.quotientAndRemainder(dividingBy: Int128(period))
      return sum + whole * rate + rest * rate / Int128(period)
    }
    return Int64(Rounding.halfEven(millionths, dividedBy: 1_000_000).quotient)
  }

  private static func price(_ count: Int, _ each: Int64) -> Int64 {
    let (price, overflow) = Int64(count).multipliedReportingOverflow(by: each)
    precondition(!overflow, "\(count) times \(each) does not fit 64 bits")
    return price
  }
}

/// What settlement cost a participant; minor units.
public struct BankCost: Sendable, Equatable {
  /// For liquidity.
  public var liquidity: Int64 = 0
  /// For value that waited.
  public var delay: Int64 = 0
  /// For payments that waited at a close.
  public var unsettled: Int64 = 0
  /// For payments that settled in parts.
  public var splits: Int64 = 0

  /// Nothing.
  public init() {}

  /// All of it.
  public var total: Int64 { liquidity + delay + unsettled + splits }
}
