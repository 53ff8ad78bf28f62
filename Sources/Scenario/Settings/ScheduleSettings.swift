import Money

/// An instant of a run, as a scenario writes it.
public enum ScheduleTime: Sendable, Equatable {
  /// So long after the start of the run.
  case elapsed(Duration)
  /// When clocks of a time zone show a time, on a day of the run, from 1: the day on which the run
  /// begins by its date.
  case clock(TimeOfDay, zone: String, day: Int)

  /// The instant in a run that begins at 00:00 UTC of a date, in nanoseconds since then; below zero
  /// where it lies before. The first moment after it where clocks leave the time out.
  /// - Precondition: the time zone exists.
  public func nanoseconds(from date: CivilDate) -> Int64 {
    switch self {
    case .elapsed(let duration):
      let (seconds, attoseconds) = duration.components
      return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    case .clock(let time, let name, let day):
      guard let zone = CivilTimeZone(identifier: name) else {
        preconditionFailure("there is no time zone \(name)")
      }
      let second = zone.utcSeconds(of: date.adding(days: day - 1), at: time)
      return (second - Int64(date.dayNumber) * 86_400) * 1_000_000_000
    }
  }
}

/// One entry of `interbank.schedule`: what a bank, or the operator, does at an instant.
public struct ScheduledAction: Sendable, Equatable {
  /// What is done.
  public enum Action: String, Sendable, CaseIterable {
    /// Waiting payments of a bank get another priority.
    case prioritise
    /// Waiting payments of a bank's customers go back to them for good.
    case cancel
    /// Waiting payments of a bank go behind its others.
    case resubmit
    /// Money comes into a bank's account, from the central bank.
    case addLiquidity = "add_liquidity"
    /// Money leaves it, as far as it is there.
    case withdrawLiquidity = "withdraw_liquidity"
    /// A bank's net debit cap is another from then on.
    case netDebitCap = "net_debit_cap"
    /// A bank's limit towards another bank, or all that it names no limit for.
    case bilateralLimit = "bilateral_limit"
    /// What a bank has pledged is worth so much from then on.
    case collateral
    /// Transfers come so many times as often from then on.
    case arrivalRate = "arrival_rate"
  }
  /// Priorities of payments.
  public enum Priority: String, Sendable, CaseIterable {
    /// See `PaymentPriority`.
    case urgent, high, normal
  }
  /// When.
  public var at = ScheduleTime.elapsed(.zero)
  /// What.
  public var action = Action.prioritise
  /// Whose payments, account or terms; nil for the rate of arrivals, and for one payment.
  public var bank: String?
  /// Id of the recorded payment that is meant; nil: those of `bank`.
  public var payment: String?
  /// The bank that is paid; nil for all.
  public var counterparty: String?
  /// The currency of the payments; nil for all.
  public var currency: Currency?
  /// How much, in the currency whose system is meant.
  public var amount: MoneyAmount?
  /// Only payments of at least so much; nil for all.
  public var minimum: MoneyAmount?
  /// What priority payments get.
  public var priority: Priority?
  /// How many times as often transfers come as the scenario's curve says.
  public var factor: Double?
  /// The defaults.
  public init() {}
}

/// One entry of `interbank.priority_rises`.
public struct PriorityRiseSettings: Sendable, Equatable {
  /// From how long before its deadline on a waiting payment has the priority.
  public var within: Duration = .seconds(3_600)
  /// The priority, unless the payment has a higher one.
  public var to = ScheduledAction.Priority.high
  /// The defaults.
  public init() {}
}
