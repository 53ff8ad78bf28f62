import Declared
import Money

/// The parameters by which every windowed strategy is told when its windows end.
enum WindowParameters {
  /// Times of day that a scenario may list.
  static let maximumTimes = 96
  private static let mark = "when windows end"

  /// Where windows of equal length begin.
  private enum Start: String, CaseIterable {
    case midnight = "midnight_utc"
    case opening
  }

  /// The parameters, with a default for the length of windows.
  static func all(default window: Duration) -> [ParameterDeclaration] {
    [length(default: window), start, times, timeZone, lead]
  }

  /// The windows that the parameters give; an error names the one that does not fit.
  static func cycle(
    default window: Duration, in given: [String: ParameterValue]
  ) throws(ParameterError) -> SettlementCycle {
    let zone = try timeZone.optionalValue(in: given)
    let from = try start.optionalValue(in: given)
    let at = try times.optionalValue(in: given)
    let before = try lead.optionalValue(in: given)
    if zone != nil, at == nil {
      throw ParameterError(name: timeZone.name, expected: "a time zone only beside `at`")
    }
    if from != nil, at != nil || before != nil {
      throw ParameterError(
        name: start.name, expected: "the start of windows only beside their length in `window`")
    }
    if at != nil, before != nil {
      throw ParameterError(name: lead.name, expected: "only one of `at` and `before_cut_off`")
    }
    if case .times(let times)? = at {
      guard case .timeZone(let name) = zone ?? .timeZone("UTC") else { preconditionFailure() }
      return SettlementCycle(.at(times.sorted(), timeZone: name))
    }
    if case .duration(let lead)? = before {
      return SettlementCycle(.beforeCutOff(lead.wholeNanoseconds))
    }
    let declaration = length(default: window)
    let length = try declaration.duration(in: given)
    if from == .choice(Start.opening.rawValue) {
      return SettlementCycle(.everyFromOpening(length.wholeNanoseconds))
    }
    guard TimeSlots.divideDay(length) else {
      throw ParameterError(
        name: declaration.name, expected: "a duration that divides 24 h, not \(length)")
    }
    return SettlementCycle(every: length)
  }

  private static func length(default window: Duration) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "window", kind: .duration(.seconds(60)...(.seconds(86_400))),
      defaultValue: .duration(window),
      description: "Length of a window; divides 24 hours; windows begin at 00:00 UTC"
    ).excluding(mark)
  }

  private static let start = ParameterDeclaration(
    name: "window_from", kind: .choice(Start.allCases.map(\.rawValue)), defaultValue: nil,
    description:
      "Where windows begin: at 00:00 UTC, as without this key, or at each opening of the "
      + "rail of the currency paid out, whatever their length")

  private static let times = ParameterDeclaration(
    name: "at", kind: .times(maximumTimes), defaultValue: nil,
    description: "Times of day at which windows end, instead of `window`"
  ).excluding(mark)

  private static let timeZone = ParameterDeclaration(
    name: "time_zone", kind: .timeZone, defaultValue: nil,
    description: "Time zone of `at`; UTC without it")

  private static let lead = ParameterDeclaration(
    name: "before_cut_off", kind: .duration(.seconds(1)...(.seconds(43_200))), defaultValue: nil,
    description: "How long before the cut-off of the rail a window ends, instead of `window`"
  ).excluding(mark)

  /// What a strategy's page says of them.
  static let explanation = """
    When windows end is told in one of three ways. `window` is their length: they begin at 00:00 \
    UTC, or, with `window_from: opening`, at each opening of the rail of the currency paid out \
    (the first in `rails` that moves it), where a window that would reach beyond the next opening \
    ends with it. `at` lists times of day of `time_zone`, on every day; a time that clocks show \
    twice is the first of the two, and one that they leave out on a day on which payments arrive \
    is refused. \
    With `before_cut_off` a window ends so long before the customers' cut-off of that rail \
    (`customer_cut_off`, else `close`, or each `cut_off` of a batch rail's windows), on its \
    business days alone; what comes after it waits for the next.
    """
  /// The names, for a strategy's page.
  static let names = "`window`, `window_from`, `at`, `time_zone`, `before_cut_off`"
}

/// The parameter by which conversions of a payer offset each other.
enum ConversionNetting {
  /// `fx_netting`, off by default.
  static let parameter = ParameterDeclaration(
    name: "fx_netting", kind: .choice(["off", "on"]), defaultValue: .choice("off"),
    description: "Whether a payer's conversions of a cycle offset each other at the mid rate")

  /// Whether it is on.
  static func isOn(in given: [String: ParameterValue]) throws(ParameterError) -> Bool {
    try parameter.choice(in: given) == "on"
  }
}
