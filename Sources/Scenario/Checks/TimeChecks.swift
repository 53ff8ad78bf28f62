import Text
import Money

extension RelationCheck {
  /// Payments are dated by a 32-bit number of seconds since the start of the run.
  mutating func time() {
    let longest = Int64(UInt32.max) * 1_000_000_000
    let arrivals = DurationText.nanoseconds(of: settings.time.duration)
    let drain = DurationText.nanoseconds(of: settings.time.drainLimit)
    guard drain > longest - arrivals else { return }
    report(
      "expected at most 136 years together with `time.duration`",
      at: [.key("time"), .key("drain_limit")])
  }

  /// Every acquirer ends a file at each of its intervals in every cell, also one without lines.
  mutating func acquirerFiles() {
    let limit = 100_000_000
    let cells = Int64(regionNames.count * settings.cells.perRegion)
    let arrivals = DurationText.nanoseconds(of: settings.time.duration)
    for (index, acquirer) in settings.acquirers.enumerated() {
      let files = arrivals / DurationText.nanoseconds(of: acquirer.fileInterval) * cells
      guard files > limit else { continue }
      report(
        "expected at most \(limit) intervals within `time.duration` over all \(cells) cells, "
          + "found \(files)", at: [.key("acquirers"), .index(index), .key("file_interval")],
        [.key("time"), .key("duration")])
    }
  }

  /// Bursts are laid out before the run.
  mutating func burstCount() {
    guard let generated else { return }
    let limit: Int64 = 1_000_000
    let arrivals = DurationText.nanoseconds(of: settings.time.duration)
    for (index, burst) in generated.bursts.enumerated() {
      let count = arrivals / DurationText.nanoseconds(of: burst.every)
      guard count > limit else { continue }
      report(
        "expected at most \(limit) bursts within `time.duration`, found \(count)",
        at: [
          .key("workload"), .key("generated"), .key("bursts"), .index(index), .key("every"),
        ])
    }
  }

  /// A burst begins and ends within the arrivals.
  mutating func bursts() {
    guard let generated else { return }
    let end = settings.time.duration
    for (index, burst) in generated.bursts.enumerated() where burst.start > end - burst.length {
      let place: [NodePath.Step] = [
        .key("workload"), .key("generated"), .key("bursts"), .index(index),
      ]
      report(
        "expected a burst that ends within `time.duration` (\(DurationText.text(end))), found one "
          + "from \(DurationText.text(burst.start)) that lasts \(DurationText.text(burst.length))",
        at: place + [.key("start")], place)
    }
  }

  /// There is something to settle.
  mutating func payments() {
    guard case .payments(0)? = generated?.volume, !settings.workload.transfers.isPresent else {
      return
    }
    report(
      "expected card payments or transfers, found none of both",
      at: [.key("workload"), .key("generated"), .key("payments")])
  }

  /// In at least one market, at least one quarter of an hour of the run has arrivals.
  mutating func arrivals() {
    guard let generated else { return }
    let quarter: Int64 = 900
    let start = Int64(settings.time.date.dayNumber) * 86_400
    // Weights repeat after a week; a day more covers what clock changes cut out.
    let nanoseconds = DurationText.nanoseconds(of: settings.time.duration)
    let length = min((nanoseconds - 1) / 1_000_000_000 + 1, 8 * 86_400)
    for market in settings.merchants.markets {
      guard let zone = CivilTimeZone(identifier: market.timeZone) else { continue }
      for second in stride(from: start, to: start + length, by: Int(quarter)) {
        let local = zone.localDateAndSecond(atUTC: second)
        let weight =
          generated.hourWeights[local.second / 3_600]
          * generated.weekdayWeights[local.date.weekday]
        if weight > 0 { return }
      }
    }
    report(
      "expected a weight above zero in the local hours of the run, which begins on "
        + "\(settings.time.date) at 00:00 UTC and lasts for `time.duration`",
      at: [.key("workload"), .key("generated"), .key("weekday_weights")],
      [.key("workload"), .key("generated"), .key("hour_weights")])
  }
}
