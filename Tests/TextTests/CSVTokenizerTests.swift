import Testing

@testable import Text

@Suite("CSV tokenizer")
struct CSVTokenizerTests {
  /// The rows of a text, fed in pieces of this many bytes.
  private func rows(_ text: String, piece: Int = 1_000) throws -> [[String]] {
    var result: [[String]] = []
    var tokenizer = CSVTokenizer()
    let collect = { (row: borrowing CSVRow) in
      result.append((0..<row.count).map { [row = copy row] in row.text($0) })
    }
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: piece) {
      try Array(bytes[start..<min(start + piece, bytes.count)]).withUnsafeBufferPointer {
        try tokenizer.consume($0, collect)
      }
    }
    try tokenizer.finish(collect)
    return result
  }

  @Test(
    "rows are read alike whatever the size of the pieces",
    arguments: [1, 2, 3, 5, 7, 1_000])
  func pieces(size: Int) throws {
    let text = "a,b\r\n\"x,\"\"y\"\"\r\nz\",\"\"\n\n,\r\nlast,\"é\""
    let expected = [["a", "b"], ["x,\"y\"\r\nz", ""], ["", ""], ["last", "é"]]
    #expect(try rows(text, piece: size) == expected)
  }

  @Test("a last row counts with and without its line break")
  func lastRow() throws {
    for end in ["", "\n", "\r\n", "\r"] {
      #expect(try rows("a,b\n1,2" + end) == [["a", "b"], ["1", "2"]])
    }
    #expect(try rows("").isEmpty)
    #expect(try rows("\n\r\n\n").isEmpty)
    #expect(try rows("\"\"") == [[""]])
  }

  @Test("blank lines are passed over and counted in the row numbers")
  func blankLines() throws {
    var numbers: [Int] = []
    var tokenizer = CSVTokenizer()
    try Array("a\n\n\r\nb\n".utf8).withUnsafeBufferPointer {
      try tokenizer.consume($0) { numbers.append($0.number) }
    }
    #expect(numbers == [1, 4])
  }

  @Test(
    "a quoting fault spoils its own row only",
    arguments: [
      ("ab\"c,d", "expected a quote only around a whole field"),
      ("\"ab\"c,d", "expected a comma after the closing quote"),
      ("\"ab\" ,d", "expected a comma after the closing quote"),
      ("ab\rc,d", "expected a line feed after the carriage return"),
    ])
  func faults(line: String, fault: String) throws {
    var faults: [String?] = []
    var tokenizer = CSVTokenizer()
    try Array("a,b\n\(line)\nc,d\n".utf8).withUnsafeBufferPointer {
      try tokenizer.consume($0) { faults.append($0.fault) }
    }
    #expect(faults == [nil, fault, nil])
  }

  @Test("a quote left open at the end of the file names the row it began in")
  func openQuote() {
    #expect(throws: CSVTokenizer.Failure.openQuote(row: 2)) { try rows("a\n\"b\nc\n") }
  }

  @Test("a field of 65,536 bytes is read and one more is refused, quoted or not")
  func fieldLimit() throws {
    for quote in ["", "\""] {
      let longest = String(repeating: "x", count: 65_536)
      #expect(try rows(quote + longest + quote)[0][0].utf8.count == 65_536)
      #expect(throws: CSVTokenizer.Failure.fieldTooLong(row: 2)) {
        try rows("a\n" + quote + longest + "y" + quote)
      }
    }
  }

  @Test("a row of endless fields is refused")
  func rowLimit() {
    #expect(throws: CSVTokenizer.Failure.rowTooLong(row: 1)) {
      try rows(String(repeating: ",", count: 1_100_000))
    }
  }
}
