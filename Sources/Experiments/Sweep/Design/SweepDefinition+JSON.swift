import Text
import Reporting

extension SweepDefinition {
  /// Version of the layout of `sweep.json`; a reader refuses any other.
  static let schemaVersion = 1
  static let kind = "settlesim sweep"

  /// The content of `sweep.json`.
  public var json: CanonicalJSON {
    [
      "kind": .string(Self.kind),
      "schema_version": .int(Self.schemaVersion),
      "settlesim_version": .string(settlesimVersion),
      "time_zone_database": .string(timeZoneDatabase),
      "scenario": [
        "name": .string(scenarioName), "reference": .string(scenarioReference),
        "sha256": .string(scenarioSHA256),
      ],
      "overrides": .array(
        overrides.map { ["path": .string($0.path), "value": .string($0.value)] }),
      "vary": .array(
        grid.axes.map {
          [
            "path": .string($0.path), "specification": .string($0.specification),
            "sampled": .boolean($0.isSampled),
            "values": .array($0.values.map(CanonicalJSON.string)),  // ordered: an array
          ]
        }),
      "samples": .int(grid.sampleCount),
      "seed": .int(seed),
      "seeds": .array(grid.seeds.map { .int($0) }),
      "points": .int(grid.pointCount),
    ]
  }

  /// Takes a definition from the JSON of `file`.
  public init(_ json: CanonicalJSON, file: String) throws(SweepError) {
    let fields = DefinitionFields(json: json, file: file)
    guard json["kind"]?.text == Self.kind else {
      throw fields.refuse("not the definition of a sweep of settlesim")
    }
    guard json["schema_version"]?.integer() == Self.schemaVersion else {
      throw fields.refuse("expected schema_version \(Self.schemaVersion)")
    }
    settlesimVersion = try fields.text("settlesim_version")
    timeZoneDatabase = try fields.text("time_zone_database")
    let scenario = fields.member("scenario")
    scenarioName = try scenario.text("name")
    scenarioReference = try scenario.text("reference")
    scenarioSHA256 = try scenario.text("sha256")
    overrides = []
    for entry in try fields.list("overrides") {
      overrides.append(
        SettingOverride(path: try entry.text("path"), value: try entry.text("value")))
    }
    seed = try fields.integer("seed")
    let samples: Int = try fields.integer("samples")
    guard (1...Variation.limit).contains(samples) else {
      throw fields.refuse("samples: expected 1 to \(Variation.limit)")
    }
    var axes: [SweepGrid.Axis] = []
    for entry in try fields.list("vary") {
      guard case .boolean(let isSampled)? = entry.json["sampled"] else {
        throw fields.refuse("vary.sampled: expected true or false")
      }
      let values = (entry.json["values"]?.elements ?? []).compactMap(\.text)
      guard !values.isEmpty, !isSampled || values.count == samples else {
        throw fields.refuse("vary.values: expected texts, of a sampled value one for each sample")
      }
      axes.append(
        SweepGrid.Axis(
          path: try entry.text("path"), specification: try entry.text("specification"),
          isSampled: isSampled, values: values))
    }
    let seeds = (json["seeds"]?.elements ?? []).compactMap { $0.integer(as: UInt64.self) }
    guard !seeds.isEmpty, seeds.count <= Variation.limit else {
      throw fields.refuse("seeds: expected a list of seeds")
    }
    do throws(SweepError) {
      grid = try SweepGrid(axes: axes, sampleCount: samples, seeds: seeds)
    } catch { throw fields.refuse(error.description) }
    // Whatever was left out above would be found here.
    guard self.json == json else { throw fields.refuse("not as settlesim writes it") }
  }

  /// What differs between this definition and that of `other`, each on a line.
  public func differences(from other: SweepDefinition) -> [String] {
    var lines: [String] = []
    func compare(_ name: String, _ mine: String, _ theirs: String) {
      if mine != theirs { lines.append("\(name): `\(theirs)` there, `\(mine)` here") }
    }
    compare("scenario", scenarioReference, other.scenarioReference)
    if scenarioReference == other.scenarioReference, scenarioSHA256 != other.scenarioSHA256 {
      lines.append("scenario: the text of \(scenarioReference) is another one")
    }
    compare("scenario name", scenarioName, other.scenarioName)
    compare("--set", Self.text(overrides), Self.text(other.overrides))
    let (mine, theirs) = (grid.axes, other.grid.axes)
    compare("--vary", Self.text(mine), Self.text(theirs))
    compare("--samples", "\(grid.sampleCount)", "\(other.grid.sampleCount)")
    compare("--seed", "\(seed)", "\(other.seed)")
    compare("--seeds", Self.text(grid.seeds), Self.text(other.grid.seeds))
    compare("version of settlesim", settlesimVersion, other.settlesimVersion)
    compare("time-zone database", timeZoneDatabase, other.timeZoneDatabase)
    if lines.isEmpty, self != other { lines.append("the values of --vary differ") }
    return lines
  }

  private static func text(_ overrides: [SettingOverride]) -> String {
    overrides.map { "\($0.path)=\($0.value)" }.joined(separator: " ")
  }

  private static func text(_ axes: [SweepGrid.Axis]) -> String {
    axes.map { "\($0.path)=\($0.specification)" }.joined(separator: " ")
  }

  private static func text(_ seeds: [UInt64]) -> String {
    let shown = seeds.prefix(20).map(String.init).joined(separator: ",")
    return seeds.count > 20 ? "\(shown),… (\(seeds.count))" : shown
  }
}

/// Typed access to the members of a definition, with errors that name file and key.
private struct DefinitionFields {
  let json: CanonicalJSON
  let file: String
  var prefix = ""

  func member(_ key: String) -> DefinitionFields {
    DefinitionFields(json: json[key] ?? .null, file: file, prefix: prefix + key + ".")
  }

  func text(_ key: String) throws(SweepError) -> String {
    guard let text = json[key]?.text else { throw refuse("\(prefix)\(key): expected a string") }
    return text
  }

  func integer<Value: FixedWidthInteger>(_ key: String) throws(SweepError) -> Value {
    guard let value = json[key]?.integer(as: Value.self) else {
      throw refuse("\(prefix)\(key): expected an integer")
    }
    return value
  }

  func list(_ key: String) throws(SweepError) -> [DefinitionFields] {
    guard let elements = json[key]?.elements else {
      throw refuse("\(prefix)\(key): expected a list")
    }
    return elements.map { DefinitionFields(json: $0, file: file, prefix: prefix + key + ".") }
  }

  func refuse(_ reason: String) -> SweepError {
    SweepError(.refused, "\(visible(file)): \(reason)")
  }
}
