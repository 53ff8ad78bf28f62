/// What a column holds; it decides how cells are written and checked.
public enum ColumnKind: Sendable, Equatable {
  /// What the row is about: with the other columns of this kind it names the row.
  case name
  /// Words.
  case text
  /// ISO 4217 code of the money of other columns.
  case currency
  /// A property that a row has or has not.
  case flag
  /// Whole things.
  case count
  /// Whole things of which there ought to be none.
  case fault
  /// Virtual time; the key ends in `_ns`.
  case nanoseconds
  /// Money of the currency that the column with that key names.
  case money(currency: String)
  /// The same, finer than a minor unit.
  case fineMoney(currency: String)
  /// A part of a whole.
  case ratio
  /// Things in a second of virtual time.
  case perSecond
  /// A bare number.
  case number
  /// A figure whose unit differs from row to row; the column with that key names it.
  case measure(unit: String)
  /// Whether all is well; people read `good` or `bad`.
  case verdict(good: String, bad: String)

  /// Whether cells are figures, set flush right.
  public var isFigure: Bool {
    switch self {
    case .name, .text, .currency, .flag, .verdict: false
    default: true
    }
  }

  /// The unit in a word, for lists of columns.
  public var unit: String {
    switch self {
    case .name, .text, .currency: "text"
    case .flag, .verdict: "true or false"
    case .count, .fault: "count"
    case .nanoseconds: "ns"
    case .money(let currency), .fineMoney(let currency): "money in \(currency)"
    case .ratio: "ratio"
    case .perSecond: "per second"
    case .number: "number"
    case .measure(let unit): "in \(unit)"
    }
  }
}

/// What is said of a column once, for every renderer.
public struct ColumnInfo: Sendable, Equatable {
  /// The name in files, in snake case.
  public let key: String
  /// The name for people.
  public let header: String
  /// What it holds.
  public let kind: ColumnKind
  /// One line on what a cell means.
  public let meaning: String
  /// Whether the short form on a screen leaves it out.
  public var isDetail = false
  /// Whether people see it only where a row has a figure in it.
  public var isRare = false
  /// The column in whose cells people read what this one says; files have both.
  public var shownIn: String?
}

/// A column of a table over rows of one type.
public struct TableColumn<Row>: Sendable {
  /// What is said of it.
  public private(set) var info: ColumnInfo
  /// The cell of a row.
  let cell: @Sendable (Row) -> TableCell

  /// A column of any kind; the forms below are shorter.
  public init(
    _ key: String, _ header: String, _ kind: ColumnKind, _ meaning: String,
    _ cell: @escaping @Sendable (Row) -> TableCell
  ) {
    info = ColumnInfo(key: key, header: header, kind: kind, meaning: meaning)
    self.cell = cell
  }

  /// The column, left out of the short form on a screen.
  public var detail: TableColumn {
    var column = self
    column.info.isDetail = true
    return column
  }

  /// The column, left out where people read as long as all its figures are zero.
  public var rare: TableColumn {
    var column = self
    column.info.isRare = true
    return column
  }

  /// The column, which people read in the cells of the column `key`.
  public func shown(in key: String) -> TableColumn {
    var column = self
    column.info.shownIn = key
    return column
  }
}

extension TableColumn {
  /// What the row is about.
  public static func name(
    _ key: String, _ header: String, _ meaning: String, _ value: @escaping @Sendable (Row) -> String
  ) -> TableColumn {
    TableColumn(key, header, .name, meaning) { TableCell(.text(value($0))) }
  }

  /// Words; nil where there are none.
  public static func text(
    _ key: String, _ header: String, _ meaning: String,
    _ value: @escaping @Sendable (Row) -> String?
  ) -> TableColumn {
    TableColumn(key, header, .text, meaning) {
      TableCell(value($0).map(TableCell.Value.text))
    }
  }

  /// The currency of the money of other columns.
  public static func currency(
    _ key: String = "currency", _ header: String = "currency",
    _ meaning: String = "ISO 4217 code of the amounts",
    _ value: @escaping @Sendable (Row) -> String
  ) -> TableColumn {
    TableColumn(key, header, .currency, meaning) { TableCell(.text(value($0))) }
  }

  /// A property that a row has or has not.
  public static func flag(
    _ key: String, _ header: String, _ meaning: String, _ value: @escaping @Sendable (Row) -> Bool
  ) -> TableColumn {
    TableColumn(key, header, .flag, meaning) { TableCell(.flag(value($0))) }
  }

  /// Whole things; nil where none could be counted.
  public static func count(
    _ key: String, _ header: String, _ meaning: String, _ value: @escaping @Sendable (Row) -> Int?
  ) -> TableColumn {
    TableColumn(key, header, .count, meaning) {
      TableCell(value($0).map(TableCell.Value.count))
    }
  }

  /// Whole things of which there ought to be none.
  public static func fault(
    _ key: String, _ header: String, _ meaning: String, _ value: @escaping @Sendable (Row) -> Int
  ) -> TableColumn {
    TableColumn(key, header, .fault, meaning) { TableCell(.count(value($0))) }
  }

  /// Virtual time in ns; nil without samples.
  public static func duration(
    _ key: String, _ header: String, _ meaning: String, _ value: @escaping @Sendable (Row) -> Int64?
  ) -> TableColumn {
    TableColumn(key, header, .nanoseconds, meaning) {
      TableCell(value($0).map(TableCell.Value.nanoseconds))
    }
  }

  /// A part of a whole; nil where there is no whole.
  public static func ratio(
    _ key: String, _ header: String, _ meaning: String,
    _ value: @escaping @Sendable (Row) -> Double?
  ) -> TableColumn {
    TableColumn(key, header, .ratio, meaning) {
      TableCell(value($0).map(TableCell.Value.ratio))
    }
  }

  /// Things in a second of virtual time.
  public static func rate(
    _ key: String, _ header: String, _ meaning: String,
    _ value: @escaping @Sendable (Row) -> Double?
  ) -> TableColumn {
    TableColumn(key, header, .perSecond, meaning) {
      TableCell(value($0).map(TableCell.Value.perSecond))
    }
  }

  /// A bare number.
  public static func number(
    _ key: String, _ header: String, _ meaning: String,
    _ value: @escaping @Sendable (Row) -> Double?
  ) -> TableColumn {
    TableColumn(key, header, .number, meaning) {
      TableCell(value($0).map(TableCell.Value.number))
    }
  }

  /// Whether all is well; nil where nothing could be judged.
  public static func verdict(
    _ key: String, _ header: String, good: String = "ok", bad: String = "MISSED",
    _ meaning: String, _ value: @escaping @Sendable (Row) -> Bool?
  ) -> TableColumn {
    TableColumn(key, header, .verdict(good: good, bad: bad), meaning) {
      TableCell(.verdict(value($0)))
    }
  }
}
