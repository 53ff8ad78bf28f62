import Foundation
import Testing

@Suite(
  "A process that dies", .serialized,
  .enabled(if: Executable.isBuilt, "skipped: there is no .build/debug/settlesim"))
struct CrashTests {
  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }

  @Test(
    "a crash tells signal, virtual time, island, last event and command, on any thread: code 1",
    arguments: ["ILL", "TRAP", "SEGV", "ABRT", "BUS", "FPE", "STACK"], ["", "@worker"])
  func report(_ kind: String, _ place: String) throws {
    let signal = kind == "STACK" ? "SIGSEGV" : "SIG" + kind
    let session = Session.tiny()
    let ended = try session.shell(
      "$settlesim run tiny.yaml --threads 2 --output r --seed 7 "
        + "--set cells.interbank_latency=10s --set bus.partitions=3",
      ["PLANTED_CRASH": kind + place])
    let lines = lines(ended.text)
    #expect(ended.code == 1, "\(ended)")
    let report = lines.first { $0.hasPrefix("settlesim: internal error: ") } ?? ""
    let pattern =
      #"^settlesim: internal error: "# + signal
      + #" at virtual time 00:0\d:\d\d\.\d{3}, island (\d+), "#
      + #"last event noted: planted crash, island \1"#
    #expect(report.range(of: pattern, options: .regularExpression) != nil, "\(ended.text)")
    #expect(
      lines.last
        == "settlesim run tiny.yaml --seed 7 --set cells.interbank_latency=10s "
        + "--set bus.partitions=3", "\(ended.text)")
    guard kind == "SEGV" else { return }
    let next = try session.shell("$settlesim run tiny.yaml --output r")
    #expect(next.code == 0, "\(next)")
    #expect(session.names() == ["r", "tiny.yaml"], "what the dead run left is gone")
  }

  @Test("a crash outside of a run names the command line")
  func outside() throws {
    let session = Session.tiny()
    let ended = try session.shell(
      "$settlesim run tiny.yaml --output r --set workload.generated.payments=500000 & "
        + "sleep 2; kill -SEGV $!; wait $!")
    #expect(ended.code == 1, "\(ended)")
    #expect(ended.text.contains("internal error: SIGSEGV"), "\(ended)")
    #expect(ended.text.contains("settlesim run tiny.yaml"), "\(ended)")
  }
}
