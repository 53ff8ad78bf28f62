import Host
import Text
import Glibc
import Reporting

/// The results of all points of a sweep: proved to be complete, and read.
public struct SweepResults: Sendable {
  /// One point's result.
  public struct Entry: Sendable {
    /// The point.
    public var point: SweepPoint
    /// Its manifest.
    public var manifest: ResultManifest
    /// All its figures, by ascending name.
    public var metrics: [(name: String, value: Double)]
    /// ISO 4217 code of the currency of its costs; empty where it has none.
    public var currency: String
  }

  /// The sweep.
  public let definition: SweepDefinition
  /// An entry for each point, in the order of their numbers.
  public let entries: [Entry]

  /// ISO 4217 code of the currency that all points report money in; empty where none does.
  public var currency: String { entries.first { !$0.currency.isEmpty }?.currency ?? "" }

  /// Gathers the results of one sweep from its directories, one or many.
  ///
  /// 1. All directories must hold the same definition, byte for byte.
  /// 2. Each directory below `points` must be a point's result, whole, and of this sweep.
  /// 3. A point that is there more than once must be the same, byte for byte, save for the clock
  ///    and the machine.
  /// 4. Every point must be there, all must have read the same files, and report in one currency.
  ///
  /// - Throws: `.missing` without a sweep, `.refused` where a directory is of another sweep or the
  ///   points are not complete, `.differs` where two results of one point differ.
  public init(from directories: [SweepDirectory]) throws(SweepError) {
    precondition(!directories.isEmpty, "results are gathered from somewhere")
    let definition = try directories[0].definition()
    for other in directories.dropFirst() {
      let differences = try other.definition().differences(from: definition)
      guard differences.isEmpty else {
        throw SweepError(
          .refused,
          ["\(visible(other.path)) is of another sweep than \(visible(directories[0].path)):"]
            + differences.map { "  " + visible($0) })
      }
    }
    self.definition = definition
    var gathering = Gathering(definition)
    for directory in directories { try gathering.add(directory) }
    entries = try gathering.entries(directories)
  }
}

/// Results on their way into `SweepResults`.
private struct Gathering {
  let definition: SweepDefinition
  private var found: [Int: (manifest: ResultManifest, directory: SweepDirectory)] = [:]
  private var problems: [String] = []
  private var differences: [String] = []

  init(_ definition: SweepDefinition) { self.definition = definition }

  mutating func add(_ directory: SweepDirectory) throws(SweepError) {
    let names: [String]
    do throws(OutputError) {
      names = try Posix.names(in: directory.path + "/points")
    } catch {
      // A shard that was killed before its first point.
      guard error.code != ENOENT else { return }
      throw SweepError(
        .refused, "cannot read \(visible(error.path)): \(visible(error.reason))")
    }
    // Names that begin with a point are results under way and their locks.
    for name in names where name.first != "." {
      let place = "\(visible(directory.path))/points/\(visible(name))"
      guard let number = SweepPoint.number(named: name), number <= definition.grid.pointCount else {
        problems.append("\(place): no point of this sweep, which has \(definition.grid.pointCount)")
        continue
      }
      let point = definition.grid.point(number)
      switch PointResult(of: point, definition, in: directory) {
      case .absent: problems.append("\(place): no result")
      case .unusable(let reason): problems.append("\(place): \(visible(reason))")
      case .finished(let manifest): add(manifest, of: point, directory, place)
      }
    }
  }

  private mutating func add(
    _ manifest: ResultManifest, of point: SweepPoint, _ directory: SweepDirectory, _ place: String
  ) {
    guard let former = found[point.number] else {
      found[point.number] = (manifest, directory)
      return
    }
    // The manifest holds the hash of every other file, and each file has been checked against it.
    guard former.manifest != manifest else { return }
    let files = Self.differing(former.manifest.files, manifest.files)
    differences.append(
      "\(place) differs from \(visible(former.directory.result(of: point))): "
        + (files.isEmpty ? ResultManifest.fileName : files.joined(separator: ", ")))
  }

  private static func differing(_ first: [InputFile], _ second: [InputFile]) -> [String] {
    let names = Set(first.map(\.name)).union(second.map(\.name)).sorted()
    return names.filter { name in
      first.first { $0.name == name } != second.first { $0.name == name }
    }
  }

