import Foundation
import Testing
import VirtualTime

@testable import CommandLine

@Suite("Results that are kept")
struct KeptResultTests {
  private func manifest(_ session: Session, _ result: String) -> String {
    session.read(result + "/manifest.json") ?? ""
  }

  @Test(
    "a rerun that is interrupted leaves the complete result, and its own stands beside it",
    arguments: [Int32(1), 2, 15, 25])
  func interruptedRerun(_ signal: Int32) {
    let session = Session.tiny(nil)
    #expect(session("run", "tiny.yaml", "--output", "r").code == 0)
    let former = session.names("r").map { session.bytes("r/" + $0) }
    session.caughtSignal = signal
    for slash in ["", "/"] {
      let ended = session("run", "tiny.yaml", "--seed", "2", "--output", "r" + slash)
      #expect(ended.code == 128 + signal)
      #expect(session.names() == ["r", "r.incomplete", "tiny.yaml"])
      #expect(session.names("r").map { session.bytes("r/" + $0) } == former)
      #expect(manifest(session, "r.incomplete").contains("\"complete\": false"))
      #expect(manifest(session, "r.incomplete").contains("\"seed\": 2"))
      #expect(ended.error.contains("r.incomplete") && ended.output.contains("r.incomplete/report"))
    }
    session.caughtSignal = nil
    #expect(session("run", "tiny.yaml", "--seed", "3", "--output", "r").code == 0)
    #expect(manifest(session, "r").contains("\"seed\": 3"))
  }

  @Test("an incomplete result is replaced by whatever comes after it")
  func incompleteFormer() {
    let session = Session.tiny()
    session.caughtSignal = 2
    for _ in 1...2 { #expect(session("run", "tiny.yaml", "--output", "r").code == 130) }
    #expect(session.names() == ["r", "tiny.yaml"])
    session.caughtSignal = nil
    #expect(session("run", "tiny.yaml", "--output", "r").code == 0)
    #expect(session.names() == ["r", "tiny.yaml"])
    #expect(manifest(session, "r").contains("\"complete\": true"))
  }

  @Test("a rerun that breaks an invariant leaves the complete result as well")
  func brokenRerun() {
    let session = Session.tiny()
    #expect(session("run", "tiny.yaml", "--output", "r").code == 0)
    let former = manifest(session, "r")
    let fake = FakeRun()
    fake.verdict = .invariantViolated
    fake.breach = InvariantBreach(
      invariant: "ledger.balanced", instant: VirtualInstant.start, island: 1, state: "")
    session.fake = fake
    #expect(session("run", "tiny.yaml", "--output", "r").code == 96)
    #expect(manifest(session, "r") == former)
    #expect(manifest(session, "r.incomplete").contains("\"complete\": false"))
  }

  @Test("what stands where the incomplete result would go is not harmed, and the old one stays")
  func foreignBeside() {
    let session = Session.tiny()
    #expect(session("run", "tiny.yaml", "--output", "r").code == 0)
    session.write("r.incomplete/thesis.txt", "mine")
    session.caughtSignal = 2
    let ended = session("run", "tiny.yaml", "--output", "r")
    #expect(ended.code == 130 && ended.error.contains("r.incomplete"), "\(ended)")
    #expect(session.read("r.incomplete/thesis.txt") == "mine")
    #expect(session.names() == ["r", "r.incomplete", "tiny.yaml"])
    #expect(manifest(session, "r").contains("\"complete\": true"))
  }

  @Test("an export is never written over a file that is read, whatever leads there")
  func inputs() throws {
    let session = Session.tiny(nil)
    let trace = "id,time,merchant,amount\n1,2026-03-02 08:06:00,m1,26272\n"
    session.write("in/payments.csv", trace)
    let scenario = """
      name: traced
      time: {date: "2026-03-02", duration: 1d}
      cells: {per_region: 1}
      merchants:
        markets:
          - {country: GB, region: europe, time_zone: Europe/London, currency: GBP,
             settlement_currency: GBP, share: 1}
        foreign_currency_share: 0
      workload:
        trace:
          file: in/payments.csv
          columns: {id: id, time: time, merchant: merchant, amount: amount}
          currency: GBP
          amount_unit: minor

      """
    session.write("traced.yaml", scenario)
    try FileManager.default.createSymbolicLink(
      atPath: session.path("link.yaml"), withDestinationPath: "traced.yaml")
    try FileManager.default.linkItem(
      atPath: session.path("in/payments.csv"), toPath: session.path("hard.csv"))
    for path in [
      "traced.yaml", "./in/../traced.yaml", session.path("traced.yaml"), "link.yaml",
      "in/payments.csv", "hard.csv",
    ] {
      for more in [[], ["--dry-run"]] {
        let ended = session.run(
          ["run", "traced.yaml", "--output", "r", "--export", "json=" + path] + more)
        #expect(ended.code == 74 && ended.error.contains("which this command reads"), "\(ended)")
      }
      let compared = session(
        "compare", "traced.yaml", "--strategies", "merchant_day,fixed_window", "--output", "r",
        "--replications", "1", "--export", "json=" + path)
      #expect(compared.code == 74, "\(compared)")
    }
    let ended = session("run", "link.yaml", "--export", "html=traced.yaml")
    #expect(ended.code == 74, "\(ended)")
    #expect(session.read("traced.yaml") == scenario && session.read("in/payments.csv") == trace)
    #expect(!session.names().contains("r"))
  }

  @Test("an export is never written over a file of a result, nor into the directory of this one")
  func resultFiles() throws {
    let session = Session.tiny(nil)
    for name in ["r", "other"] {
      #expect(session("run", "tiny.yaml", "--output", name).code == 0)
    }
    try FileManager.default.createSymbolicLink(
      atPath: session.path("link.json"), withDestinationPath: "other/summary.json")
    let former = session.names("other").map { session.bytes("other/" + $0) }
    for path in [
      "r/summary.json", "r/new.json", "other/summary.json", "other/manifest.json",
      "other/environment.json", "./other/../other/report.html", "link.json",
    ] {
      let ended = session("run", "tiny.yaml", "--output", "r", "--export", "json=" + path)
      #expect(ended.code == 74 && ended.error.contains("result"), "\(path) \(ended)")
    }
    #expect(session.names("other").map { session.bytes("other/" + $0) } == former)
    let beside = session("run", "tiny.yaml", "--output", "r", "--export", "json=r.json")
    #expect(beside.code == 0, "\(beside)")
  }

  @Test("an export leaves the baselines alone")
  func baselines() {
    let session = Session.tiny(nil)
    let bench = ["bench", "tiny.yaml", "--only", "virtual", "--baselines", "b"]
    #expect(session.run(bench + ["--update-baseline"]).code == 0)
    let former = session.bytes("b/tiny.json")
    for path in ["b/tiny.json", "tiny.yaml"] {
      let ended = session.run(bench + ["--export", "json=" + path])
      #expect(ended.code == 74, "\(ended)")
    }
    #expect(session.bytes("b/tiny.json") == former && session.read("tiny.yaml") == tinyScenario)
  }

  @Test("an export that a killed process left half written is removed by the next")
  func leftoverExport() {
    let session = Session.tiny()
    session.write(".x.json.partial-99", "{")
    session.write(".x.json.partial-y", "mine")
    #expect(session("run", "tiny.yaml", "--output", "r", "--export", "json=x.json").code == 0)
    let names = session.names()
    #expect(names.contains("x.json") && names.contains(".x.json.partial-y"))
    #expect(!names.contains(".x.json.partial-99"))
  }
}

@Suite("Torn points of a sweep")
struct TornPointTests {
  private let session = Session.tiny(nil)

