import Text
import Reporting

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
  /// Semantic events behind the digest.
  public var eventCount: Int
  /// Version of settlesim that made the baseline.
  public var settlesimVersion: String
  /// Version of the time-zone database in use.
  public var timeZoneDatabase: String
  /// Every figure of the summary, by its name in `FigureSheet`.
  public var figures: [String: FigureValue]
  /// ISO 4217 codes of the figures that are money.
  public var currencies: [String: String]

  static let kind = "settlesim-baseline"
  /// Version of the layout of a baseline, whose figures are named as in results of the version;
  /// a reader refuses any other.
  public static let schemaVersion = RunIdentity.schemaVersion

  /// The baseline that `result` makes.
  public init(_ result: RunResult) {
    self.init(result, FigureSheet(result))
  }

  /// The same where the figures of `result` have been read.
  init(_ result: RunResult, _ sheet: FigureSheet) {
    let identity = result.identity
    scenario = identity.scenarioName
    scenarioSHA256 = identity.scenarioSHA256
    inputs = Dictionary(identity.inputs.map { ($0.name, $0.sha256) }) { first, _ in first }
    seed = identity.seed
    digest = identity.digestHex
    eventCount = identity.eventCount
    settlesimVersion = identity.settlesimVersion
    timeZoneDatabase = identity.timeZoneDatabaseVersion
    figures = sheet.entries.mapValues(\.value)
    currencies = sheet.entries.compactMapValues(\.unit.currency)
  }

  /// The text of the file.
  public var json: CanonicalJSON {
    [
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
      "currencies": .object(currencies.mapValues(CanonicalJSON.string)),
    ]
  }
}

extension ResultBaseline {
  /// Reads the baseline of `scenario` from the file at `path`.
  ///
  /// - Throws: `BaselineError.missing` where there is no file; `.refused` with line and column
  ///   where it is no JSON, of another layout, or the baseline of another scenario.
  public init(readingFrom path: String, scenario name: String) throws(BaselineError) {
    let file = try BaselineFile(path, kind: Self.kind, schemaVersion: Self.schemaVersion)
    scenario = try file.text("scenario")
    guard scenario == name else {
      throw file.refused("scenario", "expected \(name), found \(visible(scenario))")
    }
    scenarioSHA256 = try file.hexadecimal("scenario_sha256", digits: 64)
    digest = try file.hexadecimal("digest", digits: 16)
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
    var codes: [String: String] = [:]
    for (name, value) in try file.members("currencies") {
      guard let code = value.text else { throw file.refused(name, "expected a currency") }
      codes[name] = code
    }
    currencies = codes
  }

  /// Why `result` cannot be compared with it: a figure is money in two currencies. Nil where all
  /// figures of both are in the same.
  public func mixedUnits(_ result: RunResult) -> String? {
    guard !currencies.isEmpty else { return nil }
    for (name, entry) in FigureSheet(result).sorted {
      guard let own = entry.unit.currency, let former = currencies[name] else { continue }
      let refusal = MixedUnits.refusal(
        [
          ("the baseline of \(visible(scenario))", former),
          ("this run, \(visible(name)) for one,", own),
        ], remedy: "record a baseline in the new currency with --update-baseline")
      if let refusal { return refusal }
    }
    return nil
  }
}
