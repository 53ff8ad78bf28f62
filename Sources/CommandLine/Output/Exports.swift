import Host
import Reporting

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

/// One `--export KIND=PATH`.
struct ExportRequest: Equatable {
  let kind: ExportKind
  let path: String
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

/// The exports of a run, opened before it and written after it.
struct Exports {
  private var files: [(kind: ExportKind, file: OutputFile)] = []

  init(_ requests: [ExportRequest], _ surroundings: Surroundings) throws(Failure) {
    for request in requests {
      do throws(OutputError) {
        let file = try OutputFile(path: surroundings.resolved(request.path), policy: .replace)
        files.append((request.kind, file))
      } catch { throw Failure(error) }
    }
  }

  /// Writes all of them; the trouble met on the way.
  func publish(_ result: RunResult) -> [Failure] { publish { $0.render(result) } }

  /// Writes all of them with what `render` gives for their kinds.
  func publish(_ render: (ExportKind) -> String) -> [Failure] {
    files.compactMap { kind, file in
      do throws(OutputError) {
        try file.publish(render(kind))
        return nil
      } catch { return Failure(error) }
    }
  }
}
