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

  /// For a screen: two places in, the header first.
  func table() -> String {
    let lines = [columns] + rows
    let widths = columns.indices.map { column in
      lines.map { TextTable.width($0[column]) }.max() ?? 0
    }
    return lines.map { cells in
      let padded = cells.indices.map { column in
        let space = String(
          repeating: " ", count: widths[column] - TextTable.width(cells[column]))
        return figures[column] ? space + cells[column] : cells[column] + space
      }
      var line = "  " + padded.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  func markdown() -> String {
    func row(_ cells: [String]) -> String {
      "| " + cells.map(SummaryMarkdown.escaped).joined(separator: " | ") + " |\n"
    }
    return row(columns) + "|" + figures.map { $0 ? "--:|" : "---|" }.joined() + "\n"
      + rows.map(row).joined()
  }
}
