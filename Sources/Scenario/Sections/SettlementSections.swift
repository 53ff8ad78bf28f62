import Declared
import Money

extension Section where Root == SettlementSettings {
  /// The section, with the strategies that may be chosen; without any, names are not checked.
  static func settlement(_ strategies: [StrategyDeclaration]) -> Section {
    let choice = Syntax<StrategyChoice>.strategy(strategies)
    let priced = Syntax<StrategyChoice>.pricedStrategy(strategies)
    return Section(
      "From captured payments to instructions.",
      [
        .init(
          "strategy", \.strategy, choice,
          "What batches the obligations of the run. Payments that a file records go out as they "
            + "are (one_wire_per_payment) where nothing is stated and nothing else is paid."),
        .init(
          "priced", \.priced,
          .list(
            of: priced, base: StrategyChoice(name: ""), count: 1...50,
            identity: { choice.show($0).line }),
          "Strategies that every run prices on its own obligations; savings refer to the first."
        ).changing(.figures),
        .init(
          "allowed_lateness", \.allowedLateness, .duration(to: .days(30)),
          "How long after a cut-off the stream processor waits for late events."),
        .init(
          "workers", \.workers, .integer(1...1_000_000), "Settlement workers of each cell."),
        .init("task_time", \.taskTime, .duration(to: .days(1)), "Time a worker takes for a task."),
        .init(
          "payment_time", \.paymentTime, .duration(to: .seconds(60)), "Time for each payment in it."
        ),
        .init(
          "maximum_batch", \.maximumBatch, .integer(1...1_000_000), "Payments of a batch at most."),
        .init(
          "instruction_retry_delays", \.instructionRetryDelays,
          .list(of: .duration(from: .least, to: .days(30)), base: .least, count: 0...20),
          "Waits before the second, third, ... attempt of an instruction."),
        .init(
          "rail_choice", \.railChoice, .choice(),
          "Which of a currency's rails an instruction takes: the first of the list, the cheapest "
            + "that keeps deadline and largest amount, or the one that is final first."),
      ])
  }
}
