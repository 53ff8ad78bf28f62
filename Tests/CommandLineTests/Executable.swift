import Foundation

/// The executable that the build has left beside the tests.
enum Executable {
  static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: ".build/debug/settlesim").path
  static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: path) }
}

extension Session {
  /// Runs a script in the session's directory with `$settlesim` set; its exit code and its output,
  /// standard error included.
  func shell(
    _ script: String, _ variables: [String: String] = [:]
  ) throws -> (code: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(filePath: directory)
    process.environment = ["PATH": "/usr/bin:/bin", "settlesim": Executable.path]
      .merging(variables) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }
}
