import Text
import Declared
import Testing

@testable import Reporting

/// What one format shows every format shows.
@Suite("Tables declared once")
struct TableTests {
  /// Tables and columns of the list that a text lacks, by where it has them.
  private func missing(
    _ titles: (RunTable) -> String?, headers: (RunTable, ColumnInfo, String) -> Bool
  ) -> [String] {
    RunTables.all.flatMap { table -> [String] in
      guard let part = titles(table) else { return [table.id] }
      return table.columns.filter { column in
        // People read currencies with the amounts, and what a label says in the label.
        let isApart = column.kind != .currency && column.shownIn == nil
        return isApart && !headers(table, column, part)
      }.map { "\(table.id).\($0.key)" }
    }
  }

  /// The part of `text` between empty lines that has a line which begins with `start`.
  private func block(_ text: String, _ start: String) -> String? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let first = lines.firstIndex(where: { $0.hasPrefix(start) }) else { return nil }
    let begin = lines[..<first].lastIndex(of: "").map { $0 + 1 } ?? 0
    return lines[begin...].prefix { !$0.isEmpty }.joined(separator: "\n")
  }

  private func screen() -> String {
    let options = SummaryTable.Options(usesColor: false, extent: .full)
    return SummaryTable.render(everyFigure(), options: options)
  }

  private func missingOnScreen(_ text: String) -> [String] {
    // The title stands in place of the first column's header; others may be broken over lines.
    missing({ block(text, $0.title) }) { table, column, part in
      column == table.columns[0]
        || column.header.split(separator: " ").allSatisfy { part.contains($0) }
    }
  }

  private func missingInMarkdown(_ text: String) -> [String] {
    let parts = text.components("\n## ")
    return missing({ table in
      parts.first { $0.hasPrefix(SummaryMarkdown.escaped(table.title)) }
    }) { _, column, part in part.contains(SummaryMarkdown.escaped(column.header)) }
  }

  private func missingOnPage(_ text: String) -> [String] {
    let parts = text.components("<section id=\"")
    return missing({ table in
      parts.first { $0.hasPrefix(table.id.replacing("_", with: "-") + "\"") }
    }) { _, column, part in part.contains(">" + escapedHTML(column.header)) }
  }

  @Test("the screen's full form has every table and every column, no line above 80 places")
  func fullScreen() {
    let text = screen()
    #expect(missingOnScreen(text) == [])
    let wide = text.split(separator: "\n").filter { TextTable.width(String($0)) > 80 }
    #expect(wide.isEmpty, "\(wide)")
    let other = text.replacing("Settlement systems", with: "Systems")
      .replacing("breaker", with: "fuse")
    #expect(missingOnScreen(other) == ["systems", "acquirers.breaker_opens"])
  }

  @Test("a rare column is left out where people read as long as it is zero, and is in every file")
  func rare() throws {
    var result = everyFigure()
    let brief = SummaryTable.Options(usesColor: false)
    func header(_ text: String) -> String? { block(text, "Money  ") ?? block(text, "  Money  ") }
    let shown = try #require(header(SummaryTable.render(result, options: brief)))
    #expect(shown.contains("voided"))
    result.money[0].voided = 0
    let hidden = try #require(header(SummaryTable.render(result, options: brief)))
    #expect(!hidden.contains("voided") && hidden.contains("refunded"))
    let full = SummaryTable.Options(usesColor: false, extent: .full)
    #expect(header(SummaryTable.render(result, options: full))?.contains("voided") == true)
    #expect(SummaryDocument.json(result)["money"]?.elements?.first?["voided"] != nil)
  }

  @Test("Markdown has every table and every column")
  func markdown() {
    let text = SummaryFormat.markdown.render(everyFigure())
    #expect(missingInMarkdown(text) == [])
    #expect(missingInMarkdown(text.replacing("rerouted", with: "")) == ["rails.rerouted"])
  }

  @Test("the page has every table and every column")
  func page() {
    let text = HTMLReport.render(everyFigure())
    #expect(missingOnPage(text) == [])
    #expect(
      missingOnPage(text.replacing("<section id=\"queues\"", with: "<section id=\"q\""))
        == ["queues"])
  }

  @Test("summary.json has every table and every column, and so has a CSV file of its own")
  func files() throws {
    let result = everyFigure()
    let json = SummaryDocument.json(result)
    let files = StandardFiles.deterministic(result)
    for table in RunTables.all {
      let member = try #require(json[table.id], "\(table.id)")
      let keys = table.columns.map(\.key)
      let object = table.layout == .record ? member : member.elements?.first
      if table.layout != .dictionary {
        #expect(object?.sortedMembers?.map(\.key) == keys.sorted(), "\(table.id)")
      }
      let file = try #require(files.first { $0.name == table.file }, "\(table.file)")
      let lines = Array(file.pieces)
      #expect(lines.first == CSV.line(keys), "\(table.file)")
      #expect(lines.count == 1 + table.rows(of: result).reduce(0) { count, _ in count + 1 })
    }
  }

  @Test("no two tables share a name, a file or a title, and no file is that of a series")
  func names() {
    let all = RunTables.all
    for names in [all.map(\.id), all.map(\.file), all.map(\.title)] {
      #expect(Set(names).count == names.count)
    }
    for name in ["timeseries.csv", "series.csv", "settlement.csv", "transfers.csv"] {
      #expect(!all.map(\.file).contains(name))
    }
  }

  @Test("every figure that a result holds stands in summary.json and in the CSV files")
  func measured() {
    let result = everyFigure()
    let held = figures(in: result, "result")
    var document: Set<Double> = []
    collect(SummaryDocument.json(result), &document)
    var cells: Set<Double> = []
    for table in RunTables.all {
      for row in table.rows(of: result) { cells.formUnion(row.compactMap(\.number)) }
    }
    #expect(held.count > 150)
    for (place, value) in held {
      #expect(value != 0, "\(place): give it a number in everyFigure")
      #expect(document.contains(value), "\(place) is not in summary.json")
      #expect(cells.contains(value), "\(place) is in no table")
    }
  }

  @Test("amounts are of the currency that the column beside them names")
  func currencies() {
    for result in [everyFigure(), sampleResult()] {
      for table in RunTables.all {
        for row in table.rows(of: result) {
          for (column, cell) in zip(table.columns, row) {
            let key: String
            switch column.kind {
            case .money(let name), .fineMoney(let name): key = name
            default: continue
            }
            guard let currency = cell.currency, let place = table.position(of: key) else {
              continue
            }
            #expect(row[place].text == currency, "\(table.id).\(column.key)")
          }
        }
      }
    }
  }

  @Test("ten merchants are shown and counted, their file has all of them in order")
  func limits() throws {
    let result = sampleResult()
    let json = SummaryDocument.json(result)
    #expect(json["merchants"]?.elements?.count == 10)
    #expect(json["more_rows"] == ["merchants": 2])
    let file = try #require(
      StandardFiles.deterministic(result).first { $0.name == "merchants.csv" })
    let lines = file.text.split(separator: "\n")
    #expect(lines.count == 13 && lines[0] == "name,payments,currency,captured,settled")
    #expect(lines[12] == "merchant-12,16666,USD,416666.66,404166.66")
    #expect(SummaryFormat.markdown.render(result).contains("and 2 more rows in merchants.csv"))
    #expect(HTMLReport.render(result).contains("and 2 more rows in merchants.csv"))
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}