  func entries(_ directories: [SweepDirectory]) throws(SweepError) -> [SweepResults.Entry] {
    if !differences.isEmpty { throw SweepError(.differs, differences) }
    let missing = (1...definition.grid.pointCount).filter { found[$0] == nil }
    guard problems.isEmpty, missing.isEmpty else { throw incomplete(missing, directories) }
    var entries: [SweepResults.Entry] = []
    var hashes: [String: String] = [:]
    for number in 1...definition.grid.pointCount {
      guard let (manifest, directory) = found[number] else { continue }
      for input in manifest.identity.inputs {
        if let former = hashes[input.name], former != input.sha256 {
          throw SweepError(
            .refused, "point \(number): it read another \(visible(input.name)) than those before it"
          )
        }
        hashes[input.name] = input.sha256
      }
      let point = definition.grid.point(number)
      let figures = try Self.figures(directory.result(of: point), manifest)
      entries.append(
        SweepResults.Entry(
          point: point, manifest: manifest, metrics: figures.metrics, currency: figures.currency))
    }
    let sides = entries.filter { !$0.currency.isEmpty }.map {
      (name: "point \($0.point.number)", currency: $0.currency)
    }
    let refusal = MixedUnits.refusal(sides, remedy: "make a sweep for each currency")
    if let refusal { throw SweepError(.refused, refusal) }
    return entries
  }

  private static func figures(
    _ directory: String, _ manifest: ResultManifest
  ) throws(SweepError) -> (metrics: [(name: String, value: Double)], currency: String) {
    let name = "summary.json"
    let file = directory + "/" + name
    do {
      let bytes = try RegularFile.read(file, limit: 256 << 20)
      guard let listed = manifest.files.first(where: { $0.name == name }) else {
        throw SweepError(.refused, "\(visible(file)): the manifest does not list it")
      }
      if let difference = listed.difference(of: bytes) {
        throw SweepError(.refused, "\(visible(file)): \(difference)")
      }
      let json = try CanonicalJSON(parsing: bytes, file: file)
      let metrics = (json["metrics"]?.sortedMembers ?? []).compactMap { name, value in
        switch value {
        case .decimal(let number): (name, number)
        case .integer(let number): (name, Double(number))
        default: nil
        }
      }
      return (metrics, StoredSample.currency(ofSummary: json))
    } catch { throw SweepError(.refused, visible("\(error)")) }
  }

  /// The scenario as a finished point's command line gave it, which alone knows its directory; the
  /// name where there is none.
  private var reference: String {
    let name = definition.scenarioReference
    for (number, result) in found.sorted(by: { $0.key < $1.key }) {
      let folder = result.directory.result(of: definition.grid.point(number))
      let file = folder + "/environment.json"
      guard let bytes = try? RegularFile.read(file, limit: 1 << 20),
        let json = try? CanonicalJSON(parsing: bytes, file: file)
      else { continue }
      let words = (json["command_line"]?.elements ?? []).compactMap(\.text)
      let given = words.first { $0.split(separator: "/").last.map(String.init) == name }
      if let given { return given }
    }
    return name
  }

  private func incomplete(_ missing: [Int], _ directories: [SweepDirectory]) -> SweepError {
    var lines = problems
    guard !missing.isEmpty else { return SweepError(.refused, lines) }
    let count = definition.grid.pointCount
    for number in missing {
      let death = directories.lazy.map { $0.death(of: number) }.first { !$0.isEmpty } ?? []
      lines += death.map { "point \(number): \($0)" }
    }
    lines.append(
      "\(missing.count) of \(count) points are missing: \(PointList.text(missing, limit: 20))")
    let command =
      definition.command(reference: reference)
      + ["--points", PointList.text(missing, limit: .max)]
      + ["--output", directories[0].path]
    lines.append("they are run by")
    lines.append("  " + command.map(shellQuoted).joined(separator: " "))
    return SweepError(.refused, lines)
  }
}

/// Numbers of points as a person writes them: `1,3,7-9`.
public enum PointList {
  /// `numbers`, ascending, with runs of three or more drawn together; at most `limit` parts.
  public static func text(_ numbers: [Int], limit: Int) -> String {
    var parts: [String] = []
    var index = 0
    while index < numbers.count {
      var last = index
      while last + 1 < numbers.count, numbers[last + 1] == numbers[last] + 1 { last += 1 }
      if last - index < 2 { last = index }
      parts.append(last > index ? "\(numbers[index])-\(numbers[last])" : "\(numbers[index])")
      index = last + 1
    }
    guard parts.count > limit else { return parts.joined(separator: ",") }
    return parts.prefix(limit).joined(separator: ",") + ",…"
  }

  /// Reads `1,3,7-9`; every number from 1 to `count`, each once, ascending in the result.
  public static func read(_ text: String, count: Int) throws(SweepError) -> [Int] {
    var numbers: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map {
        WholeNumber.read($0).flatMap { Int(exactly: $0) }
      }
      guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], first <= last,
        (1...count).contains(first), last <= count
      else {
        throw SweepError(
          .usage,
          "--points: expected numbers of 1 to \(count) such as 1,3,7-9, found `\(text)`")
      }
      numbers.formUnion(first...last)
    }
    return numbers.sorted()
  }
}
