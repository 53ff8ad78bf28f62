import Foundation
import Host
import Simulator
import Testing

@testable import CommandLine

@Suite("The same bytes again")
struct ReplayTests {
  /// A session with a real result in `r`.
  private func session(_ arguments: String...) -> Session {
    let session = Session.tiny(nil)
    let ended = session.run(["run", "tiny.yaml", "--output", "r"] + arguments)
    #expect([0, 99].contains(ended.code), "\(ended.error)")
    return session
  }

  private let deterministic = [
    "latencies.csv", "manifest.json", "merchants.csv", "metrics.csv", "report.html",
    "series.csv", "strategies.csv", "summary.json", "timeseries.csv",
  ]

  @Test("threads, suspension, place and the way a scenario is named change no byte")
  func equalRuns() {
    let session = session("--threads", "1")
    let path = session.path("tiny.yaml")
    for (index, arguments) in [
      ["tiny.yaml", "--threads", "2"], ["tiny.yaml", "--threads", "8"],
      ["tiny.yaml", "--suspension", "continuation"], ["./tiny.yaml"], [path],
      [path, "--quiet", "--format", "json"], ["tiny.yaml", "--seed", "1"],
    ].enumerated() {
      #expect(session.run(["run", "--output", "r\(index)"] + arguments).code == 0)
      for name in deterministic {
        #expect(
          session.bytes("r/\(name)") == session.bytes("r\(index)/\(name)"), "\(arguments) \(name)")
      }
    }
  }

  @Test("another seed gives another digest")
  func otherSeed() {
    let session = session()
    _ = session("run", "tiny.yaml", "--seed", "2", "--output", "s")
    #expect(session.bytes("r/manifest.json") != session.bytes("s/manifest.json"))
  }

  @Test("a replay proves a result, with its seed and its overrides, and writes nothing")
  func proof() {
    let session = session("--seed", "5", "--set", "merchants.count=30", "--set", "bus.partitions=3")
    session.write("tiny.yaml", "something else")
    let names = session.names()
    let files = session.names("r").count { $0 != "environment.json" }
    for arguments in [[], ["--threads", "1"], ["--suspension", "continuation"]] {
      let ended = session.run(["replay", "r"] + arguments)
      #expect(ended.code == 0, "\(ended.error)")
      #expect(ended.output.hasPrefix("same  digest ") && ended.output.contains("\(files) files"))
    }
    #expect(session.names() == names)
  }

  @Test("a result made with a variable's seed replays without the variable")
  func variableSeed() {
    let session = Session.tiny(nil)
    session.environment = ["SETTLESIM_SEED": "5"]
    _ = session("run", "tiny.yaml", "--output", "r")
    session.environment = [:]
    #expect(session("replay", "r").code == 0)
  }

  @Test("a file that was edited is refused by name, with both hashes: code 65")
  func editedFile() {
    let session = session()
    let former = SHA256.hexDigest(of: Array(session.bytes("r/summary.json")!))
    session.alter("r/summary.json", "\"seed\": 1", "\"seed\": 2")
    let now = SHA256.hexDigest(of: Array(session.bytes("r/summary.json")!))
    let ended = session("replay", "r")
    #expect(ended.code == 65 && ended.output.isEmpty)
    #expect(
      ended.errors.first?.contains("r/summary.json: it was changed after it was written") == true
        && ended.error.contains(former) && ended.error.contains(now), "\(ended.error)")
  }

  @Test("an edited file whose hash was edited too is named with the line that differs: code 97")
  func alteredFile() {
    let session = session()
    session.alter("r/summary.json", "\"seed\": 1", "\"seed\": 2", manifest: "r/manifest.json")
    let ended = session("replay", "r")
    #expect(ended.code == 97)
    #expect(
      ended.errors.contains {
        $0.contains("summary.json: line ") && $0.contains("\"seed\": 2")
      }, "\(ended.error)")
    #expect(ended.errors.last?.contains("the replay differs from") == true)
  }

  @Test("a missing, a shortened and an extended file are named: code 65")
  func damagedFiles() throws {
    let session = session()
    try FileManager.default.removeItem(atPath: session.path("r/merchants.csv"))
    session.write("r/latencies.csv", String(session.read("r/latencies.csv")!.dropLast(5)))
    session.write("r/strategies.csv", session.read("r/strategies.csv")! + "more\n")
    let ended = session("replay", "r")
    #expect(ended.code == 65)
    for name in ["merchants.csv", "latencies.csv", "strategies.csv"] {
      #expect(ended.error.contains(name), "\(name)")
    }
  }

  @Test("an altered seed or digest in the manifest gives other bytes: code 97")
  func alteredIdentity() {
    let session = session()
    let manifest = session.read("r/manifest.json")!
    session.alter("r/manifest.json", "\"seed\": 1", "\"seed\": 2")
    let seed = session("replay", "r")
    #expect(seed.code == 97 && seed.error.contains("digest: the result has"))
    session.write("r/manifest.json", manifest)
    session.alter("r/manifest.json", "\"digest\": \"", "\"digest\": \"0000000000000000")
    #expect(session("replay", "r").code == 65)
  }

  @Test("an altered scenario, a shortened manifest and no manifest are refused")
  func brokenManifests() {
    let session = session()
    let manifest = session.read("r/manifest.json")!
    session.alter("r/manifest.json", "count: 20", "count: 21")
    let altered = session("replay", "r")
    #expect(altered.code == 65 && altered.error.contains("sha256"))
    for length in stride(from: 0, to: manifest.utf8.count - 1, by: 211) {
      session.write(
        "r/manifest.json", String(decoding: manifest.utf8.prefix(length), as: UTF8.self))
      let ended = session("replay", "r")
      #expect(ended.code == 65 && ended.errors.count == 1, "\(length) bytes: \(ended)")
    }
    #expect(session("replay", "none").code == 66)
    #expect(session("replay", "tiny.yaml").code == 66)
    #expect(session("replay", ".").code == 66)
  }

  @Test("the result of a run that was stopped cannot be replayed")
  func interrupted() {
    let session = Session.tiny()
    session.caughtSignal = 2
    _ = session("run", "tiny.yaml", "--output", "r")
    session.caughtSignal = nil
    let ended = session("replay", "r")
    #expect(ended.code == 65 && ended.error.contains("stopped before its end"))
  }

  @Test("a signal during a replay ends it without a proof")
  func signal() {
    let session = session()
    session.caughtSignal = 2
    let ended = session("replay", "r")
    #expect(ended.code == 130 && ended.output.isEmpty)
  }

  @Test("where two files begin to differ is told by line")
  func differences() {
    func difference(_ old: String, _ new: String) -> String? {
      ResultComparison.difference(Array(old.utf8), Array(new.utf8))
    }
    #expect(difference("a\nb\n", "a\nb\n") == nil)
    #expect(difference("a\nb\n", "a\nc\n") == "line 2: the result has `b`, the replay `c`")
    #expect(
      difference("a\n", "a\nb\n") == "the result ends in line 2, after 2 bytes; the replay goes on")
    #expect(
      difference("abc", "ab") == "the replay ends in line 1, after 2 bytes; the result goes on")
    let long = String(repeating: "x", count: 99)
    #expect(
      difference(long + "a" + long, long + "b" + long)?.contains("`…xxx") == true)
  }
}
