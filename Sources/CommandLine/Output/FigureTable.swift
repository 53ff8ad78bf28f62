import Text
import Experiments
import Reporting

/// A table with columns of figures, which are set flush right.
struct FigureTable {
  private let columns: [String]
  private let figures: [Bool]
  private let rows: [[String]]

  init(_ table: SweepTable) {
    columns = table.columns
    figures = table.figures
    rows = table.rows.map { $0.map(visible) }
  }

  /// For a screen: the header first.
  func table() -> String {
    let places = figures.indices.filter { figures[$0] }
    return TextTable.render(headers: columns, figures: Set(places), rows: rows) + "\n"
  }

  func markdown() -> String {
    func row(_ cells: [String]) -> String {
      "| " + cells.map(SummaryMarkdown.escaped).joined(separator: " | ") + " |\n"
    }
    return row(columns) + "|" + figures.map { $0 ? "--:|" : "---|" }.joined() + "\n"
      + rows.map(row).joined()
  }
}
