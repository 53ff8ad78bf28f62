import Foundation
import Testing

@testable import Scenario

@Suite("A hostile file is refused at once")
struct HostileFileTests {
  /// What loading a path throws, and how long that takes.
  private func failure(path: String) -> (error: ScenarioError?, time: Duration) {
    var failure: ScenarioError?
    let time = ContinuousClock().measure {
      do throws(ScenarioError) { _ = try LoadedScenario.load(path: path) } catch { failure = error }
    }
    return (failure, time)
  }

  private func failure(bytes: [UInt8]) -> (error: ScenarioError?, time: Duration) {
    var failure: ScenarioError?
    let time = ContinuousClock().measure {
      do throws(ScenarioError) {
        _ = try LoadedScenario.load(bytes, file: "s.yaml")
      } catch { failure = error }
    }
    return (failure, time)
  }

  private func temporary(_ name: String) -> String {
    FileManager.default.temporaryDirectory
      .appending(path: "settlesim-\(ProcessInfo.processInfo.processIdentifier)-\(name)").path
  }

  @Test("a missing file has exit code 66")
  func missing() {
    let (error, _) = failure(path: "/nowhere/s.yaml")
    #expect(error?.kind == .missing)
    #expect(error?.exitCode == 66)
    #expect(error?.description == "/nowhere/s.yaml:1:1: cannot open: no such file")
  }

  @Test("a FIFO is refused and not waited for")
  func fifo() {
    let path = temporary("fifo")
    #expect(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    let (error, time) = failure(path: path)
    #expect(error?.exitCode == 65)
    #expect(error?.description == "\(path):1:1: expected a regular file, found a FIFO")
    #expect(time < .seconds(1))
  }

  @Test("devices and directories are refused", arguments: ["/dev/zero", "/dev/null", "/tmp"])
  func notRegular(path: String) {
    let (error, time) = failure(path: path)
    #expect(error?.exitCode == 65)
    #expect(error?.description.contains("expected a regular file, found a d") == true)
    #expect(time < .seconds(1))
  }

  @Test("a file of 1 GiB is refused by its size, unread")
  func gigabyte() {
    let path = temporary("gigabyte")
    #expect(FileManager.default.createFile(atPath: path, contents: Data()))
    #expect(truncate(path, 1 << 30) == 0)
    defer { unlink(path) }
    let (error, time) = failure(path: path)
    #expect(
      error?.description
        == "\(path):1:1: expected at most 4194304 bytes (4 MiB), found 1073741824")
    #expect(time < .seconds(1))
  }

  @Test("a scalar of 65 KiB, a long key, 100,001 values and 33 levels are too much")
  func tooMuch() {
    let cases: [(text: String, message: String)] = [
      ("description: " + String(repeating: "a", count: 65 << 10), "at most 65536 bytes"),
      (String(repeating: "k", count: 129) + ": 1", "a key of at most 128 bytes"),
      (
        "thresholds: [" + String(repeating: "a,", count: 100_001) + "]",
        "at most 100000 values"
      ),
      (
        "a: " + String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000),
        "at most 32 levels of nesting"
      ),
      (
        (0..<200).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
        "at most 32 levels of nesting"
      ),
    ]
    for (text, message) in cases {
      let (error, time) = failure(bytes: Array(text.utf8))
      #expect(error?.description.contains(message) == true, "\(message)")
      #expect(error?.exitCode == 65)
      #expect(time < .seconds(2), "\(message)")
    }
  }

  @Test("an alias bomb is refused at its first anchor")
  func bomb() {
    var text = "a: &a [x, x, x]\n"
    for level in 1..<30 { text += "b\(level): &b\(level) [*a, *a]\n" }
    #expect(
      failure(bytes: Array(text.utf8)).error?.description
        == "s.yaml:1:4: a: expected no anchor (`&`)")
  }

  @Test("bytes that are not plain UTF-8 text are refused where they stand")
  func bytes() {
    let cases: [(bytes: [UInt8], message: String)] = [
      ([0x6E, 0xFF], "s.yaml:1:2: expected UTF-8 text, found a byte that is not UTF-8"),
      ([0xC0, 0x80], "s.yaml:1:1: expected UTF-8 text, found a byte that is not UTF-8"),
      ([0xFF, 0xFE, 0x6E, 0], "s.yaml:1:1: expected UTF-8 text, found a byte that is not UTF-8"),
      (
        [0xEF, 0xBB, 0xBF, 0x6E],
        "s.yaml:1:1: expected plain text, found a byte-order mark (U+FEFF)"
      ),
      (
        [0x23, 0x0A, 0x23, 0x00], "s.yaml:2:2: expected plain text, found a NUL character (U+0000)"
      ),
      ([0x23, 0x1B], "s.yaml:1:2: expected plain text, found an escape character (U+001B)"),
      ([0x23, 0xC2, 0x9B], "s.yaml:1:2: expected plain text, found a control character (U+009B)"),
      (
        Array("# \u{202E}".utf8),
        "s.yaml:1:3: expected plain text, found a text-direction control character (U+202E)"
      ),
      (
        Array("# \u{200B}".utf8),
        "s.yaml:1:3: expected plain text, found an invisible character (U+200B)"
      ),
    ]
    for (bytes, message) in cases {
      #expect(failure(bytes: bytes).error?.description == message)
    }
  }

  @Test("line ends of Windows are accepted")
  func windows() throws {
    #expect(try load("name: x\r\nseed: 5\r\n").settings.seed == 5)
  }

  @Test("at most 20 problems are listed, in the order of the file, and the rest counted")
  func manyProblems() {
    let text = "name: x\n" + (0..<5_000).map { "z\($0): 1\n" }.joined()
    let (error, time) = failure(bytes: Array(text.utf8))
    #expect(error?.problems.count == 20)
    #expect(error?.omitted == 4_980)
    #expect(error?.problems.map(\.position.line) == Array(2...21))
    #expect(error?.description.hasSuffix("\nand 4980 more") == true)
    #expect(time < .seconds(2))
  }

  @Test("a file name cannot forge a second line of a message")
  func forgedName() {
    let (error, _) = failure(path: "a\nb\u{1B}[31m")
    #expect(error?.description == "a\\nbU+001B[31m:1:1: cannot open: no such file")
  }
}
