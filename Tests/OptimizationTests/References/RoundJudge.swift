import Foundation
import Testing

/// HiGHS in the package's `.venv`, which `make test` fills from Tests/requirements.txt.
enum RoundJudge {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let python = root.appending(path: ".venv/bin/python3")

  /// What HiGHS finds of one problem, in minor units.
  struct Answer: Codable {
    var cost: Double
    /// Proved lower bound.
    var bound: Double
  }

  /// Whether HiGHS can be asked.
  static let isPresent: Bool = {
    guard FileManager.default.isExecutableFile(atPath: python.path) else { return false }
    let process = Process()
    process.executableURL = python
    process.arguments = ["-c", "import highspy"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  static let absence: Comment =
    "HiGHS is missing: `make test` puts it into .venv; the stored optima are still checked"

  /// HiGHS's answers for files of problems. It may greet before them, so they are the last line.
  static func answers(_ files: [URL], gap: Double) throws -> [Answer] {
    let process = Process()
    process.executableURL = python
    process.arguments =
      [root.appending(path: "Tests/Judges/round_judge.py").path] + files.map(\.path)
      + ["--gap", "\(gap)"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    return try JSONDecoder().decode([Answer].self, from: Data((lines.last ?? "").utf8))
  }
}
