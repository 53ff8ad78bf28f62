import Host
import Text
import Reporting
import Scenario

/// Why a stored result cannot be compared.
public enum StoredSampleError: Error, Sendable, CustomStringConvertible {
  /// There is no such directory or file.
  case missing(String)
  /// It is there, and is not what it should be; the text says where and what was expected.
  case unusable(String)

  /// One line.
  public var description: String {
    switch self {
    case .missing(let text), .unusable(let text): text
    }
  }
}

/// Runs on disk, of one strategy or of several.
///
/// A directory is read as the result of a run, as that of a comparison, or as a folder of results
/// of runs, whichever its contents are.
public struct StoredSample: Sendable {
  /// One run.
  public struct Run: Sendable {
    /// The strategy, as the comparison called it; empty for the result of a run.
    var strategy: String
    /// What was run.
    var identity: RunIdentity
    /// Its figures: all of a run's, and of a comparison's those that were compared.
    var metrics: [String: Double]
    /// What kept it from coming to rest; nil where it did.
    var unrest: String?
    /// ISO 4217 code of the currency of its costs; empty where it is not told.
    var currency = ""
    /// Units of its metrics as the result tells them, by name; a run's summary tells none.
    var units: [String: String] = [:]
  }

  /// The directory as given.
  public let name: String
  /// Its runs, in order.
  public let runs: [Run]

  /// The strategies, in order of their first run.
  public var strategies: [String] {
    runs.reduce(into: []) { names, run in
      if !names.contains(run.strategy) { names.append(run.strategy) }
    }
  }

  /// Reads the directory at `path`, which the user calls `name`.
  public init(path: String, name: String) throws(StoredSampleError) {
    self.name = name
    if let json = try Self.json(path + "/" + ResultManifest.fileName) {
      runs =
        json["kind"]?.text == "settlesim comparison"
        ? try Self.comparison(path, json) : [try Self.run(path)]
      return
    }
    var runs: [Run] = []
    let entries: [String]
    do { entries = try Posix.names(in: path) } catch {
      throw .missing("\(visible(name)): no such directory")
    }
    for entry in entries where !entry.hasPrefix(".") && entry != LatestResult.name {
      let folder = path + "/" + entry
      guard let json = try Self.json(folder + "/" + ResultManifest.fileName),
        json["kind"]?.text != "settlesim comparison"
      else { continue }
      runs.append(try Self.run(folder))
    }
    guard !runs.isEmpty else {
      throw .unusable(
        "\(visible(name)): expected the result of a run or of a comparison, or a folder of results "
          + "of runs")
    }
    self.runs = runs
  }

  private init(name: String, runs: [Run]) {
    self.name = name
    self.runs = runs
  }

  /// The runs of one strategy.
  public func only(_ strategy: String) -> StoredSample {
    StoredSample(name: name, runs: runs.filter { $0.strategy == strategy })
  }

  private static func json(_ path: String) throws(StoredSampleError) -> CanonicalJSON? {
    let bytes: [UInt8]
    do { bytes = try RegularFile.read(path, limit: 1 << 30) } catch {
      if case .missing = error { return nil }
      throw .unusable("\(error)")
    }
    return try parsed(bytes, path)
  }

  private static func parsed(
    _ bytes: [UInt8], _ file: String
  ) throws(StoredSampleError) -> CanonicalJSON {
    do { return try CanonicalJSON(parsing: bytes, file: file) } catch {
      throw .unusable("\(ResultReadError.malformed(error))")
    }
  }

  /// A document that the manifest lists; refuses one that is not the file whose hash the manifest
  /// holds: someone edited it.
  private static func document(
    _ name: String, of files: [InputFile], in path: String
  ) throws(StoredSampleError) -> CanonicalJSON {
    let file = path + "/" + name
    guard let listed = files.first(where: { $0.name == name }) else {
      throw .unusable("\(visible(file)): the manifest does not list it")
    }
    let bytes: [UInt8]
    do { bytes = try RegularFile.read(file, limit: 1 << 30) } catch { throw .unusable("\(error)") }
    if let difference = listed.difference(of: bytes) {
      throw .unusable("\(visible(file)): \(difference)")
    }
    return try parsed(bytes, file)
  }

  /// The summary of the run in the directory at `path`, whose manifest lists it.
  ///
  /// - Throws: `.unusable` where the run did not come to its end, or the summary was edited.
  static func summary(
    in path: String, _ manifest: ResultManifest
  ) throws(StoredSampleError) -> CanonicalJSON {
    guard manifest.isComplete || manifest.verdict == .notAtRest else {
      throw .unusable("\(visible(path)): the run did not come to its end")
    }
    return try document("summary.json", of: manifest.files, in: path)
  }

  private static func run(_ path: String) throws(StoredSampleError) -> Run {
    let manifest: ResultManifest
    do { manifest = try ResultManifest(readingFrom: path) } catch { throw .unusable("\(error)") }
    let summary = try Self.summary(in: path, manifest)
    guard let metrics = numbers(summary["metrics"]) else {
      throw .unusable("\(visible(path))/summary.json: expected metrics")
    }
    var run = Run(strategy: "", identity: manifest.identity, metrics: metrics)
    run.currency = currency(ofSummary: summary)
    if manifest.verdict == .notAtRest { run.unrest = Verdict.notAtRest.words }
    return run
  }

