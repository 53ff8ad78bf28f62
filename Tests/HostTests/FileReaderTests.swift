import Glibc
import Testing

@testable import Host

@Suite("Reading of files")
struct FileReaderTests {
  /// A directory of its own, removed at the end.
  private final class Place {
    let path: String

    init() {
      var template = Array("/tmp/settlesim-host-XXXXXX".utf8CString)
      path = String(cString: mkdtemp(&template)!)
    }

    deinit { Posix.removeAll(path) }
  }
  private let place = Place()

  private func file(_ bytes: [UInt8]) throws -> String {
    let path = "\(place.path)/file"
    try OutputFile(path: path, policy: .replace).publish(String(decoding: bytes, as: UTF8.self))
    return path
  }

  @Test("a file of as many bytes as allowed is read whole, one byte more is refused")
  func limit() throws {
    let bytes = (0..<100_000).map { UInt8(0x20 + $0 % 90) }
    let path = try file(bytes)
    #expect(try FileReader.bytes(of: path, limit: 100_000) == bytes)
    #expect(throws: FileReadError.tooLarge(size: 100_000)) {
      try FileReader.bytes(of: path, limit: 99_999)
    }
  }

  @Test("a file whose size the system does not tell is read no further than the limit")
  func unknownSize() throws {
    #expect(try FileReader("/proc/self/maps").size == 0)
    #expect(throws: FileReadError.self) { try FileReader.bytes(of: "/proc/self/maps", limit: 10) }
    #expect(try FileReader.bytes(of: "/proc/self/maps", limit: 1 << 30).count > 10)
  }

  @Test("what is no regular file is named and not waited for")
  func notRegular() throws {
    let pipe = "\(place.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: FileReadError.notRegular(found: "a FIFO")) { try FileReader(pipe) }
    #expect(throws: FileReadError.notRegular(found: "a directory")) { try FileReader(place.path) }
    #expect(throws: FileReadError.notRegular(found: "a device")) { try FileReader("/dev/zero") }
  }

  @Test("a missing file and a name that is none are told apart")
  func missing() {
    #expect(throws: FileReadError.open(ENOENT)) { try FileReader("\(place.path)/none") }
    #expect(throws: FileReadError.badName) { try FileReader("") }
    #expect(throws: FileReadError.badName) { try FileReader("a\0b") }
  }
}
