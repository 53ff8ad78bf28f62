import Text
import Money

/// The European Central Bank's euro foreign exchange reference rates, read from its CSV file
/// (eurofxref-hist.csv): a column `Date`, then one for each currency with its units for one euro;
/// `N/A` where there is none. Rows may ascend or descend by date; a comma may end each row.
struct ECBRates {
  /// A day with rates.
  struct Row {
    let date: CivilDate
    /// Row of the file, from 1 for the header.
    let number: Int
    /// The row as in the file.
    fileprivate let line: ArraySlice<UInt8>
  }

  /// Days without a row after which the last one is no longer taken for the first day of a run.
  static let longestGap = 7

  private let file: String
  /// Where the scenario names the file.
  private let place: SourcePosition
  /// Codes of the columns after the date.
  private let codes: [String]
  /// Ascending by date.
  private let rows: [Row]

  /// Reads the file's text; `place` is where the scenario names it.
  init(_ bytes: [UInt8], file: String, place: SourcePosition) throws(ScenarioError) {
    self.file = file
    self.place = place
    let newline = UInt8(ascii: "\n")
    let lines = bytes.split(separator: newline, omittingEmptySubsequences: false)
      .map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
    let header = Self.cells(of: lines[0])
    guard header[0] == "Date", header.count > 1 else {
      throw Self.problem(file, row: 1, "expected a header `Date,USD,JPY,...`")
    }
    codes = Array(header.dropFirst())
    var rows: [Row] = []
    for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      let count = Self.count(of: line)
      guard count == header.count else {
        throw Self.problem(
          file, row: index + 1,
          "expected \(header.count) columns as in the header, found \(count)")
      }
      let text = String(decoding: line.prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self)
      guard let date = CivilDate(text) else {
        throw Self.problem(
          file, row: index + 1,
          "expected a date such as 2026-03-02, found `\(printable(text))`")
      }
      if let last = rows.last {
        let isAscending = rows[0].date < (rows.count > 1 ? rows[1].date : date)
        guard date != last.date, (last.date < date) == isAscending else {
          throw Self.problem(
            file, row: index + 1,
            "expected dates in order, each once, found \(date) after \(last.date)")
        }
      }
      rows.append(Row(date: date, number: index + 1, line: line))
    }
    guard let first = rows.first, let last = rows.last else {
      throw Self.problem(file, row: 1, "expected a row of rates below the header")
    }
    self.rows = first.date > last.date ? rows.reversed() : rows
  }

  /// The cells of a row; a comma at its end closes the last one.
  private static func cells(of line: ArraySlice<UInt8>) -> [String] {
    let cells = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .map { String(decoding: $0.filter { $0 != UInt8(ascii: " ") }, as: UTF8.self) }
    return cells.count > 1 && cells[cells.count - 1].isEmpty ? cells.dropLast() : cells
  }

  /// How many cells a row has, without reading them.
  private static func count(of line: ArraySlice<UInt8>) -> Int {
    let ending = line.lastIndex { $0 != UInt8(ascii: " ") }
    let isClosed = ending.map { line[$0] == UInt8(ascii: ",") } ?? false
    return line.reduce(isClosed ? 0 : 1) { $0 + ($1 == UInt8(ascii: ",") ? 1 : 0) }
  }

  /// The rows that hold on the days from `first` to `last`: the last one not after `first`, and
  /// those up to `last`.
  func rows(from first: CivilDate, to last: CivilDate) throws(ScenarioError) -> [Row] {
    guard let start = rows.lastIndex(where: { $0.date <= first }) else {
      throw lacking("expected rates of \(first) or before", "a later")
    }
    guard first.dayNumber - rows[start].date.dayNumber <= Self.longestGap else {
      throw lacking(
        "expected rates of \(first) or of the \(Self.longestGap) days before", "another")
    }
    return [rows[start]] + rows[(start + 1)...].prefix { $0.date <= last }
  }

  /// The scenario begins on a day for which the file has no rates.
  private func lacking(_ expected: String, _ way: String) -> ScenarioError {
    ScenarioError(
      at: place, path: "fx.ecb.file",
      "\(expected), found none in `\(printable(file, limit: 4_096))`, which has "
        + "\(rows[0].date) to \(rows[rows.count - 1].date); take a file with these days, or "
        + "\(way) `time.date`")
  }

  /// Trillionths of a US dollar for one unit of `currency` on a day, rounded half to even.
  func trillionths(of currency: Currency, in row: Row) throws(ScenarioError) -> Int64 {
    let dollar = try number("USD", in: row)
    let units = currency == .eur ? (digits: 1, decimals: 0) : try number(currency.code, in: row)
    // (dollar / 10^a) / (units / 10^b) = dollar 10^b / (units 10^a)
    let numerator =
      Int128(dollar.digits) * Self.power(units.decimals) * 1_000_000_000_000
    let denominator = Int128(units.digits) * Self.power(dollar.decimals)
    let rate = Rounding.halfEven(numerator, dividedBy: denominator).quotient
    guard let rate = Int64(exactly: rate), FXTable.trillionthsRange.contains(rate) else {
      throw Self.problem(
        file, row: row.number,
        "expected a rate of \(currency.code) within 0.000000001 to 1000000 US dollars")
    }
    return rate
  }

  /// Units of a currency for one euro, as digits and the number of decimals among them.
  private func number(
    _ code: String, in row: Row
  ) throws(ScenarioError) -> (digits: Int64, decimals: Int) {
    guard let column = codes.firstIndex(of: code) else {
      throw Self.problem(
        file, row: 1, "expected a column \(code), found \(codes.joined(separator: ", "))")
    }
    let text = Self.cells(of: row.line)[column + 1]
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let digits = parts.joined()
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }), digits.utf8.count <= 12,
      digits.utf8.allSatisfy(isDigit), let value = Int64(digits), value > 0
    else {
      throw Self.problem(
        file, row: row.number,
        "expected a rate of \(code) above zero such as 1.1684, found `\(printable(text))`")
    }
    return (value, parts.count == 2 ? parts[1].utf8.count : 0)
  }

  private static func power(_ exponent: Int) -> Int128 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  private static func problem(_ file: String, row: Int, _ message: String) -> ScenarioError {
    ScenarioError(
      at: SourcePosition(origin: .file(file), line: row, column: 1), path: "fx.ecb.file", message)
  }
}