extension TableCell {
  /// The figure of a cell as it is held in a result.
  fileprivate var number: Double? {
    switch value {
    case .count(let value): Double(value)
    case .nanoseconds(let value), .money(let value, _, _), .fineMoney(let value, _, _):
      Double(value)
    case .ratio(let value), .perSecond(let value), .number(let value): value
    case .absent, .text, .flag, .verdict: nil
    }
  }

  fileprivate var currency: String? {
    switch value {
    case .money(_, let currency, _), .fineMoney(_, let currency, _): currency
    default: nil
    }
  }
}

/// Every number in `value` with its place; names of numbers that are no figures are left out.
private func figures(in value: Any, _ place: String) -> [(String, Double)] {
  switch value {
  case let number as Int: return [(place, Double(number))]
  case let number as Int64: return [(place, Double(number))]
  case let number as Double: return [(place, number)]
  case is RunIdentity, is String, is Bool, is UInt64: return []
  default: break
  }
  let unmeasured = [
    "decimals", "series", "settlementSeries", "transferSeries", "arrivals", "distributions",
    "virtualTimeNanoseconds", "startSecond",
  ]
  return Mirror(reflecting: value).children.enumerated().flatMap { index, child in
    let label = child.label ?? "\(index)"
    let isFigure = !unmeasured.contains(label)
    // The linear bound is a number of minor units and stands there in money.
    return isFigure && label != "bound" ? figures(in: child.value, "\(place).\(label)") : []
  }
}

/// Every number of a document; of amounts the scaled one.
private func collect(_ json: CanonicalJSON, _ numbers: inout Set<Double>) {
  switch json {
  case .integer(let value): numbers.insert(Double(value))
  case .decimal(let value): numbers.insert(value)
  case .fixed(let scaled, _): numbers.insert(Double(scaled))
  case .array(let elements): for element in elements { collect(element, &numbers) }
  case .object: for (_, value) in json.sortedMembers ?? [] { collect(value, &numbers) }
  case .string, .boolean, .null: break
  }
}
