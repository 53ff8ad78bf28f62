import Declared
import Faults
import Measurement
import PaymentModel

/// What one fault came to, over all times at which it held; times in nanoseconds.
public struct FaultTally: Sendable {
  /// Payments it touched.
  public private(set) var touched = 0
  /// Among them, those that a breaker which it had opened kept from their acquirer first of all.
  public internal(set) var reroutedOrHeld = 0
  /// Touched payments that it cost time: an attempt, a wait, or a slower answer.
  public private(set) var delayed = 0
  /// Touched payments that were declined because of it.
  public private(set) var declined = 0
  /// What the touched are worth, and the declined, by currency; minor units.
  public private(set) var value: [Int64]
  /// The same of the declined.
  public private(set) var declinedValue: [Int64]
  /// Breakers it opened, and those of them that no answer has closed again.
  public private(set) var openings = 0
  /// Those of them that no answer has closed again.
  public var stillOpen: Int { openings - closings }
  private var closings = 0
  /// Longest time from its beginning until a breaker opened; nil: none did.
  public private(set) var detection: Int64?
  /// Longest time from its beginning until the last payment it touched was decided and the last
  /// breaker it opened was closed again.
  public private(set) var degraded: Int64?
  /// Longest time from its end until the last payment it touched was decided.
  public private(set) var drain: Int64?
  /// Longest authorisation of a payment it touched.
  public private(set) var slowest: Int64?
  private var closed: Int64?

  init(currencies: Int) {
    value = Array(repeating: 0, count: currencies)
    declinedValue = value
  }

  /// Longest time from its end until the last payment it touched was decided and the last breaker
  /// it opened was closed; nil where it touched nothing or a breaker stayed open.
  public var recovery: Int64? {
    guard stillOpen == 0 else { return nil }
    return Self.later(drain, closed)
  }

  mutating func touched(_ amount: Int64, _ currency: CurrencyIndex) {
    touched += 1
    value[Int(currency)] += amount
  }

  mutating func decided(
    isDelayed: Bool, after time: Int64, declined amount: Int64?, _ currency: CurrencyIndex
  ) {
    if isDelayed { delayed += 1 }
    slowest = Self.later(slowest, time)
    guard let amount else { return }
    declined += 1
    declinedValue[Int(currency)] += amount
  }

  mutating func paymentEnded(_ window: Range<Int64>, now: Int64) {
    degraded = Self.later(degraded, now - window.lowerBound)
    drain = Self.later(drain, max(0, now - window.upperBound))
  }

  mutating func breakerOpened(_ window: Range<Int64>, now: Int64) {
    openings += 1
    detection = Self.later(detection, now - window.lowerBound)
  }

  mutating func breakerClosed(_ window: Range<Int64>, now: Int64) {
    closings += 1
    degraded = Self.later(degraded, now - window.lowerBound)
    closed = Self.later(closed, max(0, now - window.upperBound))
  }

  mutating func merge(_ other: FaultTally) {
    touched += other.touched
    reroutedOrHeld += other.reroutedOrHeld
    delayed += other.delayed
    declined += other.declined
    for index in value.indices {
      value[index] += other.value[index]
      declinedValue[index] += other.declinedValue[index]
    }
    openings += other.openings
    closings += other.closings
    detection = Self.later(detection, other.detection)
    degraded = Self.later(degraded, other.degraded)
    drain = Self.later(drain, other.drain)
    slowest = Self.later(slowest, other.slowest)
    closed = Self.later(closed, other.closed)
  }

  fileprivate static func later(_ first: Int64?, _ second: Int64?) -> Int64? {
    guard let first, let second else { return first ?? second }
    return max(first, second)
  }
}

/// What all faults of a run came to. A payment that several have touched counts once.
public struct FaultFigures: Sendable {
  /// Each fault by itself, in the order of the scenario.
  public internal(set) var faults: [FaultTally]
  /// How often one began.
  public let occurrences: Int
  private var touched = 0
  private var delayed = 0
  private var declined = 0
  private var value: [Int64]
  private var declinedValue: [Int64]
  /// Authorisations that no fault touched, of payments decided while one held or a payment it had
  /// touched was open.
  var untouched = LatencyHistogram()

