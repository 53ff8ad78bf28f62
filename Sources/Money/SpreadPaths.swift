/// Spreads between all pairs of currencies over the cheapest path of quoted pairs.
///
/// A path costs the sum of its spreads; among equally cheap paths the one of fewest conversions
/// wins, then the one through the alphabetically first currencies. Only sums of integers are
/// compared, so the result does not depend on the order of the quotes.
struct SpreadPaths: Sendable {
  /// A quoted pair, `first` before `second` in the alphabet of codes.
  struct Quote: Sendable {
    let first: Currency
    let second: Currency
    /// Millionths of a basis point.
    let millionths: Int64
  }

  /// The quoted pairs, ascending by their codes.
  let quotes: [Quote]
  /// Currencies with a quote, ascending.
  let currencies: [Currency]
  /// Position of a currency index in `currencies`; -1 for currencies without a quote.
  private let rows: [Int16]
  /// Lengths of the cheapest paths, row by row: millionths of a basis point times `scale`, plus the
  /// number of conversions; `unreachable` where no path leads.
  private let matrix: [Int64]
  /// Lengths of the quoted pairs themselves, likewise.
  private let direct: [Int64]

  private static let unreachable = Int64.max / 4
  /// More than the conversions of any path.
  private static let scale: Int64 = 1_024

  private var width: Int { currencies.count }

  /// Quotes in basis points, which hold in both directions.
  init(
    _ spreads: [(first: Currency, second: Currency, basisPoints: Double)]
  ) throws(FXError) {
    var rows = [Int16](repeating: -1, count: Currency.count)
    var currencies: [Currency] = []
    for currency in spreads.flatMap({ [$0.first, $0.second] }).sorted()
    where rows[Int(currency.index)] < 0 {
      rows[Int(currency.index)] = Int16(currencies.count)
      currencies.append(currency)
    }
    let width = currencies.count
    var matrix = [Int64](repeating: SpreadPaths.unreachable, count: width * width)
    for row in 0..<width { matrix[row * width + row] = 0 }
    var quotes: [Quote] = []
    for (first, second, basisPoints) in spreads {
      let row = Int(rows[Int(first.index)])
      let column = Int(rows[Int(second.index)])
      guard first != second, basisPoints >= 0, basisPoints <= 10_000,
        matrix[row * width + column] == SpreadPaths.unreachable
      else { throw .badSpread(first, second, basisPoints) }
      let millionths = Int64((basisPoints * 1e6).rounded())
      matrix[row * width + column] = millionths * SpreadPaths.scale + 1
      matrix[column * width + row] = millionths * SpreadPaths.scale + 1
      quotes.append(
        Quote(first: min(first, second), second: max(first, second), millionths: millionths))
    }
    self.quotes = quotes.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    direct = matrix
    SpreadPaths.shorten(&matrix, width: width)
    self.currencies = currencies
    self.rows = rows
    self.matrix = matrix
  }

  /// Floyd and Warshall's algorithm: O(width^3), at most 165 currencies.
  private static func shorten(_ matrix: inout [Int64], width: Int) {
    for through in 0..<width {
      for row in 0..<width where matrix[row * width + through] < unreachable {
        let toThrough = matrix[row * width + through]
        for column in 0..<width {
          let length = toThrough + matrix[through * width + column]
          if length < matrix[row * width + column] { matrix[row * width + column] = length }
        }
      }
    }
  }

  /// Rows of two currencies; nil unless a path joins them.
  private func joined(_ source: Currency, _ target: Currency) -> (row: Int, column: Int)? {
    let row = Int(rows[Int(source.index)])
    let column = Int(rows[Int(target.index)])
    guard row >= 0, column >= 0, matrix[row * width + column] < SpreadPaths.unreachable else {
      return nil
    }
    return (row, column)
  }

  /// Cheapest spread in millionths of a basis point; 0 within one currency; nil if unreachable.
  func millionths(from source: Currency, to target: Currency) -> Int64? {
    guard source != target else { return 0 }
    return joined(source, target).map { matrix[$0.row * width + $0.column] / SpreadPaths.scale }
  }

  /// The currencies of the cheapest path, both ends included; nil if unreachable.
  func path(from source: Currency, to target: Currency) -> [Currency]? {
    guard source != target else { return [source] }
    guard let ends = joined(source, target) else { return nil }
    let column = ends.column
    var row = ends.row
    var path = [source]
    while row != column {
      let length = matrix[row * width + column]
      let next = (0..<width).first {
        $0 != row && direct[row * width + $0] < SpreadPaths.unreachable
          && direct[row * width + $0] + matrix[$0 * width + column] == length
      }
      guard let next else { preconditionFailure("the path from \(source) to \(target) breaks off") }
      path.append(currencies[next])
      row = next
    }
    return path
  }
}
