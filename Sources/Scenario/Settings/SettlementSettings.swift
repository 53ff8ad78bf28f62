import Money

/// A strategy by name, with the parameters that it declares itself, still as nodes of the file.
public struct StrategyChoice: Sendable {
  /// Name of the strategy.
  public var name: String
  /// The mapping without its name; nil if the scenario gives no parameter.
  public var parameters: ScenarioNode?
  /// Makes one from its parts.
  public init(name: String, parameters: ScenarioNode? = nil) {
    self.name = name
    self.parameters = parameters
  }
}

/// Which of a currency's rails an instruction takes.
public enum RailChoice: String, Sendable, CaseIterable {
  /// The first of the list that moves the currency.
  case first
  /// The cheapest one that takes the amount and keeps the deadline.
  case cheapest
  /// The one on which the money is final first.
  case fastest
}

/// `settlement`: from captured payments to instructions.
public struct SettlementSettings: Sendable {
  /// What batches the obligations of the run.
  public var strategy = StrategyChoice(name: "merchant_day")
  /// Strategies that every run prices on its own obligations; the first is what savings refer to.
  public var priced = [
    StrategyChoice(name: "one_wire_per_payment"), StrategyChoice(name: "fixed_window"),
    StrategyChoice(name: "merchant_day"),
  ]
  /// How long after a cut-off the stream processor waits for late events.
  public var allowedLateness: Duration = .seconds(120)
  /// Settlement workers of each cell.
  public var workers = 4
  /// Time a worker takes for a task.
  public var taskTime: Duration = .milliseconds(40)
  /// Time for each payment in it.
  public var paymentTime: Duration = .microseconds(50)
  /// Payments of a batch at most.
  public var maximumBatch = 1_000
  /// Waits before the second, third and fourth attempt of an instruction.
  public var instructionRetryDelays: [Duration] = [.seconds(5), .seconds(15), .seconds(31)]
  /// Which of a currency's rails an instruction takes.
  public var railChoice = RailChoice.first
  /// The defaults.
  public init() {}
}

/// `reconciliation`: matching against what acquirers and banks deliver.
public struct ReconciliationSettings: Sendable {
  /// When a bank delivers its statement after the rail's close.
  public var statementDelay: Duration = .seconds(1_800)
  /// Whether the files that were exchanged are kept in the result, under `files/`.
  public var keepFiles = false
  /// Days over which an unmatched line may still be paired by amount, date and merchant.
  public var fuzzyDays = 1
  /// The defaults.
  public init() {}
}
