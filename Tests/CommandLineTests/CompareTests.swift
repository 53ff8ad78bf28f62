import Host
import Text
import Foundation
import Reporting
@testable import Simulator
import Testing
@testable import VirtualTime

@testable import CommandLine

@Suite("Comparing strategies")
struct CompareTests {
  private static let transcripts = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Transcripts/commandline")

  private func compare(_ session: Session, _ arguments: String...) -> Session.Ended {
    session.run(
      ["compare", "tiny.yaml", "--strategies", "one_wire_per_payment,merchant_day"] + arguments)
  }

  @Test("what compare prints is what the transcript says")
  func transcript() throws {
    let file = Self.transcripts.appending(path: "compare.txt")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let session = Session.played()
    let commands = [
      "compare tiny.yaml --strategies one_wire_per_payment,fixed_window:window=15min,merchant_day "
        + "--output r",
      "compare tiny.yaml --strategies scenario,merchant_day:costs.wire=5.05 --dry-run --output r",
      "compare tiny.yaml --strategies scenario,merchant_day:merchants.cut_off=20:00 --dry-run "
        + "--output r",
      "compare tiny.yaml --strategies merchant_day,merchant_day --replications 3 --output s "
        + "--metrics instructions --format markdown",
      "compare --results r s --strategies merchant_day --metrics instructions",
      "compare tiny.yaml", "compare tiny.yaml --strategies merchant_day",
      "compare tiny.yaml --strategies merchant_day,one_wire",
      "compare tiny.yaml --strategies merchant_day,fixed_window:window=soon",
      "compare tiny.yaml --strategies merchant_day,fixed_window:size=3",
      "compare tiny.yaml --strategies scenario,counterparty_consolidation --replications 6 "
        + "--until-width 5% --max-replications 60 --output u "
        + "--metrics cost_per_payment,instructions",
      "compare tiny.yaml --strategies scenario,counterparty_consolidation:costs.wire=6 USD "
        + "--replications 1 --dry-run --output u",
      "compare tiny.yaml --strategies scenario,scenario:costs.currency=EUR --output u",
      "compare tiny.yaml --strategies merchant_day,scenario --until-width 1",
      "compare tiny.yaml --strategies merchant_day,scenario --max-replications 9",
      "compare tiny.yaml --strategies merchant_day,scenario --until-width 1% --max-replications 9",
      "compare tiny.yaml --strategies merchant_day,scenario --replications 0",
      "compare tiny.yaml --strategies merchant_day,scenario --confidence 95",
      "compare tiny.yaml --strategies merchant_day,scenario --baseline fixed_window",
      "compare tiny.yaml --strategies merchant_day,scenario --metrics instruction",
      "compare r s --strategies merchant_day,scenario", "compare --results r",
      "compare --results r s", "compare --results r s --strategies merchant_day --seed 3",
      "compare --results r nothing",
    ]
    let printed = commands.map { command in
      let ended = session.run(Self.words(command))
      let shown = (ended.output + ended.error).replacing(session.directory + "/", with: "")
      return "$ settlesim \(command)\n\(shown)exit \(ended.code)\n"
    }.joined(separator: "\n")
    if ProcessInfo.processInfo.environment["SETTLESIM_REWRITE"] == "1" {
      try printed.write(to: file, atomically: true, encoding: .utf8)
    } else {
      #expect(printed == text)
    }
  }

  /// The words of a command in which a space before a currency separates none.
  private static func words(_ command: String) -> [String] {
    command.replacing(" USD", with: "_USD").split(separator: " ").map {
      String($0).replacing("_USD", with: " USD")
    }
  }

