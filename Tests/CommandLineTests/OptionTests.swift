import Reporting
import Testing
import VirtualTime

@testable import CommandLine

@Suite("Values of flags and variables")
struct OptionTests {
  @Test("--short and --full exclude each other, before anything runs")
  func shortAndFull() {
    let session = Session.tiny()
    for command in ["run", "compare"] {
      let ended = session(command, "tiny.yaml", "--short", "--full")
      #expect(ended.code == 64 && ended.error.contains("--short and --full exclude each other"))
    }
    #expect(session.names() == ["tiny.yaml"])
    session.fake = FakeRun()
    let short = session("run", "tiny.yaml", "--short").output.split(separator: "\n")
    #expect(short.count <= 10 && short.allSatisfy { $0.count <= 80 || $0.hasPrefix("report ") })
  }

  @Test(
    "a seed is a whole number below 2^64",
    arguments: ["-1", "18446744073709551616", "abc", "1.0", "1e3", "0x10", " 1", "١", "+1", ""])
  func badSeeds(_ seed: String) {
    let session = Session.tiny()
    let ended = session("run", "tiny.yaml", "--seed=" + seed)
    #expect(ended.code == 64)
    #expect(
      ended.errors.first == "settlesim: --seed: expected a whole number of 0 to "
        + "18446744073709551615, found `\(seed)`")
    #expect(session.prepared == nil && session.names() == ["tiny.yaml"])
  }

  @Test("the largest seed is taken")
  func largestSeed() {
    let session = Session.tiny()
    #expect(session("run", "tiny.yaml", "--seed", "18446744073709551615").code == 0)
    #expect(session.prepared?.scenario.settings.seed == .max)
  }

  @Test("threads are 1 to 1024", arguments: ["0", "-1", "1000000", "1025", "two", "1.5"])
  func badThreads(_ threads: String) {
    let ended = Session.tiny()("run", "tiny.yaml", "--threads", threads)
    #expect(ended.code == 64)
    #expect(
      ended.errors.first
        == "settlesim: --threads: expected a whole number of 1 to 1024, found `\(threads)`")
  }

  @Test("without a flag as many threads run as there are cores, and what was used is recorded")
  func threads() {
    let session = Session.tiny()
    session.cores = 3
    #expect(session("run", "tiny.yaml", "--output", "r").code == 0)
    #expect(session.fake?.threads == 3)
    #expect(session.read("r/environment.json")?.contains("\"threads\": 3") == true)
    session.cores = 5_000
    _ = session("run", "tiny.yaml")
    #expect(session.fake?.threads == 1_024)
    _ = session("run", "tiny.yaml", "--threads", "1024")
    #expect(session.fake?.threads == 1_024)
  }

  @Test("a flag outranks a variable, that the file, and that the default")
  func precedence() {
    let session = Session()
    session.fake = FakeRun()
    session.write("tiny.yaml", tinyScenario + "seed: 5\n")
    session.write("plain.yaml", tinyScenario)
    func seed(_ arguments: String...) -> UInt64? {
      _ = session.run(["run"] + arguments)
      return session.prepared?.scenario.settings.seed
    }
    #expect(seed("plain.yaml") == 1)
    #expect(seed("tiny.yaml") == 5)
    session.environment = ["SETTLESIM_SEED": "6", "SETTLESIM_THREADS": "7"]
    #expect(seed("tiny.yaml") == 6)
    #expect(session.fake?.threads == 7)
    #expect(seed("tiny.yaml", "--seed", "8", "--threads", "9") == 8)
    #expect(session.fake?.threads == 9)
    #expect(seed("tiny.yaml", "--set", "seed=9") == 9)
    session.environment = ["SETTLESIM_SEED": ""]
    #expect(seed("tiny.yaml") == 5)
  }

  @Test("validate --resolved tells what gave each value")
  func resolved() {
    let session = Session.tiny()
    session.environment = ["SETTLESIM_SEED": "6"]
    let ended = session(
      "validate", "--resolved", "tiny.yaml", "--set", "authorization.retries=0", "--format", "csv")
    #expect(ended.code == 0)
    let lines = ended.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "path,value,origin")
    #expect(lines.contains("seed,6,SETTLESIM_SEED"))
    #expect(lines.contains("authorization.retries,0,--set"))
    #expect(
      lines.contains { $0.hasPrefix("merchants.count,20,") && $0.hasSuffix("tiny.yaml:4:20") })
    #expect(lines.contains { $0.hasPrefix("gateway.") && $0.hasSuffix(",default") })
    #expect(session("validate", "--resolved", "tiny.yaml", "tiny.yaml").code == 64)
  }

  @Test(
    "a variable with a bad value is refused by name, whatever command runs and its flags say",
    arguments: [
      ("QUIET", "maybe"), ("QUIET", "yes"), ("QUIET", "TRUE"), ("THREADS", "0"),
      ("SEED", "-1"), ("FORMAT", "yaml"), ("COLOR", "1"), ("PROGRESS", "bar"),
      ("SUSPENSION", "none"),
    ])
  func badVariableOfAnyCommand(_ name: String, _ value: String) {
    let session = Session.tiny()
    session.environment = ["SETTLESIM_" + name: value]
    for arguments in [
      ["list", "metrics"], ["schema"], ["version"], ["new", "-"], ["validate", "tiny.yaml"],
      ["run", "tiny.yaml", "--quiet", "--threads", "1", "--seed", "1", "--format", "csv"],
    ] {
      let ended = session.run(arguments)
      #expect(ended.code == 64 && ended.output.isEmpty, "\(arguments) \(ended)")
      #expect(
        ended.errors.first?.hasPrefix("settlesim: SETTLESIM_\(name): expected ") == true
          && ended.errors.first?.contains("found `\(value)`") == true, "\(ended.error)")
    }
    #expect(session("help").code == 0 && session("run", "--help").code == 0)
    #expect(session.names() == ["tiny.yaml"])
  }

  @Test("variables with bad values are refused by name")
  func badVariables() {
    let session = Session.tiny()
    session.environment = ["SETTLESIM_THREADS": "many"]
    let ended = session("run", "tiny.yaml")
    #expect(ended.code == 64)
    #expect(
      ended.errors.first
        == "settlesim: SETTLESIM_THREADS: expected a whole number of 1 to 1024, found `many`")
    session.environment = ["SETTLESIM_QUIET": "perhaps"]
    #expect(session("run", "tiny.yaml").code == 64)
    session.environment = ["SETTLESIM_FORMAT": "jsn"]
    #expect(
      session("run", "tiny.yaml").errors.first?.hasSuffix("found `jsn`; did you mean `json`?")
        == true)
  }

  @Test("a variable that looks like ours and is not is warned about")
  func unknownVariable() {
    let session = Session.tiny()
    session.environment = ["SETTLESIM_THREAD": "1", "SETTLE": "1"]
    let ended = session("validate", "tiny.yaml")
    #expect(ended.code == 0)
    #expect(
      ended.errors == [
        "settlesim: warning: the variable `SETTLESIM_THREAD` means nothing here; "
          + "did you mean `SETTLESIM_THREADS`?"
      ])
  }

  @Test("a value given twice is refused, whichever flags give it")
  func twice() {
    let session = Session.tiny()
    let first = session("run", "tiny.yaml", "--seed", "1", "--set", "seed=2")
    #expect(first.code == 64)
    #expect(first.errors.first == "settlesim: seed is given twice, by --seed and by --set")
    #expect(
      session("run", "tiny.yaml", "--set", "bus.partitions=1", "--set", "bus.partitions=2").code
        == 64)
  }

  @Test("--set needs a path and a value; the scenario judges both", arguments: ["x", "=1", ""])
  func badAssignments(_ text: String) {
    let ended = Session.tiny()("run", "tiny.yaml", "--set", text)
    #expect(ended.code == 64)
    #expect(
      ended.errors.first == "settlesim: --set: expected path.to.key=value, found `\(text)`")
  }

  @Test("an override that the scenario refuses ends with code 65")
  func refusedOverride() {
    let ended = Session.tiny()("validate", "tiny.yaml", "--set", "merchants.cuont=3")
    #expect(ended.code == 65)
    #expect(ended.errors.first?.contains("--set: merchants.cuont") == true)
  }

  @Test("the way tasks wait is handed on")
  func suspension() {
    let session = Session.tiny()
    _ = session("run", "tiny.yaml", "--suspension", "continuation")
    #expect(session.prepared?.suspension == .continuation)
    _ = session("run", "tiny.yaml")
    #expect(session.prepared?.suspension == .parking)
    #expect(session("run", "tiny.yaml", "--suspension", "sleeping").code == 64)
  }
}
