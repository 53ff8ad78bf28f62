import Host
import Foundation
import Reporting
import Testing

@testable import CommandLine

@Suite("Outputs that cannot be written")
struct OutputTests {
  /// Standard output on the device that is always full.
  private func full() -> CheckedOutput {
    CheckedOutput(descriptor: open("/dev/full", O_WRONLY), name: "standard output")
  }

  @Test("a full standard output ends with 74, is told, and leaves the result whole")
  func fullOutput() {
    let session = Session.tiny()
    session.output = full()
    let ended = session("run", "tiny.yaml", "--output", "r")
    #expect(ended.code == 74)
    #expect(
      ended.errors == [
        "settlesim: cannot write standard output: write: No space left on device"
      ])
    #expect(session.names("r").contains("manifest.json"))
    for arguments in [["help"], ["version"], ["schema"], ["list"], ["validate", "tiny.yaml"]] {
      #expect(session.run(arguments).code == 74, "\(arguments)")
    }
  }

  @Test("a reader that has gone ends with 74 and no word, and the result is whole")
  func brokenPipe() {
    CheckedOutput.ignoreSignalsOfWrites()
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    let session = Session.tiny()
    session.output = CheckedOutput(descriptor: ends[1], name: "standard output")
    let ended = session("run", "tiny.yaml", "--output", "r")
    #expect(ended.code == 74 && ended.error.isEmpty)
    #expect(session.names("r").contains("manifest.json"))
  }

  @Test("a broken invariant and a signal outrank a full output, a threshold does not")
  func ranks() {
    let fake = FakeRun()
    let session = Session.tiny(fake)
    session.output = full()
    fake.verdict = .invariantViolated
    #expect(session("run", "tiny.yaml").code == 96)
    fake.verdict = .thresholdMissed
    #expect(session("run", "tiny.yaml").code == 74)
    session.caughtSignal = 15
    #expect(session("run", "tiny.yaml").code == 143)
  }

  @Test("a place that cannot hold the result is refused before the run")
  func badPlaces() {
    let session = Session.tiny()
    session.write("file", "")
    session.write("foreign/mine.txt", "")
    for place in ["file", "foreign", "file/below", "/dev/null", "/dev/full/x", "", ".", "/"] {
      let ended = session("run", "tiny.yaml", "--output=" + place)
      #expect(ended.code == 74, "\(place)")
    }
    #expect(session.fake?.windowsRun == 0)
    #expect(session.names("foreign") == ["mine.txt"])
    session.write("Results", "")
    let ended = session("run", "tiny.yaml")
    #expect(ended.code == 74 && ended.errors.last == "use --output DIR for another place")
  }

  @Test("a result that cannot be moved into place does not lose the summary")
  func lateFailure() {
    let fake = FakeRun()
    let session = Session.tiny(fake)
    fake.files = [("../x", [])]
    let ended = session("run", "tiny.yaml", "--output", "r")
    #expect(ended.code == 74)
    #expect(ended.output.contains("✓ PASSED") && !ended.output.contains("report "))
    #expect(session.names() == ["tiny.yaml"])
  }

  @Test("exports are written beside the result")
  func exports() {
    let session = Session.tiny()
    session.write("old.html", "old")
    let ended = session(
      "run", "tiny.yaml", "--output", "r", "--export", "html=old.html", "--export=json=s.json",
      "--export", "csv=s.csv")
    #expect(ended.code == 0)
    #expect(session.names() == ["old.html", "r", "s.csv", "s.json", "tiny.yaml"])
    #expect(session.read("old.html") == session.read("r/report.html"))
    #expect(session.read("s.json") == session.read("r/summary.json"))
    #expect(session.read("s.csv")?.hasPrefix("section,name,field,value\n") == true)
  }

  @Test("an export to - takes the place of the summary on standard output")
  func streamed() {
    let session = Session.tiny()
    let ended = session(
      "run", "tiny.yaml", "--output", "r", "--export", "json=-", "--export", "csv=s.csv", "--quiet")
    #expect(ended.code == 0 && ended.output == session.read("r/summary.json"))
    #expect(session.names() == ["r", "s.csv", "tiny.yaml"])
    let twice = session("run", "tiny.yaml", "--export", "json=-", "--export", "csv=-")
    #expect(twice.code == 64)
  }

  @Test(
    "exports that cannot be understood are refused",
    arguments: [
      (
        "xml=x.xml",
        "--export: expected one of html, json, ndjson, csv, markdown, junit, github, openmetrics, "
          + "hgrm, sql, perfetto, otlp, found `xml`"
      ),
      (
        "htm=x",
        "--export: expected one of html, json, ndjson, csv, markdown, junit, github, openmetrics, "
          + "hgrm, sql, perfetto, otlp, found `htm`; "
          + "did you mean `html`?"
      ),
      ("html", "--export: expected KIND=PATH, found `html`"),
      ("html=", "--export: expected KIND=PATH, found `html=`"),
    ])
  func badExports(_ text: String, _ message: String) {
    let ended = Session.tiny()("run", "tiny.yaml", "--export", text)
    #expect(ended.code == 64 && ended.errors.first == "settlesim: " + message)
  }

  @Test("two exports to one path are refused")
  func sameExports() {
    let ended = Session.tiny()("run", "tiny.yaml", "--export", "html=x", "--export", "csv=x")
    #expect(ended.code == 64)
  }

  @Test("an export that cannot be written ends with 74 before the run, or after it")
  func unwritableExports() {
    let session = Session.tiny()
    session.write("folder/x", "")
    for path in ["nowhere/x", "folder", "tiny.yaml/x"] {
      #expect(session("run", "tiny.yaml", "--export", "csv=" + path).code == 74, "\(path)")
    }
    #expect(session.fake?.windowsRun == 0)
    #expect(session.names() == ["folder", "tiny.yaml"])
    let ended = session("run", "tiny.yaml", "--output", "r", "--export", "csv=/dev/full")
    #expect(ended.code == 74 && ended.output.contains("✓ PASSED"))
    #expect(session.names("r").contains("manifest.json"))
  }

  @Test("new writes a scenario that is valid, and never overwrites")
  func new() {
    let session = Session()
    session.fake = FakeRun()
    #expect(session("new", "my-day").code == 0)
    #expect(session("validate", "my-day.yaml").code == 0)
    let text = session.read("my-day.yaml")
    let again = session("new", "my-day")
    #expect(again.code == 74 && again.errors.first?.contains("it exists") == true)
    #expect(session.read("my-day.yaml") == text)
    #expect(text?.hasPrefix("# yaml-language-server: $schema=schema.json\n") == true)
    #expect(session.read("schema.json") == session("schema").output)
    session.write("folder/x", "")
    #expect(session("new", "folder/other.yaml").code == 0)
    #expect(session.read("folder/other.yaml")?.contains("name: other\n") == true)
    #expect(session("new", "nowhere/x").code == 74)
    #expect(session.read("folder/schema.json") == session.read("schema.json"))
    #expect(session("new", "-").output.contains("name: new-scenario\n"))
    for name in ["a b", "ä", "../", "x: y", "", "a\u{1B}"] {
      #expect(session("new", name).code == 64, "\(name)")
    }
    #expect(session.names() == ["folder", "my-day.yaml", "schema.json"])
  }
}
