import Measurement
import Money

/// What happened to one thing in a run, in order.
public struct Story: Sendable, Equatable {
  /// What it is about: `cell-0/payment-17`.
  public var subject: String
  /// The run: its scenario, its seed and its digest.
  public var identity: RunIdentity
  /// Seconds from 1970-01-01 to the start of the run.
  public var epochSecond: Int64
  /// In order of time.
  public var entries: [StoryEntry]
  /// What a reader should know beside the entries, a sentence each.
  public var remarks: [String] = []

  /// A story of a run.
  public init(
    subject: String, identity: RunIdentity, epochSecond: Int64, entries: [StoryEntry],
    remarks: [String] = []
  ) {
    self.subject = subject
    self.identity = identity
    self.epochSecond = epochSecond
    self.entries = entries
    self.remarks = remarks
  }

  /// The state that the last of its states is; nil where none was told.
  public var state: String? { entries.last { $0.state != nil }?.state }

  /// Whether a batch that carries it was settled.
  var isBatchSettled: Bool {
    entries.contains { entry in entry.facts.contains { $0.name == "settled_ns" } }
  }

  /// `smoke, seed 1`.
  var run: String { "\(identity.scenarioName), seed \(identity.seed)" }

  /// Stations in the order in which they occur.
  var stations: [String] {
    var stations: [String] = []
    for entry in entries {
      for station in [entry.from, entry.to] where !stations.contains(station) {
        stations.append(station)
      }
    }
    return stations
  }

  /// The day of an entry: `2026-03-02`.
  public func day(_ time: Int64) -> String {
    let seconds = epochSecond + Self.floor(time, 1_000_000_000)
    return "\(CivilDate(dayNumber: Int(Self.floor(seconds, 86_400))))"
  }

  /// Its time of day to the microsecond: `09:12:03.123456`.
  public func clock(_ time: Int64) -> String {
    let seconds = epochSecond + Self.floor(time, 1_000_000_000)
    let second = seconds - 86_400 * Self.floor(seconds, 86_400)
    let micro = (time - 1_000_000_000 * Self.floor(time, 1_000_000_000)) / 1_000
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
    return clock + "." + "\(1_000_000 + micro)".dropFirst()
  }

  /// Requests may have been sent before the run began.
  private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
  }
}

/// How a story is printed.
public enum StoryFormat: String, Sendable, CaseIterable {
  /// For a reader, 80 columns.
  case text
  /// For programs.
  case json
  /// A sequence diagram in Mermaid's language.
  case mermaid
  /// The same as a picture.
  case svg

  /// The stories in this format.
  public func render(_ stories: [Story]) -> String {
    switch self {
    case .text: stories.map(StoryText.render).joined(separator: "\n")
    case .json: StoryJSON.render(stories)
    case .mermaid: stories.map(StoryMermaid.render).joined(separator: "\n")
    case .svg: StorySVG.render(stories)
    }
  }
}
