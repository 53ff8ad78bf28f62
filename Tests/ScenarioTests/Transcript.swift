import Foundation
import Testing

/// A file of cases: a title, an input, and what it must print.
///
/// With `SETTLESIM_REWRITE=1` in the environment the tests write what is printed now; read the
/// difference before committing it.
struct Transcript {
  struct Case: Sendable, CustomTestStringConvertible {
    let title: String
    let input: String
    let output: String
    var testDescription: String { title }
  }

  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let isRewriting = ProcessInfo.processInfo.environment["SETTLESIM_REWRITE"] == "1"

  let file: URL
  let cases: [Case]

  init(_ name: String) throws {
    file = Self.repository.appending(path: "Tests/Transcripts/scenario/\(name).txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    cases = ("\n" + text).components(separatedBy: "\n== ").dropFirst().map { block in
      let lines = block.components(separatedBy: "\n")
      let middle = lines.firstIndex(of: "--") ?? lines.count
      return Case(
        title: lines[0], input: lines[1..<middle].map { $0 + "\n" }.joined(),
        output: lines.dropFirst(middle + 1).joined(separator: "\n")
          .trimmingCharacters(in: .newlines))
    }
  }

  /// Writes the cases back with what `print` says to each.
  func rewrite(_ print: (String) -> String) throws {
    let blocks = cases.map { "== \($0.title)\n\($0.input)--\n\(print($0.input))\n" }
    try blocks.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
  }
}
