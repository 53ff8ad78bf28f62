import Foundation
import FoundationXML
import Measurement
import Pipeline
import Reporting
import Testing

@testable import Simulator

/// Stories of small worlds, in Tests/Transcripts/stories.
///
/// With `SETTLESIM_REWRITE=1` in the environment the tests write what is told now; read the
/// difference before committing it.
@Suite("Stories")
struct StoryTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Transcripts/stories")

  @Test("every edge is told as its transcript says", arguments: StoryEdge.World.allCases)
  func transcripts(_ world: StoryEdge.World) throws {
    let told = try world.told()
    #expect(told.outcome.breach == nil)
    for edge in StoryEdge.all where edge.world == world {
      guard let story = told.story(of: edge) else {
        Issue.record("no story is that of \(edge)")
        continue
      }
      let text = StoryFormat.text.render([story])
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
      let file = Self.folder.appending(path: edge.name + ".txt")
      if ProcessInfo.processInfo.environment["SETTLESIM_REWRITE"] == "1" {
        try text.write(to: file, atomically: true, encoding: .utf8)
      } else {
        #expect(text == (try String(contentsOf: file, encoding: .utf8)), "\(edge)")
      }
    }
  }

  @Test("a listener changes no byte of a result", arguments: StoryEdge.World.allCases)
  func unchanged(_ world: StoryEdge.World) throws {
    let told = try world.told()
    let alone = try world.untold()
    #expect(told.outcome.result.identity.digest == alone.result.identity.digest)
    #expect(told.outcome.result.metrics == alone.result.metrics)
  }

  @Test("threads tell the same stories", arguments: [StoryEdge.World.lively, .crowded, .transfers])
  func threads(_ world: StoryEdge.World) throws {
    for seed in 1...2 {
      let one = try world.told(threads: 1, ["seed=\(seed)"])
      for threads in [2, 4] {
        let more = try world.told(threads: threads, ["seed=\(seed)"])
        #expect(more.stories == one.stories, "seed \(seed), \(threads) threads")
      }
    }
  }

  @Test("what stories tell comes to what results say", arguments: 1...4)
  func sums(_ seed: Int) throws {
    for world in [StoryEdge.World.lively, .crowded, .atOnce] {
      let told = try world.told(["seed=\(seed)", "ledger.journal=true"])
      var states: [String: Int] = [:]
      var own: [String: Int] = [:]
      for (key, entries) in told.stories {  // ordered: counted
        guard case .payment(let place) = key else { continue }
        let state = try #require(entries.last { $0.state != nil }?.state)
        states[state, default: 0] += 1
        for posting in entries.lazy.compactMap(\.posting) where !posting.isShared {
          let line =
            "\(place.cell),\(posting.kind),\(posting.currency),\(posting.amount),\(place.number)"
          own[line, default: 0] += 1
        }
        let sums = Dictionary(
          grouping: entries.lazy.compactMap(\.posting).filter { !$0.isShared }, by: \.kind
        ).mapValues { $0.reduce(0) { $0 + $1.amount } }
        let held = sums["hold"] ?? 0
        let ended = (sums["capture"] ?? 0) + (sums["release"] ?? 0)
        #expect(held == ended, "\(key)")
        #expect((sums["refund"] ?? 0) + (sums["void"] ?? 0) <= sums["capture"] ?? 0)
      }
      #expect(own == Self.journal(of: told.outcome), "\(world)")
      for (state, metric) in [
        ("declined", "payments.declined"), ("expired", "payments.expired"),
        ("batched", "payments.settled"),
      ] {
        #expect(states[state] ?? 0 == told.outcome.count(metric), "\(world) \(state)")
      }
      #expect(states.values.reduce(0, +) == told.outcome.count("payments.accepted"))
    }
  }

  /// What the journal has of payments: cell, kind, currency, amount and payment, and how often.
  private static func journal(of outcome: RunOutcome) -> [String: Int] {
    let file = outcome.files.first { $0.name == "journal.csv" }!
    var lines: [String: Int] = [:]
    for line in String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",")
      guard ["hold", "capture", "release", "refund", "void"].contains(fields[2]) else { continue }
      lines["\(fields[0]),\(fields[2]),\(fields[5]),\(fields[6]),\(fields[7])", default: 0] += 1
    }
    return lines
  }

  @Test("the picture and the page's markup are well-formed")
  func formats() throws {
    let told = try StoryEdge.World.lively.told()
    let stories = StoryEdge.all.filter { $0.world == .lively }.compactMap(told.story)
    let parser = XMLParser(data: Data(StoryFormat.svg.render(stories).utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    for story in stories {
      let mermaid = StoryFormat.mermaid.render([story])
      #expect(mermaid.hasPrefix("sequenceDiagram\n") && !mermaid.contains(";:"))
      #expect(mermaid.split(separator: "\n").count > story.entries.count)
    }
    let json = StoryFormat.json.render(stories)
    let parsed = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect((parsed?["stories"] as? [Any])?.count == stories.count)
  }
}
