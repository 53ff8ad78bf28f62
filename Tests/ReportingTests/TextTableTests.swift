import Testing
import Text

@testable import Reporting

@Suite("Text in 80 columns")
struct TextTableTests {
  private let style = TerminalStyle(usesColor: false)

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("no line of a table is wider than 80 places, whatever its columns, and no figure is lost")
  func anyTable() {
    var random = SplitMix(seed: 1)
    func word(_ most: Int) -> String {
      String((0..<random.next(1...most)).map { _ in "abcdefghij".randomElement(using: &random)! })
    }
    for _ in 0..<2_000 {
      let columns = (0..<random.next(1...14)).map { place in
        ReportTable.Column(
          header: (0..<random.next(1...3)).map { _ in word(9) }.joined(separator: " "),
          isFigure: place > 0 && random.next(0...3) > 0)
      }
      var number = 0
      let rows = (0..<random.next(1...4)).map { _ in
        columns.map { column -> ReportTable.Cell in
          number += 1
          return ReportTable.Cell(
            column.isFigure
              ? grouped(number * 1_000_003)
              : (0..<random.next(1...12)).map { _ in word(30) }.joined(separator: " "))
        }
      }
      let table = ReportTable("t", word(50), columns: columns, rows: rows)
      let text = TextTable.render(table, style)
      for line in lines(text) { #expect(TextTable.width(line) <= 80, "\(text)") }
      for (column, cells) in columns.indices.map({ place in (place, rows.map { $0[place] }) })
      where columns[column].isFigure {
        for cell in cells { #expect(text.contains(cell.text), "\(cell.text) in\n\(text)") }
      }
    }
  }

  @Test("what fits stands as it is; headers break before names, names before the table")
  func choices() {
    func table(_ name: String, _ headers: String, cells: Int) -> [String] {
      let columns = "name|" + headers
      let count = columns.split(separator: "|").count - 1
      let row =
        [ReportTable.Cell(name)]
        + (0..<count).map { _ in
          ReportTable.Cell(String(repeating: "9", count: cells))
        }
      return lines(
        TextTable.render(ReportTable("t", "Title", columns: columns, rows: [row]), style))
    }
    #expect(table("a", "#one|#two", cells: 3) == ["Title  one  two", "  a    999  999"])
    let broken = table("a", "#one hundred thousand things that are counted|#two", cells: 30)
    #expect(broken.count > 2 && broken.last?.hasPrefix("  a  ") == true)
    let headers = String(repeating: "#counted things|", count: 6)
    #expect(table("a", headers, cells: 8).prefix(2).allSatisfy { !$0.contains("9") })
    let long = String(repeating: "n", count: 60)
    let hanging = table(long, "#one|#two|#three", cells: 12)
    #expect(hanging.contains("  " + long) && hanging.last?.contains("999999999999") == true)
    let parts = table("a", String(repeating: "#x|", count: 9), cells: 12)
    #expect(parts.count { $0.hasPrefix("  a ") } == 2)
  }

  @Test("a paragraph flows, a list keeps its places, and a word too long for a line is broken")
  func flow() {
    let text = """
      one two
      three

      items:
        first   a description that goes on and on until it must be broken over two lines of it
                and on
        second  short
      end
      """
    let flowed = lines(TextTable.flowed(text))
    #expect(flowed[0] == "one two three" && flowed[1].isEmpty && flowed[2] == "items:")
    #expect(flowed[4].hasPrefix("          ") && flowed[5] == "  second  short")
    #expect(flowed.last == "end" && flowed.allSatisfy { $0.count <= 80 })
    let word = String(repeating: "x", count: 200)
    let pieces = lines(TextTable.paragraph("a " + word, indent: 2, hanging: 2))
    #expect(pieces.allSatisfy { $0.count <= 80 })
    #expect(pieces.joined().filter { $0 == "x" }.count == 200)
  }

  @Test("a line has as many parts as fit, and says how many do not")
  func clipped() {
    let parts = (1...20).map { "part \($0) of it" }
    let line = TextTable.clipped(parts, label: "label")
    #expect(TextTable.width(line) <= 80 && line.hasPrefix("label      part 1 of it · part 2"))
    #expect(line.hasSuffix(" and 16 more"))
    let long = TextTable.clipped([String(repeating: "y", count: 300), "z"], label: "l")
    #expect(TextTable.width(long) <= 80 && long.hasSuffix("… and 1 more"))
  }
}

/// A small generator whose numbers are the same everywhere.
private struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }

  mutating func next(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &self) }
}
