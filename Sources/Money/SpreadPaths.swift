/// Spreads between all pairs of currencies over the cheapest path of quoted pairs.
///
/// A path costs the sum of its spreads. Only sums of integers are compared, so the result does not
/// depend on the order of the quotes.
struct SpreadPaths: Sendable {
  /// Row of a currency index in `matrix`; -1 for currencies without a quote.
  private let rows: [Int16]
  private let width: Int
  /// Millionths of a basis point, row by row; `unreachable` where no path leads.
  private let matrix: [Int64]

  private static let unreachable = Int64.max / 4

  /// Quotes in basis points, which hold in both directions.
  init(
    _ spreads: [(first: Currency, second: Currency, basisPoints: Double)]
  ) throws(FXError) {
    var rows = [Int16](repeating: -1, count: Currency.count)
    var width = 0
    for currency in spreads.flatMap({ [$0.first, $0.second] }).sorted()
    where rows[Int(currency.index)] < 0 {
      rows[Int(currency.index)] = Int16(width)
      width += 1
    }
    var matrix = [Int64](repeating: SpreadPaths.unreachable, count: width * width)
    for row in 0..<width { matrix[row * width + row] = 0 }
    for (first, second, basisPoints) in spreads {
      let row = Int(rows[Int(first.index)])
      let column = Int(rows[Int(second.index)])
      guard first != second, basisPoints >= 0, basisPoints <= 10_000,
        matrix[row * width + column] == SpreadPaths.unreachable
      else { throw .badSpread(first, second, basisPoints) }
      let millionths = Int64((basisPoints * 1e6).rounded())
      matrix[row * width + column] = millionths
      matrix[column * width + row] = millionths
    }
    SpreadPaths.shorten(&matrix, width: width)
    self.rows = rows
    self.width = width
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

  /// Cheapest spread in millionths of a basis point; 0 within one currency; nil if unreachable.
  func millionths(from source: Currency, to target: Currency) -> Int64? {
    guard source != target else { return 0 }
    let row = Int(rows[Int(source.index)])
    let column = Int(rows[Int(target.index)])
    guard row >= 0, column >= 0 else { return nil }
    let length = matrix[row * width + column]
    return length < SpreadPaths.unreachable ? length : nil
  }
}
