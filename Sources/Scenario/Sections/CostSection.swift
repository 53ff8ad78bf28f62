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
        "discount_base", \.discountBase, .choice(),
        "What the discount is taken off: the price of the wire, or that and the spread, which is "
          + "laid upon wires by their payments. Strategies that minimise costs plan with the "
          + "discount on wires in both cases."),
      .init(
        "discount_minimum", \.discountMinimum, .integer(1...1_000_000),
        "Payments from which a batch counts as consolidated."),
      .computed(
        "infrastructure_per_month",
        get: { $0.infrastructure == nil ? $0.infrastructurePerMonth : nil },
        set: { $0.infrastructurePerMonth = $1 }, base: CostSettings().infrastructurePerMonth,
        .money(), "Infrastructure for a month of 30 days, all parts in one figure.",
        excludes: "infrastructure"),
      .computed(
        "infrastructure", get: { $0.infrastructure }, set: { $0.infrastructure = $1 },
        base: InfrastructureSettings(), Section<InfrastructureSettings>.infrastructure.syntax,
        "Infrastructure for a month of 30 days by part, in place of the one figure.",
        excludes: "infrastructure"),
      .optional(
        "volume_discount", \.volumeDiscount, base: VolumeDiscount(),
        Section<VolumeDiscount>.volumeDiscount.syntax,
        "What is taken off a bill in months of many payments; left out, nothing."),
      .init(
        "liquidity_rate", \.liquidityRate, .probability,
        "Opportunity cost of a day's largest liquidity use, per year."),
      .init(
        "delay_rate", \.delayRate, .probability,
        "Cost of value that is settled late, per year of delay."),
      .init(
        "missed_deadline", \.missedDeadline, .money(),
        "Cost of each transfer of `workload.transfers` that is not settled within its latest "
          + "window."),
      .init(
        "unsettled_rate", \.unsettledRate, .probability,
        "Cost of value that is never settled, per day from when it was owed until "
          + "`time.settlement_horizon` or until it failed for lack of funds; on top of "
          + "`delay_rate`."),
      .init(
        "unsettled_penalty", \.unsettledPenalty, .money(),
        "Cost of each payment that is not settled by `time.settlement_horizon`, or that failed "
          + "for lack of funds."),
      .init(
        "overdraft_rate", \.overdraftRate, .probability,
        "Interest on unsecured intraday credit, per year of use."),
      .init(
        "collateral_rate", \.collateralRate, .probability,
        "Opportunity cost of pledged collateral, per year."),
      .optional(
        "interbank", \.interbank, base: BankPriceSettings(),
        Section<BankPriceSettings>.bankPrices.changing(.figures).syntax,
        "What settling costs the banks themselves; left out, nothing of it is priced."),
      .init(
        "chargeback_rate", \.chargebackRate, .probability,
        "Part of the captured card payments that are charged back."),
      .init("chargeback_fee", \.chargebackFee, .money(), "Fee for each chargeback."),
    ]
  ).changing(.figures)
}
