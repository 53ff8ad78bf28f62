import Declared
import Money
import PaymentModel
import Scenario

/// The windows at whose ends a strategy settles what has come about.
///
/// They are given in one of three ways: by their length, from 00:00 UTC or from each opening of the
/// rail of the currency that is paid out; by times of day of a time zone; or by how long before the
/// customers' cut-off of that rail they end. All but the first need the calendar of a run: see
/// `bound(to:)`.
public struct SettlementCycle: Sendable, Equatable {
  /// How the ends of windows are given.
  enum Rule: Sendable, Equatable {
    /// At each multiple of so many nanoseconds after 00:00 UTC; they divide 24 hours.
    case everyFromMidnight(Int64)
    /// At each opening of a currency's rail, and at each multiple of so many nanoseconds after it.
    case everyFromOpening(Int64)
    /// At times of day, ascending, of a time zone.
    case at([TimeOfDay], timeZone: String)
    /// So many nanoseconds before the customers' cut-off of a currency's rail.
    case beforeCutOff(Int64)
    /// Before the customers' cut-offs of all rails, at their openings, and at each multiple of so
    /// many nanoseconds after 00:00 UTC.
    case rounds(grid: Int64)
  }
  let rule: Rule
  /// The ends in a run; nil for windows that need no calendar, and before they have one.
  private(set) var ends: WindowEnds?

  /// Windows of equal length from 00:00 UTC.
  /// - Precondition: 24 hours are a whole number of them.
  public init(every window: Duration) {
    precondition(TimeSlots.divideDay(window), "a window of \(window) does not divide 24 hours")
    rule = .everyFromMidnight(window.wholeNanoseconds)
  }

  init(_ rule: Rule) { self.rule = rule }

  /// The same windows, whatever calendar they have been bound to.
  public static func == (first: SettlementCycle, second: SettlementCycle) -> Bool {
    first.rule == second.rule
  }

  /// The windows in a run of which the calendar is known, until `end`, nanoseconds since its start.
  mutating func bind(to outlook: SettlementOutlook, until end: Int64) {
    if case .everyFromMidnight = rule { return }
    ends = WindowEnds(rule, outlook, until: end)
  }

  /// Length of windows that begin at 00:00 UTC; nil for others.
  public var period: Duration? {
    if case .everyFromMidnight(let length) = rule { .nanoseconds(length) } else { nil }
  }

  /// Whether windows end apart for each currency that is paid out.
  public var isPerCurrency: Bool {
    switch rule {
    case .everyFromMidnight, .at, .rounds: false
    case .everyFromOpening, .beforeCutOff: true
    }
  }

  /// Tells currencies apart whose windows do not end together: 0 for all where they do.
  public func lane(of currency: Currency) -> WindowLane {
    WindowLane(isPerCurrency ? UInt16(currency.index) + 1 : 0)
  }

  /// The first end of a window after `time`, for what is paid out in a currency; nanoseconds since
  /// the start of the run.
  public func end(after time: Int64, _ currency: Currency) -> Int64 {
    switch rule {
    case .everyFromMidnight(let length): (time / length + 1) * length
    default: bound.end(after: time, lane(of: currency))
    }
  }

  /// The first end of a window after `time` for any of several currencies, and for which it is one;
  /// nanoseconds since the start of the run.
  /// - Precondition: there is a currency.
  public func nextEnd(
    after time: Int64, of currencies: [Currency]
  ) -> (time: Int64, currencies: [Currency]) {
    let ends = currencies.map { end(after: time, $0) }
    let first = ends.min()!
    return (first, zip(currencies, ends).filter { $0.1 == first }.map { $0.0 })
  }

  /// When what is planned at `time` and left for later is planned again: after a window of equal
  /// length, or at the next end of another.
  public func next(after time: Int64, _ currency: Currency) -> Int64 {
    if case .everyFromMidnight(let length) = rule {
      time + length
    } else {
      end(after: time, currency)
    }
  }

  /// The number of the window in which an obligation came about: ascending, from 0 at the start of
  /// the run, or the end of the window (ns).
  func number(of obligation: Obligation) -> Int64 {
    number(at: obligation.captured, obligation.route.destination)
  }

  /// The number of the window in which a group's time slot lies.
  /// - Precondition: no window ends within a slot.
  func number(of group: ObligationGroup, in slots: SlotScale) -> Int64 {
    if case .everyFromMidnight(let length) = rule {
      precondition(
        length % slots.length == 0,
        "time slots of \(slots.length) ns do not divide a window of \(length) ns")
    }
    return number(at: slots.start(of: group.slot), group.route.destination)
  }

  private func number(at time: Int64, _ currency: Currency) -> Int64 {
    if case .everyFromMidnight(let length) = rule {
      time / length
    } else {
      end(after: time, currency)
    }
  }

  /// The end of the window with a number, nanoseconds since the start of the run.
  func end(ofNumber number: Int64) -> Int64 {
    if case .everyFromMidnight(let length) = rule { (number + 1) * length } else { number }
  }

  /// Instants at which windows end that are not of equal length, ascending; nanoseconds since the
  /// start of the run.
  var cuts: [Int64] {
    if case .everyFromMidnight = rule { [] } else { bound.all }
  }

  /// How many windows end until `time`, all currencies together.
  public func count(until time: Int64) -> Int {
    if case .everyFromMidnight(let length) = rule { return Int(time / length) }
    return bound.all.count { $0 <= time }
  }

  private var bound: WindowEnds {
    guard let ends else { preconditionFailure("windows \(rule) need the calendar of a run") }
    return ends
  }
}

/// A strategy that settles at the ends of windows.
protocol WindowedStrategy: BatchingStrategy {
  /// The windows.
  var cycle: SettlementCycle { get set }
}

extension WindowedStrategy {
  /// The strategy with its windows laid out in a run.
  public func bound(to outlook: SettlementOutlook, until end: Int64) -> any BatchingStrategy {
    var strategy = self
    strategy.cycle.bind(to: outlook, until: end)
    return strategy
  }
}

/// Tells apart what ends its windows apart.
public struct WindowLane: Hashable, Sendable {
  /// 0 for all currencies, else the index of one and 1.
  public let rawValue: UInt16

  init(_ rawValue: UInt16) { self.rawValue = rawValue }

  /// All currencies together.
  public static let all = WindowLane(0)
}

/// What is counted together until it is enough for a batch: what waits for one bank, apart for
/// currencies whose windows end apart.
public struct WaitingKey: Hashable, Comparable, Sendable {
  /// The bank that is paid.
  public let payee: BankID
  /// What ends together.
  public let lane: WindowLane

  /// What waits for a bank.
  public init(payee: BankID, lane: WindowLane) {
    self.payee = payee
    self.lane = lane
  }

  /// Order of payee and lane.
  public static func < (first: WaitingKey, second: WaitingKey) -> Bool {
    (first.payee, first.lane.rawValue) < (second.payee, second.lane.rawValue)
  }
}
