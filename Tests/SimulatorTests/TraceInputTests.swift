import Glibc
import Scenario
import Testing

@testable import Simulator

@Suite("Files of a trace")
struct TraceInputTests {
  private let fixture = TraceFixture()
  private let text = Array(
    """
    id,time,merchant,amount
    p1,2026-03-02 10:00:00,m1,12.34
    p2,2026-03-02 10:00:01,m2,5.00

    """.utf8)

  /// Reads a file that is there already.
  private func failure(path: String) -> String {
    let reader = TraceReader(
      workload: TraceWorkload(file: path), file: path, start: .firstRecord, duration: nil)
    do {
      return "read \(try reader.read().records.count) records"
    } catch {
      return "\(error)"
    }
  }

  @Test("a gzip'ed file is read like the plain one, whatever its name")
  func gzip() throws {
    let plain = try fixture.read(bytes: text)
    let packed = try fixture.read(bytes: TraceFixture.gzip(text), name: "t.csv.gz")
    let unnamed = try fixture.read(bytes: TraceFixture.gzip(text), name: "t.csv")
    #expect(plain.records.count == 2)
    #expect(packed.records == plain.records)
    #expect(unnamed.records == plain.records)
  }

  @Test("gzip members one after the other are one file")
  func members() throws {
    let bytes = TraceFixture.gzip(Array(text[..<40])) + TraceFixture.gzip(Array(text[40...]))
    #expect(try fixture.read(bytes: bytes, name: "t.csv.gz").records.count == 2)
  }

  @Test("a file larger than any buffer is read whole, plain and gzip'ed")
  func large() throws {
    var text = "id,time,merchant,amount\n"
    for number in 0..<20_000 {
      text += "p\(number),\(1_772_445_600 + number),m\(number % 7),1.00\n"
    }
    #expect(try fixture.read(text).records.count == 20_000)
    let packed = TraceFixture.gzip(Array(text.utf8))
    let trace = try fixture.read(bytes: packed, name: "t.csv.gz")
    #expect(trace.records.count == 20_000)
    #expect(trace.merchants.count == 7)
  }

  @Test("a gzip'ed file cut off anywhere is refused")
  func truncated() {
    let packed = TraceFixture.gzip(text)
    for length in 2..<packed.count {
      let message = fixture.failure(Array(packed[..<length]), name: "t.csv.gz")
      #expect(message == "t.csv.gz: gzip: expected more data; the file is cut off", "\(length)")
    }
  }

  @Test("bytes after the data of a gzip'ed file are refused")
  func trailing() {
    for extra in [[0], [0x1F], Array("more".utf8)] as [[UInt8]] {
      let message = fixture.failure(TraceFixture.gzip(text) + extra, name: "t.csv.gz")
      #expect(message.hasPrefix("t.csv.gz: gzip: expected"), "\(message)")
    }
  }

  @Test("an altered byte of a gzip'ed file is found")
  func altered() {
    let packed = TraceFixture.gzip(text)
    // The header's time and system fields carry no data, so begin behind them.
    for index in 10..<packed.count {
      var bytes = packed
      bytes[index] ^= 0x10
      #expect(fixture.failure(bytes, name: "t.csv.gz").hasPrefix("t.csv.gz: gzip: "), "\(index)")
    }
  }

  @Test("a name in .gz promises gzip")
  func notGzip() {
    #expect(
      fixture.failure(text, name: "t.csv.gz")
        == "t.csv.gz: gzip: expected the bytes 1f 8b at the start")
  }

  @Test("a missing file, a directory, a pipe and a device are refused at once")
  func notRegular() {
    let missing = "\(fixture.directory)/none.csv"
    #expect(failure(path: missing) == "\(missing): no such file")
    #expect(failure(path: fixture.directory).hasSuffix(": expected a regular file"))
    let pipe = "\(fixture.directory)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(failure(path: pipe).hasSuffix(": expected a regular file"))
    #expect(failure(path: "/dev/zero") == "/dev/zero: expected a regular file")
  }

  @Test("an empty file, and one with a header only, say what is missing")
  func empty() {
    let message = "expected a header row and at least one payment, found none"
    #expect(fixture.failure("") == "trace.csv: \(message)")
    #expect(fixture.failure("\n\n") == "trace.csv: \(message)")
    #expect(fixture.failure("id,time,merchant,amount\n") == "trace.csv: \(message)")
    #expect(fixture.failure(TraceFixture.gzip([]), name: "e.gz") == "e.gz: \(message)")
  }
}
