import Text

/// What of two runs was not the same before they began.
public struct InputDifference: Sendable, Equatable {
  /// What it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// The name of the scenario.
    case scenario
    /// A value of the scenario, overrides included.
    case setting
    /// The seed of the random streams.
    case seed
    /// A file that the scenario reads, such as a trace, by its SHA-256.
    case file
    /// The text of the scenario file, by its SHA-256.
    case text
    /// What was to be done: payments that came at other times or with something else in them.
    case arrivals
    /// The version of settlesim.
    case version
    /// The version of the time-zone database.
    case timeZones = "time zones"
  }

  /// What it is.
  public var kind: Kind
  /// Which setting or file; empty where there is one only.
  public var name: String
  /// How it was; nil where it was not.
  public var before: String?
  /// How it is; nil where it is not.
  public var after: String?

  /// `setting costs.wire`, `seed`.
  var subject: String { name.isEmpty ? kind.rawValue : "\(kind.rawValue) \(name)" }

  /// `setting costs.wire 4.50 USD -> 5.00 USD`.
  public var sentence: String {
    "\(visible(subject)) \(Self.shown(before)) -> \(Self.shown(after))"
  }

  /// A value on one line; long ones are cut.
  static func shown(_ value: String?) -> String {
    guard let value else { return "–" }
    let text = visible(value)
    return text.count > 40 ? text.prefix(39) + "…" : text
  }

  /// What differs, in the order of `Kind`, then by name.
  ///
  /// Where the settings of both are known they are told in place of the text that gives them; a
  /// text that says the same in other words is told as well.
  static func list(_ old: DiffSide, _ new: DiffSide) -> [InputDifference] {
    let (former, latter) = (old.record, new.record)
    var list: [InputDifference] = []
    func add(_ kind: Kind, name: String = "", _ before: String?, _ after: String?) {
      guard before != after else { return }
      list.append(InputDifference(kind: kind, name: name, before: before, after: after))
    }
    add(.scenario, former.scenario, latter.scenario)
    let settings = Self.settings(old.settings, new.settings)
    list += settings
    add(.seed, String(former.seed), String(latter.seed))
    for name in Set(former.inputs.keys).union(latter.inputs.keys).sorted() {
      add(.file, name: name, former.inputs[name].map(short), latter.inputs[name].map(short))
    }
    if settings.isEmpty { add(.text, short(former.scenarioSHA256), short(latter.scenarioSHA256)) }
    if let before = former.arrivalDigest, let after = latter.arrivalDigest {
      add(.arrivals, before, after)
    }
    add(.version, former.settlesimVersion, latter.settlesimVersion)
    add(.timeZones, former.timeZoneDatabase, latter.timeZoneDatabase)
    return list
  }

  /// Settings by their paths; none where those of one side are not known.
  private static func settings(
    _ old: [String: String]?, _ new: [String: String]?
  ) -> [InputDifference] {
    guard let old, let new else { return [] }
    return Set(old.keys).union(new.keys).sorted().filter { old[$0] != new[$0] }.map {
      InputDifference(kind: .setting, name: $0, before: old[$0], after: new[$0])
    }
  }

  private static func short(_ hash: String) -> String { hash.prefix(12) + "…" }
}
