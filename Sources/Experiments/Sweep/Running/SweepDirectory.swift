import Host
import Text
import Glibc
import Reporting

/// The directory of a sweep: `sweep.json`, a result for each point under `points`, and a file for
/// each shard that has finished under `shards`.
///
/// Any number of processes, on any number of machines, may work in it at once.
public struct SweepDirectory: Sendable {
  /// As given, without slashes at its end.
  public let path: String

  /// The name of the file that defines the sweep.
  public static let definitionName = "sweep.json"

  /// The directory at `path`; nothing is looked at yet.
  public init(path: String) {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    self.path = String(trimmed)
  }

  /// Where the result of a point stands.
  public func result(of point: SweepPoint) -> String { "\(path)/points/\(point.name)" }

  /// Makes the directory and writes the definition, unless both are there already.
  ///
  /// - Throws: `.cannotWrite` for a place that is none of ours or cannot be written, and `.refused`
  ///   for the directory of another sweep, with what differs. Nothing is changed then.
  public func prepare(_ definition: SweepDefinition) throws(SweepError) {
    switch try state() {
    case .sweep: break
    case .absent, .empty:
      try makeDirectories()
      try create(Self.definitionName, definition.json.encoded())
    }
    try check(definition)
    for name in ["points", "shards"] {
      guard mkdir("\(path)/\(name)", 0o777) == 0 || errno == EEXIST else {
        throw Self.systemError("create the directory", "\(path)/\(name)")
      }
    }
  }

  /// Reads the definition.
  public func definition() throws(SweepError) -> SweepDefinition {
    let file = "\(path)/\(Self.definitionName)"
    let bytes: [UInt8]
    do throws(ResultReadError) {
      bytes = try RegularFile.read(file, limit: 256 << 20)
    } catch {
      if case .missing = error {
        throw SweepError(.missing, "\(visible(path)): no sweep here: there is no sweep.json")
      }
      throw SweepError(.refused, "\(error)")
    }
    let json: CanonicalJSON
    do throws(JSONError) { json = try CanonicalJSON(parsing: bytes, file: file) } catch {
      throw SweepError(.refused, visible("\(error)"))
    }
    return try SweepDefinition(json, file: file)
  }

  /// Refuses the directory of another sweep.
  private func check(_ definition: SweepDefinition) throws(SweepError) {
    let differences = definition.differences(from: try self.definition())
    guard differences.isEmpty else {
      throw SweepError(
        .refused,
        ["\(visible(path)): the directory of another sweep; choose another with --output:"]
          + differences.map { "  " + visible($0) })
    }
  }

  /// Notes that a shard has finished all its points.
  public func note(_ shard: Shard, of definition: SweepDefinition) throws(SweepError) {
    let json: CanonicalJSON = [
      "kind": "settlesim sweep shard",
      "sweep": .string(definition.identifier),
      "shard": .int(shard.index), "shards": .int(shard.count),
      "points": .array(shard.points(of: definition.grid.pointCount).map { .int($0) }),
    ]
    try write("shards/\(shard.name).json", json.encoded())
  }

  /// Writes `points.csv`, `points.json` and `summary.json`, making the directory if need be.
  ///
  /// - Throws: `.cannotWrite` for a place that holds anything else or cannot be written, and
  ///   `.refused` for that of another sweep. Nothing is changed then.
  public func write(_ results: SweepResults) throws(SweepError) {
    try check(results)
    try makeDirectories()
    try write(MergedFile.csv, results.pointsCSV)
    try write(MergedFile.points, results.pointsJSON.encoded())
    try write(MergedFile.summary, results.summaryJSON.encoded())
  }

  /// The files of a merged sweep.
  private enum MergedFile {
    static let csv = "points.csv"
    static let points = "points.json"
    static let summary = "summary.json"
  }

  /// Refuses a directory in which the files of `results` would replace, or stand beside, what is
  /// not of their sweep.
  private func check(_ results: SweepResults) throws(SweepError) {
    try checkPath()
    let names: [String]
    do throws(OutputError) { names = try Posix.names(in: path) } catch {
      guard error.code != ENOENT else { return }
      throw SweepError(.cannotWrite, "\(error)")
    }
    if names.contains(Self.definitionName) { return try check(results.definition) }
    let own = [MergedFile.summary, MergedFile.points, MergedFile.csv]
    let foreign = names.first { name in
      !own.contains { name == $0 || name.hasPrefix(".\($0).partial-") }
    }
    if let foreign {
      throw refuse(
        "the directory holds `\(visible(foreign))`, which is no file of a merged sweep; choose "
          + "another with --output")
    }
    // The last that was written tells for all.
    guard let last = own.first(where: names.contains) else { return }
    try check(last, results)
  }

