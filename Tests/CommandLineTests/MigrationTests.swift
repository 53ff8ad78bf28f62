import Reporting
import Testing

@testable import CommandLine

/// Results and baselines of schema 1: every reader says so in a sentence that names the file, its
/// version and what to do, and ends with 65.
@Suite("Results of an earlier schema")
struct MigrationTests {
  private let older = "\"schema_version\": 1"
  private var current: String { "\"schema_version\": \(RunIdentity.schemaVersion)" }
  private let sentence =
    "manifest.json: result schema 1, this settlesim reads 2; make it again with this one, or read "
    + "it with the settlesim that wrote it"

  /// A session with a result `r` that says it is of schema 1.
  private func session() -> Session {
    let session = Session.tiny()
    #expect(session("run", "tiny.yaml", "--output", "r").code == 0)
    session.alter("r/manifest.json", current, older)
    return session
  }

  private func expect(_ ended: Session.Ended, _ place: String) {
    #expect(ended.code == 65 && ended.output.isEmpty)
    #expect(ended.errors.count == 1, "\(ended.error)")
    #expect(ended.error.contains("\(place)/\(sentence)"), "\(ended.error)")
  }

  @Test("replay refuses it")
  func replay() {
    let session = session()
    expect(session("replay", "r"), session.path("r"))
  }

  @Test("compare --results refuses it as first and as second")
  func compare() {
    let session = session()
    #expect(session("run", "tiny.yaml", "--output", "s").code == 0)
    expect(session("compare", "--results", "r", "s"), session.path("r"))
    expect(session("compare", "--results", "s", "r"), session.path("r"))
  }

  @Test("compare --results refuses a comparison of an earlier schema")
  func comparison() {
    let session = Session.played()
    let made = session(
      "compare", "tiny.yaml", "--strategies", "one_wire_per_payment,merchant_day",
      "--replications", "2", "--output", "c")
    #expect(made.code == 0, "\(made.error)")
    session.alter("c/manifest.json", current, older)
    expect(
      session("compare", "--results", "c", "c", "--strategies", "merchant_day"),
      session.path("c"))
  }

  @Test("a run does not replace it, and says how it may")
  func run() {
    let session = session()
    let before = session.bytes("r/manifest.json")
    let ended = session("run", "tiny.yaml", "--output", "r")
    expect(ended, session.path("r"))
    #expect(ended.error.hasSuffix("or name another directory, or remove it\n"))
    #expect(session.bytes("r/manifest.json") == before)
  }

  @Test("bench refuses a baseline of an earlier schema, by file, line and column")
  func bench() {
    let session = Session()
    session.write("Scenarios/tiny.yaml", tinyScenario)
    #expect(session("bench", "--only", "virtual", "--update-baseline").code == 0)
    session.alter("Results/baselines/tiny.json", current, older)
    let ended = session("bench", "--only", "virtual")
    #expect(ended.code == 65 && ended.errors.count == 1)
    #expect(
      ended.error.contains("Results/baselines/tiny.json:")
        && ended.error.contains(
          "schema_version: this settlesim reads 2, found 1; make the baseline anew with "
            + "--update-baseline"),
      "\(ended.error)")
  }

  @Test("sweep merge refuses points of an earlier schema")
  func sweepMerge() {
    let session = Session.tiny(nil)
    let made = session(
      "sweep", "tiny.yaml", "--vary", "settlement.strategy=merchant_day,fixed_window", "--output",
      "s")
    #expect(made.code == 0, "\(made.error)")
    session.alter("s/points/000002/manifest.json", current, older)
    let ended = session("sweep", "merge", "s")
    #expect(ended.code == 65)
    #expect(ended.errors.first?.contains("s/points/000002/\(sentence)") == true, "\(ended.error)")
  }
}
