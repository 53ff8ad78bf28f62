import Host
import Text
import Reporting

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
    for entry in entries where !entry.hasPrefix(".") {
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
    do throws(ResultReadError) {
      let bytes = try RegularFile.read(path, limit: 1 << 30)
      do { return try CanonicalJSON(parsing: bytes, file: path) } catch { throw .malformed(error) }
    } catch {
      if case .missing = error { return nil }
      throw .unusable("\(error)")
    }
  }

  private static func run(_ path: String) throws(StoredSampleError) -> Run {
    let manifest: ResultManifest
    do { manifest = try ResultManifest(readingFrom: path) } catch { throw .unusable("\(error)") }
    guard manifest.isComplete || manifest.verdict == .notAtRest else {
      throw .unusable("\(visible(path)): the run did not come to its end")
    }
    guard let summary = try json(path + "/summary.json"),
      let metrics = numbers(summary["metrics"])
    else { throw .unusable("\(visible(path))/summary.json: expected metrics") }
    var run = Run(strategy: "", identity: manifest.identity, metrics: metrics)
    run.currency = summary["gateway_fees"]?["currency"]?.text ?? ""
    if manifest.verdict == .notAtRest { run.unrest = Verdict.notAtRest.words }
    return run
  }

  private static func comparison(
    _ path: String, _ manifest: CanonicalJSON
  ) throws(StoredSampleError) -> [Run] {
    let file = path + "/comparison.json"
    guard let document = try json(file), let entries = document["runs"]?.elements else {
      throw .unusable("\(visible(file)): expected the runs of a comparison")
    }
    var runs: [Run] = []
    for entry in entries {
      guard let strategy = entry["strategy"]?.text,
        let seed = entry["seed"]?.integer(as: UInt64.self),
        let digest = entry["digest"]?.text.flatMap({ UInt64($0, radix: 16) }),
        let arrivals = entry["arrival_digest"]?.text.flatMap({ UInt64($0, radix: 16) }),
        let events = entry["event_count"]?.integer(), let metrics = numbers(entry["metrics"])
      else { throw .unusable("\(visible(file)): run \(runs.count): expected all its members") }
      let scenario = manifest["scenario"]
      var identity = RunIdentity(
        scenarioName: scenario?["name"]?.text ?? "",
        scenarioText: scenario?["text"]?.text ?? "", seed: seed,
        scenarioReference: scenario?["reference"]?.text)
      identity.digest = digest
      identity.arrivalDigest = arrivals
      identity.eventCount = events
      identity.settlesimVersion = manifest["settlesim_version"]?.text ?? ""
      identity.timeZoneDatabaseVersion = manifest["time_zone_database"]?.text ?? ""
      var run = Run(strategy: strategy, identity: identity, metrics: metrics)
      run.currency = document["currency"]?.text ?? ""
      if case .boolean(false)? = entry["at_rest"] { run.unrest = Verdict.notAtRest.words }
      runs.append(run)
    }
    guard !runs.isEmpty else { throw .unusable("\(visible(file)): expected runs") }
    return runs
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
