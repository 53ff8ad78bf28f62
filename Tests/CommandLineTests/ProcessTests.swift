import Foundation
import Testing

@Suite(
  "The process", .serialized,
  .enabled(if: Executable.isBuilt, "skipped: there is no .build/debug/settlesim"))
struct ProcessTests {
  /// 500,000 payments: half a minute, unless it is stopped.
  private let long =
    "run tiny.yaml --set workload.generated.payments=500000 --threads 2 --progress never"

  private func shell(_ session: Session, _ script: String) throws -> (code: Int32, text: String) {
    try session.shell(script)
  }

  private func isWhole(_ session: Session, _ result: String) -> Bool {
    session.names(result).contains("manifest.json")
      && session.names() == [result, "tiny.yaml"].sorted()
  }

  @Test("the version is told, and jemalloc is the allocator")
  func version() throws {
    let session = Session.tiny()
    let ended = try shell(session, "$settlesim version && $settlesim run tiny.yaml --output r")
    #expect(ended.code == 0 && ended.text.contains("jemalloc 5"))
    let text = try #require(session.read("r/environment.json"))
    func bytes(_ key: String) -> Int {
      let line = text.split(separator: "\n").first { $0.contains("\"\(key)\"") } ?? ""
      return Int(line.filter(\.isNumber)) ?? 0
    }
    #expect(bytes("allocated_bytes") > 100_000)
    #expect(bytes("resident_bytes") >= bytes("allocated_bytes"))
    #expect(bytes("peak_resident_bytes") > 1_000_000)
  }

  @Test(
    "a signal ends the run at the next window, with its code and an incomplete result",
    arguments: [
      ("INT", Int32(130)), ("TERM", Int32(143)), ("HUP", Int32(129)), ("XFSZ", Int32(153)),
    ])
  func signal(_ name: String, _ code: Int32) throws {
    let session = Session.tiny()
    let ended = try shell(
      session, "$settlesim \(long) --output r & sleep 2; kill -\(name) $!; wait $!")
    #expect(ended.code == code, "\(ended.text)")
    #expect(ended.text.contains("INTERRUPTED"))
    #expect(isWhole(session, "r"))
    #expect(session.read("r/manifest.json")?.contains("\"complete\": false") == true)
  }

  @Test(
    "beyond its memory a process ends with 65, says what has grown, and blocks nobody",
    arguments: ["run", "compare", "sweep"])
  func memory(_ command: String) throws {
    let session = Session.tiny()
    let flags = [
      "compare": "--strategies scenario,merchant_day",
      "sweep": "--vary merchants.count=2000000,2000001",
    ]
    let size = command == "sweep" ? "" : "--set merchants.count=2000000"
    let ended = try shell(
      session,
      "$settlesim \(command) tiny.yaml \(flags[command] ?? "") \(size) --memory 96MiB --output r "
        + "--progress never")
    #expect(ended.code == 65, "\(ended.text)")
    #expect(ended.text.contains(": memory: "), "\(ended.text)")
    #expect(ended.text.contains("--memory allows 96.0 MiB: merchants and their accounts"))
    #expect(ended.text.contains("everything else"))
    let again = try shell(session, "$settlesim run tiny.yaml --memory 512MiB --output q")
    #expect(again.code == 0, "\(again.text)")
  }

  @Test("nohup keeps a run alive when the terminal goes")
  func noHangUp() throws {
    let session = Session.tiny()
    let ended = try shell(
      session,
      "nohup $settlesim run tiny.yaml --set workload.generated.payments=60000 --output r & "
        + "sleep 1; kill -HUP $!; wait $!")
    #expect(ended.code == 0 && isWhole(session, "r"), "\(ended.text) \(session.names())")
  }

  @Test("a limit on the size of files ends a run with 74, a sentence, and nothing left behind")
  func fileSizeLimit() throws {
    let session = Session.tiny()
    let ended = try shell(
      session,
      "(ulimit -f 1; $settlesim run tiny.yaml --output r > /dev/null); echo $?; "
        + "(ulimit -f 1; $settlesim sweep tiny.yaml --seeds 2 --output s > /dev/null); echo $?")
    let lines = ended.text.split(separator: "\n").map(String.init)
    #expect(lines.filter { $0 == "74" }.count == 2, "\(ended.text)")
    #expect(lines.contains { $0.contains("cannot write") && $0.contains("File too large") })
    #expect(!session.names().contains("r") && session.names("s/points").isEmpty)
    #expect(!session.names().contains(".r.lock"), "\(session.names())")
  }

  @Test("a second signal ends the process at once, and leaves no result")
  func secondSignal() throws {
    let session = Session.tiny()
    let ended = try shell(
      session,
      "$settlesim \(long) --set cells.interbank_latency=23h --output r & "
        + "sleep 2; kill -INT $!; kill -TERM $!; wait $!")
    #expect([130, 143].contains(ended.code), "whichever came second; \(ended.text)")
    #expect(!session.names().contains("r"))
  }

  @Test("a killed run leaves nothing that looks whole, and the next one clears up")
  func killed() throws {
    let session = Session.tiny()
    _ = try shell(session, "$settlesim \(long) --output r & sleep 2; kill -KILL $!; wait $!")
    #expect(!session.names().contains("r"))
    let ended = try shell(session, "$settlesim run tiny.yaml --output r")
    #expect(ended.code == 0 && isWhole(session, "r"), "\(ended.text) \(session.names())")
  }

  @Test("two runs into one directory: the second is refused")
  func busy() throws {
    let session = Session.tiny()
    let ended = try shell(
      session,
      "$settlesim \(long) --output r & sleep 2; $settlesim run tiny.yaml --output r; code=$?; "
        + "kill -KILL $!; exit $code")
    #expect(ended.code == 74 && ended.text.contains("another run is writing to it"))
  }

  @Test(
    "without a reader, a standard output or space the result is whole and the code is 74",
    arguments: [
      "$settlesim run tiny.yaml --output r >&-; echo $?",
      "$settlesim run tiny.yaml --output r > /dev/full; echo $?",
      "($settlesim run tiny.yaml --output r; echo $? > code) | true; cat code; rm code",
      "$settlesim run tiny.yaml --output r >&- 2>&- <&-; echo $?",
    ])
  func lostOutput(_ script: String) throws {
    let session = Session.tiny()
    let ended = try shell(session, script)
    #expect(ended.text.hasSuffix("74\n"), "\(ended.text)")
    #expect(isWhole(session, "r"))
  }

  @Test("a directory that may not be written and a name that is no UTF-8 are refused")
  func hostilePlaces() throws {
    let session = Session.tiny()
    let ended = try shell(
      session,
      #"$settlesim validate "$(printf 'a\377b')"; echo $?; mkfifo f; $settlesim run f; echo $?; "#
        + "$settlesim run tiny.yaml --output /proc/r; echo $?")
    let lines = ended.text.split(separator: "\n").map(String.init)
    #expect(lines.filter { Int($0) != nil } == ["64", "65", "74"], "\(ended.text)")
  }

  @Test("on a terminal the progress is one line that is cleared")
  func terminal() throws {
    let session = Session.tiny()
    let ended = try shell(
      session,
      "TERM=xterm script -qec '$settlesim run tiny.yaml --output r --progress always' /dev/null "
        + "< /dev/null; echo $?")
    #expect(ended.text.hasSuffix("0\n") && ended.text.contains("\u{1B}[32m✓ PASSED"))
  }
}
