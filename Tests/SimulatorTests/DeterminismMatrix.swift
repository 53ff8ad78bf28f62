import Glibc
import Testing

/// The part of the determinism matrix that needs processes of their own, with the built program.
@Suite("Determinism of the program")
struct DeterminismMatrix {
  private static let program = TraceFiles.root + "/.build/debug/settlesim"
  private static var isBuilt: Bool { access(program, X_OK) == 0 }

  @Test(
    "hash seed, addresses, instruction set, zone, locale, home and directory change no byte",
    .enabled(if: isBuilt, "needs .build/debug/settlesim, built by `swift build`"))
  func matrix() throws {
    let fixture = TraceFixture()
    let report = fixture.directory + "/report"
    let words = [
      TraceFiles.root + "/Tests/Judges/determinism-matrix.sh", Self.program,
      TraceFiles.root + "/Scenarios/smoke.yaml", "--set workload.generated.payments=1000",
      "--set workload.capture.immediate_share=1/2 --set ledger.journal=true",
      "--set reconciliation.keep_files=true --set results.details=true",
      "--set results.trace_one_in=3",
      "--set settlement.strategy=fixed_window",
    ]
    let status = system("exec >\(report) 2>&1; " + words.joined(separator: " "))
    let lines = String(decoding: try TraceReplay.read(report), as: UTF8.self)
      .split(separator: "\n")
    #expect(status == 0, "\(lines)")
    #expect(lines.count >= 17, "\(lines)")
    #expect(lines.allSatisfy { $0.hasPrefix("equal: ") || $0.hasPrefix("skipped: ") }, "\(lines)")
  }
}
