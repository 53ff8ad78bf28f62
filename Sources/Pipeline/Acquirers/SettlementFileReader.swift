import Money
import PaymentModel
import Scenario

/// What is wrong with a file that was delivered.
struct FileFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// Name of the file.
  var file: String
  /// From 1.
  var line: Int
  /// What should have stood there.
  var expected: String

  /// `file:line: what was expected`.
  var description: String { "\(file):\(line): \(expected)" }
}

/// Reads a settlement file line by line and checks its trailer. Trusts nothing but the bytes.
struct SettlementFileReader {
  private let file: SettlementFile
  private let syntax: SettlementSyntax
  private let codes: [[UInt8]]
  private var position = 0
  private var lineNumber = 1

  /// - Parameter currencies: the run's list of currencies; a line in any other is a fault.
  init(_ file: SettlementFile, currencies: [Currency]) {
    self.file = file
    syntax = SettlementSyntax.of(file.format)
    codes = currencies.map { Array($0.code.utf8) }
  }

  /// Hands every line to `body` and returns the sums by currency.
  ///
  /// - Throws: `FileFault` at the first line that is malformed, or where the trailer disagrees with
  ///   the lines; lines before it have been handed over.
  mutating func read(_ body: (SettlementLine) -> Void) throws(FileFault) -> [Int64] {
    var sums = [Int64](repeating: 0, count: codes.count)
    var count = 0
    var control: Int64 = 0
    let header = Self.bytes(syntax.header)
    if !header.isEmpty {
      guard take(header) else { throw fault("the header") }
      lineNumber += 1
    }
    while let line = try nextLine() {
      let (sum, overflow) = sums[Int(line.currency)].addingReportingOverflow(line.amount)
      guard !overflow else { throw fault("a sum within 64 bits") }
      sums[Int(line.currency)] = sum
      count += 1
      control &+= line.control
      body(line)
      lineNumber += 1
    }
    try readTotals(sums)
    guard take(syntax.count[0]), takeNumber() == Int64(count), take(syntax.count[1]),
      takeNumber() == control, take(syntax.count[2])
    else { throw fault("a trailer that counts \(count) lines with a control sum of \(control)") }
    guard take(Self.bytes(syntax.footer)), position == file.bytes.count else {
      throw fault("the end of the file")
    }
    return sums
  }

  private mutating func nextLine() throws(FileFault) -> SettlementLine? {
    let start = position
    guard take(syntax.line[0]), position < file.bytes.count,
      let kind = SettlementLine.Kind(rawValue: file.bytes[position])
    else {
      position = start
      return nil
    }
    position += 1
    guard take(syntax.line[1]), let payment = takeNumber(), take(syntax.line[2]),
      let reference = takeNumber(), take(syntax.line[3]), let amount = takeNumber(),
      take(syntax.line[4]), let currency = takeCurrency(), take(syntax.line[5]),
      let issuer = takeNumber(), take(syntax.line[6]), let merchant = takeNumber(),
      take(syntax.line[7])
    else { throw fault("kind, payment, reference, amount, currency, issuer, merchant") }
    guard let payment = UInt32(exactly: payment), let reference = UInt32(exactly: reference),
      let issuer = UInt8(exactly: issuer), let merchant = UInt32(exactly: merchant)
    else { throw fault("references within 32 bits") }
    return SettlementLine(
      kind: kind, payment: PaymentID(payment), reference: reference, amount: amount,
      currency: currency, issuer: issuer, merchant: CellMerchant(merchant))
  }

  private mutating func readTotals(_ sums: [Int64]) throws(FileFault) {
    for (currency, sum) in sums.enumerated() where sum != 0 {
      guard take(syntax.total[0]), take(codes[currency]), take(syntax.total[1]),
        takeNumber() == sum, take(syntax.total[2])
      else {
        throw fault("a total of \(sum) in \(String(decoding: codes[currency], as: UTF8.self))")
      }
      lineNumber += 1
    }
  }

  @inline(__always)
  private mutating func take(_ literal: [UInt8]) -> Bool {
    guard position + literal.count <= file.bytes.count else { return false }
    for i in 0..<literal.count where file.bytes[position + i] != literal[i] { return false }
    position += literal.count
    return true
  }

  private mutating func takeNumber() -> Int64? {
    let isNegative = position < file.bytes.count && file.bytes[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let start = position
    var value: Int64 = 0
    while position < file.bytes.count {
      let digit = file.bytes[position] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow2) = tens.addingReportingOverflow(Int64(digit))
      if overflow || overflow2 { return nil }
      value = sum
      position += 1
    }
    return position > start ? (isNegative ? -value : value) : nil
  }

  private mutating func takeCurrency() -> CurrencyIndex? {
    for (index, code) in codes.enumerated() where take(code) { return CurrencyIndex(index) }
    return nil
  }

  private func fault(_ expected: String) -> FileFault {
    FileFault(file: file.name, line: lineNumber, expected: "expected \(expected)")
  }

  private static func bytes(_ text: StaticString) -> [UInt8] {
    Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
