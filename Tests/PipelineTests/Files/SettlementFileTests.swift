import Money
import Scenario
import Testing

@testable import Pipeline

@Suite("Settlement files")
struct SettlementFileTests {
  typealias Format = AcquirerSettings.FileFormat
  typealias Samples = SettlementSamples

  @Test("what is written is read again", arguments: Format.allCases, 0..<10)
  func roundTrip(format: Format, seed: Int) throws {
    var numbers = SplitMix(seed: seed)
    let lines = (0..<numbers.pick(1...200)).map { _ in Samples.randomLine(&numbers) }
    let file = try #require(Samples.file(lines, format))
    #expect(Samples.read(file) == .success(lines))
    var reader = SettlementFileReader(file, currencies: Samples.currencies)
    let sums = try reader.read { _ in }
    for currency in 0..<3 {
      let own = lines.filter { Int($0.currency) == currency }
      #expect(sums[currency] == own.reduce(0) { $0 + $1.amount })
    }
  }

  @Test("a format looks as it should")
  func text() throws {
    let csv = try #require(Samples.file(Samples.small, .csv))
    #expect(csv.name == "cell-2-northbank-7.csv")
    let rows = String(decoding: csv.bytes, as: UTF8.self).split(separator: "\n")
    #expect(
      rows[..<3] == ["C,17,4,1299,EUR,3,120", "R,9,0,-50,USD,0,7", "C,4000000000,5,80,USD,255,0"])
    #expect(rows[3..<5] == ["T,USD,30", "T,EUR,1299"])
    #expect(rows[5].hasPrefix("N,3") && rows.count == 6)
  }

  @Test("a file without lines is none, and a writer begins anew after each file")
  func writerStartsAnew() throws {
    var writer = SettlementFileWriter(
      format: .xml, acquirer: "a", cell: 0, currencies: Samples.currencies)
    #expect(writer.isEmpty)
    #expect(writer.finish(cycle: 1)?.name == nil)
    var files: [[UInt8]] = []
    for cycle in 2...3 {
      for line in Samples.small { writer.add(line) }
      #expect(!writer.isEmpty)
      let file = writer.finish(cycle: cycle)
      files.append(try #require(file).bytes)
      #expect(writer.isEmpty)
    }
    #expect(files[0] == files[1])
  }

  @Test(
    "a currency whose lines cancel out has no total, and the file is whole",
    arguments: Format.allCases)
  func zeroSum(format: Format) throws {
    let lines = [Samples.small[0], Samples.small[0]].enumerated().map { index, line in
      var line = line
      if index == 1 { (line.kind, line.amount) = (.refund, -line.amount) }
      return line
    }
    #expect(Samples.read(try #require(Samples.file(lines, format))) == .success(lines))
  }

  @Test("a changed byte is noticed, or leaves every line as it was", arguments: Format.allCases)
  func corruption(format: Format) throws {
    let file = try #require(Samples.file(Samples.small, format))
    var missed: [String] = []
    for position in file.bytes.indices {
      for byte in Samples.corruptions(of: file.bytes[position]) {
        var changed = file
        changed.bytes[position] = byte
        if case .success(let lines) = Samples.read(changed), lines != Samples.small {
          missed.append("byte \(position) became \(byte)")
        }
      }
    }
    #expect(missed.isEmpty, "\(missed.count) of them: \(missed.prefix(3))")
  }

  @Test("a file that ends early or goes on is a fault", arguments: Format.allCases)
  func truncation(format: Format) throws {
    let file = try #require(Samples.file(Samples.small, format))
    for length in 0..<file.bytes.count {
      var cut = file
      cut.bytes = Array(file.bytes[..<length])
      #expect(throws: FileFault.self, "\(length) bytes") { try Samples.read(cut).get() }
    }
    for extra in ["\n", " ", "C", "0"] {
      var longer = file
      longer.bytes += Array(extra.utf8)
      #expect(throws: FileFault.self) { try Samples.read(longer).get() }
    }
  }

  @Test("a line left out, repeated or moved to another file is noticed", arguments: Format.allCases)
  func lines(format: Format) throws {
    let file = try #require(Samples.file(Samples.small, format))
    let rows = file.bytes.split(separator: UInt8(ascii: "\n")).map { Array($0) + [0x0a] }
    for index in rows.indices {
      var (shorter, longer) = (rows, rows)
      shorter.remove(at: index)
      longer.insert(rows[index], at: index)
      for changed in [shorter, longer] {
        var other = file
        other.bytes = Array(changed.joined())
        #expect(throws: FileFault.self, "row \(index)") { try Samples.read(other).get() }
      }
    }
  }

  @Test("a fault names the file and the line")
  func place() throws {
    var file = try #require(Samples.file(Samples.small, .csv))
    let second = try #require(file.bytes.firstIndex(of: 0x0a)) + 3
    file.bytes[second] = UInt8(ascii: "x")
    guard case .failure(let fault) = Samples.read(file) else {
      Issue.record("read in spite of its fault")
      return
    }
    #expect(fault.line == 2)
    #expect(fault.description.hasPrefix("cell-2-northbank-7.csv:2: expected kind, payment"))
  }
}
