/// Money of one currency over the whole run.
public struct CurrencyTotals: Sendable, Equatable {
  /// ISO 4217 code.
  public var currency: String
  /// Decimals of the currency.
  public var decimals: Int
  /// Money put on hold by approvals (minor units, as all below).
  public var authorized: Int64 = 0
  /// Money captured.
  public var captured: Int64 = 0
  /// Money given back before the cut-off of the day, without fees.
  public var voided: Int64 = 0
  /// Money refunded.
  public var refunded: Int64 = 0
  /// Money paid to merchants less what was collected from them; what the platform itself deals is
  /// not in it.
  public var settled: Int64 = 0
  /// Fees kept.
  public var fees: Int64 = 0
  /// What fees would have been above the payments that they were cut to.
  public var feesCut: Int64 = 0
  /// Paid to the dealer for the platform's own deals in currencies.
  public var sold: Int64 = 0
  /// Received from the dealer for them.
  public var bought: Int64 = 0

  /// Zeros in `currency`.
  public init(_ currency: String, decimals: Int = 2) {
    self.currency = currency
    self.decimals = decimals
  }
}

/// What one batching strategy costs on the run's obligations: a shadow price, computed by pure
/// functions after the fact, whatever strategy the run itself used.
public struct StrategyRow: Sendable, Equatable {
  /// The strategy's name.
  public var name: String
  /// Its parameters that are not the defaults, as in an entry of `compare`: `window=15min:b=2`.
  public var parameters = ""
  /// Whether the run's scenario chose it.
  public var isChosen: Bool
  /// Whether the figures are what the run came to; else they are a shadow price.
  public var isSimulated: Bool
  /// Wires it sends.
  public var wires: Int
  /// Cost of the wires, discounts included.
  public var wireCost: ReportedAmount
  /// Cost of the currency exchange, discounts included.
  public var fxCost: ReportedAmount
  /// Wires and exchange together.
  public var totalCost: ReportedAmount
  /// 1 - total / total of the first row; 0 for the first row itself; nil when that total is 0.
  public var savingsRatio: Double?

  /// The name with the parameters that are not the defaults: `fixed_window:window=15min`.
  public var label: String { parameters.isEmpty ? name : name + ":" + parameters }

  /// The row of strategy `name`.
  public init(
    _ name: String, isChosen: Bool, isSimulated: Bool = false, wires: Int, wireCost: ReportedAmount,
    fxCost: ReportedAmount,
    totalCost: ReportedAmount, savingsRatio: Double?
  ) {
    self.name = name
    self.isChosen = isChosen
    self.isSimulated = isSimulated
    self.wires = wires
    self.wireCost = wireCost
    self.fxCost = fxCost
    self.totalCost = totalCost
    self.savingsRatio = savingsRatio
  }
}

/// One part of the infrastructure, or what a switch takes off it, below zero.
public struct InfrastructureRow: Sendable, Equatable {
  /// The part or the switch.
  public var name: String
  /// What it comes to in a month of 30 days.
  public var perMonth: ReportedAmount
  /// What it comes to in the time in which payments arrive.
  public var amount: ReportedAmount
  /// `amount` divided by the payments, if any.
  public var perPayment: FineAmount?

  /// The row of `name`.
  public init(
    _ name: String, perMonth: ReportedAmount, amount: ReportedAmount, perPayment: FineAmount?
  ) {
    self.name = name
    self.perMonth = perMonth
    self.amount = amount
    self.perPayment = perPayment
  }
}

/// One component of the run's cost.
public struct CostComponent: Sendable, Equatable {
  /// What is paid for.
  public var name: String
  /// What it comes to over the run.
  public var amount: ReportedAmount

  /// `amount` for `name`.
  public init(_ name: String, _ amount: ReportedAmount) {
    self.name = name
    self.amount = amount
  }
}
