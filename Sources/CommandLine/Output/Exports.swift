import Experiments
import Glibc
import Host
import Reporting
import Text

/// The kinds of `--export`.
enum ExportKind: String, CaseIterable, Sendable {
  case html, json, csv, junit, markdown

  var summary: String {
    switch self {
    case .html: "the report, one self-contained page"
    case .json: "summary.json"
    case .csv: "the summary as section,name,field,value"
    case .junit: "thresholds and invariants as test cases of a JUnit report"
    case .markdown: "the summary in Markdown"
    }
  }

  func render(_ result: RunResult) -> String {
    switch self {
    case .html: HTMLReport.render(result)
    case .json: SummaryFormat.json.render(result)
    case .csv: SummaryFormat.csv.render(result)
    case .junit: JUnitDocument(result).text
    case .markdown: SummaryFormat.markdown.render(result)
    }
  }
}

/// What commands find that judge results, in every form but a person's table.
protocol Findings {
  var json: CanonicalJSON { get }
  func csv() -> String
  func markdown() -> String
  func junit() -> JUnitDocument
}

extension BenchReport: Findings {}
extension ResultDiff: Findings {}

extension Findings {
  /// As an export.
  func rendered(as kind: ExportKind) -> String {
    switch kind {
    case .junit: junit().text
    case .markdown: markdown()
    case .csv: csv()
    case .json, .html: json.encoded()
    }
  }

  /// On standard output.
  func rendered(as format: SummaryFormat, table: @autoclosure () -> String) -> String {
    switch format {
    case .table: table()
    case .json: json.encoded()
    case .ndjson: json.encodedLine() + "\n"
    case .csv: csv()
    case .markdown: markdown()
    }
  }
}

/// One `--export KIND=PATH`.
struct ExportRequest: Equatable {
  let kind: ExportKind
  let path: String

  /// The path that stands for standard output.
  static let standardOutput = "-"
  /// Whether it goes to standard output, in place of the summary.
  var isStreamed: Bool { path == Self.standardOutput }
}

extension Context {
  /// The exports asked for, each of one of the kinds that the command has.
  func exportRequests(
    _ allowed: [ExportKind] = ExportKind.allCases
  ) throws(Failure) -> [ExportRequest] {
    var requests: [ExportRequest] = []
    let kinds = allowed.map(\.rawValue)
    for text in options.values(.export) {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[1].isEmpty else {
        throw options.usage("--export: expected KIND=PATH, found \(quoted(text))")
      }
      guard let kind = ExportKind(rawValue: String(parts[0])), allowed.contains(kind) else {
        throw options.usage(
          "--export: expected one of \(kinds.joined(separator: ", ")), "
            + "found \(quoted(String(parts[0])))\(hint(String(parts[0]), kinds))")
      }
      let path = String(parts[1])
      guard !requests.contains(where: { $0.path == path }) else {
        throw options.usage("--export: two exports go to \(quoted(path))")
      }
      requests.append(ExportRequest(kind: kind, path: path))
    }
    return requests
  }
}

extension Context {
  /// Refuses an export that would be written over something the command reads or over a file of a
  /// result, whatever names and links lead there, or into the directory of the result.
  ///
  /// - Parameters:
  ///   - inputs: files that are read.
  ///   - target: the directory of the result, as given; nil where none is written.
  func check(
    _ requests: [ExportRequest], inputs: [String], target: String?
  ) throws(Failure) {
    let inputs = inputs.compactMap { path in FileIdentity(path).map { (path, $0) } }
    let directory = target.flatMap { FileIdentity(surroundings.resolved($0)) }
    for request in requests where !request.isStreamed {
      let path = surroundings.resolved(request.path)
      let identity = FileIdentity(path)
      let reason: String? =
        if let input = inputs.first(where: { $0.1 == identity }) {
          "it is \(visible(input.0)), which this command reads"
        } else if let owner = ResultOwner.directory(of: path) {
          "it is a file of the result in \(visible(owner))"
        } else if let directory, FileIdentity.lies(path, in: directory) {
          "it lies in \(visible(target ?? "")), where the result goes"
        } else {
          nil
        }
      guard let reason else { continue }
      throw Failure(
        .cannotWrite, "settlesim: cannot write \(visible(request.path)): \(reason); choose another")
    }
  }
}

/// A file or directory, whatever it is called.
private struct FileIdentity: Equatable {
  private let device: UInt64
  private let inode: UInt64

  /// What `path` leads to, links followed; nil where that is nothing.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }

  /// Whether `path` is anywhere below a directory.
  static func lies(_ path: String, in directory: FileIdentity) -> Bool {
    var above = path
    while let slash = above.lastIndex(of: "/") {
      above = String(above[..<slash])
      guard let real = realpath(above.isEmpty ? "/" : above, nil) else { continue }
      defer { free(real) }
      above = String(cString: real)
      if FileIdentity(above) == directory { return true }
      if above == "/" { return false }
    }
    return FileIdentity(".") == directory
  }
}

/// The exports of a run, opened before it and written after it.
struct Exports {
  private var files: [(kind: ExportKind, file: OutputFile)] = []
  /// What goes to standard output.
  private let streamed: ExportKind?

  init(_ requests: [ExportRequest], _ surroundings: Surroundings) throws(Failure) {
    streamed = requests.first(where: \.isStreamed)?.kind
    for request in requests where !request.isStreamed {
      do throws(OutputError) {
        let file = try OutputFile(path: surroundings.resolved(request.path), policy: .replace)
        files.append((request.kind, file))
      } catch { throw Failure(error) }
    }
  }

  /// What goes to standard output: the export that asks for it, else the summary.
  func output(
    or summary: @autoclosure () -> String, _ render: (ExportKind) -> String
  ) -> String {
    streamed.map(render) ?? summary()
  }

  /// Writes all others; the trouble met on the way.
  func publish(_ result: RunResult) -> [Failure] { publish { $0.render(result) } }

  /// Writes all others with what `render` gives for their kinds.
  func publish(_ render: (ExportKind) -> String) -> [Failure] {
    files.compactMap { kind, file in
      do throws(OutputError) {
        try file.publish(render(kind))
        return nil
      } catch { return Failure(error) }
    }
  }
}
