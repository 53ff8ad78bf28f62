import Money
import Testing

@testable import Pipeline

@Suite("Bank statements")
struct BankStatementTests {
  static let day = CivilDate(year: 2026, month: 3, day: 3)

  static func statement(_ lines: [StatementLine], opening: Int64 = 1_000) -> BankStatement {
    var writer = StatementWriter(opening: opening)
    for line in lines { writer.add(line) }
    return writer.finish(account: "platform-cell-3", currency: .eur, day: day)
  }

  static let small = statement([
    StatementLine(kind: .payout, reference: 17, amount: -120),
    StatementLine(kind: .funding, reference: 2, amount: 455),
  ])

  /// What is wrong with a statement of this text; nil if it was read.
  static func fault(_ text: String, name: String = "platform-cell-3-EUR-2026-03-03.csv")
    -> FileFault?
  {
    do throws(FileFault) {
      _ = try ParsedStatement(BankStatement(name: name, bytes: Array(text.utf8)))
      return nil
    } catch {
      return error
    }
  }

  @Test("what is written is read again", arguments: 0..<20)
  func roundTrip(seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    let opening = Int64(numbers.pick(-1_000_000...1_000_000))
    let lines = (0..<numbers.pick(0...100)).map { _ in
      StatementLine(
        kind: numbers.once(in: 2) ? .payout : .funding,
        reference: UInt32(truncatingIfNeeded: numbers.next() >> UInt64(numbers.pick(32...60))),
        amount: Int64(numbers.pick(-1 << 50...1 << 50)))
    }
    let parsed = try ParsedStatement(Self.statement(lines, opening: opening))
    #expect(parsed.lines == lines)
    #expect(parsed.account == "platform-cell-3" && parsed.currency == "EUR")
    #expect(parsed.day == "2026-03-03" && parsed.opening == opening)
    #expect(parsed.closing == lines.reduce(opening) { $0 + $1.amount })
  }

  @Test("the next statement opens where the last one closed")
  func chain() throws {
    var writer = StatementWriter(opening: 5)
    var closing: Int64 = 5
    for day in 0..<5 {
      #expect(writer.isEmpty)
      for number in 0..<day {
        writer.add(
          StatementLine(kind: .payout, reference: UInt32(number), amount: Int64(day * number)))
      }
      let parsed = try ParsedStatement(
        writer.finish(account: "a", currency: .jpy, day: Self.day.adding(days: day)))
      #expect(parsed.opening == closing && parsed.lines.count == day)
      closing = parsed.closing
    }
  }

  @Test("a changed byte is noticed, or leaves the whole statement as it was")
  func corruption() throws {
    let original = try ParsedStatement(Self.small)
    var missed: [String] = []
    for position in Self.small.bytes.indices {
      for byte in SettlementSamples.corruptions(of: Self.small.bytes[position]) {
        var changed = Self.small
        changed.bytes[position] = byte
        if let parsed = try? ParsedStatement(changed), parsed != original {
          missed.append("byte \(position) became \(byte)")
        }
      }
    }
    #expect(missed.isEmpty, "\(missed.count) of them: \(missed.prefix(3))")
  }

  @Test("a statement that ends early is a fault, unless only its last line break is gone")
  func truncation() throws {
    let original = try ParsedStatement(Self.small)
    for length in 0..<Self.small.bytes.count {
      var cut = Self.small
      cut.bytes = Array(cut.bytes[..<length])
      let parsed = try? ParsedStatement(cut)
      #expect(parsed == (length == Self.small.bytes.count - 1 ? original : nil), "\(length) bytes")
    }
  }

  @Test("a movement left out, repeated, or put in another's place is a fault")
  func movements() {
    let rows = Self.small.bytes.split(separator: UInt8(ascii: "\n")).map { Array($0) + [0x0a] }
    for index in rows.indices {
      var (shorter, longer) = (rows, rows)
      shorter.remove(at: index)
      longer.insert(rows[index], at: index)
      for changed in [shorter, longer] {
        #expect(Self.fault(String(decoding: changed.joined(), as: UTF8.self)) != nil)
      }
    }
  }

  @Test("an account or day other than the file's name says is a fault")
  func otherAccount() {
    let text = String(decoding: Self.small.bytes, as: UTF8.self)
    #expect(Self.fault(text) == nil)
    for name in [
      "platform-cell-4-EUR-2026-03-03.csv", "platform-cell-3-USD-2026-03-03.csv",
      "platform-cell-3-EUR-2026-03-04.csv",
    ] {
      #expect(Self.fault(text, name: name)?.line == 1)
    }
  }

  @Test("balances beyond 64 bits are a fault, not a crash")
  func overflow() {
    let text = "S,platform-cell-3,EUR,2026-03-03,OPEN,9223372036854775807\nM,funding,1,1\n"
    #expect(Self.fault(text + "E,1,1,CLOSE,-9223372036854775808\n")?.line == 2)
  }

  @Test("noise is a fault")
  func noise() {
    var numbers = SplitMix(seed: 9)
    for length in 0..<300 {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: numbers.next()) }
      #expect(Self.fault(String(decoding: bytes, as: UTF8.self)) != nil)
    }
  }
}