  /// Refuses a merged file of another sweep, or one that is none.
  private func check(_ name: String, _ results: SweepResults) throws(SweepError) {
    let file = "\(path)/\(name)"
    let bytes = try? RegularFile.read(file, limit: 1 << 30)
    guard name != MergedFile.csv else {
      let header = results.pointsCSV.utf8.prefix { $0 != 0x0A }
      if bytes?.starts(with: header) == true { return }
      throw refuse("\(name) is not of this sweep; choose another with --output")
    }
    let json = bytes.flatMap { try? CanonicalJSON(parsing: $0, file: file) }
    let kind = name == MergedFile.summary ? "settlesim sweep summary" : "settlesim sweep points"
    guard json?["kind"]?.text == kind else {
      throw refuse("\(name) is of no merged sweep; choose another with --output")
    }
    guard json?["sweep"]?.text == results.definition.identifier else {
      throw SweepError(
        .refused,
        "\(visible(path)): the merged files of another sweep; choose another with --output")
    }
  }

  /// Writes a file of the sweep whole, replacing a former one.
  public func write(_ name: String, _ text: String) throws(SweepError) {
    do throws(OutputError) {
      try OutputFile(path: "\(path)/\(name)", policy: .replace).publish(text)
    } catch { throw SweepError(.cannotWrite, "\(error)") }
  }

  private enum State { case absent, empty, sweep }

  private func state() throws(SweepError) -> State {
    try checkPath()
    var status = stat()
    guard lstat(path, &status) == 0 else {
      guard errno == ENOENT else { throw Self.systemError("look at", path) }
      return .absent
    }
    guard status.st_mode & S_IFMT != S_IFLNK else {
      throw refuse("it is a symbolic link; name the directory itself")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw refuse("a file is in the way") }
    do throws(OutputError) {
      let names = try Posix.names(in: path)
      if names.contains(Self.definitionName) { return .sweep }
      // Another process may be about to write the definition.
      if names.allSatisfy({ $0.hasPrefix(Self.partialPrefix) }) { return .empty }
    } catch { throw SweepError(.cannotWrite, "\(error)") }
    throw refuse("the directory exists and holds no sweep of settlesim")
  }

  private func checkPath() throws(SweepError) {
    guard !path.isEmpty, !path.utf8.contains(0), path != "/" else {
      throw refuse("a sweep needs a directory of its own")
    }
  }

  private func refuse(_ reason: String) -> SweepError {
    SweepError(.cannotWrite, "cannot write \(visible(path)): \(reason)")
  }

  private func makeDirectories() throws(SweepError) {
    do throws(OutputError) {
      try OutputFile.makeDirectories(above: "\(path)/\(Self.definitionName)")
    } catch { throw SweepError(.cannotWrite, "\(error)") }
  }

  private static let partialPrefix = ".sweep.json.partial-"

  /// Writes a file that stays as the first who comes makes it: whole, under a name of its own, and
  /// then linked.
  private func create(_ name: String, _ text: String) throws(SweepError) {
    var template = Array("\(path)/\(Self.partialPrefix)XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Self.systemError("create a file in", path) }
    let partial = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    defer { unlink(partial) }
    do throws(OutputError) {
      try CheckedOutput(descriptor: descriptor, name: "\(path)/\(name)").write(text)
    } catch {
      close(descriptor)
      throw SweepError(.cannotWrite, "\(error)")
    }
    let isSafe = fchmod(descriptor, 0o644) == 0 && fsync(descriptor) == 0
    guard close(descriptor) == 0, isSafe else { throw Self.systemError("write", "\(path)/\(name)") }
    guard link(partial, "\(path)/\(name)") == 0 || errno == EEXIST else {
      throw Self.systemError("link", "\(path)/\(name)")
    }
  }

  private static func systemError(_ action: String, _ path: String) -> SweepError {
    let reason = FileReadError.text(of: errno)
    return SweepError(.cannotWrite, "cannot write \(visible(path)): \(action): \(reason)")
  }
}
