import Text

/// How a table stands on lines of a given width.
///
/// The first of these that fits is taken:
/// 1. as it is: title and headers on one line;
/// 2. the title on a line of its own, headers broken at their spaces, both;
/// 3. words in the last column broken over several lines;
/// 4. names that are too long for the first column on lines of their own, above their figures,
///    and where need be words broken as well;
/// 5. in parts below each other, which repeat the first column.
struct TableLayout {
  /// Some columns side by side.
  struct Part {
    /// Their places in the table; the first column comes first.
    var columns: [Int]
    /// Their widths.
    var widths: [Int]
  }

  private(set) var parts: [Part] = []
  private(set) var isTitleApart = false

  /// The least room that is worth a column of words.
  private static let leastWords = 24
  /// The least room for names beside their figures.
  private static let leastNames = 8
  /// The most room for names in a table of parts.
  private static let mostNames = 28

  init(_ table: ReportTable, limit: Int) {
    let room = limit - TextTable.margin
    let measures = Measures(table)
    for (widths, isTitleApart) in measures.choices where Self.total(widths) <= room {
      self.init(widths, isTitleApart)
      return
    }
    let narrow = measures.narrow
    let rest = Self.total(narrow) - narrow[0]
    let last = narrow.count - 1
    if last > 0, !table.columns[last].isFigure {
      let left = room - Self.total(narrow) + narrow[last]
      if left >= Self.leastWords {
        self.init(narrow.dropLast() + [left], true)
        return
      }
    }
    if last > 0, room - rest >= Self.leastNames {
      self.init([room - rest] + narrow.dropFirst(), true)
      return
    }
    let words = room - Self.total([Self.leastNames] + narrow.dropFirst()) + narrow[last]
    if last > 0, !table.columns[last].isFigure, words >= Self.leastWords {
      self.init([Self.leastNames] + narrow[1..<last] + [words], true)
      return
    }
    self.init(parts: narrow, room: room)
  }

  private init(_ widths: [Int], _ isTitleApart: Bool) {
    parts = [Part(columns: Array(widths.indices), widths: widths)]
    self.isTitleApart = isTitleApart
  }

  private init(parts widths: [Int], room: Int) {
    isTitleApart = true
    let first = min(widths[0], widths.count == 1 ? room : Self.mostNames)
    var part = Part(columns: [0], widths: [first])
    for column in widths.indices.dropFirst() {
      let width = min(widths[column], room - first - TextTable.gap)
      if Self.total(part.widths + [width]) > room, part.columns.count > 1 {
        parts.append(part)
        part = Part(columns: [0], widths: [first])
      }
      part.columns.append(column)
      part.widths.append(width)
    }
    parts.append(part)
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + TextTable.gap * (widths.count - 1)
  }

  /// How wide columns are with one line of headers, and with as many as they have words. The title
  /// stands in the place of the first header.
  private struct Measures {
    let title: Int
    let cells: [Int]
    let natural: [Int]
    let narrow: [Int]

    init(_ table: ReportTable) {
      title = TextTable.width(table.title) - TextTable.margin
      let cells = table.columns.indices.map { column in
        table.rows.map { TextTable.width($0[column].text) }.max() ?? 0
      }
      self.cells = cells
      func widths(_ header: (String) -> Int) -> [Int] {
        table.columns.indices.map { column in
          column == 0 ? cells[0] : max(cells[column], header(table.columns[column].header))
        }
      }
      natural = widths(TextTable.width)
      narrow = widths { header in
        header.split(separator: " ").map { TextTable.width(String($0)) }.max() ?? 0
      }
    }

    /// From the best to the narrowest: widths, and whether the title stands apart.
    var choices: KeyValuePairs<[Int], Bool> {
      func beside(_ widths: [Int]) -> [Int] { [max(title, widths[0])] + widths.dropFirst() }
      return [beside(natural): false, natural: true, beside(narrow): false, narrow: true]
    }
  }
}
