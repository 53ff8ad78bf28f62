import Money
import PaymentModel
import Plants
import Scenario

/// Writes an acquirer's lines as they come about, then a trailer with, by currency, their sums, and
/// with their number and control sum.
struct SettlementFileWriter: Sendable {
  private let format: AcquirerSettings.FileFormat
  private let acquirer: String
  private let cell: Int
  private let codes: ContiguousArray<Literal>
  private let literals: ContiguousArray<Literal>
  private var bytes: [UInt8] = []
  /// Seven fields and what stands around them take no more.
  private static let longestLine = 512
  private var lines = 0
  private var control: Int64 = 0
  private var sums: [Int64]

  /// - Parameters:
  ///   - acquirer, cell: part of the name of the file.
  ///   - currencies: the run's list of currencies.
  init(
    format: AcquirerSettings.FileFormat, acquirer: String, cell: Int, currencies: [Currency]
  ) {
    self.format = format
    self.acquirer = acquirer
    self.cell = cell
    codes = ContiguousArray(currencies.map { Literal(Array($0.code.utf8)) })
    literals = ContiguousArray(SettlementSyntax.of(format).line.map { Literal($0) })
    sums = Array(repeating: 0, count: currencies.count)
  }

  /// Whether no line has been added since the last file.
  var isEmpty: Bool { lines == 0 }

  /// Adds a line.
  mutating func add(_ line: SettlementLine) {
    if lines == 0 { bytes.append(text: SettlementSyntax.of(format).header) }
    lines += 1
    control &+= line.control
    sums[Int(line.currency)] += line.amount
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longestLine) { buffer in
      var text = TextCursor(buffer.baseAddress!)
      text.put(literals[0])
      text.put(line.kind.rawValue)
      text.put(literals[1])
      text.put(decimal: Int64(line.payment.rawValue))
      text.put(literals[2])
      text.put(decimal: Int64(line.reference))
      text.put(literals[3])
      text.put(decimal: line.amount)
      text.put(literals[4])
      text.put(codes[Int(line.currency)])
      text.put(literals[5])
      text.put(decimal: Int64(line.issuer))
      text.put(literals[6])
      text.put(decimal: Int64(line.merchant.rawValue))
      text.put(literals[7])
      bytes.append(contentsOf: UnsafeBufferPointer(start: buffer.baseAddress, count: text.count))
    }
  }

  /// Closes the file with its trailer and begins a new one; nil when there is no line.
  mutating func finish(cycle: Int) -> SettlementFile? {
    guard lines > 0 else { return nil }
    let syntax = SettlementSyntax.of(format)
    for (currency, sum) in sums.enumerated() where sum != 0 {
      let sum = planted(Plant.fileTotalPlusOne) ? sum + 1 : sum
      bytes.append(contentsOf: syntax.total[0])
      bytes.append(contentsOf: codes[currency].bytes)
      bytes.append(contentsOf: syntax.total[1])
      bytes.append(decimal: sum)
      bytes.append(contentsOf: syntax.total[2])
    }
    bytes.append(contentsOf: syntax.count[0])
    bytes.append(decimal: Int64(lines))
    bytes.append(contentsOf: syntax.count[1])
    bytes.append(decimal: control)
    bytes.append(contentsOf: syntax.count[2])
    bytes.append(text: syntax.footer)
    let file = SettlementFile(
      name: "cell-\(cell)-\(acquirer)-\(cycle).\(format.rawValue)", format: format, bytes: bytes)
    bytes = []
    lines = 0
    control = 0
    for i in sums.indices { sums[i] = 0 }
    return file
  }
}

/// Up to 24 bytes of text in place, so that writing a line follows no pointers.
struct Literal: Sendable {
  private var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
  let count: Int

  init(_ text: [UInt8]) {
    precondition(text.count <= 24, "a literal has at most 24 bytes")
    count = text.count
    Swift.withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: text) }
  }

  var bytes: [UInt8] { Swift.withUnsafeBytes(of: words) { Array($0[..<count]) } }

  /// Copies all 24 bytes; the caller leaves room for them.
  @inline(__always)
  func copy(to destination: UnsafeMutablePointer<UInt8>) {
    UnsafeMutableRawPointer(destination).storeBytes(of: words, as: (UInt64, UInt64, UInt64).self)
  }
}

/// Writes text into memory that is known to be large enough.
struct TextCursor {
  private let start: UnsafeMutablePointer<UInt8>
  private(set) var count = 0

  init(_ start: UnsafeMutablePointer<UInt8>) { self.start = start }

  @inline(__always)
  mutating func put(_ literal: Literal) {
    literal.copy(to: start + count)
    count += literal.count
  }

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    start[count] = byte
    count += 1
  }

  /// Puts a number in decimal digits.
  @inline(__always)
  mutating func put(decimal number: Int64) {
    if number < 0 { put(UInt8(ascii: "-")) }
    var rest = number.magnitude
    var digits = 1
    var limit: UInt64 = 10
    while rest >= limit {
      digits += 1
      if digits == 20 { break }
      limit *= 10
    }
    count += digits
    var i = count
    repeat {
      i -= 1
      start[i] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
  }
}

extension [UInt8] {
  /// Appends ASCII text.
  mutating func append(text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends a number in decimal digits.
  mutating func append(decimal number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var rest = number.magnitude
    var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
    Swift.withUnsafeMutableBytes(of: &digits) { digits in
      var i = 24
      repeat {
        i -= 1
        digits[i] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      append(contentsOf: UnsafeRawBufferPointer(rebasing: digits[i...]))
    }
  }
}