  /// ISO 4217 code of the currency that a run's summary reports in; empty where it has no money.
  static func currency(ofSummary summary: CanonicalJSON) -> String {
    summary["cost_summary"]?["currency"]?.text
      ?? summary["cost_components"]?.elements?.first?["amount"]?["currency"]?.text
      ?? summary["transfers"]?["value"]?["currency"]?.text ?? ""
  }

  private static func comparison(
    _ path: String, _ manifest: CanonicalJSON
  ) throws(StoredSampleError) -> [Run] {
    do throws(ResultReadError) {
      try ResultSchema.check(
        manifest["schema_version"]?.integer() ?? 0, file: path + "/" + ResultManifest.fileName)
    } catch { throw .unusable("\(error)") }
    let file = path + "/comparison.json"
    let files = (manifest["files"]?.elements ?? []).compactMap { entry in
      entry["name"]?.text.flatMap { name in
        entry["sha256"]?.text.map {
          InputFile(name: name, sha256: $0, size: entry["size"]?.integer() ?? 0)
        }
      }
    }
    let document = try Self.document("comparison.json", of: files, in: path)
    guard let entries = document["runs"]?.elements else {
      throw .unusable("\(visible(file)): expected the runs of a comparison")
    }
    let version = document["schema_version"]?.integer() ?? 0
    guard version == ComparisonManifest.schemaVersion else {
      throw .unusable(
        "\(visible(file)): schema_version \(version), this settlesim reads "
          + "\(ComparisonManifest.schemaVersion); make the comparison again")
    }
    var units: [String: String] = [:]
    for metric in document["metrics"]?.elements ?? [] {
      if let name = metric["name"]?.text { units[name] = metric["unit"]?.text }
    }
    var runs: [Run] = []
    for entry in entries {
      guard let strategy = entry["strategy"]?.text, let metrics = numbers(entry["metrics"]),
        var run = identity(entry, manifest).map({
          Run(strategy: strategy, identity: $0, metrics: metrics)
        })
      else { throw .unusable("\(visible(file)): run \(runs.count): expected all its members") }
      run.identity.overrides = overrides(strategy, manifest)
      run.currency = document["currency"]?.text ?? ""
      run.units = units
      if case .boolean(false)? = entry["at_rest"] { run.unrest = Verdict.notAtRest.words }
      runs.append(run)
    }
    guard !runs.isEmpty else { throw .unusable("\(visible(file)): expected runs") }
    return runs
  }

  /// What a run of a comparison was: the scenario of the manifest with the run's seed and digests.
  private static func identity(
    _ entry: CanonicalJSON, _ manifest: CanonicalJSON
  ) -> RunIdentity? {
    guard let seed = entry["seed"]?.integer(as: UInt64.self),
      let digest = entry["digest"]?.text.flatMap({ UInt64($0, radix: 16) }),
      let arrivals = entry["arrival_digest"]?.text.flatMap({ UInt64($0, radix: 16) }),
      let events = entry["event_count"]?.integer()
    else { return nil }
    let scenario = manifest["scenario"]
    var identity = RunIdentity(
      scenarioName: scenario?["name"]?.text ?? "", scenarioText: scenario?["text"]?.text ?? "",
      seed: seed, scenarioReference: scenario?["reference"]?.text)
    identity.digest = digest
    identity.arrivalDigest = arrivals
    identity.eventCount = events
    identity.settlesimVersion = manifest["settlesim_version"]?.text ?? ""
    identity.timeZoneDatabaseVersion = manifest["time_zone_database"]?.text ?? ""
    identity.inputs = (manifest["inputs"]?.elements ?? []).compactMap { input in
      guard let name = input["name"]?.text, let hash = input["sha256"]?.text else { return nil }
      return InputFile(name: name, sha256: hash, size: input["size"]?.integer() ?? 0)
    }
    return identity
  }

  /// What a strategy's runs set in the scenario: what all share, and what its entry says.
  private static func overrides(
    _ strategy: String, _ manifest: CanonicalJSON
  ) -> [SettingOverride] {
    func list(_ json: CanonicalJSON?) -> [ScenarioOverride] {
      (json?.elements ?? []).compactMap { setting in
        guard let path = setting["path"]?.text, let value = setting["value"]?.text else {
          return nil
        }
        return ScenarioOverride(path: path, value: value)
      }
    }
    let entry = manifest["strategies"]?.elements?.first { $0["name"]?.text == strategy }
    return StrategyEntry.merged(list(entry?["settings"]), over: list(manifest["overrides"]))
      .map { SettingOverride(path: $0.path, value: $0.value) }
  }

  private static func numbers(_ json: CanonicalJSON?) -> [String: Double]? {
    guard let members = json?.sortedMembers else { return nil }
    var numbers: [String: Double] = [:]
    for (name, value) in members {
      switch value {
      case .decimal(let number): numbers[name] = number
      case .integer(let number): numbers[name] = Double(number)
      default: continue
      }
    }
    return numbers
  }
}
