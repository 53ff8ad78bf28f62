import Foundation
import Testing

@testable import Experiments

/// Sweeps under real schedulers, with the program that the build has left beside the tests.
@Suite("Sweeps on many machines", .serialized)
struct SchedulerTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  private static let program = root + "/.build/debug/settlesim"

  private static func finds(_ tool: String) -> Bool {
    ["/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/"].contains {
      FileManager.default.isExecutableFile(atPath: $0 + tool)
    }
  }

  private static var isBuilt: Bool {
    finds("bash") && FileManager.default.isExecutableFile(atPath: program)
  }
  private static var hasParallel: Bool { finds("parallel") }
  private static var hasSlurm: Bool { finds("slurmctld") && finds("slurmd") && finds("sbatch") }
  private static var isRoot: Bool { getuid() == 0 }

  /// Runs a script of Tests/Judges on a tiny scenario; every line must say that something holds.
  private func judge(_ script: String, lines expected: Int) throws {
    let place = SweepPlace()
    place.write("tiny.yaml", SweepPlace.scenario)
    let process = Process()
    process.executableURL = URL(filePath: Self.root + "/Tests/Judges/" + script)
    process.arguments = [Self.program, place.path + "/tiny.yaml"]
    process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    let skipped = lines.last.flatMap { $0.hasPrefix("skipped: ") ? $0 : nil }
    if process.terminationStatus == 77, let skipped {
      try Test.cancel("\(script): \(skipped)")
    }
    #expect(process.terminationStatus == 0, "\(lines)")
    #expect(lines.count == expected && lines.allSatisfy { $0.hasPrefix("holds: ") }, "\(lines)")
  }

  @Test(
    "GNU parallel shares a sweep out, and interrupted and killed ones go on, to the same bytes",
    .enabled(if: isBuilt, "skipped: there is no .build/debug/settlesim"),
    .enabled(if: hasParallel, "skipped: there is no GNU parallel; Debian has it in parallel"))
  func parallel() throws { try judge("sweep-parallel.sh", lines: 18) }

  @Test(
    "a Slurm of two nodes shares a sweep out by job arrays, to the same bytes",
    .enabled(if: isBuilt, "skipped: there is no .build/debug/settlesim"),
    .enabled(if: hasSlurm, "skipped: there is no Slurm; Debian has it in slurm-wlm"),
    .enabled(if: isRoot, "skipped: slurmd needs to be root"))
  func slurm() throws { try judge("sweep-slurm.sh", lines: 12) }
}
