import Text
import Reporting
import Simulator

/// What a scenario's run came to when its baseline was made: the file
/// `Results/baselines/<scenario>.json`.
///
/// Canonical JSON, keys sorted, one value a line, so that an update is a difference that can be
/// reviewed.
public struct ResultBaseline: Sendable, Equatable {
  /// The scenario's name.
  public var scenario: String
  /// SHA-256 of the scenario file, 64 hexadecimal digits.
  public var scenarioSHA256: String
  /// SHA-256 of the other files that the scenario reads, by the names it gives them.
  public var inputs: [String: String]
  /// Seed of the random streams.
  public var seed: UInt64
  /// Rolling hash of all semantic events, 16 hexadecimal digits.
  public var digest: String
  /// Hash of the arrivals, 16 hexadecimal digits; nil in what was written before it was recorded.
  public var arrivalDigest: String?
  /// Semantic events behind the digest.
  public var eventCount: Int
  /// Version of settlesim that made the baseline.
  public var settlesimVersion: String
  /// Version of the time-zone database in use.
  public var timeZoneDatabase: String
  /// Every figure of the summary, by its name in `FigureSheet`.
  public var figures: [String: FigureValue]
  /// Units of the figures that are no bare numbers.
  public var units: [String: SheetUnit]

  /// ISO 4217 codes of the figures that are money.
  public var currencies: [String: String] { units.compactMapValues(\.currency) }

  static let kind = "settlesim-baseline"
  /// Version of the layout of a baseline, whose figures are named as in results of the version;
  /// a reader refuses any other.
  public static let schemaVersion = RunIdentity.schemaVersion

  /// The baseline that `result` makes.
  public init(_ result: RunResult) { self.init(result.identity, FigureSheet(result)) }

  /// What a run of `identity` with these figures came to.
  init(_ identity: RunIdentity, _ sheet: FigureSheet) {
    scenario = identity.scenarioName
    scenarioSHA256 = identity.scenarioSHA256
    inputs = Dictionary(identity.inputs.map { ($0.name, $0.sha256) }) { first, _ in first }
    seed = identity.seed
    digest = identity.digestHex
    arrivalDigest = identity.arrivalDigest == 0 ? nil : identity.arrivalDigestHex
    eventCount = identity.eventCount
    settlesimVersion = identity.settlesimVersion
    timeZoneDatabase = identity.timeZoneDatabaseVersion
    figures = sheet.entries.mapValues(\.value)
    units = sheet.entries.mapValues(\.unit).filter { $0.value != .plain }
  }

  /// The text of the file.
  public var json: CanonicalJSON {
    var members: [String: CanonicalJSON] = [
      "kind": .string(Self.kind),
      "schema_version": .int(Self.schemaVersion),
      "scenario": .string(scenario),
      "scenario_sha256": .string(scenarioSHA256),
      "inputs": .object(inputs.mapValues(CanonicalJSON.string)),
      "seed": .int(seed),
      "digest": .string(digest),
      "event_count": .int(eventCount),
      "settlesim_version": .string(settlesimVersion),
      "time_zone_database": .string(timeZoneDatabase),
      "figures": .object(figures.mapValues(\.json)),
      "units": .object(units.mapValues { .string($0.word) }),
    ]
    members["arrival_digest"] = arrivalDigest.map(CanonicalJSON.string)
    return .object(members)
  }
}

extension ResultBaseline {
  /// Reads the baseline at `path`: of the scenario `name`, or of whichever it is.
  ///
  /// - Throws: `BaselineError.missing` where there is no file; `.refused` with line and column
  ///   where it is no JSON, of another layout, or the baseline of another scenario.
  public init(readingFrom path: String, scenario name: String? = nil) throws(BaselineError) {
    let file = try BaselineFile(path, kind: Self.kind, schemaVersion: Self.schemaVersion)
    scenario = try file.text("scenario")
    if let name, scenario != name {
      throw file.refused("scenario", "expected \(name), found \(visible(scenario))")
    }
    scenarioSHA256 = try file.hexadecimal("scenario_sha256", digits: 64)
    digest = try file.hexadecimal("digest", digits: 16)
    arrivalDigest =
      file.has("arrival_digest") ? try file.hexadecimal("arrival_digest", digits: 16) : nil
    seed = try file.integer("seed")
    eventCount = try file.integer("event_count")
    settlesimVersion = try file.text("settlesim_version")
    timeZoneDatabase = try file.text("time_zone_database")
    inputs = [:]
    for (name, value) in try file.members("inputs") {
      guard let hash = value.text else { throw file.refused(name, "expected a text") }
      inputs[name] = hash
    }
    figures = [:]
    for (name, value) in try file.members("figures") {
      guard let figure = FigureValue(value) else {
        throw file.refused(name, "expected a number, true, false or a text")
      }
      figures[name] = figure
    }
    units = [:]
    for (name, value) in try file.members("units") {
      guard let unit = value.text.flatMap(SheetUnit.init(word:)) else {
        throw file.refused(name, "expected ns, a currency, or a currency with `minor units`")
      }
      units[name] = unit
    }
  }

  /// Why `result` cannot be compared with it: they report in two currencies. Nil where they report
  /// in one.
  public func mixedUnits(_ result: RunResult) -> String? {
    mixedUnits(
      ResultBaseline(result), names: ("the baseline of \(visible(scenario))", "this run"),
      remedy: "record a baseline in the new currency with --update-baseline")
  }

  /// The same of `other`; `names` are for people.
  func mixedUnits(
    _ other: ResultBaseline, names: (String, String), remedy: String
  ) -> String? {
    let sums = other.currencies.filter { MetricCatalog.figure($0.key) != nil }
    for (name, own) in sums.sorted(by: { $0.key < $1.key }) {
      guard let former = currencies[name] else { continue }
      let refusal = MixedUnits.refusal(
        [(names.0, former), ("\(names.1), \(visible(name)) for one,", own)], remedy: remedy)
      if let refusal { return refusal }
    }
    return nil
  }
}
