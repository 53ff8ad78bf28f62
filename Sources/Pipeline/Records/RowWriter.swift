import Text
import VirtualTime

/// Writes rows of a table of CSV. Names of our own are of letters, digits and `-_./`, so that none
/// needs quotes; those of a trace's merchants may.
struct RowWriter {
  private(set) var bytes: [UInt8] = []
  private var isFirst = true
  private var capacity = 0
  private let memory = MemoryShare(of: .records)

  mutating func add(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  /// A text that may hold anything; in quotes where it has to be (RFC 4180).
  mutating func add(free text: String) {
    add(CSV.field(text))
  }

  mutating func add(_ number: Int64) { add(String(number)) }

  mutating func add(_ number: Int) { add(String(number)) }

  /// An empty field for nil.
  mutating func add(_ number: Int64?) { add(number.map { String($0) } ?? "") }

  mutating func end() {
    bytes.append(UInt8(ascii: "\n"))
    isFirst = true
    guard bytes.capacity != capacity else { return }
    capacity = bytes.capacity
    memory.grow(to: capacity)
  }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }
}
