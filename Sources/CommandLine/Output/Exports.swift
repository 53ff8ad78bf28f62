import Experiments
import Glibc
import Host
import Measurement
import Reporting
import Scenario
import Simulator
import Text

/// The kinds of `--export`.
enum ExportKind: String, CaseIterable, Sendable {
  case html, json, ndjson, csv, markdown, junit, github, openmetrics, hgrm, sql, perfetto, otlp

  var summary: String {
    switch self {
    case .html: "the report, one self-contained page"
    case .json: "summary.json"
    case .ndjson: "the summary as JSON objects, one a line, each with its section"
    case .csv: "the summary as section,name,field,value"
    case .markdown: "the summary in Markdown"
    case .junit: "what was judged as test cases of a JUnit report, with value, limit and time"
    case .github: "what did not hold as annotations of GitHub Actions; with - above the summary"
    case .openmetrics: "metrics at instants of virtual time, for promtool and Prometheus"
    case .hgrm: "a latency by its name (hgrm:authorization=PATH), as HdrHistogram plots it"
    case .sql: "every table and series, for DuckDB and SQLite"
    case .perfetto: "the traced payments for ui.perfetto.dev; needs results.trace_one_in"
    case .otlp: "the traced payments as OTLP JSON; needs results.trace_one_in"
    }
  }

  /// Whether it holds the traced payments, which the scenario has to ask for.
  var needsTraces: Bool { self == .perfetto || self == .otlp }
}

/// What `--export` asks for: the kind, and what of it.
struct ExportContent: Equatable {
  let kind: ExportKind
  /// The name of the latency for `hgrm`; nil elsewhere.
  var latency: String?

  func render(_ result: RunResult) -> String {
    switch kind {
    case .html: HTMLReport.render(result)
    case .json: SummaryFormat.json.render(result)
    case .ndjson: SummaryFormat.ndjson.render(result)
    case .csv: SummaryFormat.csv.render(result)
    case .markdown: SummaryFormat.markdown.render(result)
    case .junit: JUnitDocument(result).text
    case .github: JUnitDocument(result).annotations.map(\.line).joined()
    case .openmetrics: OpenMetrics.render(result)
    case .hgrm:
      PercentileText.render(
        result.distributions.first { $0.name == latency }?.histogram ?? LatencyHistogram())
    case .sql: SQLDocument.render(result)
    case .perfetto: PerfettoTrace.render(result)
    case .otlp: OTLPTrace.render(result)
    }
  }
}

/// What commands find that judge results, in every form but a person's table.
protocol Findings {
  var json: CanonicalJSON { get }
  func csv() -> String
  func markdown() -> String
  func junit() -> JUnitDocument
  /// What a step of GitHub Actions marks.
  var annotations: [Annotation] { get }
}

extension BenchReport: Findings {}
extension ResultDiff: Findings {}

extension Findings {
  /// As an export.
  func rendered(as content: ExportContent) -> String {
    switch content.kind {
    case .junit: junit().text
    case .github: annotations.map(\.line).joined()
    case .markdown: markdown()
    case .csv: csv()
    case .json: json.encoded()
    case .html, .ndjson, .openmetrics, .hgrm, .sql, .perfetto, .otlp:
      preconditionFailure("findings are not exported as \(content.kind)")
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
  let content: ExportContent
  let path: String

  /// The path that stands for standard output.
  static let standardOutput = "-"
  /// Whether it goes to standard output, in place of the summary.
  var isStreamed: Bool { path == Self.standardOutput }
}

extension Context {
  /// The exports asked for, each of one of the kinds that the command's flag offers.
  func exportRequests() throws(Failure) -> [ExportRequest] {
    var requests: [ExportRequest] = []
    let kinds = options.flags.first { $0 == .export }?.candidates.words ?? []
    for text in options.values(.export) {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[1].isEmpty else {
        throw options.usage("--export: expected KIND=PATH, found \(quoted(text))")
      }
      let words = parts[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard let kind = ExportKind(rawValue: String(words[0])), kinds.contains(kind.rawValue) else {
        throw options.usage(
          "--export: expected one of \(kinds.joined(separator: ", ")), "
            + "found \(quoted(String(words[0])))\(hint(String(words[0]), kinds))")
      }
      let latency = words.count == 2 ? String(words[1]) : nil
      try checkLatency(latency, of: kind)
      let path = String(parts[1])
      guard !requests.contains(where: { $0.path == path }) else {
        throw options.usage("--export: two exports go to \(quoted(path))")
      }
      requests.append(
        ExportRequest(content: ExportContent(kind: kind, latency: latency), path: path))
    }
    return requests
  }

  /// One distribution goes into a file: which, the export says.
  private func checkLatency(_ name: String?, of kind: ExportKind) throws(Failure) {
    guard kind == .hgrm else {
      guard let name else { return }
      throw options.usage("--export: \(kind.rawValue) takes no name, found \(quoted(name))")
    }
    let names = MetricCatalog.latencies
    guard let name, names.contains(name) else {
      throw options.usage(
        "--export: expected hgrm:LATENCY=PATH with one of \(names.joined(separator: ", "))"
          + (name.map { ", found \(quoted($0))\(hint($0, names))" } ?? ""))
    }
  }

  /// Exports of traced payments want a scenario that traces some.
  func check(_ requests: [ExportRequest], of scenario: LoadedScenario) throws(Failure) {
    guard let request = requests.first(where: { $0.content.kind.needsTraces }) else { return }
    let place = "--export \(request.content.kind.rawValue)"
    guard scenario.settings.results.traceOneIn > 0 else {
      throw options.usage(
        "\(place): the scenario traces no payment; add --set results.trace_one_in=1000 for one in "
          + "a thousand")
    }
    guard case .generated(let workload) = scenario.settings.workload.source,
      case .payments(0) = workload.volume
    else { return }
    throw options.usage("\(place): card payments are traced, and the scenario has none")
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

/// The exports of a run, opened before it and written after it. A file whose name ends in `.gz` is
/// compressed.
struct Exports {
  private var files: [(content: ExportContent, file: OutputFile)] = []
  /// What goes to standard output.
  private let streamed: ExportContent?

  init(_ requests: [ExportRequest], _ surroundings: Surroundings) throws(Failure) {
    streamed = requests.first(where: \.isStreamed)?.content
    for request in requests where !request.isStreamed {
      do throws(OutputError) {
        let file = try OutputFile(path: surroundings.resolved(request.path), policy: .replace)
        files.append((request.content, file))
      } catch { throw Failure(error) }
    }
  }

  /// What goes to standard output: the export that asks for it, else the summary. Annotations do
  /// not replace it: a log shows both.
  func output(
    or summary: @autoclosure () -> String, _ render: (ExportContent) -> String
  ) -> String {
    guard let streamed else { return summary() }
    return streamed.kind == .github ? render(streamed) + summary() : render(streamed)
  }

  /// Writes all others; the trouble met on the way.
  func publish(_ result: RunResult) -> [Failure] { publish { $0.render(result) } }

  /// Writes all others with what `render` gives for them.
  func publish(_ render: (ExportContent) -> String) -> [Failure] {
    files.compactMap { content, file in
      do throws(OutputError) {
        let bytes = Array(render(content).utf8)
        try file.publish(file.path.hasSuffix(".gz") ? gzipped(bytes) : bytes)
        return nil
      } catch { return Failure(error) }
    }
  }
}
