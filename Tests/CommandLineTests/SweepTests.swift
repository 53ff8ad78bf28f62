import Foundation
import Testing

@testable import CommandLine

@Suite("The sweep command")
struct SweepTests {
  private let session = Session.tiny(nil)
  private let vary = ["--vary", "settlement.strategy=merchant_day,fixed_window"]

  private func sweep(_ arguments: String...) -> Session.Ended {
    session.run(["sweep", "tiny.yaml"] + vary + arguments)
  }

  @Test("a whole sweep runs, is merged at once, and says where it stands")
  func whole() throws {
    let ended = sweep("--seeds", "2", "--output", "s", "--threads", "2")
    #expect(ended.code == 0, "\(ended)")
    #expect(
      session.names("s") == [
        "points", "points.csv", "points.json", "shards", "summary.json", "sweep.json",
      ])
    #expect(session.names("s/points") == ["000001", "000002", "000003", "000004"])
    #expect(session.names("s/shards") == ["1-of-1.json"])
    #expect(ended.output.contains("✓ PASSED  4 points\n"))
    #expect(ended.output.contains("fixed_window"))
    #expect(ended.errors.last == "written: points.csv, points.json and summary.json in s")
    #expect(ended.errors.contains("4 points are finished, in s"))
    let replay = session("replay", "s/points/000003", "--quiet")
    #expect(replay.code == 0 && replay.output.hasPrefix("same  digest"), "\(replay)")
    let environment = try #require(session.read("s/points/000003/environment.json"))
    #expect(environment.contains("\"threads\": 1") && environment.contains("\"sweep\""))
  }

  @Test("the same command again runs nothing, and without --output finds its own directory")
  func again() {
    let first = sweep("--quiet")
    let second = sweep()
    #expect(first.code == 0 && second.code == 0 && first.output == second.output)
    #expect(second.errors.contains { $0.contains("2 points are finished, 2 of them before, in ") })
    #expect(session.names("Results/sweeps/tiny").count == 1)
  }

  @Test("shards run their own points, and merging them gives what the whole gives")
  func shards() {
    let whole = sweep("--seeds", "2", "--output", "whole", "--quiet")
    for index in 1...3 {
      session.environment = index == 1 ? ["SETTLESIM_SHARD": "1/3"] : [:]
      if index == 2 {
        session.environment = ["JOB_COMPLETION_INDEX": "1", "SETTLESIM_SHARDS": "3"]
      } else if index == 3 {
        session.environment = [
          "SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_MAX": "2",
          "SLURM_ARRAY_TASK_COUNT": "3",
        ]
      }
      let ended = sweep("--seeds", "2", "--output", "s\(index)")
      #expect(ended.code == 0 && ended.output.isEmpty, "\(ended)")
      #expect(ended.errors.first?.hasPrefix("shard \(index) of 3, by ") == true, "\(ended.errors)")
      #expect(session.names("s\(index)/shards") == ["\(index)-of-3.json"])
    }
    session.environment = [:]
    let part = session("sweep", "merge", "s3", "s1", "--output", "m")
    #expect(part.code == 65 && part.output.isEmpty && session.names("m").isEmpty)
    #expect(part.error.contains("1 of 4 points are missing: 2"))
    let merged = session("sweep", "merge", "s3", "s1", "s2", "--output", "m", "--quiet")
    #expect(merged == whole)
    for name in ["points.csv", "points.json", "summary.json"] {
      #expect(session.bytes("m/\(name)") == session.bytes("whole/\(name)"), "\(name)")
    }
  }

  @Test("the command that a merge prints for missing points runs them")
  func points() throws {
    _ = sweep("--seeds", "2", "--output", "s", "--shard", "2/3")
    let missing = session("sweep", "merge", "s")
    let line = try #require(missing.errors.last?.split(separator: "settlesim ").last)
    var words = line.split(separator: " ").map(String.init)
    words[words.count - 1] = "s"
    let ended = session.run(words)
    #expect(ended.code == 0 && ended.errors.contains("3 points are finished, in s"))
    #expect(session("sweep", "merge", "s").code == 0)
  }

  @Test("a merge names the scenario by the path that the finished points were given")
  func path() {
    session.write("sub/mine.yaml", tinyScenario)
    let ended = session.run(
      ["sweep", "sub/mine.yaml"] + vary + ["--seeds", "2", "--output", "s", "--shard", "1/2"])
    #expect(ended.code == 0)
    let missing = session("sweep", "merge", "s")
    #expect(missing.errors.last?.contains("settlesim sweep sub/mine.yaml --vary") == true)
    #expect(session.read("s/sweep.json")?.contains("sub/mine.yaml") == false)
  }

  @Test("formats: csv and json are for machines, markdown for people")
  func formats() throws {
    let table = ["--output", "s", "--metrics", "events,savings_ratio", "--quiet"]
    func output(_ format: String) -> String {
      session.run(["sweep", "tiny.yaml"] + vary + table + ["--format", format]).output
    }
    let csv = output("csv").split(separator: "\n")
    #expect(csv[0] == "point,settlement.strategy,events,savings_ratio,verdict" && csv.count == 3)
    #expect(output("json") == session.read("s/summary.json"))
    #expect(output("ndjson").split(separator: "\n").count == 2)
    #expect(output("markdown").hasPrefix("| point | settlement.strategy | events |"))
    #expect(output("table").contains("sweep "))
  }

  @Test("the footnote says what the brackets of the figures shown hold, and no more")
  func footnote() {
    func note(_ metrics: String, _ seeds: String, _ folder: String) -> String {
      sweep("--seeds", seeds, "--metrics", metrics, "--output", folder).output
        .split(separator: "\n").first { $0.contains("seed") && $0.contains("median") }
        .map(String.init) ?? ""
    }
    #expect(
      note("events", "8", "a")
        == "  medians over 8 seeds; in brackets what holds the median with a confidence of 99.2 %")
    #expect(note("events", "1", "b").isEmpty)
    // Some of the runs have no payment, and so no latency and no cost of one.
    session.write(
      "tiny.yaml", tinyScenario.replacing("payments: 300", with: "rate: 0.0003"))
    let several = note("events,cost_per_payment", "8", "c")
    #expect(several.contains("medians over up to 8 seeds; in brackets"))
    #expect(several.hasSuffix(" to 99.2 %, by how many seeds have samples"))
    #expect(note("events", "8", "c").hasSuffix(" of 99.2 %"))
  }

  @Test("a dry run checks and tells, and writes nothing")
  func dryRun() {
    let ended = sweep("--seeds", "3", "--shard", "2/4", "--dry-run")
    #expect(ended.code == 0 && session.names() == ["tiny.yaml"])
    for line in [
      "points      6", "shard       2 of 4", "to run      2: 2,6", "seeds       3: 1, 2, 3",
    ] {
      #expect(ended.output.contains("  \(line)"), "\(ended.output)")
    }
  }

  @Test("a bad point ends everything before it begins", arguments: [[], ["--shard", "2/2"]])
  func badPoint(_ shard: [String]) {
    let ended = session.run(
      ["sweep", "tiny.yaml", "--vary", "merchants.count=10,0", "--output", "s"] + shard)
    #expect(ended.code == 65 && session.names() == ["tiny.yaml"])
    #expect(ended.error.contains("point 2 (merchants.count=0, seed 1): --vary merchants.count: "))
  }

  @Test("a missed threshold is the verdict of the whole, and no failure of a shard")
  func thresholds() {
    session.write("tiny.yaml", tinyScenario + "thresholds: [\"payments.settled <= 10\"]\n")
    let shard = sweep("--output", "s", "--shard", "1/1")
    #expect(shard.code == 99 && shard.output.contains("✗ THRESHOLD MISSED  in 2 of 2 points: 1,2"))
    #expect(sweep("--output", "t", "--shard", "1/2").code == 0)
    #expect(sweep("--output", "t", "--shard", "2/2").code == 0)
    let merged = session("sweep", "merge", "t")
    #expect(merged.code == 99 && merged.output == shard.output)
    #expect(session.read("t/summary.json")?.contains("\"threshold_missed\"") == true)
  }

  @Test("a signal stops the sweep, with its code and how to go on", arguments: [Int32(2), 15])
  func signal(_ number: Int32) {
    session.caughtSignal = number
    let ended = sweep("--output", "s")
    #expect(ended.code == 128 + number)
    #expect(
      ended.errors.last
        == "settlesim: stopped by signal \(number); 0 of 2 points are finished; "
        + "the same command goes on")
    #expect(session.names("s/points").isEmpty && session.names("s/shards").isEmpty)
    session.caughtSignal = nil
    #expect(sweep("--output", "s").code == 0)
  }

  @Test("another sweep's directory is refused with 65, a foreign place with 74")
  func places() {
    #expect(sweep("--output", "s").code == 0)
    let other = sweep("--output", "s", "--seeds", "2")
    #expect(other.code == 65 && other.error.contains("--seeds: `1` there, `1,2` here"))
    session.write("foreign/x", "")
    for place in ["foreign", "tiny.yaml", "/proc/s", "/dev/null", "/"] {
      #expect(sweep("--output", place).code == 74, "\(place)")
    }
    #expect(session("sweep", "merge", "s", "--output", "/proc/s").code == 74)
    #expect(session("sweep", "merge", "s", "--output", "tiny.yaml").code == 74)
    #expect(session("sweep", "merge", "tiny.yaml").code == 66)
    #expect(session("run", "tiny.yaml", "--output", "r").code == 0)
    let summary = session.bytes("r/summary.json")
    let merged = session("sweep", "merge", "s", "--output", "r")
    #expect(merged.code == 74 && merged.error.contains("no file of a merged sweep"), "\(merged)")
    #expect(session.bytes("r/summary.json") == summary)
    #expect(session("sweep", "merge", "s", "--output", "foreign").code == 74)
  }

  @Test("a trace that has changed makes its points anew, and one that has not does not")
  func trace() throws {
    let shipped = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Scenarios")
    func text(_ name: String) throws -> String {
      try String(contentsOf: shipped.appending(path: name), encoding: .utf8)
    }
    let trace = try text("traces/retail-sample.csv")
    session.write("t/trace-replay.yaml", try text("trace-replay.yaml"))
    session.write("t/traces/retail-sample.csv", trace)
    let arguments = ["sweep", "t/trace-replay.yaml", "--seeds", "2", "--output", "s"]
    let first = session.run(arguments)
    #expect(first.code == 0, "\(first.error)")
    let manifest = session.bytes("s/points/000001/manifest.json")
    #expect(session.run(arguments).errors.contains { $0.contains("2 of them before") })
    session.write(
      "t/traces/retail-sample.csv", trace.replacing(",26272,", with: ",26273,"))
    let changed = session.run(arguments)
    #expect(changed.code == 0 && !changed.errors.contains { $0.contains("of them before") })
    #expect(session.bytes("s/points/000001/manifest.json") != manifest)
  }
}
