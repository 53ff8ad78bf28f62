import Host
import Foundation
import Reporting
import Scenario
import Testing

@testable import Experiments

@Suite("Merging a sweep")
struct SweepMergeTests {
  private let place = SweepPlace()

  /// Runs a sweep as `count` shards, each in a directory of its own, and gives the directories.
  private func shards(_ scenario: SweepScenario, _ count: Int) throws -> [SweepDirectory] {
    try (1...count).map { index in
      let directory = place.directory("shard-\(index)-of-\(count)")
      let shard = Shard(index: index, of: count)!
      try scenario.run(in: directory, shard: shard, parallel: index)
      try directory.note(shard, of: scenario.definition)
      return directory
    }
  }

  private func merge(_ directories: [SweepDirectory], to name: String) throws -> [String: Data] {
    try place.directory(name).write(try SweepResults(from: directories))
    return place.files(name)
  }

  private func refusal(_ directories: [SweepDirectory]) -> SweepError? {
    #expect(throws: SweepError.self) { try SweepResults(from: directories) }
  }

  @Test("however the points were shared out, the merged bytes are the same")
  func sameBytes() throws {
    let scenario = try SweepScenario.tiny(
      vary: ["settlement.strategy=merchant_day,fixed_window", "merchants.count=lhs 5..15"],
      seeds: nil, samples: 3)
    try scenario.run(in: place.directory("one"))
    let one = try merge([place.directory("one")], to: "m1")
    #expect(one.keys.sorted() == ["points.csv", "points.json", "summary.json"])
    let four = try shards(scenario, 4)
    #expect(try merge(four, to: "m4") == one)
    #expect(try merge([four[2], four[0], four[3], four[1]], to: "shuffled") == one)
    let common = place.directory("common")
    for index in [2, 1] {
      try scenario.run(in: common, shard: Shard(index: index, of: 2)!)
      try scenario.run(in: common, shard: Shard(index: index, of: 2)!)
    }
    #expect(try merge([common], to: "m2") == one)
    #expect(try merge(four + [common], to: "twice") == one)
    // More shards than points, some of them without any.
    #expect(try merge(try shards(scenario, 7), to: "m7") == one)
  }

