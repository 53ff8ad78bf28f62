import Declared
import Money

extension Section where Root == InterbankSettings {
  /// The section, with the modes that may be chosen; without any, names are not checked.
  static func interbank(_ modes: [StrategyDeclaration]) -> Section {
    Section(
      "How participants settle with each other in each currency, in business days of its first "
        + "rail. Amounts hold for each currency, converted at mid.",
      [
        .init("mode", \.mode, .strategy(modes), "Settlement mode, with its own parameters."),
        .optional(
          "credit_cap", \.creditCap, base: .usdZero, .money(),
          "Most intraday credit drawn on collateral; left out, all that the collateral covers."),
        .init(
          "collateral", \.collateral, .money(),
          "Market value of the collateral that a participant pledges."),
        .init(
          "haircut", \.haircut, .probability, "Part of the collateral's value that is not lent."),
        .optional(
          "net_debit_cap", \.netDebitCap, base: .usdZero, .money(),
          "How far a participant's payments may exceed its receipts of the day; left out, without "
            + "limit."),
        .optional(
          "bilateral_limit", \.bilateralLimit, base: .usdZero, .money(),
          "The same towards any one other participant."),
        .init(
          "reserve_for_urgent", \.reserveForUrgent, .money(),
          "Part of the liquidity that only urgent instructions may use."),
        .init("release", \.release, Section<ReleaseSettings>.release.syntax, releaseText),
        .init(
          "urgent_share", \.urgentShare, .probability,
          "Part of the card flow's instructions that are urgent."),
        .init(
          "participants", \.participants,
          .list(
            of: Section<ParticipantSettings>.participant.syntax,
            base: ParticipantSettings(name: ""), count: 0...2_000, identity: { $0.name }),
          "Participants with terms of their own."),
        .init(
          "schedule", \.schedule,
          .list(
            of: Section<ScheduledAction>.scheduled.syntax, base: ScheduledAction(),
            count: 0...100_000),
          "What banks and the operator do at instants of the run, in this order where instants are "
            + "the same."),
        .init(
          "priority_rises", \.priorityRises,
          .list(
            of: Section<PriorityRiseSettings>.rise.syntax, base: PriorityRiseSettings(),
            count: 0...10),
          "Rules by which payments that wait become more urgent as their deadline nears."),
      ])
  }
}

private let releaseText = "When a participant hands an instruction to the system."

extension MoneyAmount {
  static let usdZero = MoneyAmount(minorUnits: 0, currency: .usd)
}

extension Section where Root == ReleaseSettings {
  static let release = Section(
    releaseText + " Urgent ones are handed over at once under every rule but `time`.",
    [
      .init(
        "rule", \.rule, .choice(),
        "immediate: everything at once; urgency: the rest `lead_time` before its deadline; "
          + "position: while payments stay within `received_share` of receipts; "
          + "time: all at the time `at` of the settlement day."),
      .init(
        "lead_time", \.leadTime, .duration(to: .days(30)),
        "How long before the deadline, under `urgency`."),
      .init(
        "received_share", \.receivedShare, .decimal(0...1_000),
        "Payments of the day as a part of its receipts, under `position`; 1 pays from receipts."),
      .init("at", \.at, .timeOfDay, "Local time of the rail, under `time`."),
    ])
}
