import Foundation
import Testing

@Suite struct DocumentationTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  static func lines(_ path: String) throws -> [Substring] {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The lines after the one that is `begin`, up to the one that is `end`.
  static func section(_ lines: [Substring], from begin: String, to end: String) -> [Substring] {
    Array(lines.drop { $0 != begin }.dropFirst().prefix { $0 != end })
  }

  @Test("The example on the page of VirtualTime is the code that is tested")
  func example() throws {
    let page = try Self.lines("../../../Sources/VirtualTime/VirtualTime.docc/VirtualTime.md")
    let code = try Self.lines("BankCounter.swift")
    let shown = Self.section(page, from: "```swift", to: "```")
    #expect(shown.count > 20)
    #expect(shown == Self.section(code, from: "// example: begin", to: "// example: end"))
  }

  @Test("The bank counter waits as M/M/1 does")
  func counter() {
    let waits = Replications { meanWaitAtCounter(customers: 6_000, seed: $0) }
    #expect(waits.agree(with: 540, within: 0.3), "\(waits.interval)")
    #expect(
      meanWaitAtCounter(customers: 500, seed: 1) == meanWaitAtCounter(customers: 500, seed: 1))
  }
}
