import Money
import Scenario
import Testing

@testable import Simulator

@Suite("Trace reader")
struct TraceReaderTests {
  private let fixture = TraceFixture()
  private let header = "id,time,merchant,amount\n"
  private static let hour: Int64 = 3_600_000_000_000

  @Test("a record holds what its row says")
  func record() throws {
    let trace = try fixture.read(
      "time,note,amount,id,merchant,currency\n"
        + "2026-03-02 01:00:00,\"a, \"\"b\"\"\n c\",12.34,p1,Ann's,USD\r\n"
        + "2026-03-02T02:00:00.25Z,,150,p2,Bob,JPY\r\n" + "1772424000,,-1.234,p3,Ann's,KWD"
    ) { $0.currencyColumn = "currency" }
    #expect(trace.rows == 3)
    #expect(trace.start == 1_772_409_600_000_000_000)
    #expect(trace.notes.isEmpty)
    #expect(trace.merchants == ["Ann's", "Bob"])
    #expect(trace.records.map(\.row) == [2, 3, 4])
    #expect(trace.records.map(\.time) == [Self.hour, 2 * Self.hour + 250_000_000, 4 * Self.hour])
    #expect(trace.records.map(\.amount) == [1_234, 150, 1_234])
    #expect(trace.records.map(\.currency) == [.usd, .jpy, .kwd])
    #expect(trace.records.map(\.merchant) == [0, 1, 0])
    #expect(trace.records.map(\.isCancellation) == [false, false, true])
    #expect(trace.records.map { trace.id(of: $0) } == ["p1", "p2", "p3"])
    #expect(Set(trace.records.map(\.id)).count == 3)
  }

  @Test("a cancellation is told by sign, column or prefix")
  func cancellations() throws {
    let text = "id,time,merchant,amount,cancel\np1,0,m,5,0\np2,0,m,-5,0\np3,0,m,5,1\nCp4,0,m,5,0\n"
    let plain = try fixture.read(text)
    #expect(plain.records.map(\.isCancellation) == [false, true, false, false])
    let mapped = try fixture.read(text) {
      $0.cancelColumn = "cancel"
      $0.cancelPrefix = "C"
    }
    #expect(mapped.records.map(\.isCancellation) == [false, true, true, true])
    #expect(mapped.records.allSatisfy { $0.amount == 500 })
  }

  @Test("amounts in minor units are whole numbers")
  func minorUnits() throws {
    let trace = try fixture.read(header + "p1,0,m,1234\n") { $0.amountUnit = .minor }
    #expect(trace.records[0].amount == 1_234)
    let message = fixture.failure(header + "p1,0,m,12.34\n") { $0.amountUnit = .minor }
    #expect(message.contains("row 2: amount: expected a whole number"))
  }

  @Test("time zero is the day of the first row, or the scenario's date")
  func start() throws {
    let text = header + "p1,2026-03-02 06:00:00,m,1\n"
    #expect(try fixture.read(text).records[0].time == 6 * Self.hour)
    let date = CivilDate(year: 2026, month: 3, day: 1)
    #expect(try fixture.read(text, start: .date(date)).records[0].time == 30 * Self.hour)
  }

