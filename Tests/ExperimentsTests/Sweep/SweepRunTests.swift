import Foundation
import Reporting
import Scenario
import Simulator
import Testing

@testable import Experiments

@Suite("Running a sweep")
struct SweepRunTests {
  @Test("the results are the same for any number of points at once, and those of single runs")
  func parallel() throws {
    let place = SweepPlace()
    let scenario = try SweepScenario.tiny()
    for parallel in [1, 3, 16] {
      let outcome = try scenario.run(in: place.directory("p\(parallel)"), parallel: parallel)
      #expect(outcome.verdicts.count == 8 && outcome.found == 0 && outcome.failures.isEmpty)
    }
    let first = place.files("p1")
    #expect(place.names("p1/points") == (1...8).map { "00000\($0)" })
    for parallel in [3, 16] { #expect(place.files("p\(parallel)") == first) }
    for number in [1, 4, 7] {
      let point = scenario.definition.grid.point(number)
      let alone = try ScenarioRun(try scenario.load(point)).run(threads: 2)
      for file in alone.result.contents(with: alone.files) {
        #expect(first["points/\(point.name)/\(file.name)"] == Data(file.bytes), "\(file.name)")
      }
    }
    let digests = (1...8).map { place.text("p1/points/00000\($0)/manifest.json") }
    #expect(Set(digests).count == 8)
  }

  @Test("a sweep that was stopped goes on where it was, and ends as if it had not been stopped")
  func restart() throws {
    let place = SweepPlace()
    let scenario = try SweepScenario.tiny()
    try scenario.run(in: place.directory("whole"))
    let runs = Counter()
    let stop = Counter()
    let outcome = try scenario.run(
      in: place.directory("parts"), parallel: 1,
      hooks: SweepHooks(
        shouldStop: { stop.count > 0 }, begin: { Int64(runs.add()) },
        environment: { _, _ in
          if runs.count == 3 { stop.add() }
          return RunEnvironment()
        }))
    #expect(outcome.isStopped && outcome.verdicts.count == 3)
    #expect(place.names("parts/points") == ["000001", "000002", "000003"])
    let again = Counter()
    let rest = try scenario.run(
      in: place.directory("parts"), hooks: SweepHooks(begin: { Int64(again.add()) }))
    #expect(again.count == 5 && rest.found == 3 && rest.verdicts.count == 8 && !rest.isStopped)
    #expect(place.files("parts") == place.files("whole"))
  }

  @Test("a stop in the middle of a run leaves nothing of its point")
  func interrupted() throws {
    let place = SweepPlace()
    let asked = Counter()
    let outcome = try SweepScenario.tiny().run(
      in: place.directory("s"), parallel: 1,
      hooks: SweepHooks(shouldStop: { asked.add() > 100 }))
    #expect(outcome.isStopped && outcome.verdicts.isEmpty && outcome.failures.isEmpty)
    #expect(place.names("s/points").isEmpty)
  }

  @Test("two sweeps in one directory run no point twice, and both end with all results")
  func together() throws {
    let place = SweepPlace()
    let scenario = try SweepScenario.tiny(seeds: "3")
    let runs = Counter()
    let finished = Counter()
    Workers.run(threads: 3, count: 3) { _ in
      let outcome = try? scenario.run(
        in: place.directory("s"), hooks: SweepHooks(begin: { Int64(runs.add()) }))
      if outcome?.verdicts.count == 12 { finished.add() }
    }
    #expect(runs.count == 12 && finished.count == 3)
    try scenario.run(in: place.directory("t"))
    #expect(place.files("s") == place.files("t"))
  }

  @Test("a point that another finishes just before it is locked is not run again")
  func lateFinish() throws {
    let place = SweepPlace()
    let scenario = try SweepScenario.tiny(vary: ["authorization.retries=0,1"], seeds: nil)
    try scenario.run(in: place.directory("other"))
    let runs = Counter()
    var hooks = SweepHooks(begin: { Int64(runs.add()) })
    hooks.beforeLocking = { number in
      if number == 2 { place.copy("other/points/000002", to: "s/points/000002") }
    }
    let outcome = try scenario.run(in: place.directory("s"), hooks: hooks)
    #expect(runs.count == 1 && outcome.found == 1 && outcome.verdicts.count == 2)
    #expect(place.names("s/points") == ["000001", "000002"])
    #expect(place.files("s") == place.files("other"))
  }

  @Test("a point that another process has is waited for, and taken over when that dies")
  func busy() throws {
    let place = SweepPlace()
    let scenario = try SweepScenario.tiny(vary: ["authorization.retries=0,1"], seeds: nil)
    let directory = place.directory("s")
    try directory.prepare(scenario.definition)
    final class Held: @unchecked Sendable { var result: ResultDirectory? }
    let held = Held()
    held.result = try ResultDirectory(path: directory.result(of: scenario.definition.grid.point(1)))
    let tries = Counter()
    var hooks = SweepHooks()
    hooks.beforeLocking = { number in
      if number == 1, tries.add() == 2 { held.result = nil }
    }
    let outcome = try scenario.run(in: directory, hooks: hooks)
    #expect(outcome.verdicts.count == 2 && tries.count == 2 && outcome.failures.isEmpty)
    #expect(place.names("s/points") == ["000001", "000002"])
  }

  @Test(
    "a result that is not whole is made again",
    arguments: ["summary.json", "report.html", "merchants.csv"])
  func damaged(_ file: String) throws {
    let place = SweepPlace()
    let scenario = try SweepScenario.tiny(vary: ["authorization.retries=0,1"], seeds: nil)
    try scenario.run(in: place.directory("s"))
    let whole = place.files("s")
    place.write("s/points/000002/\(file)", "altered")
    let runs = Counter()
    let outcome = try scenario.run(
      in: place.directory("s"), hooks: SweepHooks(begin: { Int64(runs.add()) }))
    #expect(runs.count == 1 && outcome.found == 1)
    #expect(place.files("s") == whole)
  }

  @Test(
    "a point whose manifest cannot be read is made again, unless something else lies beside it")
  func unreadable() throws {
    let place = SweepPlace()
    let scenario = try SweepScenario.tiny(vary: ["authorization.retries=0,1"], seeds: nil)
    try scenario.run(in: place.directory("s"))
    let whole = place.files("s")
    place.write("s/points/000002/manifest.json", "{}")
    let outcome = try scenario.run(in: place.directory("s"))
    #expect(outcome.failures.isEmpty && outcome.found == 1)
    #expect(place.files("s") == whole)
    place.write("s/points/000002/manifest.json", "{}")
    place.write("s/points/000002/notes.txt", "mine")
    let refused = try scenario.run(in: place.directory("s"))
    #expect(refused.failures.map(\.point) == [2])
    #expect(refused.failures.first?.error.kind == .cannotWrite)
    #expect(place.files("s")["points/000002/notes.txt"] != nil)
  }

  @Test("the directory of another sweep is refused with what differs, and stays as it is")
  func otherSweep() throws {
    let place = SweepPlace()
    try SweepScenario.tiny().run(in: place.directory("s"))
    let before = place.files("s")
    let others: [(SweepScenario, String)] = [
      (try .tiny(seeds: "3"), "--seeds: `5,6` there, `5,6,7` here"),
      (try .tiny(vary: ["authorization.retries=0,2"]), "--vary: "),
      (try .tiny(text: SweepPlace.scenario + "# more\n"), "the text of tiny.yaml is another one"),
      (
        try .tiny(set: [ScenarioOverride(path: "merchants.count", value: "9")]),
        "--set: `` there, `merchants.count=9` here"
      ),
    ]
    for (other, expected) in others {
      let error = #expect(throws: SweepError.self) { try other.run(in: place.directory("s")) }
      #expect(error?.kind == .refused)
      #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
    }
    #expect(place.files("s") == before)
  }

  @Test("places that are none of a sweep's are refused")
  func places() throws {
    let place = SweepPlace()
    let scenario = try SweepScenario.tiny()
    place.write("file", "")
    try FileManager.default.createDirectory(
      atPath: place.path + "/foreign/x", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: place.path + "/link", withDestinationPath: place.path + "/foreign")
    for name in ["file", "foreign", "link", "file/below"] {
      let error = #expect(throws: SweepError.self) { try scenario.run(in: place.directory(name)) }
      #expect(error?.kind == .cannotWrite, "\(name)")
    }
    for path in ["/proc/sweep", "/dev/full/x", "", "/", "a\0b"] {
      #expect(throws: SweepError.self, "\(path)") {
        try scenario.run(in: SweepDirectory(path: path))
      }
    }
    #expect(place.names("foreign") == ["x"])
    try FileManager.default.createDirectory(
      atPath: place.path + "/empty", withIntermediateDirectories: true)
    #expect(try scenario.run(in: place.directory("empty//")).verdicts.count == 8)
  }

