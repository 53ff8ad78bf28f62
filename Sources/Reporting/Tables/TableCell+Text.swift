import Declared
import Text

extension TableCell {
  /// The cell as a person reads it in a column of that kind.
  func shown(_ kind: ColumnKind) -> ReportTable.Cell {
    var cell = ReportTable.Cell(label.map(visible) ?? text(kind), reportMark(kind))
    if value == .absent, label == nil { cell = ReportTable.Cell("–", .muted) }
    return cell
  }

  private func text(_ kind: ColumnKind) -> String {
    switch value {
    case .absent: "–"
    case .text(let text): visible(text)
    case .flag(let flag): flag ? "yes" : ""
    case .count(let count): HumanFormat.count(count)
    case .nanoseconds(let duration): HumanFormat.duration(duration)
    case .money(let scaled, _, let decimals), .fineMoney(let scaled, _, let decimals):
      grouped(Int128(scaled), decimals: decimals)
    case .ratio(let ratio): HumanFormat.quantity(Quantity(ratio, .ratio))
    case .perSecond(let rate): HumanFormat.quantity(Quantity(rate, .perSecond))
    case .number(let number): Self.number(number)
    case .verdict(let isGood): Self.word(isGood, kind)
    }
  }

  /// Whole numbers whole, others with four digits that matter.
  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "-" : "unlimited" }
    return value == value.rounded()
      ? grouped(value, decimals: 0) : HumanFormat.significant(value, digits: 4)
  }

  private static func word(_ isGood: Bool?, _ kind: ColumnKind) -> String {
    guard case .verdict(let good, let bad) = kind else {
      preconditionFailure("a verdict stands in a column of the kind \(kind)")
    }
    return isGood.map { $0 ? "✓ " + good : "✗ " + bad } ?? "– no samples"
  }

  private func reportMark(_ kind: ColumnKind) -> Mark {
    switch (value, kind) {
    case (.verdict(let isGood), _): isGood.map { $0 ? .good : .bad } ?? .muted
    case (.count(let count), .fault) where count != 0: .bad
    default: mark
    }
  }

  /// The value in a CSV file: exact, in major units of money, nothing where nothing is known.
  var field: String {
    switch value {
    case .absent, .verdict(nil): ""
    case .text(let text): text
    case .flag(let flag), .verdict(let flag?): flag ? "true" : "false"
    case .count(let count): String(count)
    case .nanoseconds(let duration): String(duration)
    case .money(let scaled, _, let decimals), .fineMoney(let scaled, _, let decimals):
      fixedPoint(Int128(scaled), decimals: decimals)
    case .ratio(let value), .perSecond(let value), .number(let value): value.description
    }
  }

  /// The value in a JSON document: integers exact, money as an object.
  var json: CanonicalJSON {
    switch value {
    case .absent, .verdict(nil): .null
    case .text(let text): .string(text)
    case .flag(let flag), .verdict(let flag?): .boolean(flag)
    case .count(let count): .int(count)
    case .nanoseconds(let duration): .int(duration)
    case .money(let scaled, let currency, let decimals):
      [
        "currency": .string(currency), "minor_units": .int(scaled),
        "amount": .fixed(scaled: scaled, decimals: decimals),
      ]
    case .fineMoney(let scaled, let currency, let decimals):
      ["currency": .string(currency), "amount": .fixed(scaled: scaled, decimals: decimals)]
    case .ratio(let value), .perSecond(let value), .number(let value): .decimal(value)
    }
  }
}