  @Test("times before the run and after its end are malformed")
  func outside() {
    let text = header + "p1,2026-03-02 00:00:00,m,1\np2,2026-03-03 00:00:00,m,1\n"
    #expect(
      fixture.failure(text, duration: .seconds(86_400))
        == "trace.csv:row 3: time: expected a time before the run's end\ntrace.csv: 1 row refused")
    let later = TraceReader.Start.date(CivilDate(year: 2026, month: 3, day: 3))
    #expect(
      fixture.failure(text, start: later).hasPrefix(
        "trace.csv:row 2: time: expected a time not before the run's start"))
  }

  @Test(
    "each fault of a row names row, column, and what was expected",
    arguments: [
      (",0,m,1", "id: expected an id"),
      ("p,yesterday,m,1", "time: \(TraceTimestamp.expected(.yearFirst)), found \"yesterday\""),
      ("p,0,,1", "merchant: expected a merchant"),
      (
        "p,0,m,1e3",
        "amount: expected a decimal with at most 2 places, not zero, below 1000000000000000 minor "
          + "units, found \"1e3\""
      ),
      (
        "p,0,m,0.00",
        "amount: expected a decimal with at most 2 places, not zero, below 1000000000000000 minor "
          + "units, found \"0.00\""
      ),
      ("p,0,m", "expected 4 fields, found 3"),
      ("p,0,m,1,x", "expected 4 fields, found 5"),
      ("p,0,m\u{0},1", "expected UTF-8 text without NUL"),
      ("p,0,\"m\"x,1", "expected a comma after the closing quote"),
    ])
  func malformed(line: String, message: String) throws {
    let text = header + "p0,0,m,1\n" + line + "\np9,0,m,1\n"
    #expect(fixture.failure(text) == "trace.csv:row 3: \(message)\ntrace.csv: 1 row refused")
    let trace = try fixture.read(text) { $0.malformedRows = .report }
    #expect(trace.records.map(\.row) == [2, 4])
    #expect(trace.rows == 3)
    #expect(trace.notes.malformed.count == 1)
    #expect(trace.notes.malformed.first.map(\.description) == ["row 3: \(message)"])
  }

  @Test("bytes that are not UTF-8 are malformed, in any column")
  func notUTF8() {
    for bad in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]] as [[UInt8]] {
      let bytes = Array((header + "p1,0,m").utf8) + bad + Array(",1\n".utf8)
      #expect(
        fixture.failure(bytes).hasPrefix("trace.csv:row 2: expected UTF-8 text without NUL"))
    }
    let message = fixture.failure(Array("id,".utf8) + [0xFF] + Array("\n".utf8))
    #expect(message == "trace.csv:row 1: expected UTF-8 text without NUL")
  }

  @Test("a currency that ISO 4217 does not have is malformed")
  func currency() {
    for bad in ["XXQ", "xxq", "", "US", "USDX"] {
      let message = fixture.failure("id,time,merchant,amount,cur\np,0,m,1,\(bad)\n") {
        $0.currencyColumn = "cur"
      }
      #expect(message.contains("row 2: cur: expected a currency of ISO 4217, found"))
    }
  }

  @Test("the second row with an id is a duplicate, also when its content differs")
  func duplicates() throws {
    let text = header + "p1,0,m,1\np2,0,m,1\np1,5,m,2\n"
    #expect(
      fixture.failure(text)
        == "trace.csv:row 4: id: expected an id not seen before, found \"p1\"\n"
        + "trace.csv: 1 row refused")
    let trace = try fixture.read(text) { $0.duplicateRows = .report }
    #expect(trace.records.map(\.row) == [2, 3])
    #expect(trace.notes.duplicate.count == 1)
  }

  @Test("rows out of order are refused, or sorted in behind rows of the same time")
  func unordered() throws {
    let text = header + "p1,5,m,1\np2,9,m,1\np3,5,n,1\np4,7,m,1\np5,9,m,1\n"
    let message = fixture.failure(text)
    #expect(
      message
        == "trace.csv:row 4: time: expected no time earlier than a row before it, found \"5\"\n"
        + "trace.csv:row 5: time: expected no time earlier than a row before it, found \"7\"\n"
        + "trace.csv: 2 rows refused")
    let trace = try fixture.read(text) { $0.unorderedRows = .report }
    #expect(trace.records.map(\.row) == [2, 4, 5, 3, 6])
    #expect(trace.notes.unordered.count == 2)
    #expect(trace.notes.unordered.first.map(\.row) == [4, 5])
  }

  @Test("each kind of problem has a policy of its own")
  func policies() {
    let text = header + "p1,5,m,1\np1,5,m,1\np2,1,m,1\np3,9,m,0\n"
    let message = fixture.failure(text) {
      $0.malformedRows = .report
      $0.duplicateRows = .report
    }
    #expect(message.hasPrefix("trace.csv:row 4: time: "))
    #expect(message.hasSuffix("\ntrace.csv: 1 row refused"))
  }

  @Test("the first ten problems are named, and all are counted")
  func capped() throws {
    var text = header + "ok,0,m,1\n"
    for number in 0..<25 { text += "p\(number),0,m,zero\n" }
    let lines = fixture.failure(text).split(separator: "\n")
    #expect(lines.count == 11)
    #expect(lines[0].hasPrefix("trace.csv:row 3: amount: "))
    #expect(lines[9].hasPrefix("trace.csv:row 12: amount: "))
    #expect(lines[10] == "trace.csv: 25 rows refused, of which the first 10 are named")
    let trace = try fixture.read(text) { $0.malformedRows = .report }
    #expect(trace.notes.malformed.count == 25)
    #expect(trace.notes.malformed.first.map(\.row) == Array(3...12))
  }

  @Test("a missing column is named with the columns there are and the nearest name")
  func missingColumn() {
    #expect(
      fixture.failure("id,tmie,merchant,amount\n")
        == "trace.csv:row 1: time: expected a column of this name for `columns.time`, "
        + "found id, tmie, merchant, amount; did you mean tmie?")
    #expect(
      fixture.failure("InvoiceNo,ts,customer,amount_pence\nx") { $0.idColumn = "invoice" }
        .hasSuffix("did you mean InvoiceNo?"))
    #expect(!fixture.failure("a,b\n").contains("did you mean"))
    #expect(
      fixture.failure("id,time,merchant,amount,id\n")
        == "trace.csv:row 1: id: expected one column of this name for `columns.id`, found several")
  }

  @Test("a byte order mark in front of the header is passed over")
  func byteOrderMark() throws {
    #expect(try fixture.read("\u{FEFF}" + header + "p1,0,m,1\n").records.count == 1)
  }

  @Test("an open quote and an overlong field end the reading and name the row")
  func broken() {
    #expect(
      fixture.failure(header + "p1,0,m,1\np2,0,\"m,1\n")
        == "trace.csv:row 3: expected a closing quote before the end of the file")
    let long = String(repeating: "x\n", count: 40_000)
    #expect(
      fixture.failure(header + "p1,0,\"" + long + "\",1\n")
        == "trace.csv:row 2: expected fields of at most 65536 bytes; is a quote open since then?")
  }

  @Test("control characters of a file do not reach the terminal")
  func escapes() {
    let message = fixture.failure(header + "p1,\u{1B}[2Jnow\u{202E},m,1\n")
    #expect(message.contains("found \"\\u{1b}[2Jnow\\u{202e}\""))
  }
}