  @Test("the result stands in a directory of its own, and in exports")
  func files() {
    let session = Session.played()
    let ended = compare(
      session, "--export", "html=x.html", "--export", "json=x.json", "--export", "csv=x.csv",
      "--format", "json")
    let folder = "Results/runs/tiny/20260302T101112.345Z-42"
    #expect(ended.code == 0 && ended.errors == ["result: \(folder)"])
    #expect(
      session.names(folder) == [
        "compare.html", "comparison.csv", "comparison.json", "environment.json", "manifest.json",
        "verdicts.csv",
      ])
    #expect(session.read("x.html") == session.read(folder + "/compare.html"))
    #expect(session.read("x.json") == session.read(folder + "/comparison.json"))
    #expect(session.read("x.csv") == session.read(folder + "/verdicts.csv"))
    #expect(ended.output == session.read("x.json"))
  }

  @Test("the files do not depend on threads, and the scenario's own seed is the first")
  func threads() {
    let session = Session.played()
    for (folder, threads) in [("a", "1"), ("b", "4")] {
      #expect(compare(session, "--threads", threads, "--output", folder).code == 0)
    }
    for name in session.names("a") where name != "environment.json" {
      #expect(session.read("a/" + name) == session.read("b/" + name), "\(name)")
    }
    #expect(compare(session, "--seed", "9", "--output", "c").code == 0)
    #expect(session.read("c/manifest.json")?.contains("\"seed\": 28") == true)
    #expect(session.read("a/manifest.json")?.contains("\"seed\": 28") == false)
  }

  @Test("the simulator itself is compared the same way")
  func real() {
    let session = Session.tiny(nil)
    let ended = session(
      "compare", "tiny.yaml", "--strategies", "one_wire_per_payment,merchant_day",
      "--replications", "7", "--metrics", "cost.total,instructions", "--output", "r")
    #expect(ended.code == 0, "\(ended.error)")
    #expect(ended.output.contains("better"))
  }

  @Test(
    "a signal leaves nothing behind", arguments: [(Int32(2), Int32(130)), (15, 143)])
  func signal(_ number: Int32, _ code: Int32) {
    let session = Session.played()
    session.caughtSignal = number
    let ended = compare(session, "--output", "r", "--export", "csv=x.csv")
    #expect(ended.code == code)
    #expect(ended.errors == ["settlesim: stopped by signal \(number); there is no result"])
    #expect(ended.output.isEmpty && session.names() == ["tiny.yaml"])
  }

  @Test("a broken invariant ends with 96, and the last line shows that very run again")
  func invariant() {
    let session = Session.played { outcome in
      guard outcome.result.identity.seed == 3 else { return }
      outcome.result.verdict = .invariantViolated
      outcome.breach = InvariantBreach(
        invariant: "ledger.balanced", instant: .start, island: 1, state: "debits 1, credits 2")
    }
    let ended = compare(session, "--output", "r", "--set", "costs.wire=4.00 USD")
    #expect(ended.code == 96 && ended.output.isEmpty)
    #expect(ended.errors.first?.contains("ledger.balanced broken at") == true)
    #expect(
      ended.errors.last == "settlesim run tiny.yaml --seed 3 --set 'costs.wire=4.00 USD' "
        + "--set settlement.strategy=one_wire_per_payment")
    #expect(session.names() == ["tiny.yaml"])
  }

  @Test("arrivals that differ end with 65 and the entry that changes them")
  func arrivals() {
    let session = Session.played { outcome in
      if outcome.result.identity.overrides.last?.value == "merchant_day" {
        outcome.result.identity.arrivalDigest ^= 1
      }
    }
    let ended = compare(session, "--output", "r")
    #expect(ended.code == 65 && session.names() == ["tiny.yaml"])
    #expect(ended.error.contains("`merchant_day` changes what merchants ask for"))
    #expect(ended.error.contains("cannot be paired"))
  }

  @Test("an error of a run ends with 65 and the command that shows it")
  func runError() {
    let session = Session.played { $0.errors = ["tiny.yaml: the run has no samples of it"] }
    let ended = compare(session, "--output", "r", "--threads", "1")
    #expect(ended.code == 65)
    #expect(ended.errors[0] == "settlesim: tiny.yaml: the run has no samples of it")
    #expect(ended.errors[1].hasPrefix("settlesim run tiny.yaml --seed 1 --set"))
  }

  /// A session in which the runs of a strategy with the seeds 3 and 5 do not come to rest.
  private func restless(_ strategy: String) -> Session {
    Session.played { outcome in
      let identity = outcome.result.identity
      guard identity.overrides.last?.value == strategy, [3, 5].contains(identity.seed) else {
        return
      }
      outcome.result.verdict = .notAtRest
      outcome.result.isComplete = false
      outcome.errors = ["tiny.yaml: it did not come to rest"]
    }
  }

  @Test("runs that do not come to rest leave all files, and end with 65 and the first of them")
  func unrest() {
    let session = restless("merchant_day")
    let ended = compare(session, "--output", "r", "--export", "csv=x.csv", "--threads", "1")
    #expect(ended.code == 65)
    #expect(ended.output.contains("not at rest in 2 of 20 runs"))
    #expect(
      Array(ended.errors.suffix(3)) == [
        "settlesim: `merchant_day` did not come to rest in 2 of 20 runs",
        "settlesim: tiny.yaml: it did not come to rest",
        "settlesim run tiny.yaml --seed 3 --set settlement.strategy=merchant_day",
      ])
    #expect(session.names("r").contains("compare.html") && session.read("x.csv") != nil)
    let stored = session("compare", "--results", "r", "r", "--strategies", "merchant_day")
    #expect(stored.code == 65 && stored.output.contains("not at rest in 2 of 20 runs"))
  }

  @Test("where the baseline does not come to rest another one is named")
  func unrestOfBaseline() {
    let session = restless("one_wire_per_payment")
    let ended = compare(session, "--output", "r", "--threads", "1")
    #expect(ended.code == 65 && session.names("r").contains("compare.html"))
    #expect(
      ended.error.contains(
        "nothing can be compared with the baseline `one_wire_per_payment`; choose another: "
          + "--baseline merchant_day\n"))
    #expect(!ended.output.contains("better ") && !ended.output.contains("Pareto set"))
    #expect(compare(session, "--output", "r", "--baseline", "merchant_day").code == 65)
  }

  @Test("too few replications are told before the runs, and by --dry-run")
  func limits() throws {
    let session = Session.played()
    let ended = compare(session, "--output", "r", "--replications", "5", "--threads", "1")
    #expect(ended.errors.first?.contains("5 replications can show nothing at 5 %") == true)
    let dry = compare(session, "--replications", "5", "--dry-run")
    #expect(dry.code == 0 && dry.output.contains("note        5 replications can show nothing"))
    #expect(!compare(session, "--dry-run").output.contains("note "))
  }

  @Test("a place that cannot hold the result is refused before the first run")
  func badPlace() {
    let session = Session.played()
    session.write("foreign/mine.txt", "")
    #expect(compare(session, "--output", "foreign").code == 74)
    #expect(compare(session, "--output", "r", "--export", "csv=no/x").code == 74)
    #expect(session.prepared == nil)
  }

  @Test("progress names runs")
  func progress() {
    let session = Session.played()
    session.tick = 200_000_000
    let ended = compare(session, "--output", "r", "--progress", "always", "--threads", "1")
    #expect(ended.error.contains(" of 40 runs  ") && ended.error.contains("M events/s"))
    #expect(compare(session, "--output", "r", "--quiet").error.isEmpty)
  }

  @Test("stored runs of other seeds are compared without pairs, those of a folder together")
  func stored() {
    let session = Session.played()
    for seed in 1...8 {
      for (folder, strategy) in [("a", "one_wire_per_payment"), ("b", "merchant_day")] {
        let own = folder == "a" ? seed : seed + 20
        let ended = session(
          "run", "tiny.yaml", "--seed", "\(own)", "--set", "settlement.strategy=\(strategy)",
          "--output", "\(folder)/\(seed)")
        #expect(ended.code == 0)
      }
    }
    let ended = session(
      "compare", "--results", "a", "b", "--metrics", "cost_per_payment,settlement_latency.mean")
    #expect(ended.code == 0 && ended.output.contains("compared without pairs"))
    #expect(ended.output.contains("better") && ended.output.contains("Mann and Whitney"))
    #expect(session.names() == ["a", "b", "tiny.yaml"])
    let paired = session("compare", "--results", "a", "a", "--output", "c")
    #expect(paired.code == 0 && paired.output.contains("8 pairs of runs"))
    #expect(session.names("c").contains("compare.html"))
    session.alter("b/1/manifest.json", "\"complete\": true", "\"complete\": false")
    #expect(session("compare", "--results", "a", "b").code == 65)
    #expect(session("compare", "--results", "a", "tiny.yaml").code == 66)
  }

  /// Runs the tiny scenario into `folder`.
  private func store(_ session: Session, _ folder: String, _ arguments: String...) {
    let ended = session.run(["run", "tiny.yaml", "--output", folder] + arguments)
    #expect(ended.code == 0, "\(ended)")
  }

  @Test("stored results in two currencies are refused, and both are named")
  func storedUnits() {
    let session = Session.played()
    store(session, "a")
    store(session, "b", "--set", "costs.currency=EUR")
    let ended = session("compare", "--results", "a", "b")
    #expect(ended.code == 65 && ended.output.isEmpty)
    #expect(ended.error.contains("a reports money in USD and b in EUR: amounts of two currencies"))
    // The same of comparisons.
    for (folder, currency) in [("c", "USD"), ("d", "EUR")] {
      #expect(
        compare(session, "--set", "costs.currency=\(currency)", "--output", folder).code == 0)
    }
    let comparisons = session("compare", "--results", "c", "d", "--strategies", "merchant_day")
    #expect(comparisons.code == 65 && comparisons.error.contains("in USD and d in EUR"))
    session.alter("d/comparison.json", "EUR", "USD")
    let edited = session("compare", "--results", "c", "d", "--strategies", "merchant_day")
    #expect(edited.code == 65 && edited.error.contains("it was changed after it was written"))
  }

  @Test("stored results name what they differ in before any figure")
  func storedDistinctions() throws {
    let session = Session.played()
    store(session, "a", "--seed", "1", "--set", "costs.wire=4.00 USD")
    store(session, "b", "--seed", "2")
    store(session, "same", "--seed", "1", "--set", "costs.wire=4.00 USD")
    let ended = session("compare", "--results", "a", "b")
    #expect(ended.code == 0)
    let lines = ended.output.split(separator: "\n").map(String.init)
    let setting = try #require(
      lines.firstIndex { $0.contains("costs.wire: 4.00 USD and 5.00 USD") })
    let seeds = try #require(lines.firstIndex { $0.contains("seeds: 1 and 2") })
    let figures = try #require(lines.firstIndex { $0.hasPrefix("cost_per_payment, USD") })
    #expect(setting < figures && seeds < figures)
    #expect(!ended.output.contains("scenario: tiny"))
    #expect(
      session("compare", "--results", "a", "same").output.contains(
        "the two have the same scenario, settings, seeds and versions"))
    // A single run on each side has no interval and no verdict.
    #expect(ended.output.contains("too few") && !ended.output.contains("better  "))
    session.write("tiny.yaml", (session.read("tiny.yaml") ?? "").replacing("tiny", with: "small"))
    store(session, "other", "--seed", "1")
    let other = session("compare", "--results", "same", "other", "--format", "csv")
    #expect(other.error.contains("the two differ: scenario: tiny and small"), "\(other)")
  }

  @Test("an edited result of a run is refused")
  func edited() {
    let session = Session.played()
    store(session, "a")
    store(session, "b")
    let former = SHA256.hexDigest(of: Array(session.bytes("b/summary.json")!))
    session.alter("b/summary.json", "\"instructions\": ", "\"instructions\": 1")
    let now = SHA256.hexDigest(of: Array(session.bytes("b/summary.json")!))
    let ended = session("compare", "--results", "a", "b")
    #expect(ended.code == 65 && ended.error.contains("b/summary.json: it was changed after"))
    #expect(ended.error.contains(former) && ended.error.contains(now), "\(ended.error)")
  }

  @Test("a recorded command has every flag that matters, and gives the same result again")
  func recorded() throws {
    let session = Session.played()
    let flags = [
      "--metrics", "instructions", "--confidence", "0.9", "--effect-floor", "0.00005",
    ]
    func command(_ folder: String) throws -> [String] {
      let text = try #require(session.read(folder + "/manifest.json"))
      let json = try CanonicalJSON(parsing: text, file: folder)
      let line = try #require(json["command"]?.text)
      return line.split(separator: " ").dropFirst().map(String.init)
    }
    #expect(compare(session, "--output", "r").code == 0)
    #expect(
      session.run(
        ["compare", "tiny.yaml", "--strategies", "scenario,rtgs"] + flags
          + ["--output", "s"]
      ).code == 0)
    #expect(try command("s").suffix(6) == flags[...])
    let stored = ["compare", "--results", "r", "r", "--strategies", "merchant_day"] + flags
    #expect(session.run(stored + ["--output", "t"]).code == 0)
    #expect(try command("t") == stored)
    for folder in ["s", "t"] {
      let again = session.run(try command(folder) + ["--output", "u"])
      #expect(again.code == 0, "\(again)")
      #expect(session.read("u/comparison.json") == session.read(folder + "/comparison.json"))
    }
  }

  @Test(
    "metrics must exist and stand once",
    arguments: [
      ("instrctions", "did you mean `instructions`?"), ("instructions,instructions", "named twice"),
      ("", "list metrics"),
    ])
  func metrics(_ names: String, _ message: String) {
    let session = Session.played()
    let ended = compare(session, "--metrics=" + names)
    #expect(ended.code == 64 && ended.error.contains(message), "\(ended)")
    let sweep = session("sweep", "tiny.yaml", "--seeds", "2", "--metrics=" + names)
    #expect(sweep.code == 64 && sweep.error.contains(message), "\(sweep)")
  }
}
