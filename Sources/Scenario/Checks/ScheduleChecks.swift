import Money
import Text

extension RelationCheck {
  private static let section: [NodePath.Step] = [.key("interbank"), .key("schedule")]

  /// Entries of the schedule name banks and currencies of the run, and instants within it.
  mutating func schedule() {
    let entries = settings.interbank.schedule
    guard !entries.isEmpty else { return }
    let names = bankNames
    let known = Set(names)
    let settled = settings.settledCurrencies()
    for (index, entry) in entries.enumerated() {
      let place = Self.section + [.index(index)]
      scheduledTime(entry, at: place)
      for (key, bank) in [("bank", entry.bank), ("counterparty", entry.counterparty)] {
        guard let bank else { continue }
        if !known.contains(bank) {
          report(
            "expected the name of a bank of the run, found `\(printable(bank))`"
              + EditDistance.hint(bank, among: names), at: place + [.key(key)])
        } else if key == "bank", movesMoney(entry), bank.hasPrefix("platform-cell-") {
          report(
            "expected a bank that has money of its own, found the platform's account",
            at: place + [.key(key)])
        }
      }
      scheduledAmount(entry, settled, at: place)
    }
  }

  private func movesMoney(_ entry: ScheduledAction) -> Bool {
    entry.action == .addLiquidity || entry.action == .withdrawLiquidity
  }

  /// The instant is one that clocks show, and lies within the run.
  private mutating func scheduledTime(_ entry: ScheduledAction, at place: [NodePath.Step]) {
    let at = place + [.key("at")]
    let date = settings.time.date
    if case .clock(let time, let name, let day) = entry.at,
      let zone = CivilTimeZone(identifier: name), !zone.shows(time, on: date.adding(days: day - 1))
    {
      return report(
        "expected a time that clocks show, found \(time), which those of \(name) leave out on "
          + "\(date.adding(days: day - 1))", at: at + [.key("time")], at)
    }
    let time = entry.at.nanoseconds(from: date)
    let arrivals = DurationText.nanoseconds(of: settings.time.duration)
    var end = arrivals + DurationText.nanoseconds(of: settings.time.drainLimit)
    if let horizon = settings.time.settlementHorizon {
      end = min(end, DurationText.nanoseconds(of: horizon))
    }
    if entry.action == .arrivalRate {
      arrivalRate(time, arrivals, at: at)
    } else if time < 0 || time > end {
      report(
        "expected an instant within the run, from its start until "
          + "\(DurationText.text(.nanoseconds(end))) after it, found one "
          + instant(time), at: at)
    }
  }

  /// Transfers' rate changes while they come, on a whole minute, and never so that none comes.
  private mutating func arrivalRate(_ time: Int64, _ arrivals: Int64, at place: [NodePath.Step]) {
    if time < 0 || time >= arrivals {
      report(
        "expected an instant within `time.duration`, found one \(instant(time))", at: place)
    } else if time % 60_000_000_000 != 0 {
      report("expected a whole minute of the run, found \(instant(time))", at: place)
    } else if settings.workload.transfers.payments == 0 {
      report("expected none without `workload.transfers`", at: place)
    }
  }

  private func instant(_ time: Int64) -> String {
    time < 0
      ? "\(DurationText.text(.nanoseconds(-time))) before it"
      : "\(DurationText.text(.nanoseconds(time))) after it"
  }

  /// Amounts are of a currency that the run settles, and not too large.
  private mutating func scheduledAmount(
    _ entry: ScheduledAction, _ settled: [Currency], at place: [NodePath.Step]
  ) {
    if let amount = entry.amount {
      let key = place + [.key("amount")]
      if !settled.contains(amount.currency) {
        report("expected a currency that the run settles, found \(amount.currency.code)", at: key)
      } else if amount.minorUnits > 1_000_000_000_000_000 {
        report("expected at most 10^15 minor units", at: key)
      }
    }
    if let currency = entry.currency, !settled.contains(currency) {
      report(
        "expected a currency that the run settles, found \(currency.code)",
        at: place + [.key("currency")])
    }
  }

  /// Currencies of the schedule that need a rate.
  func scheduleCurrencies() -> [(currency: Currency, place: [NodePath.Step])] {
    settings.interbank.schedule.enumerated().flatMap { index, entry in
      [("amount", entry.amount), ("minimum", entry.minimum)].compactMap { key, amount in
        amount.map { ($0.currency, Self.section + [.index(index), .key(key)]) }
      }
    }
  }
}
