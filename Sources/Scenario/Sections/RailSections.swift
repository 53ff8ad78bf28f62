import Money

extension RailSettings {
  static let base = RailSettings(
    name: "", currency: .usd, timeZone: "UTC", open: TimeOfDay(hour: 0, minute: 0),
    close: TimeOfDay(hour: 0, minute: 0), fee: MoneyAmount(minorUnits: 0, currency: .usd))
}

extension Section where Root == RailSettings {
  /// A rail that is given whole.
  static let rail = Section(
    "A system that moves money between banks' accounts in one currency.",
    [
      .required("name", \.name, .name, "Name of the rail."),
      .required("currency", \.currency, .currency, "Currency it moves."),
      .required("time_zone", \.timeZone, .timeZone, "IANA time zone of its hours."),
      .required("open", \.open, .timeOfDay, openText),
      .required("close", \.close, .timeOfDay, closeText),
    ] + fields
  ) { rail, node, decoding in
    if node["fee"] == nil, node["fee_tiers"] == nil {
      decoding.report(
        at: node.position, path: node.path.appending(.key("fee")),
        missing("Operator's fee for each instruction."))
      return
    }
    RailCheck(rail: rail, node: node).run(&decoding)
  }

  /// A rail of the reference table of which some keys are changed.
  static let changedRail = Section(
    "A rail of the reference table, with changes.",
    [
      .computed(
        "reference", get: { _ in nil }, set: { _, _ in }, base: "", .referenceName,
        "The rail of the reference table from which keys that are left out are taken."),
      .init("name", \.name, .name, "Name of the rail; left out, that of the reference."),
      .init("time_zone", \.timeZone, .timeZone, "IANA time zone of its hours."),
      .init("open", \.open, .timeOfDay, openText),
      .init("close", \.close, .timeOfDay, closeText),
    ] + fields
  ) { rail, node, decoding in RailCheck(rail: rail, node: node).run(&decoding) }

  private static let openText = "Opening time; the evening before if later than `close`."
  private static let closeText = "Closing time; equal to `open` means around the clock."

  private static let fields: [Field<RailSettings>] = timeFields + priceFields

  private static let timeFields: [Field<RailSettings>] = [
    .init(
      "kind", \.kind, .choice(),
      "How it settles: each instruction at once in opening hours (rtgs), together after cut-offs "
        + "(batch), each within seconds at any time (instant), or over correspondent banks."),
    .optional(
      "customer_cut_off", \.customerCutOff, base: TimeOfDay(hour: 0, minute: 0), .timeOfDay,
      "Local time from which customers' instructions wait for the next business day; left out, "
        + "`close`."),
    .init("weekends", \.weekends, .boolean, "Whether it settles on Saturdays and Sundays."),
    .init("calendar", \.calendar, .choice(), "The system whose closed days it keeps, by rule."),
    .init(
      "holidays", \.holidays,
      .list(of: .date, base: .epoch, count: 0...1_000, identity: { $0.description }),
      "Closed dates beside weekends and those of the calendar."),
    .init(
      "windows", \.windows,
      .list(
        of: Section<RailSettings.BatchWindow>.window.syntax, base: .base, count: 0...100),
      "Processing windows of a batch rail, ascending by cut-off."),
    .init(
      "value_days", \.valueDays, .integer(0...10),
      "Business days from processing to the value date, for rails without windows."),
    .init(
      "latency", \.latency, .latency,
      "Time from an instruction, or from the settlement of its batch, to its confirmation."),
    .init(
      "unavailable_rate", \.unavailableRate, .probability,
      "Part of the attempts that find the counterparty unreachable and are made again, on rails "
        + "of kind rtgs and instant; after the last of `settlement.instruction_retry_delays` the "
        + "instruction takes another rail."),
  ]

  private static let priceFields: [Field<RailSettings>] = [
    .optional(
      "maximum_amount", \.maximumAmount, base: .usdZero, .money(positive: true),
      "Largest amount of one instruction, in the rail's currency; left out, without limit."),
    .computed(
      "fee", get: { $0.feeTiers.isEmpty ? $0.fee : nil },
      set: {
        $0.fee = $1
        $0.feeTiers = []
      }, base: .usdZero, .money(), "Operator's fee for each instruction.", excludes: "fee"),
    .computed(
      "fee_tiers", get: { $0.feeTiers.isEmpty ? nil : $0.feeTiers },
      set: {
        $0.feeTiers = $1
        $0.fee = $1[0].fee
      }, base: [],
      .list(of: Section<RailSettings.FeeTier>.tier.syntax, base: .base, count: 1...100),
      "Operator's fees by the number of instructions that a participant sends in a month.",
      excludes: "fee"),
    .init(
      "prior_items", \.priorItems, .integer(0...1_000_000_000),
      "Instructions of the month that each participant sent before the run, for the tiers."),
    .optional(
      "wire", \.wire, base: .usdZero, .money(),
      "What a bank charges its client for an instruction; left out, the price of the kind in "
        + "`costs`."
    ).changing(.figures),
  ]
}

extension RailSettings.BatchWindow {
  fileprivate static let base = RailSettings.BatchWindow(
    cutOff: TimeOfDay(hour: 0, minute: 0), settles: TimeOfDay(hour: 0, minute: 0))
}

extension RailSettings.FeeTier {
  fileprivate static let base = RailSettings.FeeTier(from: 1, fee: .usdZero)
}

extension Section where Root == RailSettings.BatchWindow {
  static let window = Section(
    "A processing window.",
    [
      .required(
        "cut_off", \.cutOff, .timeOfDay, "Local time before which instructions must arrive."),
      .required("settles", \.settles, .timeOfDay, "Local time at which they are final."),
      .init(
        "business_days", \.businessDays, .integer(0...10),
        "Business days from the day of the cut-off to that of settlement."),
    ])
}

extension Section where Root == RailSettings.FeeTier {
  static let tier = Section(
    "A fee from an instruction of the month on.",
    [
      .required("from", \.from, .integer(1...1_000_000_000), "The first instruction, from 1."),
      .required("fee", \.fee, .money(), "Fee for each."),
    ])
}

extension CivilDate {
  fileprivate static let epoch = CivilDate(year: 1_970, month: 1, day: 1)
}
