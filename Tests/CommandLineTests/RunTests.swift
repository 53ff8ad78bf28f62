import Reporting
@testable import Simulator
import Testing
@testable import VirtualTime

@testable import CommandLine

@Suite("Running")
struct RunTests {
  @Test("the summary goes to standard output and the result to a directory of its own")
  func run() {
    let session = Session.tiny()
    let ended = session("run", "tiny.yaml")
    #expect(ended.code == 0)
    #expect(ended.output.contains("✓ PASSED"))
    #expect(ended.error.isEmpty)
    let result = "Results/runs/tiny/20260302T101112.345Z-42"
    #expect(ended.output.contains("report     \(result)/report.html"))
    let standard = [
      "environment.json", "manifest.json", "report.html", "series.csv", "settlement.csv",
      "summary.json", "timeseries.csv",
    ]
    let tables = RunTables.all.map(\.file)
    let names = session.names(result)
    #expect(names.filter { !tables.contains($0) } == standard.filter(names.contains))
    for name in ["checks.csv", "steps.csv"] {
      #expect(names.contains(name), "\(name)")
    }
    #expect(session.read(result + "/environment.json")?.contains("2026-03-02T10:11:12Z") == true)
  }

  @Test("--output names exactly the directory, and a former result there is replaced")
  func output() {
    let session = Session.tiny()
    #expect(session("run", "tiny.yaml", "--output", "a/b").code == 0)
    #expect(session("run", "tiny.yaml", "--output", "a/b").code == 0)
    #expect(session.names() == ["a", "tiny.yaml"] && session.names("a") == ["b"])
    session.environment = ["SETTLESIM_OUTPUT": "c"]
    #expect(session("run", "tiny.yaml").code == 0)
    #expect(session.names("c").contains("summary.json"))
  }

