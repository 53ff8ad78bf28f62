/// Something that holds in every run: declared once, where `fail`, results and lists name it.
///
/// A room declares its invariants as constants in an extension and puts them into one list.
public struct Invariant: Hashable, Sendable {
  /// When an invariant is looked at.
  public enum Moment: String, Sendable, CaseIterable {
    /// With the event that could break it.
    case event
    /// At intervals of virtual time.
    case window
    /// When nothing is left to happen.
    case rest
  }

  /// `room.rule`: lower-case words and underscores.
  public let name: String
  /// When it is looked at.
  public let moment: Moment
  /// What holds, in a sentence without a full stop.
  public let meaning: String

  /// An invariant with its name, its moment and its meaning.
  public init(_ name: String, _ moment: Moment, _ meaning: String) {
    self.name = name
    self.moment = moment
    self.meaning = meaning
  }
}

/// What the runtime keeps.
extension Invariant {
  /// Nothing is lost between islands.
  public static let messages = Invariant(
    "runtime.messages", .rest, "every message sent over a link has been delivered, once")

  /// A sequential clock.
  public static let time = Invariant(
    "runtime.time", .event, "virtual time of an island never goes back")
  /// One place for each message.
  public static let order = Invariant(
    "runtime.order", .event,
    "no two messages have one key of merging, and none comes after what follows it")
  /// Conservative windows.
  public static let windows = Invariant(
    "runtime.windows", .window, "windows follow each other, and no event is left behind one")
  /// Nothing runs beside the islands.
  public static let strayJobs = Invariant(
    "runtime.stray_jobs", .event, "no task runs outside the islands, or on a foreign thread")
  /// Nobody is forgotten.
  public static let waiting = Invariant(
    "runtime.waiting", .event, "every suspended task has a time, or somebody to wake it")
  /// Suspensions suspend.
  public static let suspension = Invariant(
    "runtime.suspension", .event, "a task that says how long it sleeps is suspended")
  /// Time goes on.
  public static let instant = Invariant(
    "runtime.instant", .event, "an instant holds a bounded number of events")
  /// Work follows what happens.
  public static let work = Invariant(
    "runtime.work", .event, "events do not outgrow what the scenario can bring about")

  /// The invariants of the runtime.
  public static let runtime = [
    messages, time, order, windows, strayJobs, waiting, suspension, instant, work,
  ]
}
