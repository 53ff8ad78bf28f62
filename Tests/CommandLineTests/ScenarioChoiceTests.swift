import Testing
import Text

@testable import CommandLine

@Suite("Which scenario, and whether it is any good")
struct ScenarioChoiceTests {
  @Test("a shipped scenario is found by its name")
  func shipped() {
    let session = Session()
    session.fake = FakeRun()
    session.write("Scenarios/tiny.yaml", tinyScenario)
    #expect(session("run", "tiny").code == 0)
    #expect(session("validate", "tiny.yaml").code == 0)
    let ended = session("run", "tyny")
    #expect(ended.code == 66)
    #expect(ended.errors.first?.hasSuffix("no such file; did you mean `tiny`?") == true)
  }

  @Test("what is installed with the program is found from any directory, what is here comes first")
  func installed() {
    let session = Session()
    session.fake = FakeRun()
    session.write("prefix/bin/settlesim", "")
    session.write("prefix/share/settlesim/Scenarios/tiny.yaml", tinyScenario)
    session.write("checkout/.build/machine/release/settlesim", "")
    session.write("checkout/Scenarios/schema.json", "{}")
    session.write("checkout/Scenarios/built.yaml", tinyScenario)
    #expect(session("validate", "tiny").code == 66)
    session.shared = ["prefix/bin/settlesim", "checkout/.build/machine/release/settlesim"]
      .flatMap { ShippedScenarios.shared(with: session.path($0)) }
    #expect(session("validate", "tiny", "built.yaml").code == 0)
    #expect(session("list", "scenarios", "--format", "csv").output.contains("\nbuilt,"))
    #expect(session("run", "tyny").errors.first?.hasSuffix("did you mean `tiny`?") == true)
    session.write("Scenarios/tiny.yaml", "name: [")
    #expect(session("validate", "tiny").code == 65)
  }

  @Test("a scenario that is refused ends with 65, one that is missing with 66, told unchanged")
  func refusals() {
    let session = Session.tiny()
    session.write("bad.yaml", tinyScenario + "sed: 1\nbanks: 3\n")
    for command in ["run", "validate"] {
      let bad = session(command, "bad.yaml")
      #expect(bad.code == 65 && bad.output.isEmpty)
      #expect(bad.errors.count == 2)
      #expect(
        bad.errors.first?.hasSuffix("bad.yaml:6:1: sed: unknown key `sed`; did you mean `seed`?")
          == true)
      #expect(session(command, "none.yaml").code == 66)
      #expect(session(command, ".").code == 65)
      #expect(session(command, "/dev/null").code == 65)
      #expect(session(command, "").code == 66)
    }
    #expect(session.names() == ["bad.yaml", "tiny.yaml"])
  }

  @Test("validate tells machines what is wrong and where, a bad file too")
  func validateForMachines() throws {
    let session = Session.tiny()
    session.write("bad.yaml", "name: bad\nseed: x\nledgr: {}\n")
    let words = ["validate", "tiny.yaml", "bad.yaml", "none.yaml", "--format"]
    let ended = session.run(words + ["json"])
    #expect(ended.code == 65 && ended.error.contains("bad.yaml:2:7"))
    let json = try CanonicalJSON(parsing: ended.output, file: "verdicts")
    let verdicts = try #require(json.elements)
    #expect(verdicts.map { $0["scenario"]?.text } == ["tiny.yaml", "bad.yaml", "none.yaml"])
    #expect(verdicts.map { $0["valid"] } == [.boolean(true), .boolean(false), .boolean(false)])
    let problems = try #require(verdicts[1]["problems"]?.elements)
    #expect(problems.map { $0["key"]?.text } == ["seed", "ledgr"])
    #expect(problems[0]["line"]?.integer() == 2 && problems[0]["column"]?.integer() == 7)
    #expect(problems[1]["message"]?.text?.contains("did you mean `ledger`?") == true)
    #expect(verdicts[2]["problems"]?.elements?.count == 1)
    let lines = session.run(words + ["ndjson"]).output.split(separator: "\n")
    #expect(lines.count == 3 && lines[0].contains("true") && lines[1].contains("ledgr"))
  }

  @Test("validate checks all scenarios, and the first failure gives the code")
  func validateMany() {
    let session = Session.tiny()
    session.write("bad.yaml", "name: 3\n")
    let ended = session("validate", "tiny.yaml", "none.yaml", "bad.yaml", "tiny.yaml")
    #expect(ended.code == 66)
    #expect(ended.output.split(separator: "\n").count == 2)
    #expect(ended.errors.count >= 2)
  }

  @Test("thresholds of a real run decide, and one on an unknown metric is refused before it")
  func realThresholds() {
    let session = Session()
    func code(_ threshold: String) -> Session.Ended {
      session.write("t.yaml", tinyScenario + "thresholds: [\(threshold)]\n")
      return session("run", "t.yaml", "--output", "r")
    }
    #expect(code("payments.lost == 0").code == 0)
    #expect(code("payments.accepted < 10").code == 99)
    let unknown = code("payments.lots == 0")
    #expect(unknown.code == 65 && unknown.error.contains("payments.lost"))
    #expect(session("validate", "t.yaml").code == 65)
  }
}
