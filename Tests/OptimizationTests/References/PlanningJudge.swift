import Foundation
import Testing

@testable import Optimization

/// HiGHS in the package's `.venv`, which `make test` fills from Tests/requirements.txt.
enum PlanningJudge {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let python = root.appending(path: ".venv/bin/python3")

  /// What HiGHS finds of one problem, in minor units.
  struct Answer: Decodable {
    var cost: Double
    /// Proved lower bound; nil for a relaxation.
    var bound: Double?
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

  /// HiGHS's answers. It may greet before them, so they are the last line.
  static func answers(_ arguments: [String], _ problems: [PlanningProblem]) throws -> [Answer] {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "planning-\(UUID().uuidString).json")
    try JSONEncoder().encode(problems).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = python
    process.arguments =
      [root.appending(path: "Tests/Judges/planning_judge.py").path, arguments[0], file.path]
      + arguments.dropFirst()
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
