import Batching
import Foundation
import Testing

@testable import Scenario

@Suite("A bad scenario is refused in one line for each problem")
struct RefusalTests {
  static let files = [
    "syntax", "keys", "numbers", "values", "relations", "strategies", "rails", "exchange",
    "interbank", "transfers", "costs", "horizon", "schedule", "faults",
  ]

  @Test("with its place, its key and what was expected", arguments: files)
  func refusal(file: String) throws {
    let transcript = try Transcript(file)
    let message: (String) -> String = { input in
      Scenarios.refusal(input) ?? "accepted"
    }
    if Transcript.isRewriting { try transcript.rewrite(message) }
    #expect(!transcript.cases.isEmpty)
    for entry in try Transcript(file).cases {
      let found = message(entry.input)
      #expect(found == entry.output, "\(entry.title)")
      #expect(found.hasPrefix("s.yaml:"), "\(entry.title)")
    }
  }
}

/// Loading with the real strategies.
enum Scenarios {
  static func refusal(_ text: String) -> String? {
    do throws(ScenarioError) {
      _ = try load(text, strategies: StrategyRegistry.declarations, modes: sampleModes)
      return nil
    } catch {
      return error.exitCode == 65 ? error.description : "exit code \(error.exitCode)"
    }
  }
}
