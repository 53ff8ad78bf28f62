import CRuntimeHooks

/// How much may happen on an island before it is taken to go round in circles. A step is an event,
/// or a task that goes on.
public struct WorkBounds: Sendable, Equatable {
  /// Steps at one instant.
  public var perInstant: Int
  /// Steps of an island in all.
  public var total: Int
  /// What the bounds were made for, in the words of a report: `20,000 payments`.
  public var basis: String

  /// Bounds of its own; without any, ten million steps at one instant and no other.
  public init(
    perInstant: Int = 10_000_000, total: Int = .max, basis: String = "a world without payments"
  ) {
    self.perInstant = perInstant
    self.total = total
    self.basis = basis
  }
}

/// Finds out whether an island goes round in circles, and who does.
///
/// It is asked every few thousand steps. Once a bound is passed it looks at every step for a while
/// and counts the stations that note that they act; then it says what it found.
struct LoopWatch {
  /// The bounds of the run.
  var bounds = WorkBounds()
  /// Whether it wants to be asked at every step.
  private(set) var isWatching = false

  /// What broke, and the names of those who go round.
  struct Finding {
    var invariant: Invariant
    var state: String
  }

  private var instant = VirtualInstant.never
  private var stepsBefore = 0
  private var invariant = Invariant.instant
  private var cause = ""
  private var left = 0
  private var notesBefore: UInt64 = 0
  private var tallies: [UnsafePointer<CChar>: (count: Int, last: Int64)] = [:]
  private var silent = 0

  /// Steps whose stations are counted.
  static let watched = 4_096
  /// Stations that are named at most.
  static let named = 8

  /// Looks at an island at `now` after `steps` steps; the finding once there is one.
  mutating func look(
    at now: VirtualInstant, steps: Int, _ position: UnsafePointer<settlesim_position>
  ) -> Finding? {
    if isWatching { return watch(position) }
    if now != instant {
      instant = now
      stepsBefore = steps
    }
    if steps - stepsBefore >= bounds.perInstant {
      begin(
        .instant,
        "\(grouped(steps - stepsBefore)) steps at one instant without an end; for "
          + "\(bounds.basis) the bound is \(grouped(bounds.perInstant))", position)
    } else if steps >= bounds.total {
      begin(
        .work,
        "\(grouped(steps)) steps without an end; for \(bounds.basis) the bound is "
          + "\(grouped(bounds.total))", position)
    }
    return nil
  }

  private mutating func begin(
    _ invariant: Invariant, _ cause: String, _ position: UnsafePointer<settlesim_position>
  ) {
    self.invariant = invariant
    self.cause = cause
    isWatching = true
    left = Self.watched
    notesBefore = position.pointee.count
  }

  private mutating func watch(_ position: UnsafePointer<settlesim_position>) -> Finding? {
    let new = position.pointee.count &- notesBefore
    notesBefore = position.pointee.count
    if new == 0 { silent += 1 }
    for before in 0..<min(new, UInt64(SETTLESIM_KEPT_NOTES)) {
      let note = settlesim_last_note(position, before)
      tallies[note.station, default: (0, 0)].count += 1
      if before == 0 || tallies[note.station]!.last == 0 {
        tallies[note.station]!.last = note.number
      }
    }
    left -= 1
    guard left == 0 else { return nil }
    isWatching = false
    return Finding(invariant: invariant, state: "\(cause). \(names)")
  }

  /// Who noted something, the most frequent first.
  private var names: String {
    guard !tallies.isEmpty else { return "No station has noted what it does" }
    let stations = tallies.map { (name: String(cString: $0), $1.count, $1.last) }
      .sorted { ($1.1, $0.name) < ($0.1, $1.name) }
    let list = stations.prefix(Self.named).map { "\($0.name) \($0.2) (\(grouped($0.1)) times)" }
    let rest = stations.count - list.count
    return "Those that go round, in the last \(grouped(Self.watched)) steps: "
      + list.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// `4,096`.
  private func grouped(_ number: Int) -> String {
    let digits = String(number)
    return String(
      digits.enumerated().flatMap { index, digit in
        index > 0 && (digits.count - index) % 3 == 0 ? [",", digit] : [digit]
      })
  }
}

/// The wish that every world of the process asks soon whether it should stop.
public enum StopRequest {
  /// Makes the request, for good; may be called by a signal handler.
  public static func make() { settlesim_request_stop() }

  /// Whether it was made.
  public static var isMade: Bool { settlesim_stop_requested() }
}
