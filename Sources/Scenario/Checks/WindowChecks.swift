import Money
import Text

extension RelationCheck {
  /// Windows that are laid out beforehand, at most.
  private static let windowLimit = 1_000_000

  /// Windows of strategies end at times that clocks show, and are not too many.
  mutating func windows() {
    let settlement: [NodePath.Step] = [.key("settlement")]
    var choices = [(settings.settlement.strategy, settlement + [.key("strategy")])]
    for (index, choice) in settings.settlement.priced.enumerated() {
      choices.append((choice, settlement + [.key("priced"), .index(index)]))
    }
    for (choice, place) in choices {
      guard let parameters = choice.parameters else { continue }
      windowTimes(parameters, at: place)
      windowCount(parameters, at: place)
    }
  }

  /// No time of `at` falls into what clocks leave out on a day on which payments arrive.
  private mutating func windowTimes(_ parameters: ScenarioNode, at place: [NodePath.Step]) {
    guard let times = parameters["at"]?.elements else { return }
    let name = parameters["time_zone"]?.text ?? "UTC"
    guard let zone = CivilTimeZone(identifier: name) else { return }
    for (index, node) in times.enumerated() {
      guard let time = node.text.flatMap({ TimeOfDay($0) }), let date = gap(time, of: zone) else {
        continue
      }
      report(
        "expected a time that clocks show on every day of the run, found \(time), which those of "
          + "\(name) leave out on \(date)", at: place + [.key("at"), .index(index)])
    }
  }

  /// The first day on which payments arrive and clocks do not show a time; nil: none.
  func gap(_ time: TimeOfDay, of zone: CivilTimeZone) -> CivilDate? {
    let start = Int64(settings.time.date.dayNumber) * 86_400
    let end = start + (DurationText.nanoseconds(of: settings.time.duration) - 1) / 1_000_000_000
    var second = start
    while true {
      // The day on which clocks are set, if one is, and the day after that.
      let change = zone.nextChange(afterUTC: second - 1)
      guard change <= end else { return nil }
      let date = zone.localDateAndSecond(atUTC: change).date
      // Where midnight is left out the day before has its last hours.
      for date in [date.adding(days: -1), date] where !zone.shows(time, on: date) { return date }
      second = change + 1
    }
  }

  /// Windows from openings are laid out before the run.
  private mutating func windowCount(_ parameters: ScenarioNode, at place: [NodePath.Step]) {
    let ends = [settings.time.duration, settings.time.drainLimit].reduce(0) {
      $0 + DurationText.nanoseconds(of: $1) / 1_000_000_000
    }
    let days = ends / 86_400 + 1
    var perDay: Int64 = 0
    var key = "window"
    if let times = parameters["at"]?.elements {
      (perDay, key) = (Int64(times.count), "at")
    } else if parameters["before_cut_off"] != nil {
      let windows = settings.rails.map { max(1, $0.windows.count) }.reduce(0, +)
      (perDay, key) = (Int64(windows), "before_cut_off")
    } else if parameters["window_from"]?.text == "opening" {
      let text = parameters["window"]?.text ?? "1h"
      let window = (try? DurationText.nanoseconds(text)) ?? 3_600_000_000_000
      let lanes = Set(settings.rails.map(\.currency.index)).count
      perDay = (86_400_000_000_000 / max(window, 1) + 1) * Int64(lanes)
      key = "window_from"
    }
    guard perDay > 0, days > Int64(Self.windowLimit) / perDay else { return }
    report(
      "expected at most \(Self.windowLimit) windows within `time.duration` and `time.drain_limit`, "
        + "all currencies together", at: place + [.key(key)], place)
  }
}