  private func sweep(_ output: String) -> Session.Ended {
    session("sweep", "tiny.yaml", "--seeds", "3", "--output", output)
  }

  private func figures(_ output: String) -> [Data?] {
    ["points.csv", "points.json", "summary.json"].map { session.bytes(output + "/" + $0) }
  }

  @Test("whatever is left of a point is made anew, and the sweep is the same as ever")
  func torn() throws {
    #expect(sweep("s").code == 0)
    let former = figures("s")
    let point = "s/points/000002"
    let files = session.names(point)
    let damages: [() throws -> Void] = [
      { try FileManager.default.removeItem(atPath: session.path(point + "/manifest.json")) },
      { session.write(point + "/manifest.json", "{\n  \"kind\": \"settle") },
      { session.write(point + "/manifest.json", "") },
      { session.write(point + "/summary.json", "{") },
      { try FileManager.default.removeItem(atPath: session.path(point + "/summary.json")) },
      {
        for name in files {
          try FileManager.default.removeItem(atPath: session.path("\(point)/\(name)"))
        }
      },
      {
        for name in files where name != "steps.csv" {
          try FileManager.default.removeItem(atPath: session.path("\(point)/\(name)"))
        }
      },
    ]
    for (index, damage) in damages.enumerated() {
      try damage()
      let merged = session("sweep", "merge", "s")
      #expect(merged.code == 65 && merged.error.contains("000002"), "\(index) \(merged)")
      let ended = sweep("s")
      #expect(ended.code == 0, "\(index) \(ended)")
      #expect(ended.error.contains("3 points are finished, 2 of them before"), "\(index) \(ended)")
      #expect(session.names(point) == files && session.names("s/points").count == 3)
      #expect(figures("s") == former)
    }
  }

  @Test("somebody's own file in a torn point is not removed")
  func foreign() throws {
    #expect(sweep("s").code == 0)
    try FileManager.default.removeItem(atPath: session.path("s/points/000002/manifest.json"))
    session.write("s/points/000002/thesis.txt", "mine")
    let ended = sweep("s")
    #expect(ended.code == 74 && ended.error.contains("thesis.txt"), "\(ended)")
    #expect(session.read("s/points/000002/thesis.txt") == "mine")
  }

  @Test("an edited point is named with both hashes when points are merged")
  func edited() {
    #expect(sweep("s").code == 0)
    session.alter("s/points/000002/summary.json", "\"seed\": ", "\"seed\": 1")
    let ended = session("sweep", "merge", "s")
    #expect(ended.code == 65)
    #expect(ended.error.contains("summary.json: it was changed after it was written"), "\(ended)")
  }
}