  init(_ faults: [TimedFault], currencies: Int) {
    self.faults = Array(repeating: FaultTally(currencies: currencies), count: faults.count)
    occurrences = faults.reduce(0) { $0 + $1.windows.count }
    value = Array(repeating: 0, count: currencies)
    declinedValue = value
  }

  mutating func touched(_ amount: Int64, _ currency: CurrencyIndex) {
    touched += 1
    value[Int(currency)] += amount
  }

  mutating func decided(isDelayed: Bool, declined amount: Int64?, _ currency: CurrencyIndex) {
    if isDelayed { delayed += 1 }
    guard let amount else { return }
    declined += 1
    declinedValue[Int(currency)] += amount
  }

  /// What the touched payments are worth, by currency; minor units.
  public var touchedValue: [Int64] { value }

  /// What those are worth that were declined because of a fault, likewise.
  public var lostValue: [Int64] { declinedValue }

  private mutating func merge(_ other: FaultFigures) {
    for index in faults.indices { faults[index].merge(other.faults[index]) }
    touched += other.touched
    delayed += other.delayed
    declined += other.declined
    for index in value.indices {
      value[index] += other.value[index]
      declinedValue[index] += other.declinedValue[index]
    }
    untouched.merge(other.untouched)
  }

  /// What the cells of a run count together; nil where nothing goes wrong.
  public init?(of cells: [Cell]) {
    let all = cells.compactMap(\.shared.faults?.figures)
    guard var sum = all.first else { return nil }
    for other in all.dropFirst() { sum.merge(other) }
    self = sum
  }

  /// The figures, in the order of reading.
  public static let figures: [Figure<FaultFigures>] = [
    .derived(
      "faults.occurrences", .count, "times that a fault began", { Double($0.occurrences) }),
    .derived(
      "faults.payments_touched", .count, .lowerIsBetter,
      "payments of which a fault touched a call, or the breaker in front of it",
      { Double($0.touched) }),
    .derived(
      "faults.payments_delayed", .count, .lowerIsBetter,
      "payments that a fault cost an attempt, a wait or a slower answer", { Double($0.delayed) }),
    .derived(
      "faults.payments_declined", .count, .lowerIsBetter,
      "payments declined because of a fault", { Double($0.declined) }),
    .derived(
      "faults.breaker_openings", .count, "circuit breakers that calls touched by a fault opened",
      { Double($0.faults.reduce(0) { $0 + $1.openings }) }),
    .derived(
      "faults.breakers_left_open", .count, .lowerIsBetter,
      "breakers among these that no answer has closed since",
      { Double($0.faults.reduce(0) { $0 + $1.stillOpen }) }),
    longest(
      "faults.time_to_detect", "beginning of a fault to the opening of a breaker, the longest",
      \.detection),
    longest(
      "faults.degraded_time",
      "beginning of a fault until what it touched is decided and its breakers closed, the longest",
      \.degraded),
    longest(
      "faults.drain_time", "end of a fault until what it touched is decided, the longest",
      \.drain),
    .derived(
      "faults.recovery_time", .nanoseconds, .lowerIsBetter,
      "end of a fault until what it touched is decided and its breakers closed, the longest; "
        + "without a value while a breaker is left open",
      { figures in
        guard figures.faults.allSatisfy({ $0.stillOpen == 0 }) else { return nil }
        return figures.faults.compactMap(\.recovery).max().map { Double($0) }
      }),
    .latency(
      "untouched_latency",
      "request sent to decision durable, of payments decided during a fault and touched by none",
      { $0.untouched }),
  ]

  private static func longest(
    _ name: String, _ meaning: String, _ part: any KeyPath<FaultTally, Int64?> & Sendable
  ) -> Figure<FaultFigures> {
    .derived(name, .nanoseconds, .lowerIsBetter, meaning) {
      $0.faults.compactMap { $0[keyPath: part] }.max().map { Double($0) }
    }
  }
}
