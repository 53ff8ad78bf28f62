import Money
import Text

extension Section where Root == ScheduledAction {
  static let scheduled = Section(
    "What a bank, or the operator of the settlement systems, does at an instant of the run.",
    [
      .required("at", \.at, .scheduleTime, "When."),
      .required(
        "action", \.action, .choice(),
        "prioritise, cancel, resubmit: payments of `bank`, or the one `payment`, that wait in a "
          + "settlement system or are held back; add_liquidity, withdraw_liquidity: money of its "
          + "account; net_debit_cap, bilateral_limit, collateral: what it may do from then on; "
          + "arrival_rate: how often transfers come."),
      .optional("bank", \.bank, base: "", .word, "Name of the bank, as in results."),
      .optional(
        "payment", \.payment, base: "", .word,
        "Id of a payment that `workload.transfers.trace` records: that one alone, if it goes out "
          + "by itself."),
      .optional(
        "counterparty", \.counterparty, base: "", .word,
        "Name of the bank that is paid; left out, any, and for `bilateral_limit` every bank "
          + "without a limit of its own."),
      .optional(
        "currency", \.currency, base: .usd, .currency,
        "Currency of the payments; left out, any."),
      .optional(
        "amount", \.amount, base: .usdZero, .money(),
        "How much, in the currency of the settlement system that is meant. Of `collateral`, the "
          + "market value of what is pledged from then on."),
      .optional(
        "minimum", \.minimum, base: .usdZero, .money(),
        "Only payments of at least so much, converted at mid; left out, any."),
      .optional(
        "priority", \.priority, base: .high, .choice(), "Of `prioritise`: the new priority."),
      .optional(
        "factor", \.factor, base: 1, .decimal(0...100),
        "Of `arrival_rate`: how many times as often transfers come as their curve says."),
    ], check: checkKeys)

  /// Keys that an entry needs, and those that it may have.
  private static func keys(
    of entry: ScheduledAction
  ) -> (needed: [String], possible: [String]) {
    switch entry.action {
    case .prioritise, .cancel, .resubmit:
      let priority = entry.action == .prioritise ? ["priority"] : []
      if entry.payment != nil { return (["payment"] + priority, []) }
      return (["bank"] + priority, ["counterparty", "currency", "minimum"])
    case .addLiquidity, .withdrawLiquidity, .netDebitCap, .collateral:
      return (["bank", "amount"], [])
    case .bilateralLimit: return (["bank", "amount"], ["counterparty"])
    case .arrivalRate: return (["factor"], [])
    }
  }

  /// The key or the action with which another key has no meaning.
  private static func reason(_ key: String, _ entry: ScheduledAction) -> String {
    entry.payment == nil || key == "payment" ? entry.action.rawValue : "payment"
  }

  private static func checkKeys(
    _ entry: ScheduledAction, _ node: ScenarioNode, _ decoding: inout Decoding
  ) {
    let (needed, possible) = keys(of: entry)
    for key in needed where node[key] == nil {
      let other = key == "bank" && possible.contains("minimum") ? ", or `payment`" : ""
      decoding.report(
        at: node.position, path: node.path.appending(.key(key)),
        "missing key: `\(entry.action.rawValue)` needs it\(other)")
    }
    for member in node.entries ?? []
    where !(needed + possible + ["at", "action"]).contains(member.key) {
      decoding.report(
        at: member.keyPosition, path: member.value.path,
        "expected none with `\(Self.reason(member.key, entry))`")
    }
    if entry.counterparty != nil, entry.counterparty == entry.bank, let given = node["counterparty"]
    {
      decoding.report(given, "expected another bank than `bank`")
    }
  }
}

extension Section where Root == PriorityRiseSettings {
  static let rise = Section(
    "A rule by which payments that wait become more urgent as their deadline nears.",
    [
      .required(
        "within", \.within, .duration(from: .seconds(1), to: .days(30)),
        "From how long before its deadline on a payment has the priority."),
      .required("to", \.to, .choice(), "The priority, unless it has a higher one."),
    ])
}

extension Syntax where Value == ScheduleTime {
  /// `"12:00"` in UTC of the first day, `90min` from the start, or `{time, zone, day}`.
  static let scheduleTime = instant(
    "a time of the first day in UTC such as \"12:00\", a duration from the start such as 90min, or "
      + "{time, zone, day}", upTo: 36_525)

  /// An instant of a run.
  ///
  /// - Parameters:
  ///   - what: what a refusal says is expected.
  ///   - days: the last day that can be named.
  static func instant(_ what: String, upTo days: Int) -> Syntax {
    let section = ClockForm.section(days: days)
    let schema = SchemaJSON.any(
      Syntax<TimeOfDay>.timeOfDay.schema(TimeOfDay(hour: 12, minute: 0)),
      Syntax<Duration>.durationSchema(.zero, .days(days)),
      section.schema(defaults: ClockForm()))
    return Syntax(scalar: schema, show: { show($0, section) }) { node, decoding in
      if node.entries != nil {
        let before = decoding.problems.count
        let form = section.decode(node, over: ClockForm(), &decoding)
        guard decoding.problems.count == before, let form else { return nil }
        return .clock(form.time, zone: form.zone, day: form.day)
      }
      guard let text = node.text else {
        decoding.expected(what, at: node)
        return nil
      }
      if let time = TimeOfDay(text) { return .clock(time, zone: "UTC", day: 1) }
      guard !text.contains(":") else {
        decoding.expected(what, at: node)
        return nil
      }
      return Syntax<Duration>.read(node, from: .zero, to: .days(days), &decoding)
        .map { .elapsed($0) }
    }
  }

  private static func show(_ value: ScheduleTime, _ section: Section<ClockForm>) -> SchemaJSON {
    switch value {
    case .elapsed(let duration): .string(DurationText.text(duration))
    case .clock(let time, "UTC", 1): .string("\(time)")
    case .clock(let time, let zone, let day):
      section.show(ClockForm(time: time, zone: zone, day: day))
    }
  }
}

/// The keys of an instant by a clock.
private struct ClockForm: Sendable {
  var time = TimeOfDay(hour: 12, minute: 0)
  var zone = "UTC"
  var day = 1

  /// - Parameter days: the last day that can be named.
  static func section(days: Int) -> Section<ClockForm> {
    Section(
      "When clocks show a time.",
      [
        .required("time", \.time, .timeOfDay, "What they show."),
        .init("zone", \.zone, .timeZone, "IANA time zone of the clocks."),
        .init(
          "day", \.day, .integer(1...days),
          "Day of the run, from 1, by the calendar of the zone: 1 is `time.date`."),
      ])
  }
}
