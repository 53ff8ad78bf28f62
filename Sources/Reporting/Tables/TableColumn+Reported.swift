import Declared

/// Columns of the values that results are made of.
extension TableColumn {
  /// Money of the currency that the column `currency` names.
  static func money(
    _ key: String, _ header: String, in currency: String = "currency", _ meaning: String,
    _ value: @escaping @Sendable (Row) -> ReportedAmount?
  ) -> TableColumn {
    TableColumn(key, header, .money(currency: currency), meaning) {
      TableCell(value($0).map(\.cell))
    }
  }

  /// Money finer than a minor unit.
  static func fineMoney(
    _ key: String, _ header: String, in currency: String = "currency", _ meaning: String,
    _ value: @escaping @Sendable (Row) -> FineAmount?
  ) -> TableColumn {
    TableColumn(key, header, .fineMoney(currency: currency), meaning) {
      TableCell(value($0).map(\.cell))
    }
  }

  /// A figure in the unit that the column `unit` names.
  static func quantity(
    _ key: String, _ header: String, in unit: String, _ meaning: String,
    _ value: @escaping @Sendable (Row) -> Quantity?
  ) -> TableColumn {
    TableColumn(key, header, .measure(unit: unit), meaning) { row in
      value(row).map { TableCell($0.cell, label: HumanFormat.quantity($0)) } ?? TableCell(.absent)
    }
  }

  /// The unit of the figures beside it, of which `key` is one; people read it with each of them.
  static func unit(
    of key: String, _ value: @escaping @Sendable (Row) -> Quantity
  ) -> TableColumn {
    TableColumn.text("unit", "unit", "Unit of the figures of the row; a currency for money") {
      let quantity = value($0)
      return quantity.unit == .money ? quantity.currency : quantity.unit.rawValue
    }
    .shown(in: key)
  }
}

/// A row whose amounts are all in one currency.
protocol SingleCurrencyRow {
  /// ISO 4217 code.
  var currency: String { get }
  /// Decimals of the currency.
  var decimals: Int { get }
}

extension SingleCurrencyRow {
  /// Minor units of its currency as an amount; nil where there are none.
  func amount(_ minorUnits: Int64?) -> ReportedAmount? {
    minorUnits.map { ReportedAmount($0, currency, decimals: decimals) }
  }
}

extension BankRow: SingleCurrencyRow {}
extension CurrencyTotals: SingleCurrencyRow {}
extension SystemReport: SingleCurrencyRow {}

extension ReportedAmount {
  /// The amount as a cell.
  var cell: TableCell.Value { .money(minorUnits, currency: currency, decimals: decimals) }
}

extension FineAmount {
  /// The amount as a cell.
  var cell: TableCell.Value { .fineMoney(scaled: scaled, currency: currency, decimals: decimals) }
}

extension Quantity {
  /// The figure as a cell.
  var cell: TableCell.Value {
    switch unit {
    case .nanoseconds:
      value.magnitude < 9e18 ? .nanoseconds(Int64(value.rounded())) : .number(value)
    case .count:
      value == value.rounded() && value.magnitude < 9e15 ? .count(Int(value)) : .number(value)
    case .perSecond: .perSecond(value)
    case .ratio: .ratio(value)
    case .seconds, .money, .number: .number(value)
    }
  }
}
