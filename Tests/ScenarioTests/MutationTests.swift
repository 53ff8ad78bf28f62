import Batching
import Foundation
import Testing

@testable import Scenario

@Suite("Mutated scenarios")
struct MutationTests {
  @Test(
    "random damage is accepted or refused in plain lines, and never stops the program",
    arguments: [1, 2, 3, 4] as [UInt64])
  func damage(seed: UInt64) throws {
    var random = Xorshift(state: seed &* 0x9E37_79B9_7F4A_7C15)
    let original = try [UInt8](
      Data(contentsOf: ShippedScenarioTests.folder.appending(path: "standard-day.yaml")))
    let pieces = ["-1", "1e400", "9223372036854775808", "null", "&a ", "{", "]", "\"", "\n", ": "]
    for round in 0..<100 {
      var bytes = original
      for _ in 0...random.below(3) {
        let place = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[place] = UInt8(random.below(256))
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + random.below(30)))
        default: bytes.insert(contentsOf: pieces[random.below(pieces.count)].utf8, at: place)
        }
      }
      do throws(ScenarioError) {
        let scenario = try LoadedScenario.load(
          bytes, file: "s.yaml", strategies: StrategyRegistry.declarations)
        #expect(!scenario.resolved().isEmpty, "seed \(seed), round \(round)")
      } catch {
        #expect(error.exitCode == 65)
        for problem in error.problems {
          #expect(!problem.description.contains("\n"), "seed \(seed), round \(round)")
        }
      }
    }
  }

  @Test("a trace lies beside its scenario unless its path is absolute")
  func tracePath() throws {
    func path(_ trace: String, of file: String) throws -> String? {
      try LoadedScenario.load(
        Array("name: x\nworkload: {trace: {file: \(trace)}}\n".utf8), file: file
      ).tracePath
    }
    #expect(try path("t/a.csv", of: "dir/s.yaml") == "dir/t/a.csv")
    #expect(try path("../a.csv", of: "dir/s.yaml") == "dir/../a.csv")
    #expect(try path("a.csv", of: "s.yaml") == "a.csv")
    #expect(try path("/data/a.csv", of: "dir/s.yaml") == "/data/a.csv")
    #expect(try load("name: x").tracePath == nil)
  }
}

/// A small generator for choosing where to damage.
private struct Xorshift {
  var state: UInt64
  mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }
}
