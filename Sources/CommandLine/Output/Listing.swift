import Text
import Reporting

/// A plain table that is printed in any of the formats.
struct Listing {
  let columns: [String]
  private(set) var rows: [[String]] = []

  /// A table of the columns, named in snake case.
  init(_ columns: String...) { self.columns = columns }

  mutating func add(_ cells: String...) {
    precondition(cells.count == columns.count, "a row has a cell for each column")
    rows.append(cells)
  }

  func render(_ format: SummaryFormat) -> String {
    switch format {
    case .table: table()
    case .json: CanonicalJSON.array(rows.map(object)).encoded()
    case .ndjson: rows.map { object($0).encodedLine() + "\n" }.joined()
    case .csv: CSV.encode([columns] + rows)
    case .markdown: markdown()
    }
  }

  private func table() -> String {
    let titles = columns.map { $0.replacing("_", with: " ") }
    return TextTable.list(headers: titles, rows: rows.map { $0.map(visible) })
  }

  private func object(_ cells: [String]) -> CanonicalJSON {
    .object(Dictionary(uniqueKeysWithValues: zip(columns, cells.map(CanonicalJSON.string))))
  }

  private func markdown() -> String {
    func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    return row(columns.map { $0.replacing("_", with: " ") })
      + "|" + columns.map { _ in "---|" }.joined() + "\n"
      + rows.map { row($0.map(SummaryMarkdown.escaped)) }.joined()
  }
}