  @Test("points that would report in different currencies are refused before they run, and merged")
  func units() throws {
    let scenario = try SweepScenario.tiny(vary: ["costs.currency=USD,EUR"], seeds: nil)
    let error = #expect(throws: SweepError.self) { try scenario.validate(threads: 2) }
    #expect(error?.kind == .refused)
    let line = try #require(error?.lines.first)
    #expect(line.hasPrefix("point 1 (costs.currency=USD, seed "), "\(line)")
    #expect(
      line.contains(") reports money in USD and point 2 (costs.currency=EUR, seed "), "\(line)")
    #expect(line.contains(") in EUR: "), "\(line)")
    try scenario.run(in: place.directory("mixed"))
    #expect(
      refusal([place.directory("mixed")])?.lines.first?.hasPrefix(
        "point 1 reports money in USD and point 2 in EUR: ") == true)
    let euros = try SweepScenario.tiny(vary: ["costs.currency=EUR"], seeds: nil)
    try euros.validate(threads: 1)
    try euros.run(in: place.directory("euros"))
    let results = try SweepResults(from: [place.directory("euros")])
    #expect(results.currency == "EUR")
    let table = SweepTable(results, metrics: ["cost_per_payment", "events"])
    #expect(table.columns.contains("cost_per_payment, EUR") && table.columns.contains("events"))
  }

  @Test("points that are missing are listed with the command that runs them")
  func missing() throws {
    let scenario = try SweepScenario.tiny()
    let four = try shards(scenario, 4)
    let error = refusal([four[0], four[2]])
    #expect(error?.kind == .refused)
    #expect(error?.lines.first == "4 of 8 points are missing: 2,4,6,8")
    let command = error?.lines.last ?? ""
    #expect(
      command.hasPrefix(
        "  settlesim sweep tiny.yaml --vary settlement.strategy=merchant_day,fixed_window "
          + "--vary authorization.retries=0,2 --seed 5 --seeds 5..6 --points 2,4,6,8 --output "),
      "\(command)")
    place.remove("shard-1-of-4/points/000005")
    #expect(refusal(four)?.lines.first == "1 of 8 points are missing: 5")
  }

  @Test("two results of one point that differ are told apart, file by file")
  func differing() throws {
    let scenario = try SweepScenario.tiny(vary: ["authorization.retries=0,1"], seeds: nil)
    try scenario.run(in: place.directory("a"))
    place.copy("a", to: "b")
    _ = try SweepResults(from: [place.directory("a"), place.directory("b")])
    // Another result that is whole in itself: summary and manifest agree on a changed figure.
    let summary = place.text("b/points/000002/summary.json")
      .replacing("\"complete\": true", with: "\"complete\": false")
    let manifest = place.text("b/points/000002/manifest.json")
    let old = SHA256.hexDigest(of: place.text("a/points/000002/summary.json"))
    let size = summary.utf8.count
    place.write("b/points/000002/summary.json", summary)
    place.write(
      "b/points/000002/manifest.json",
      manifest.replacing(old, with: SHA256.hexDigest(of: summary))
        .replacing("\"size\": \(size - 1)", with: "\"size\": \(size)"))
    let error = refusal([place.directory("a"), place.directory("b")])
    #expect(error?.kind == .differs)
    #expect(error?.description.hasSuffix("points/000002: summary.json") == true)
    place.write("b/points/000002/summary.json", summary + " ")
    #expect(refusal([place.directory("a"), place.directory("b")])?.kind == .refused)
  }

  @Test("what is no point of the sweep, and what is no sweep, is refused")
  func foreign() throws {
    let scenario = try SweepScenario.tiny(vary: ["authorization.retries=0,1"], seeds: nil)
    try scenario.run(in: place.directory("a"))
    #expect(refusal([place.directory("nowhere")])?.kind == .missing)
    try SweepScenario.tiny().run(in: place.directory("other"))
    let other = refusal([place.directory("a"), place.directory("other")])
    #expect(other?.kind == .refused && other?.description.contains("--vary") == true)
    place.copy("a/points/000001", to: "a/points/000003")
    #expect(refusal([place.directory("a")])?.description.contains("no point of this sweep") == true)
    place.remove("a/points/000003")
    place.remove("a/points/000002")
    place.copy("a/points/000001", to: "a/points/000002")
    let values = refusal([place.directory("a")])
    #expect(values?.description.contains("000002: of other values") == true)
    // What a killed sweep leaves behind is none of the results.
    place.remove("a/points/000002")
    try scenario.run(in: place.directory("a"))
    place.copy("a/points/000001", to: "a/points/.000001.partial-7")
    place.write("a/points/.000001.lock", "")
    _ = try SweepResults(from: [place.directory("a")])
  }

  @Test(
    "a definition that is not as settlesim writes it is refused",
    arguments: [
      ("", ""), ("{", ""), ("settlesim sweep", "settlesim wipe"),
      ("\"schema_version\": 1", "\"schema_version\": 2"), ("\"points\": 8", "\"points\": 9"),
      ("\"samples\": 1", "\"samples\": 0"), ("\"seeds\": [", "\"seeds\": [\"x\","),
      ("\"sampled\": false", "\"sampled\": 0"), ("merchant_day\",", "merchant_day\", 7,"),
      ("\"seed\": 5", "\"seed\": -5"),
    ])
  func definitions(_ old: String, _ new: String) throws {
    let scenario = try SweepScenario.tiny()
    try scenario.run(in: place.directory("a"), shard: Shard(index: 1, of: 8)!)
    let text = place.text("a/sweep.json")
    #expect(try place.directory("a").definition() == scenario.definition)
    place.write("a/sweep.json", old.isEmpty ? "" : text.replacing(old, with: new))
    #expect(refusal([place.directory("a")])?.kind == .refused)
  }

  @Test("points that cannot be listed are told, and not taken for points that have not run")
  func unlistable() throws {
    let scenario = try SweepScenario.tiny(vary: ["authorization.retries=0,1"], seeds: nil)
    try scenario.run(in: place.directory("a"))
    place.copy("a", to: "b")
    place.remove("b/points")
    let both = try SweepResults(from: [place.directory("b"), place.directory("a")])
    #expect(both.entries.count == 2)
    place.write("b/points", "")
    let error = refusal([place.directory("b"), place.directory("a")])
    #expect(error?.kind == .refused)
    #expect(error?.description.hasSuffix("b/points: list: Not a directory") == true, "\(error!)")
  }

  @Test("merged files replace those of their own sweep and nothing else")
  func foreignTarget() throws {
    let scenario = try SweepScenario.tiny(vary: ["authorization.retries=0,1"], seeds: nil)
    try scenario.run(in: place.directory("a"))
    let results = try SweepResults(from: [place.directory("a")])
    func write(_ name: String) -> SweepError? {
      do throws(SweepError) { try place.directory(name).write(results) } catch { return error }
      return nil
    }
    func refused(_ name: String) -> SweepError.Kind? {
      let before = place.files(name)
      let error = write(name)
      #expect(place.files(name) == before)
      return error?.kind
    }
    // A new directory, the same again, the sweep's own.
    #expect(write("m") == nil && write("m") == nil && write("a") == nil && write("a") == nil)
    // Cut off between the files.
    place.write("m/.points.json.partial-7", "")
    for name in ["summary.json", "points.json"] {
      place.remove("m/" + name)
      #expect(write("m") == nil)
    }
    place.remove("m/summary.json")
    place.remove("m/points.json")
    #expect(write("m") == nil)
    // A run's result, files of anybody, another sweep and what it merged.
    place.copy("a/points/000001", to: "run")
    #expect(refused("run") == .cannotWrite)
    place.copy("m", to: "mine")
    place.write("mine/notes.txt", "")
    #expect(refused("mine") == .cannotWrite)
    for name in ["summary.json", "points.json", "points.csv"] {
      place.copy("m", to: "not-\(name)")
      for other in ["summary.json", "points.json", "points.csv"] {
        place.remove("not-\(name)/\(other)")
      }
      place.write("not-\(name)/\(name)", "{\"kind\": \"mine\"}")
      #expect(refused("not-\(name)") == .cannotWrite, "\(name)")
    }
    let other = try SweepScenario.tiny(vary: ["authorization.retries=0,2"], seeds: nil)
    try other.run(in: place.directory("other"))
    try place.directory("merged-other").write(SweepResults(from: [place.directory("other")]))
    #expect(refused("other") == .refused && refused("merged-other") == .refused)
  }

  @Test("the worst verdict of all points is that of the sweep")
  func verdict() throws {
    let text = SweepPlace.scenario + "thresholds: [\"payments.requests >= 61\"]\n"
    let scenario = try SweepScenario.tiny(
      vary: ["workload.generated.payments=20,200"], seeds: "2", text: text)
    try scenario.run(in: place.directory("a"))
    let results = try SweepResults(from: [place.directory("a")])
    #expect(results.verdict == .thresholdMissed)
    #expect(results.combinations.map(\.verdict) == [.thresholdMissed, .passed])
    #expect(
      SweepResults.worst([.passed, .invariantViolated, .thresholdMissed]) == .invariantViolated)
    #expect(SweepResults.worst([]) == .passed)
  }

  @Test("the figures are those of the points, and the medians those of the figures")
  func figures() throws {
    let scenario = try SweepScenario.tiny(vary: ["authorization.retries=0,2"], seeds: "3")
    try scenario.run(in: place.directory("a"))
    let results = try SweepResults(from: [place.directory("a")])
    let rows = results.pointsCSV.split(separator: "\n")
    #expect(rows[0] == "point,authorization.retries,seed,metric,value")
    let events = rows.filter { $0.contains(",events,") }
    #expect(events.count == 6)
    for (entry, row) in zip(results.entries, events) {
      let count = entry.manifest.identity.eventCount
      #expect(
        row
          == "\(entry.point.number),\(entry.point.values[0]),\(entry.point.seed),events,\(count).0")
    }
    let counts = results.entries[3...].map { Double($0.manifest.identity.eventCount) }.sorted()
    let interval = results.combinations[1].interval("events")
    #expect(interval?.median == counts[1] && interval?.low == counts[0])
    #expect(interval?.high == counts[2] && interval?.confidence == 0.75)
    #expect(Set(results.entries.map { results.definition.identifier(of: $0.point) }).count == 6)
    let table = SweepTable(results, metrics: ["events", "savings_ratio"])
    #expect(table.columns.first == "point" && table.rows.count == 2)
    #expect(table.rows.allSatisfy { $0.count == table.columns.count })
    let plain = SweepTable.plain(results, metrics: ["events"])
    #expect(
      plain.columns == [
        "point", "authorization.retries", "events", "events.low", "events.high",
        "verdict",
      ])
  }
}
