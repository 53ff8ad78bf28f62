import Declared
import Text

extension Table {
  /// The table's own file: the keys of its columns, then every row, made line by line.
  func csv(_ source: Source) -> AnySequence<String> {
    let header = CollectionOfOne(CSV.line(columns.map(\.key)))
    let lines = rows(of: source).lazy.map { CSV.line($0.map(\.field)) }
    return AnySequence([AnySequence(header), AnySequence(lines)].lazy.joined())
  }

  /// The member of `summary.json`; nil for a record that there is not. Of rows those within the
  /// limit, the table's own file has all.
  func json(_ source: Source) -> CanonicalJSON? {
    switch layout {
    case .record: return rows(of: source).first { _ in true }.map(object)
    case .dictionary:
      let members = rows(of: source).map { ($0[0].field, $0[1].json) }.filter { $0.1 != .null }
      return .object(Dictionary(uniqueKeysWithValues: members))
    case .rows, .line:
      return .array(limitedRows(of: source).map(object))
    }
  }

  /// The rows within the limit.
  private func limitedRows(of source: Source) -> [[TableCell]] {
    var limiter = Limiter(self)
    return rows(of: source).filter { limiter.takes($0) }
  }

  /// Rows that the limit leaves out.
  func leftOut(_ source: Source) -> Int {
    guard limit != nil else { return 0 }
    var limiter = Limiter(self)
    return rows(of: source).reduce(0) { $0 + (limiter.takes($1) ? 0 : 1) }
  }

  private func object(_ cells: [TableCell]) -> CanonicalJSON {
    .object(Dictionary(uniqueKeysWithValues: zip(columns.map(\.key), cells.map(\.json))))
  }

  /// Counts rows up to the limit of a table.
  struct Limiter {
    private let limit: Limit?
    private let column: Int?
    private var taken: [String: Int] = [:]

    init(_ table: Table) {
      limit = table.limit
      column = table.limit?.per.flatMap(table.position)
    }

    /// Whether the next row is within the limit.
    mutating func takes(_ cells: [TableCell]) -> Bool {
      guard let limit else { return true }
      let value = column.map { cells[$0].field } ?? ""
      taken[value, default: 0] += 1
      return taken[value]! <= limit.rows
    }
  }
}
