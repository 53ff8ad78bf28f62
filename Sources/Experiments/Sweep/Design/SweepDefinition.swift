import Host
import Text
import Money
import Reporting
import Scenario
import Simulator

/// What a sweep is: enough to number its points and to know their results again.
///
/// It is the content of `sweep.json` and holds no place, no time and nothing of the machine, so
/// that all who take part in a sweep write the same bytes.
public struct SweepDefinition: Equatable, Sendable {
  /// The scenario's name.
  public var scenarioName: String
  /// The name of the scenario's file, without directories.
  public var scenarioReference: String
  /// SHA-256 of the scenario's text, 64 hexadecimal digits.
  public var scenarioSHA256: String
  /// Values of the scenario that are replaced in every point, in the order given.
  public var overrides: [SettingOverride]
  /// The sweep's own seed: of the samples, and the first of seeds that are only counted.
  public var seed: UInt64
  /// The points.
  public var grid: SweepGrid
  /// Version of settlesim.
  public var settlesimVersion: String
  /// Version of the time-zone database, which can change cut-offs.
  public var timeZoneDatabase: String

  /// The definition of a sweep that this program runs here.
  ///
  /// - `scenario`: loaded with the values of any point; its text and name are kept.
  public init(
    scenario: LoadedScenario, overrides: [ScenarioOverride], seed: UInt64, grid: SweepGrid
  ) {
    scenarioName = scenario.settings.name
    scenarioReference = scenario.file.split(separator: "/").last.map(String.init) ?? ""
    scenarioSHA256 = SHA256.hexDigest(of: scenario.source)
    self.overrides = overrides.map { SettingOverride(path: $0.path, value: $0.value) }
    self.seed = seed
    self.grid = grid
    settlesimVersion = Version.current
    timeZoneDatabase = CivilTimeZone.databaseVersion
  }

  /// What replaces values of the scenario in a point, the seed excepted, in the order applied.
  public func overrides(of point: SweepPoint) -> [SettingOverride] {
    overrides
      + zip(grid.axes, point.values).map { SettingOverride(path: $0.path, value: $1) }
  }

  /// The point in words: `settlement.strategy=merchant_day, seed 7`.
  public func label(of point: SweepPoint) -> String {
    let values = zip(grid.axes, point.values).map { "\($0.path)=\($1)" }
    return (values + ["seed \(point.seed)"]).joined(separator: ", ")
  }

  /// Identifies a point by what it is and not by its number: 16 hexadecimal digits.
  public func identifier(of point: SweepPoint) -> String {
    let json: CanonicalJSON = [
      "scenario_sha256": .string(scenarioSHA256), "seed": .int(point.seed),
      "overrides": .array(
        overrides(of: point).map { ["path": .string($0.path), "value": .string($0.value)] }),
    ]
    return String(SHA256.hexDigest(of: json.encodedLine()).prefix(16))
  }

  /// Identifies the sweep: 16 hexadecimal digits.
  public var identifier: String { String(SHA256.hexDigest(of: json.encoded()).prefix(16)) }

  /// The words of the command that runs the sweep, the program's name included; `reference` names
  /// the scenario.
  public func command(reference: String) -> [String] {
    var words = ["settlesim", "sweep", reference]
    for axis in grid.axes { words += ["--vary", "\(axis.path)=\(axis.specification)"] }
    if grid.axes.contains(where: \.isSampled) { words += ["--samples", "\(grid.sampleCount)"] }
    words += ["--seed", "\(seed)"]
    if grid.seeds != [seed] { words += ["--seeds", Self.text(grid.seeds)] }
    for override in overrides { words += ["--set", "\(override.path)=\(override.value)"] }
    return words
  }

  private static func text(_ seeds: [UInt64]) -> String {
    let isGapless = zip(seeds, seeds.dropFirst()).allSatisfy { $0 < $1 && $1 - $0 == 1 }
    return isGapless
      ? "\(seeds[0])..\(seeds[seeds.count - 1])" : seeds.map(String.init).joined(separator: ",")
  }
}

/// What a sweep is made of, as flags say it.
public struct SweepRequest: Sendable {
  /// The variations, in the order given.
  public var variations: [Variation]
  /// How many samples the sampled variations have; nil if not said.
  public var samples: Int?
  /// The seeds of every combination; nil for the sweep's own seed alone.
  public var seeds: SeedList?
  /// Values that are replaced in every point.
  public var overrides: [ScenarioOverride]

  /// - Throws: `.usage` for values that are varied twice, or both varied and replaced, and for
  ///   samples without something to sample, and the other way round.
  public init(
    variations: [Variation], samples: Int?, seeds: SeedList?, overrides: [ScenarioOverride]
  ) throws(SweepError) {
    guard !variations.isEmpty || seeds != nil else {
      throw SweepError(.usage, "a sweep needs --vary PATH=SPEC or --seeds")
    }
    var varied: [String] = []
    for variation in variations {
      let path = Self.normalized(variation.path)
      if let former = varied.first(where: { Self.overlap($0, path) }) {
        throw SweepError(
          .usage,
          former == path
            ? "--vary: \(path) is varied twice"
            : "--vary: \(path) and \(former) overlap: vary the one or the other")
      }
      varied.append(path)
    }
    for override in overrides {
      let path = Self.normalized(override.path)
      if let clash = varied.first(where: { path == $0 || path.hasPrefix($0 + ".") }) {
        throw SweepError(.usage, "--set \(override.path): --vary \(clash) would replace it")
      }
    }
    if variations.contains(where: \.isSampled) {
      guard let samples, (1...Variation.limit).contains(samples) else {
        throw SweepError(
          .usage,
          "--samples: expected how many values a sampled variation has, 1 to \(Variation.limit)")
      }
    } else if samples != nil {
      throw SweepError(.usage, "--samples: no --vary is sampled; write PATH=lhs FROM..TO")
    }
    self.variations = variations
    self.samples = samples
    self.seeds = seeds
    self.overrides = overrides
  }

  /// The points, where the sweep's own seed is `seed`.
  public func grid(seed: UInt64) throws(SweepError) -> SweepGrid {
    let samples = samples ?? 1
    var axes: [SweepGrid.Axis] = []
    for variation in variations {
      axes.append(
        SweepGrid.Axis(
          path: variation.path, specification: variation.specification,
          isSampled: variation.isSampled, values: variation.values(samples: samples, seed: seed)))
    }
    return try SweepGrid(
      axes: axes, sampleCount: samples, seeds: try (seeds ?? .count(1)).seeds(from: seed))
  }

  /// `acquirers[0].latency` and `acquirers.0.latency` are the same.
  private static func normalized(_ path: String) -> String {
    path.replacing("[", with: ".").replacing("]", with: "")
  }

  private static func overlap(_ first: String, _ second: String) -> Bool {
    first == second || first.hasPrefix(second + ".") || second.hasPrefix(first + ".")
  }
}
