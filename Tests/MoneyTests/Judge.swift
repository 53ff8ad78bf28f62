import Foundation

/// Programs of Tests/Judges, run with the packages of Tests/requirements.txt.
enum Judge {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let interpreter = root.appending(path: ".venv/bin/python3")

  /// Whether the packages are installed, which `make test` does.
  static let isPresent = FileManager.default.fileExists(atPath: interpreter.path)

  /// What the judge prints to `input`.
  static func run(_ name: String, _ input: String) throws -> String {
    let process = Process()
    process.executableURL = interpreter
    process.arguments = [root.appending(path: "Tests/Judges/\(name)").path]
    let (question, answer) = (Pipe(), Pipe())
    process.standardInput = question
    process.standardOutput = answer
    try process.run()
    question.fileHandleForWriting.write(Data(input.utf8))
    try question.fileHandleForWriting.close()
    let data = try answer.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
