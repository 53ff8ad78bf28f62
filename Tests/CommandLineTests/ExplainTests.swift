import Foundation
import FoundationXML
import Reporting
import Testing

@testable import CommandLine

@Suite("The story of one thing")
struct ExplainTests {
  /// A session with a real result in `r`.
  private func session(_ arguments: String...) -> Session {
    let session = Session.tiny(nil)
    let ended = session.run(["run", "tiny.yaml", "--output", "r"] + arguments)
    #expect([0, 99].contains(ended.code), "\(ended.error)")
    return session
  }

  @Test("a payment by name and by key is told alike, in every format, and nothing is written")
  func payment() throws {
    let session = session()
    let names = session.names("r")
    let told = session("explain", "r", "--payment", "cell-0/payment-3")
    #expect(told.code == 0 && told.output.hasPrefix("cell-0/payment-3 of "), "\(told.error)")
    #expect(told.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let json = session("explain", "r", "--payment", "cell-0/payment-3", "--format", "json")
    let parsed = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let stories = try #require(parsed?["stories"] as? [[String: Any]])
    let entries = try #require(stories.first?["entries"] as? [[String: Any]])
    let facts = try #require(entries.first?["facts"] as? [String: String])
    let key = try #require(facts["key"])
    #expect(session("explain", "r", "--payment", key).output == told.output)
    #expect(session("explain", "r", "--payment", "cell-0/payment-3", "--threads", "1") == told)
    let requests = session("explain", "r", "--request", key)
    #expect(requests.code == 0 && requests.output.contains("asks for a payment of"))
    #expect(requests.output.contains("answers 202"))
    let svg = session("explain", "r", "--payment", "cell-0/payment-3", "--format", "svg")
    #expect(XMLParser(data: Data(svg.output.utf8)).parse())
    let mermaid = session("explain", "r", "--payment", "cell-0/payment-3", "--format", "mermaid")
    #expect(mermaid.output.hasPrefix("sequenceDiagram\n"))
    #expect(session.names("r") == names)
  }

  @Test("the slowest authorisation is that of the figures: the cardholder's time is left out")
  func slowestAuthorization() throws {
    let session = session()
    let figures = session.read("r/metrics.csv")!.split(separator: "\n")
    let line = try #require(figures.first { $0.hasPrefix("authorization_latency.max,") })
    let longest = try #require(Double(line.split(separator: ",")[1]))
    let told = session("explain", "r", "--slowest", "1")
    let shown = HumanFormat.duration(Int64(longest))
    #expect(told.output.contains("Number 1 of the slowest in authorization: \(shown)."))
  }

  @Test("batches, instructions, merchants and the slowest are told")
  func others() {
    let session = session()
    for arguments in [
      ["--batch", "cell-0/batch-1"], ["--instruction", "1"],
      ["--merchant", "merchant-0", "--at", "12h"], ["--slowest", "2", "--stage", "hold"],
      ["--slowest", "1"], ["--payment", "northbank/1"],
    ] {
      let told = session.run(["explain", "r"] + arguments)
      // A reference may stand in several cells, and holds may be of none.
      #expect([0, 65].contains(told.code), "\(arguments) \(told.error)")
      #expect(
        told.code == 0 || told.error.contains("have the reference")
          || told.error.contains("came through the stage"), "\(arguments) \(told.error)")
    }
  }

  @Test("what there is not is refused with what is nearest: code 65")
  func unknown() {
    let session = session()
    let payment = session("explain", "r", "--payment", "cell-0/payment-99999")
    #expect(payment.code == 65 && payment.error.contains("the nearest: cell-0/payment-"))
    let batch = session("explain", "r", "--batch", "cell-0/batch-99999")
    #expect(batch.code == 65 && batch.error.contains("the nearest: cell-0/batch-"), "\(batch)")
    let instruction = session("explain", "r", "--instruction", "99999999")
    #expect(instruction.code == 65 && instruction.error.contains("the nearest: "))
    let merchant = session("explain", "r", "--merchant", "merchant-0x", "--at", "12:00")
    #expect(merchant.code == 65 && merchant.error.contains("did you mean `merchant-0`?"))
    #expect(session("explain", "r", "--payment", "nonsense").code == 65)
    for arguments in [
      [], ["--payment", "1", "--batch", "1"], ["--payment", "1", "--at", "12:00"],
      ["--merchant", "merchant-0"], ["--merchant", "merchant-0", "--at", "noon"],
      ["--payment", "1", "--stage", "hold"],
    ] {
      #expect(session.run(["explain", "r"] + arguments).code == 64, "\(arguments)")
    }
  }

  @Test("an edited result, and one of another version, tell nothing: code 97")
  func edited() {
    let session = session()
    let manifest = session.read("r/manifest.json")!
    session.alter("r/summary.json", "\"seed\": 1", "\"seed\": 2")
    #expect(session("explain", "r", "--payment", "cell-0/payment-1").code == 97)
    session.alter("r/summary.json", "\"seed\": 2", "\"seed\": 1")
    session.alter("r/manifest.json", "\"seed\": 1", "\"seed\": 2")
    let other = session("explain", "r", "--payment", "cell-0/payment-1")
    #expect(other.code == 97 && other.error.contains("the story of another run"), "\(other)")
    session.write("r/manifest.json", manifest)
    session.alter("r/manifest.json", "\"schema_version\": 2", "\"schema_version\": 1")
    #expect(session("explain", "r", "--payment", "cell-0/payment-1").code == 97)
    session.write("r/manifest.json", manifest)
    session.alter("r/manifest.json", "\"settlesim_version\": \"", "\"settlesim_version\": \"0.")
    #expect(session("explain", "r", "--payment", "cell-0/payment-1").code == 97)
  }

  @Test("a comparison and a sweep are refused with what to give instead: code 65")
  func folders() {
    let session = session()
    session.write("s/sweep.json", "{}")
    let sweep = session("explain", "s", "--payment", "1")
    #expect(sweep.code == 65 && sweep.error.contains("points"), "\(sweep)")
    session.write("c/manifest.json", "{\"kind\": \"settlesim comparison\"}")
    let comparison = session("explain", "c", "--payment", "1")
    #expect(comparison.code == 65 && comparison.error.contains("settlesim run"), "\(comparison)")
    #expect(session("explain", "nowhere", "--payment", "1").code == 66)
  }
}
