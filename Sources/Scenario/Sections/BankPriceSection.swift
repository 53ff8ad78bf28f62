extension Section where Root == BankPriceSettings {
  /// The largest rate and multiplier: a thousand times the value for each period.
  private static let largest = 1_000.0

  static let bankPrices = Section(
    "What settling costs the banks themselves, in each settlement system: columns of `banks.csv`, "
      + "and `cost.interbank` for all, apart from the cost of the run. Rates are for a period, pro "
      + "rata, and may be above 1.",
    [
      .init(
        "liquidity_rate", \.liquidityRate, .decimal(0...largest),
        "Price of a unit of liquidity for each `liquidity_period`."),
      .optional(
        "liquidity_period", \.liquidityPeriod, base: .seconds(86_400),
        .duration(from: .seconds(1), to: .days(366)),
        "Period of that rate, of the time for which a system is open; left out, a settlement day, "
          + "however long it is."),
      .init(
        "liquidity_base", \.liquidityBase, .choice(),
        "used: the most that a bank had sent, net, on each day; allocated: its own money on the "
          + "account at the start of the day, what is brought in, and credit on collateral."),
      .init(
        "delay_rate", \.delayRate, .decimal(0...largest),
        "Price of a unit of value for each `delay_period` from its payment is handed in to a "
          + "settlement system until it settles."),
      .init(
        "delay_period", \.delayPeriod, .duration(from: .seconds(1), to: .days(366)),
        "Period of that rate."),
      .init(
        "priorities", \.priorities,
        Section<BankPriceSettings.Multipliers>.multipliers.changing(.figures).syntax,
        "How many times the price of delay counts, by the priority that a payment has meanwhile."),
      .init(
        "after_deadline", \.afterDeadline, .decimal(0...largest),
        "How many times it counts after the deadline of a payment, on top of that."),
      .init(
        "unsettled_at_close", \.unsettledAtClose, .money(),
        "Price of each payment that waits in the queue at a close, for each close."),
      .init(
        "split", \.split, .money(),
        "Price of each part in which a payment settles beside its last."),
    ])
}

extension Section where Root == BankPriceSettings.Multipliers {
  fileprivate static let multipliers = Section(
    "How many times the price of delay counts, by priority.",
    [
      .init("urgent", \.urgent, .decimal(0...1_000), "Of urgent payments."),
      .init("high", \.high, .decimal(0...1_000), "Of those of high priority."),
      .init("normal", \.normal, .decimal(0...1_000), "Of the others."),
    ])
}
