import Measurement
import Money
import Text

/// A series that goes on long after payments have come: its axis ends with the arrivals and the
/// first day of settlement, and what is left stands in a second panel.
struct SettlementCharts {
  let series: TimeSeries
  let id: String
  let title: String
  /// Columns of which a chart is drawn, the most telling first; those that stay zero are left out.
  let columns: [Int]
  /// When the last payment came (ns).
  let arrivalsEnd: Int64
  /// Code of the currency of money whose column names none.
  var reportingCurrency: String?
  var bands: [FaultBand] = []

  private static let day: Int64 = 86_400_000_000_000
  /// Rows of the table, at most.
  private static let maximumRows = 24
  /// Quantities that have a chart, at most.
  private static let maximumCharts = 4

  /// The section; nil where nothing ever was.
  func section() -> PageSection? {
    let filled = columns.filter { column in series.values(column).contains { $0 != 0 } }
    guard let main = filled.first else { return nil }
    let split = split(main)
    var panels: [String] = []
    for column in filled.prefix(Self.maximumCharts) {
      panels.append(chart(column, 0..<split, "\(id)-\(column)", ""))
      if let rest = rest(column, after: split) {
        panels.append(
          chart(column, rest, "\(id)-\(column)-rest", ", after \(TimeAxis.shortLabel(split))"))
      }
    }
    return PageSection(
      id: id, title: title,
      content: HTMLReport.grid(panels)
        + PageSection.folded("Figures over time", HTMLReport.html(table(filled))))
  }

  /// The end of the first panel: of the arrivals, and of the first day by whose end half of what is
  /// settled in all has been. Whole slots.
  private func split(_ main: Int) -> Int64 {
    let end = Int64(series.slotCount) * series.slotLength
    let values = series.values(main)
    let whole = values.reduce(0, +)
    var sum = 0
    let half = values.firstIndex { value in
      sum += value
      return sum * 2 >= whole
    }
    let settled = (Int64(half ?? 0) * series.slotLength / Self.day + 1) * Self.day
    let slots = (max(settled, arrivalsEnd) + series.slotLength - 1) / series.slotLength
    let split = slots * series.slotLength
    // A short rest needs no panel of its own.
    return Double(end) < Double(split) * 1.25 ? end : split
  }

  /// Where the second panel of a column lies: from `split` to the last slot in which anything was.
  private func rest(_ column: Int, after split: Int64) -> Range<Int64>? {
    let first = Int(split / series.slotLength)
    guard let last = series.values(column).lastIndex(where: { $0 != 0 }), last >= first else {
      return nil
    }
    return split..<Int64(last + 1) * series.slotLength
  }

  private func chart(_ column: Int, _ range: Range<Int64>, _ id: String, _ suffix: String)
    -> String
  {
    let isRate = series.columns[column].kind == .sum
    let length = series.slotLength
    let slots = Int(range.lowerBound / length)..<Int((range.upperBound + length - 1) / length)
    let divisor = money(column).divisor
    // A hundred stretches of a day or of a week: a single slot would be a needle.
    let span = min(range.upperBound - range.lowerBound, 8 * Self.day)
    let fold = max(1, Int(span / 96 / length))
    let points = stride(from: slots.lowerBound, to: slots.upperBound, by: fold).flatMap { first in
      let some = first..<min(first + fold, slots.upperBound)
      let values = some.map { series.value(column, slot: $0) }
      let value = Double(isRate ? values.reduce(0, +) : values.max() ?? 0) / divisor
      return [some.lowerBound, some.upperBound].map {
        LineChart.Point(time: Int64($0) * length, value: value)
      }
    }
    let step = Rate.words(length * Int64(fold))
    let unit = isRate ? "by \(step)" : "largest in \(step)"
    return LineChart(
      id: id, title: title(column) + suffix, unit: unit,
      lines: [LineChart.Line(name: "value", runs: [points], colour: 1, isArea: true)],
      range: range, bands: bands
    ).render()
  }

  /// What the values of `column` are divided by for a reader, and their currency: minor units of
  /// the currency that `settled_value_USD_minor_units` names, or else of the reporting currency.
  private func money(_ column: Int) -> (divisor: Double, currency: String) {
    let name = series.columns[column].name
    guard name.hasSuffix(Self.minorUnits) else { return (1, "") }
    let named = name.dropLast(Self.minorUnits.count).split(separator: "_").last.map(String.init)
    guard
      let currency = [named, reportingCurrency].compactMap(\.self).lazy
        .compactMap({ Currency(code: $0) }).first
    else { return (1, "minor units") }
    return (powerOfTen(currency.minorUnitDigits), currency.code)
  }

  private static let minorUnits = "_minor_units"

  /// `Settled value, USD` of `settled_value_USD_minor_units`, `Settled` of `settled`.
  private func title(_ column: Int) -> String {
    var parts = series.columns[column].name.split(separator: "_").map(String.init)
    if parts.suffix(2) == ["minor", "units"] { parts.removeLast(2) }
    var currency = money(column).currency
    if let last = parts.last, let named = Currency(code: last) {
      currency = named.code
      parts.removeLast()
    }
    let words = SVGCanvas.shortened(visible(parts.joined(separator: " ")), 60)
    return words.prefix(1).uppercased() + words.dropFirst()
      + (currency.isEmpty ? "" : ", \(currency)")
  }

  /// The series folded, every row of whole slots.
  private func table(_ columns: [Int]) -> ReportTable {
    let fold = (series.slotCount + Self.maximumRows - 1) / Self.maximumRows
    let header = columns.map { "|#" + visible(series.columns[$0].name).filter { $0 != "|" } }
    let rows = stride(from: 0, to: series.slotCount, by: max(1, fold)).map { start in
      let slots = start..<min(start + fold, series.slotCount)
      return [ReportTable.Cell(TimeAxis.label(Int64(start) * series.slotLength))]
        + columns.map { column in
          let values = slots.map { series.value(column, slot: $0) }
          return ReportTable.Cell.count(
            series.columns[column].kind == .sum ? values.reduce(0, +) : values.max() ?? 0)
        }
    }
    return ReportTable(id, "", columns: "from" + header.joined(), rows: rows)
  }
}
