import Testing

@testable import CommandLine

@Suite("The difference of two results")
struct DiffTests {
  /// Two results of the tiny scenario, in `a` as it is and in `b` with dearer wires; really run.
  private func session() -> Session {
    let session = Session.tiny(nil)
    #expect(session("run", "tiny.yaml", "--output", "a").code == 0)
    #expect(session("run", "tiny.yaml", "--output", "b", "--set", "costs.wire=5.01 USD").code == 0)
    return session
  }

  @Test("a changed setting is the first line, then the figures; --gate alone makes it fail")
  func changed() {
    let session = session()
    let ended = session("diff", "a", "b")
    #expect(ended.code == 0 && ended.error.isEmpty, "\(ended)")
    let lines = ended.output.split(separator: "\n")
    #expect(lines.first == "≠ setting costs.wire 5.00 USD -> 5.01 USD")
    #expect(lines.dropFirst().first?.hasPrefix("✗ cost.wires USD ") == true)
    #expect(lines.last == "  a -> b")
    #expect(session("diff", "a", "b", "--gate").code == 98)
    #expect(session("diff", "b", "a", "--gate").code == 98, "less is saved")
    #expect(session("diff", "b", "a", "--gate", "--tolerance", "*savings_ratio=1%").code == 0)
    #expect(session("diff", "a", "b", "--gate", "--ignore", "*").code == 0)
    #expect(session("diff", "a", "b", "--gate", "--tolerance", "5%").code == 0)
  }

  @Test("an unchanged pair is one line")
  func same() {
    let session = session()
    let ended = session("diff", "a", "a", "--gate")
    #expect(ended.code == 0 && ended.error.isEmpty)
    #expect(
      ended.output.hasPrefix("✓ SAME  digest ") && ended.output.split(separator: "\n").count == 1)
  }

  @Test("`latest` is the last complete run without --output, `baseline` the scenario's baseline")
  func words() {
    let session = session()
    let none = session("diff", "a", "latest")
    #expect(none.code == 66 && none.error.contains("a run of `tiny` without --output leaves it"))
    for seed in ["1", "2"] {
      #expect(session("run", "tiny.yaml", "--seed", seed).code == 0)
    }
    let other = session("diff", "a", "latest")
    #expect(other.output.hasPrefix("≠ seed 1 -> 2\n"), "\(other)")
    session.caughtSignal = 2
    #expect(session("run", "tiny.yaml", "--seed", "3").code == 130)
    session.caughtSignal = nil
    #expect(session("diff", "latest", "a").output.hasPrefix("≠ seed 2 -> 1\n"))
    #expect(session.names("Results/runs/tiny").contains("latest"))
    #expect(session("diff", "a", "baseline").code == 66)
    #expect(session("bench", "tiny.yaml", "--only", "virtual", "--update-baseline").code == 0)
    #expect(session("diff", "a", "baseline").output.hasPrefix("✓ SAME"))
    #expect(session("diff", "Results/baselines/tiny.json", "a").output.hasPrefix("✓ SAME"))
    #expect(session("diff", "latest", "baseline").code == 64)
  }

  @Test("what cannot be compared is refused, and says why")
  func refused() {
    let session = session()
    #expect(session("diff", "a").code == 64)
    let missing = session("diff", "a", "c")
    #expect(missing.code == 66 && missing.error.contains("c: no such result and no such baseline"))
    session.write("d/thesis.txt", "mine")
    #expect(session("diff", "a", "d").error.contains("d: expected the result of a run"))
    session.write("e.json", "{}")
    let baseline = session("diff", "a", "e.json")
    #expect(baseline.error.contains("kind: missing; expected settlesim-baseline"))
    let currency = ["--set", "costs.currency=EUR", "--output", "eur"]
    #expect(session.run(["run", "tiny.yaml"] + currency).code == 0)
    let mixed = session("diff", "a", "eur")
    #expect(mixed.code == 65 && mixed.error.contains("amounts of two currencies"))
    session.alter("b/summary.json", "\"verdict\": \"passed\"", "\"verdict\": \"missed\"")
    let edited = session("diff", "a", "b")
    #expect(edited.code == 65 && edited.error.contains("changed after it was written"))
    for tolerance in ["0%", "1", "cost=", "=1%", "-1%"] {
      let ended = session("diff", "a", "a", "--tolerance", tolerance)
      #expect(ended.code == 64 && ended.error.contains("such as 1% or cost.*=0.5%"), "\(tolerance)")
    }
  }

  @Test("a pattern that names no figure is told, as a gate would look away")
  func slips() {
    let session = session()
    let ended = session("diff", "a", "b", "--ignore", "cost.totl", "--tolerance", "x.*=1%")
    #expect(ended.error.contains("no figure is called `cost.totl`; did you mean `cost.total`?"))
    #expect(ended.error.contains("no figure is called `x.*`"))
  }

  @Test("exports hold the difference and never replace a side")
  func exports() {
    let session = session()
    let files = ["--export", "junit=d.xml", "--export", "json=d.json", "--export", "markdown=d.md"]
    #expect(session.run(["diff", "a", "b"] + files).code == 0)
    #expect(session("diff", "a", "b", "--export", "json=-").output == session.read("d.json"))
    #expect(session.read("d.xml")?.contains("settlesim.diff") == true)
    #expect(session.read("d.json")?.contains("\"kind\": \"settlesim-diff\"") == true)
    #expect(session.read("d.md")?.hasPrefix("## settlesim diff") == true)
    #expect(session("bench", "tiny.yaml", "--only", "virtual", "--update-baseline").code == 0)
    let base = "Results/baselines/tiny.json"
    #expect(session("diff", "a", base, "--export", "json=\(base)").code == 74)
    #expect(session("diff", "a", "b", "--export", "json=a/summary.json").code == 74)
  }

  @Test("entries of a list go by their names, so that another before them moves nothing")
  func names() throws {
    let session = Session()
    let text = tinyScenario
    let acquirers = ["- {name: northbank, preference: 1}", "- {name: southpay, preference: 2}"]
    func write(_ name: String, _ list: [String]) {
      session.write(name, text + "acquirers:\n" + list.map { "  \($0)\n" }.joined())
    }
    write("one.yaml", acquirers)
    write("two.yaml", ["- {name: eastpay, preference: 3}"] + acquirers)
    for name in ["one", "two"] {
      let ended = session("run", name + ".yaml", "--output", name)
      #expect(ended.code == 0, "\(ended.error)")
    }
    let settings = session("diff", "one", "two").output.split(separator: "\n").filter {
      $0.hasPrefix("≠ setting")
    }
    #expect(settings.contains("≠ setting acquirers.eastpay.preference – -> 3"), "\(settings)")
    #expect(!settings.contains { $0.contains("northbank") || $0.contains("southpay") })
  }
}
