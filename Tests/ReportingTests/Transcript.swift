import Foundation
import Testing

/// Expects `text` to be what the transcript `name` says; with `SETTLESIM_REWRITE=1` writes it.
func expect(_ text: String, isTranscript name: String) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Transcripts").appending(path: name)
  if ProcessInfo.processInfo.environment["SETTLESIM_REWRITE"] == "1" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  } else {
    #expect(try text == String(contentsOf: file, encoding: .utf8))
  }
}
