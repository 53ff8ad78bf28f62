extension Section where Root == CostSettings {
  static let costs = Section(
    "What is charged for. Rates of interest are annual, on a year of 365 days.",
    [
      .init("currency", \.currency, .currency, "Currency in which costs are reported."),
      .init("wire", \.wire, .money(), "Price of one wire on an RTGS system."),
      .init(
        "batch_wire", \.batchWire, .money(),
        "Price of one instruction on a batch rail that states none itself."),
      .init(
        "instant_wire", \.instantWire, .money(),
        "Price of one instruction on an instant rail that states none itself."),
      .init(
        "correspondent_wire", \.correspondentWire, .money(),
        "Price of one instruction over a correspondent that states none itself."),
      .init(
        "consolidation_discount", \.consolidationDiscount, .probability,
        "Part taken off the wire price of a consolidated batch."),
      .init(
        "discount_minimum", \.discountMinimum, .integer(1...1_000_000),
        "Payments from which a batch counts as consolidated."),
      .init(
        "infrastructure_per_month", \.infrastructurePerMonth, .money(),
        "Infrastructure for a month of 30 days."),
      .init(
        "liquidity_rate", \.liquidityRate, .probability,
        "Opportunity cost of a day's largest liquidity use, per year."),
      .init(
        "delay_rate", \.delayRate, .probability,
        "Cost of value that is settled late, per year of delay."),
      .init(
        "missed_deadline", \.missedDeadline, .money(),
        "Cost of each instruction that is final after its deadline."),
      .init(
        "overdraft_rate", \.overdraftRate, .probability,
        "Interest on unsecured intraday credit, per year of use."),
      .init(
        "collateral_rate", \.collateralRate, .probability,
        "Opportunity cost of pledged collateral, per year."),
      .init(
        "chargeback_rate", \.chargebackRate, .probability,
        "Part of the captured card payments that are charged back."),
      .init("chargeback_fee", \.chargebackFee, .money(), "Fee for each chargeback."),
    ])
}
