/// One row of a CSV file, unquoted. The buffers are used again for the next row.
@frozen
public struct CSVRow {
  /// The header is row 1.
  public var number = 1
  /// All fields, one after the other.
  public var bytes: [UInt8] = []
  /// Where each field ends in `bytes`.
  public var ends: [Int] = []
  /// What is wrong with the quoting, if anything.
  public var fault: String?

  /// The number of fields.
  @inlinable public var count: Int { ends.count }

  /// Where a field stands in `bytes`.
  @inlinable public func range(_ field: Int) -> Range<Int> {
    (field == 0 ? 0 : ends[field - 1])..<ends[field]
  }

  /// A field as text; what is not UTF-8 is replaced.
  public func text(_ field: Int) -> String { String(decoding: bytes[range(field)], as: UTF8.self) }
}

/// CSV as RFC 4180 has it, fed in pieces of any size: quoted fields with commas, line breaks and
/// doubled quotes; rows end with LF or CRLF, the last one perhaps without.
///
/// A byte order mark at the start, as spreadsheets write it, is no part of the text. A line without
/// a byte is passed over, but counts in the row numbers. A quoting fault spoils its
/// row only. Two things end the reading, since they mostly mean that a quote was left open and the
/// rest of the file would be taken for one field.
public struct CSVTokenizer {
  /// Why the reading ends early; rows count from 1, the header's number.
  public enum Failure: Error, Equatable {
    /// A field has more than `longestField` bytes.
    case fieldTooLong(row: Int)
    /// A row has more than `longestRow` bytes and fields.
    case rowTooLong(row: Int)
    /// The file ends within quotes.
    case openQuote(row: Int)
  }
  /// Bytes of a field, at most.
  public static let longestField = 65_536
  /// Room for 16 of the longest fields, and a bound on the number of fields.
  public static let longestRow = 1_048_576

  private enum State { case fieldStart, unquoted, quoted, quoteInQuoted, carriageReturn }
  private var state = State.fieldStart
  private var row = CSVRow()
  private var fieldStart = 0
  /// How much of a byte order mark the file has begun with; nil once that is decided.
  private var mark: Int? = 0
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  /// Whether the current row has a byte beside its line break.
  private var started = false

  /// At the start of a file.
  public init() {}

  /// Takes the next piece of the file and hands on each row that it completes.
  public mutating func consume(
    _ piece: UnsafeBufferPointer<UInt8>, _ handle: (borrowing CSVRow) throws -> Void
  ) throws {
    var index = 0
    while index < piece.count {
      let byte = piece[index]
      if mark != nil, try isMark(byte) {
        index += 1
        continue
      }
      if state == .carriageReturn, byte != 0x0A {
        row.fault = row.fault ?? "expected a line feed after the carriage return"
        state = .unquoted
      }
      let end = textEnd(piece, from: index)
      if end > index {
        try append(UnsafeBufferPointer(rebasing: piece[index..<end]))
        if state == .fieldStart { state = .unquoted }
        started = true
        index = end
      } else {
        index += 1
        try take(byte, handle)
      }
    }
  }

  /// Takes a byte that says something about fields and rows where it stands.
  private mutating func take(
    _ byte: UInt8, _ handle: (borrowing CSVRow) throws -> Void
  ) throws {
    switch (state, byte) {
    case (.quoted, _): state = .quoteInQuoted
    case (_, 0x0A): return try endRow(handle)
    case (_, 0x2C): try endField()
    case (_, 0x0D):
      state = .carriageReturn
      return
    case (.fieldStart, _): state = .quoted
    case (.quoteInQuoted, 0x22):
      try append(byte)
      state = .quoted
    case (.quoteInQuoted, _):
      row.fault = row.fault ?? "expected a comma after the closing quote"
      state = .unquoted
    default: row.fault = row.fault ?? "expected a quote only around a whole field"
    }
    started = true
  }

  /// Ends the file: hands on a last row without a line break.
  public mutating func finish(_ handle: (borrowing CSVRow) throws -> Void) throws {
    if state == .quoted { throw Failure.openQuote(row: row.number) }
    if started { try endRow(handle) }
  }

  /// Whether the next byte of the file belongs to a byte order mark at its start.
  private mutating func isMark(_ byte: UInt8) throws -> Bool {
    guard let seen = mark else { return false }
    if byte == Self.byteOrderMark[seen] {
      mark = seen + 1 < Self.byteOrderMark.count ? seen + 1 : nil
      return true
    }
    // It was text that begins like one.
    mark = nil
    for byte in Self.byteOrderMark[..<seen] { try append(byte) }
    if seen > 0 { (state, started) = (.unquoted, true) }
    return false
  }

  /// Where the text ends that stands at `index` and says nothing about fields and rows.
  private func textEnd(_ piece: UnsafeBufferPointer<UInt8>, from index: Int) -> Int {
    var end = index
    switch state {
    case .quoted:
      while end < piece.count, piece[end] != 0x22 { end += 1 }
    case .fieldStart, .unquoted:
      // Most of them are letters and digits, which lie above all four.
      while end < piece.count {
        let byte = piece[end]
        if byte <= 0x2C, byte == 0x2C || byte == 0x0A || byte == 0x0D || byte == 0x22 { break }
        end += 1
      }
    case .quoteInQuoted, .carriageReturn: break
    }
    return end
  }

  private mutating func append(_ text: UnsafeBufferPointer<UInt8>) throws {
    if row.bytes.count - fieldStart + text.count > Self.longestField {
      throw Failure.fieldTooLong(row: row.number)
    }
    row.bytes.append(contentsOf: text)
  }

  private mutating func append(_ byte: UInt8) throws {
    if row.bytes.count - fieldStart == Self.longestField {
      throw Failure.fieldTooLong(row: row.number)
    }
    row.bytes.append(byte)
  }

  private mutating func endField() throws {
    row.ends.append(row.bytes.count)
    if row.bytes.count + row.ends.count > Self.longestRow {
      throw Failure.rowTooLong(row: row.number)
    }
    fieldStart = row.bytes.count
    state = .fieldStart
  }

  private mutating func endRow(_ handle: (borrowing CSVRow) throws -> Void) throws {
    try endField()
    if started { try handle(row) }
    row.number += 1
    row.bytes.removeAll(keepingCapacity: true)
    row.ends.removeAll(keepingCapacity: true)
    row.fault = nil
    fieldStart = 0
    started = false
  }
}