  @Test("every format prints on standard output only", arguments: SummaryFormat.allCases)
  func formats(_ format: SummaryFormat) {
    let session = Session.tiny()
    let ended = session("run", "tiny.yaml", "--format", format.rawValue, "--output", "r")
    #expect(ended.code == 0)
    let start =
      switch format {
      case .table: "tiny\n"
      case .json, .ndjson: "{"
      case .csv: "section,name,field,value\n"
      case .markdown: "# tiny\n"
      }
    #expect(ended.output.hasPrefix(start))
    #expect(ended.errors == (format == .table ? [] : ["result: r"]))
    if format == .json { #expect(ended.output == session.read("r/summary.json")) }
  }

  @Test("--quiet leaves only results and errors")
  func quiet() {
    let session = Session.tiny()
    session.environment = ["SETTLESIM_TYPO": "1"]
    session.tick = 5_000_000_000
    let ended = session("run", "tiny.yaml", "--quiet", "--format", "json", "--progress", "always")
    #expect(ended.code == 0 && ended.error.isEmpty && !ended.output.isEmpty)
  }

  @Test("--dry-run says what would run and writes nothing")
  func dryRun() {
    let session = Session.tiny()
    let ended = session(
      "run", "tiny.yaml", "--dry-run", "--seed", "9", "--set", "merchants.count=30",
      "--export", "html=x.html", "--threads", "4", "--output", "r")
    #expect(ended.code == 0)
    for text in [
      "tiny  (", "seed        9\n", "300 payments", "threads     4\n", "result      r\n",
      "merchants.count=30", "html to x.html",
    ] { #expect(ended.output.contains(text), "\(text)") }
    #expect(session.names() == ["tiny.yaml"])
    #expect(session.fake?.windowsRun == 0)
  }

  @Test("--dry-run names transfers, and no payments where there are none")
  func transfers() {
    let session = Session.tiny()
    let settings = ["--set", "workload.transfers.payments=40", "--set", "time.duration=24h"]
    let both = session.run(["run", "tiny.yaml", "--dry-run"] + settings)
    #expect(both.output.contains("workload    300 payments, 40 transfers\n"))
    let alone = session.run(
      ["run", "tiny.yaml", "--dry-run", "--set", "workload.generated.payments=0"] + settings)
    #expect(alone.output.contains("workload    40 transfers\n"), "\(alone)")
  }

  @Test("the screen names the scenario by the path that was given, files by its name alone")
  func path() {
    let session = Session.tiny(nil)
    session.write("sub/mine.yaml", tinyScenario)
    let ended = session(
      "run", "sub/mine.yaml", "--output", "r", "--set", "thresholds=[\"payments.lost > 0\"]")
    #expect(ended.code == 99)
    #expect(ended.output.contains("reproduce  settlesim run sub/mine.yaml --seed "))
    for name in ["manifest.json", "report.html", "summary.json"] {
      #expect(session.read("r/" + name)?.contains("sub/mine.yaml") == false, "\(name)")
    }
  }

  @Test("a missed threshold ends with 99")
  func threshold() {
    let fake = FakeRun()
    fake.verdict = .thresholdMissed
    let ended = Session.tiny(fake)("run", "tiny.yaml")
    #expect(ended.code == 99 && ended.output.contains("✗ FAILED"))
  }

  @Test("a broken invariant ends with 96, and the last line shows it again")
  func invariant() {
    let fake = FakeRun()
    fake.verdict = .invariantViolated
    fake.seed = 7
    fake.breach = InvariantBreach(
      invariant: "ledger.balanced", instant: VirtualInstant(nanoseconds: 0), island: 1,
      state: "debits 1, credits 2")
    let ended = Session.tiny(fake)("run", "./tiny.yaml", "--seed", "7")
    #expect(ended.code == 96)
    #expect(ended.errors.first?.contains("ledger.balanced broken at 00:00:00.000") == true)
    #expect(ended.errors.last == "settlesim run ./tiny.yaml --seed 7")
  }

  @Test("errors that show only at the end are errors of the scenario: code 65")
  func lateErrors() {
    let fake = FakeRun()
    fake.errors = ["tiny.yaml: the run did not come to rest"]
    let session = Session.tiny(fake)
    let ended = session("run", "tiny.yaml", "--output", "r")
    #expect(ended.code == 65)
    #expect(ended.errors == ["settlesim: tiny.yaml: the run did not come to rest"])
    #expect(session.names("r").contains("summary.json"))
  }

  @Test("a run that stops by itself without an error is a fault of settlesim: code 1")
  func internalError() {
    let fake = FakeRun()
    fake.verdict = .interrupted
    #expect(Session.tiny(fake)("run", "tiny.yaml").code == 1)
  }

  @Test(
    "a signal stops the run at the next window; the result is written as incomplete",
    arguments: [(Int32(2), Int32(130)), (15, 143)])
  func signal(_ number: Int32, _ code: Int32) {
    let session = Session.tiny()
    session.caughtSignal = number
    let ended = session("run", "tiny.yaml", "--output", "r")
    #expect(ended.code == code)
    #expect(session.fake?.windowsRun == 1)
    #expect(ended.errors.last?.contains("stopped by signal \(number)") == true)
    #expect(ended.output.contains("INTERRUPTED"))
    #expect(session.read("r/manifest.json")?.contains("\"complete\": false") == true)
  }

  @Test("colours come with a terminal, and go with NO_COLOR, TERM=dumb and --color never")
  func colors() {
    let session = Session.tiny()
    func isColored(_ arguments: String..., environment: [String: String] = [:]) -> Bool {
      session.environment = environment
      return session.run(["run", "tiny.yaml", "--progress", "never"] + arguments)
        .output.contains("\u{1B}[")
    }
    #expect(!isColored() && isColored("--color", "always"))
    session.isTerminal = true
    #expect(isColored() && !isColored("--color=never"))
    #expect(!isColored(environment: ["NO_COLOR": "1"]))
    #expect(isColored(environment: ["NO_COLOR": ""]))
    #expect(!isColored(environment: ["TERM": "dumb"]))
    #expect(isColored("--color=always", environment: ["NO_COLOR": "1"]))
    #expect(!isColored("--format", "markdown"))
    #expect(!isColored(environment: ["SETTLESIM_COLOR": "never"]))
  }
}