  @Test("every combination is checked before anything runs, and a problem names point and --vary")
  func validation() throws {
    try SweepScenario.tiny().validate(threads: 2)
    let bad = try SweepScenario.tiny(
      vary: ["authorization.retries=0,many,2", "merchants.count=10,0", "nonsense.x=1"])
    let error = #expect(throws: SweepError.self) { try bad.validate(threads: 3) }
    let text = error?.description ?? ""
    #expect(error?.kind == .refused)
    let retries =
      "point 5 (authorization.retries=many, merchants.count=10, nonsense.x=1, seed 5), and 1 more: "
      + "--vary authorization.retries: authorization.retries: expected"
    #expect(text.contains(retries), "\(text)")
    #expect(text.contains("and 2 more: --vary merchants.count: merchants.count:"), "\(text)")
    #expect(text.contains("point 1 ") && text.contains("and 5 more: --vary nonsense.x:"))
    let strategy = try SweepScenario.tiny(vary: ["settlement.strategy=merchant_day,merchant_dai"])
    let missing = #expect(throws: SweepError.self) { try strategy.validate(threads: 1) }
    #expect(missing?.description.contains("`merchant_dai`") == true)
  }

  @Test("a point that does not come to rest keeps no other back, and its result says so")
  func stuck() throws {
    let place = SweepPlace()
    let scenario = try SweepScenario.tiny(vary: ["time.drain_limit=1min,90d"], seeds: nil)
    let outcome = try scenario.run(in: place.directory("s"))
    #expect(outcome.verdicts == [1: .notAtRest, 2: .passed])
    #expect(outcome.failures.isEmpty)
    #expect(outcome.notes.map(\.point) == [1])
    #expect(outcome.notes.first?.text.contains("time.drain_limit") == true)
    #expect(place.names("s/points") == ["000001", "000002"])
  }

  @Test("progress counts to the end, and never back")
  func progress() throws {
    let place = SweepPlace()
    final class Seen: @unchecked Sendable { var all: [SweepProgress] = [] }
    let seen = Seen()
    try SweepScenario.tiny().run(
      in: place.directory("s"), parallel: 1,
      hooks: SweepHooks(progress: { seen.all.append($0) }))
    let finished = seen.all.map(\.finished)
    #expect(finished == finished.sorted() && finished.last == 8)
    #expect(seen.all.allSatisfy { $0.total == 8 && (0...1).contains($0.fraction) })
    #expect(seen.all.last?.fraction == 1 && seen.all.last?.running == 0)
  }
}
