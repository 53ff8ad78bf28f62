import Money
import Text

extension RelationCheck {
  fileprivate static let section: [NodePath.Step] = [.key("interbank"), .key("schedule")]

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
      if entry.payment != nil, settings.workload.transfers.trace == nil {
        report("expected none without `workload.transfers.trace`", at: place + [.key("payment")])
      }
      // What a file records may be in other currencies: see `checkSchedule`.
      if settings.workload.transfers.trace == nil {
        scheduledCurrencies(entry, settled, at: place)
      }
      if let amount = entry.amount, amount.minorUnits > 1_000_000_000_000_000 {
        report("expected at most 10^15 minor units", at: place + [.key("amount")])
      }
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

  /// Amounts and payments are of a currency that the run settles.
  fileprivate mutating func scheduledCurrencies(
    _ entry: ScheduledAction, _ settled: [Currency], at place: [NodePath.Step]
  ) {
    for (key, currency) in [("amount", entry.amount?.currency), ("currency", entry.currency)] {
      guard let currency, !settled.contains(currency) else { continue }
      report(
        "expected a currency that the run settles, found \(currency.code)",
        at: place + [.key(key)])
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

extension LoadedScenario {
  /// Checks the schedule against payments that have been read from the file of
  /// `workload.transfers.trace`.
  ///
  /// - Parameters:
  ///   - currencies: those of the recorded payments.
  ///   - ids: of those payments.
  /// - Returns: which payment each entry names: its position among `ids`, by position of the entry.
  /// - Throws: `.invalid` (65), with the place of each key that is refused.
  public func checkSchedule(
    currencies: [Currency], ids: some Collection<String>
  ) throws(ScenarioError) -> [Int: Int] {
    let entries = settings.interbank.schedule
    guard !entries.isEmpty else { return [:] }
    let settled = settings.settledCurrencies(recorded: currencies)
    let named = Set(entries.compactMap(\.payment))
    var places: [String: Int] = [:]
    if !named.isEmpty {
      for (index, id) in ids.enumerated() where named.contains(id) { places[id] = index }
    }
    var check = RelationCheck(settings: settings, root: root, decoding: Decoding())
    var found: [Int: Int] = [:]
    for (index, entry) in entries.enumerated() {
      let place = RelationCheck.section + [.index(index)]
      check.scheduledCurrencies(entry, settled, at: place)
      guard let id = entry.payment else { continue }
      found[index] = places[id]
      guard places[id] == nil else { continue }
      check.report(
        "expected the id of a recorded payment, found `\(printable(id))`"
          + EditDistance.hint(id, among: Array(ids.prefix(Self.mostCompared))),
        at: place + [.key("payment")])
    }
    try check.decoding.check()
    return found
  }

  /// Ids that an unknown one is compared with at most.
  private static let mostCompared = 10_000
}
