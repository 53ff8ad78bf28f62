import CZlib
import Glibc
import Money
import Scenario

@testable import Simulator

/// A directory of its own for the files of one test, gone when the test ends.
final class TraceFixture {
  let directory: String

  init() {
    var template = Array("\(TraceFiles.temporary)/settlesim-trace-XXXXXX".utf8CString)
    directory = template.withUnsafeMutableBufferPointer {
      String(cString: mkdtemp($0.baseAddress!)!)
    }
  }

  deinit {
    for name in TraceFiles.names(in: directory) { remove("\(directory)/\(name)") }
    rmdir(directory)
  }

  /// Writes a file; its path.
  func write(_ bytes: [UInt8], name: String = "trace.csv") -> String {
    let path = "\(directory)/\(name)"
    let file = fopen(path, "wb")!
    precondition(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    precondition(fclose(file) == 0)
    return path
  }

  /// Reads a trace of this text with the default columns.
  func read(
    _ text: String, _ change: (inout TraceWorkload) -> Void = { _ in },
    start: TraceReader.Start = .firstRecord, duration: Duration? = nil
  ) throws -> Trace {
    try read(bytes: Array(text.utf8), change, start: start, duration: duration)
  }

  func read(
    bytes: [UInt8], name: String = "trace.csv", _ change: (inout TraceWorkload) -> Void = { _ in },
    start: TraceReader.Start = .firstRecord, duration: Duration? = nil
  ) throws -> Trace {
    let path = write(bytes, name: name)
    var workload = TraceWorkload(file: name)
    change(&workload)
    return try TraceReader(workload: workload, file: path, start: start, duration: duration).read()
  }

  /// The message of the error that reading this text ends with; the directory is left out.
  func failure(
    _ bytes: [UInt8], name: String = "trace.csv",
    _ change: (inout TraceWorkload) -> Void = { _ in },
    start: TraceReader.Start = .firstRecord, duration: Duration? = nil
  ) -> String {
    do {
      let trace = try read(bytes: bytes, name: name, change, start: start, duration: duration)
      return "read \(trace.records.count) records"
    } catch {
      return "\(error)".split(separator: "\(directory)/").joined()
    }
  }

  func failure(
    _ text: String, _ change: (inout TraceWorkload) -> Void = { _ in },
    start: TraceReader.Start = .firstRecord, duration: Duration? = nil
  ) -> String {
    failure(Array(text.utf8), change, start: start, duration: duration)
  }

  /// One gzip member.
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    precondition(
      deflateInit2_(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        == Z_OK)
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 64)
    let capacity = output.count
    let left = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
        return Int(stream.avail_out)
      }
    }
    deflateEnd(&stream)
    return Array(output[..<(capacity - left)])
  }
}

/// What these tests need of the file system.
enum TraceFiles {
  /// The real invoices, beside the package where its data is at hand.
  static let invoices = root + "/../shared/data/uci/online_retail_invoices.csv.gz"
  static var hasInvoices: Bool { access(invoices, R_OK) == 0 }

  static let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"

  /// Entries of a directory, sorted; empty when there is none.
  static func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The package's root: three levels above this file.
  static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
}
