import Money
import PaymentModel
import Rails
import Scenario

/// What a rail promises, worked out from its settings by other ways than those by which it works:
/// attempts within its hours, its limit and its retries; batches at its windows; the tariff. Pure;
/// seconds are UTC since 1970-01-01.
struct RailWatch: Sendable {
  private let settings: RailSettings
  private let zone: CivilTimeZone
  private let calendar: BusinessCalendar
  private let hours: RailHours
  private let firstMonth: Int
  private let retryDelays: [Int64]
  /// Attempts of an instruction that have failed.
  private struct Failures {
    var count = 0
    /// When the next is to be, ns; nil: whenever the rail is asked.
    var due: Int64?
    /// The instruction has gone to another rail, and may not come back.
    var isExhausted = false
  }
  private var failures: [Int64: Failures] = [:]
  /// Instructions executed, by month and bank.
  private var items: [Int64: Int] = [:]
  /// Month and end of the business day in which the last was executed.
  private var month = 0
  private var monthUntil = Int64.min

  init(_ settings: RailSettings, retryDelays: [Int64], startingAt second: Int64) {
    self.settings = settings
    self.retryDelays = retryDelays
    zone = CivilTimeZone(identifier: settings.timeZone)!
    calendar = BusinessCalendar(
      weekends: settings.weekends, system: settings.calendar, holidays: settings.holidays)
    hours = RailHours(settings)
    let day = hours.next(at: second).day
    firstMonth = day.year * 12 + day.month
  }

  /// Whether the rail works at a second: instant ones always, others on the days of their calendar
  /// between their times, which begin on the evening before where they open later than they close.
  func isOpen(at second: Int64) -> Bool {
    if settings.kind == .instant { return true }
    let (date, local) = zone.localDateAndSecond(atUTC: second)
    let open = settings.open.secondsSinceMidnight
    let close = settings.close.secondsSinceMidnight
    if open == close { return calendar.isOpen(date) }
    if open < close { return local >= open && local < close && calendar.isOpen(date) }
    return local < close && calendar.isOpen(date)
      || local >= open && calendar.isOpen(date.adding(days: 1))
  }

  /// An attempt is made at `time` (ns) and a second; what is wrong with it, or nil.
  ///
  /// - Parameter isTaken: whether another rail of the currency takes an amount like this.
  mutating func attempted(
    _ instruction: Instruction, at time: Int64, _ second: Int64, isTaken: Bool
  ) -> String? {
    var name: String { "instruction \(instruction.number) on \(settings.name)" }
    guard isOpen(at: second) else { return "\(name): the rail is closed" }
    let failed = failures.isEmpty ? nil : failures[instruction.number]
    if failed?.isExhausted == true { return "\(name): has been tried and given up" }
    if Int(instruction.retries) != failed?.count ?? 0 {
      return "\(name): retry \(instruction.retries) after \(failed?.count ?? 0) failures"
    }
    if failed != nil { failures[instruction.number]?.due = nil }
    let due = failed?.due ?? time
    let start = second - time / 1_000_000_000
    // Where the rail has closed before, it is attempted at the next opening.
    if time < due || time > due && isOpen(at: start + due / 1_000_000_000) {
      return "\(name): attempted at \(time) ns, and was to be at \(due) ns"
    }
    guard Int(instruction.retries) <= retryDelays.count else {
      return "\(name): retry \(instruction.retries) of \(retryDelays.count)"
    }
    if !takes(instruction.amount), isTaken {
      return "\(name): \(instruction.amount) is above the rail's limit"
    }
    return nil
  }

  /// Whether the amount is within the rail's limit, if it has one.
  func takes(_ amount: Int64) -> Bool {
    settings.maximumAmount.map { amount <= $0.minorUnits } ?? true
  }

  /// An attempt has failed at `time` (ns): the instruction tries this rail again, or gives it up.
  mutating func failed(_ instruction: Instruction, at time: Int64) {
    var failed = failures[instruction.number] ?? Failures()
    failed.isExhausted = failed.count >= retryDelays.count
    failed.due = failed.isExhausted ? nil : time + retryDelays[failed.count]
    failed.count += 1
    failures[instruction.number] = failed
  }

  /// For an instruction that has found no other rail everything begins anew.
  mutating func beginsAnew(_ instruction: Instruction) {
    if failures[instruction.number]?.isExhausted == true { end(instruction) }
  }

  /// An instruction is executed, over whatever rail, or taken back.
  mutating func end(_ instruction: Instruction) {
    if !failures.isEmpty { failures[instruction.number] = nil }
  }

  /// A batch is settled at a second; what is wrong with the time, or nil.
  func settlesBatch(at second: Int64) -> String? {
    guard settings.kind == .batch else { return nil }
    let local = zone.localDateAndSecond(atUTC: second - usualLatency)
    let isWindow = settings.windows.contains { $0.settles.secondsSinceMidnight == local.second }
    return isWindow && calendar.isOpen(local.date)
      ? nil : "\(settings.name) settles a batch at \(local.date), second \(local.second)"
  }

  private var usualLatency: Int64 {
    let latency: Duration
    switch settings.latency {
    case .constant(let value), .exponential(mean: let value), .logNormal(median: let value, _):
      latency = value
    }
    let (seconds, attoseconds) = latency.components
    return seconds + (attoseconds > 0 ? 1 : 0)
  }

  /// An instruction of `bank` was executed at a second.
  mutating func executed(by bank: BankID, at second: Int64) {
    if second >= monthUntil {
      let (day, _, close) = hours.next(at: second)
      month = day.year * 12 + day.month
      monthUntil = close
    }
    items[Int64(month) << 16 | Int64(bank.rawValue), default: 0] += 1
  }

  /// What the operator has to be paid for all that was executed, minor units of the fee's currency:
  /// tier by tier for each bank and month, and those before the run for none.
  func tariff() -> Int64 {
    var sum: Int64 = 0
    for (key, count) in items {  // ordered: integers are summed
      let before = Int(key >> 16) == firstMonth ? settings.priorItems : 0
      let tiers = settings.tiers
      for (place, tier) in tiers.enumerated() {
        let end = place + 1 < tiers.count ? tiers[place + 1].from - 1 : Int.max
        let items = min(end, before + count) - max(tier.from - 1, before)
        if items > 0 { sum += Int64(items) * tier.fee.minorUnits }
      }
    }
    return sum
  }
}
