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

  @Test(
    "a point of a sweep that dies costs that point alone, and is run again by the next",
    arguments: ["SEGV", "STACK", "ILL", "KILL"])
  func sweep(_ kind: String) throws {
    let session = Session.tiny()
    let command = "$settlesim sweep tiny.yaml --seeds 1..5 --threads 2 --quiet --output "
    let clean = try session.shell(command + "clean")
    #expect(clean.code == 0, "\(clean)")
    let ended = try session.shell(command + "s", ["PLANTED_CRASH": kind + ":3"])
    #expect(ended.code == 1, "\(ended)")
    let told = lines(ended.text).filter { $0.hasPrefix("settlesim: point 3: ") }
    #expect(told.first?.contains("internal error: ") == true, "\(ended)")
    if kind == "KILL" { #expect(told.first?.contains("signal 9") == true) }
    #expect(told.last == "settlesim: point 3: settlesim run tiny.yaml --seed 3", "\(ended)")
    #expect(ended.text.contains("4 of 5 points are finished"), "\(ended)")
    #expect(
      session.names("s/points").filter { !$0.hasPrefix(".") }
        == ["000001", "000002", "000004", "000005"])
    let merged = try session.shell("$settlesim sweep merge s")
    #expect(merged.code == 65 && merged.text.contains("point 3: internal error: "), "\(merged)")
    #expect(merged.text.contains("--points 3"), "\(merged)")
    let again = try session.shell(command + "s")
    #expect(again.code == 0, "\(again)")
    #expect(session.names("s") == session.names("clean"))
    #expect(session.names("s/points") == session.names("clean/points"))
    for name in ["points.csv", "points.json", "summary.json"] {
      #expect(session.bytes("s/" + name) == session.bytes("clean/" + name), "\(name)")
    }
  }

  @Test("a sweep in which every point dies names them all, and ends")
  func wholeSweep() throws {
    let session = Session.tiny()
    let ended = try session.shell(
      "$settlesim sweep tiny.yaml --seeds 1..6 --threads 3 --output s",
      ["PLANTED_CRASH": "TRAP"])
    #expect(ended.code == 1, "\(ended)")
    for point in 1...6 {
      #expect(ended.text.contains("settlesim: point \(point): internal error: SIGTRAP at"))
    }
  }

  @Test(
    "a run of a comparison that dies costs that run alone, which is named with its command",
    arguments: ["SEGV", "KILL"])
  func compare(_ kind: String) throws {
    let session = Session.tiny()
    let command =
      "$settlesim compare tiny.yaml --strategies merchant_day,fixed_window,one_wire_per_payment "
      + "--replications 3 --seed 1 --threads 2 --output "
    let ended = try session.shell(command + "c", ["PLANTED_CRASH": kind + ":2"])
    #expect(ended.code == 1, "\(ended)")
    for name in ["merchant_day", "fixed_window", "one_wire_per_payment"] {
      #expect(ended.text.contains("`\(name)` died in 1 of 3 runs"), "\(ended)")
      #expect(ended.text.contains("`\(name)`, seed 2: internal error: "), "\(ended)")
    }
    #expect(lines(ended.text).last?.hasPrefix("settlesim run tiny.yaml --seed 2") == true)
    #expect(session.names("c").contains("comparison.json"))
    let first = try session.shell(command + "d", ["PLANTED_CRASH": kind + ":1"])
    #expect(first.code == 1 && !session.names().contains("d"), "replication 0: \(first)")
    let every = try session.shell(command + "d", ["PLANTED_CRASH": kind])
    #expect(every.code == 1 && !session.names().contains("d"), "\(every)")
    let clean = try session.shell(command + "e")
    #expect(clean.code == 0 && session.names() == ["c", "e", "tiny.yaml"], "\(clean)")
  }

  @Test("a scenario of a bench that dies costs that scenario alone")
  func bench() throws {
    let session = Session.tiny()
    session.write("other.yaml", tinyScenario.replacing("name: tiny", with: "name: other\nseed: 9"))
    let command = "$settlesim bench tiny.yaml other.yaml --only virtual --baselines b"
    let recorded = try session.shell(command + " --update-baseline")
    #expect(recorded.code == 0, "\(recorded)")
    let ended = try session.shell(command, ["PLANTED_CRASH": "SEGV:1"])
    #expect(ended.code == 1, "\(ended)")
    #expect(ended.text.contains("settlesim: tiny.yaml: internal error: SIGSEGV at"), "\(ended)")
    #expect(ended.text.contains("other") && !ended.text.contains("other.yaml:"), "\(ended)")
    let clean = try session.shell(command)
    #expect(clean.code == 0, "\(clean)")
  }

  @Test("what takes more than its share of the memory ends alone, with 65, and says what has grown")
  func memory() throws {
    let session = Session.tiny()
    let memory = ["PLANTED_CRASH": "MEMORY:2"]
    let shares = "--memory allows 256.0 MiB, 128.0 MiB to each of 2 processes: "
    let common = "--threads 2 --memory 256MiB --quiet --output"
    let command = "$settlesim sweep tiny.yaml --seeds 1..4 \(common) s"
    let sweep = try session.shell(command, memory)
    #expect(sweep.code == 65 && !sweep.text.contains("internal error"), "\(sweep)")
    let told = lines(sweep.text).filter { $0.hasPrefix("settlesim: point 2: ") }
    #expect(told.first?.hasPrefix("settlesim: point 2: memory: ") == true, "\(sweep)")
    #expect(told.first?.contains(shares) == true, "\(sweep)")
    #expect(told.last == "settlesim: point 2: settlesim run tiny.yaml --seed 2", "\(sweep)")
    #expect(sweep.text.contains("3 of 4 points are finished"), "\(sweep)")
    let merged = try session.shell("$settlesim sweep merge s")
    #expect(merged.code == 65 && merged.text.contains("point 2: memory: "), "\(merged)")
    let again = try session.shell(command)
    #expect(again.code == 0 && !session.names("s").contains("deaths"), "\(again)")
    let compare = try session.shell(
      "$settlesim compare tiny.yaml --strategies merchant_day,fixed_window --replications 3 "
        + "--seed 1 \(common) c", memory)
    #expect(compare.code == 65 && !compare.text.contains("internal error"), "\(compare)")
    for name in ["merchant_day", "fixed_window"] {
      #expect(compare.text.contains("`\(name)` took too much memory in 1 of 3 runs"), "\(compare)")
      #expect(compare.text.contains("`\(name)`, seed 2: memory: "), "\(compare)")
    }
    #expect(compare.text.contains(shares), "\(compare)")
    #expect(lines(compare.text).last?.hasPrefix("settlesim run tiny.yaml --seed 2") == true)
    session.write("other.yaml", tinyScenario.replacing("name: tiny", with: "name: other\nseed: 9"))
    let bench =
      "$settlesim bench tiny.yaml other.yaml --only virtual --memory 256MiB --baselines b"
    #expect(try session.shell(bench + " --update-baseline").code == 0)
    let ended = try session.shell(bench, ["PLANTED_CRASH": "MEMORY:1"])
    #expect(ended.code == 65 && !ended.text.contains("internal error"), "\(ended)")
    #expect(ended.text.contains("settlesim: tiny.yaml: memory: "), "\(ended)")
    #expect(ended.text.contains("--memory allows 256.0 MiB: "), "\(ended)")
    #expect(ended.text.contains("other") && !ended.text.contains("other.yaml:"), "\(ended)")
  }

  @Test("processes and threads give the same files")
  func sameFiles() throws {
    let session = Session.tiny(nil)
    let arguments = [
      "compare", "tiny.yaml", "--strategies", "merchant_day,fixed_window", "--replications", "3",
      "--threads", "2", "--output",
    ]
    #expect(session.run(arguments + ["inside"]).code == 0)
    let ended = try session.shell(
      "$settlesim \(arguments.joined(separator: " ")) outside")
    #expect(ended.code == 0, "\(ended)")
    for name in session.names("inside") where name != "environment.json" {
      #expect(session.bytes("inside/" + name) == session.bytes("outside/" + name), "\(name)")
    }
  }

  @Test(
    "a signal to a sweep or a comparison reaches the processes, and leaves nothing half done",
    arguments: ["INT", "TERM", "HUP"])
  func signals(_ name: String) throws {
    let session = Session.tiny()
    let code = ["INT": 130, "TERM": 143, "HUP": 129][name]!
    let long = "--set workload.generated.payments=300000 --threads 2 --output"
    let sweep = try session.shell(
      "$settlesim sweep tiny.yaml --seeds 4 \(long) s & sleep 2; kill -\(name) $!; wait $!")
    #expect(Int(sweep.code) == code, "\(sweep)")
    #expect(session.names("s/points").isEmpty, "\(session.names("s/points"))")
    let compare = try session.shell(
      "$settlesim compare tiny.yaml --strategies merchant_day,fixed_window --replications 2 "
        + "\(long) c & sleep 2; kill -\(name) $!; wait $!")
    #expect(Int(compare.code) == code, "\(compare)")
    #expect(session.names() == ["s", "tiny.yaml"])
  }

  @Test("processes end with the one that started them")
  func orphans() throws {
    let session = Session.tiny()
    let ended = try session.shell(
      "$settlesim sweep tiny.yaml --seeds 4 --set workload.generated.payments=300000 --threads 2 "
        + "--output s & sleep 2; children=$(cat /proc/$!/task/$!/children); kill -KILL $!; "
        + "wait $!; sleep 1; for child in $children; do "
        + "grep -q '^State:.[^Z]' /proc/$child/status && echo alive; done; "
        + "echo children: $children")
    #expect(ended.text.contains("children: ") && !ended.text.contains("alive"), "\(ended)")
    let again = try session.shell("$settlesim sweep tiny.yaml --seeds 4 --output t")
    #expect(again.code == 0, "\(again)")
  }
}
