import Measurement

/// Transfers taken on, settled and open over virtual time. Pure.
struct TransferSeries {
  private enum Column: Int, CaseIterable {
    case accepted, settled, late, open, acceptedValue, settledValue, openValue

    var declaration: TimeSeries.Column {
      switch self {
      case .accepted: TimeSeries.Column("accepted")
      case .settled: TimeSeries.Column("settled")
      case .late: TimeSeries.Column("settled_late")
      case .open: TimeSeries.Column("open", .maximum)
      case .acceptedValue: TimeSeries.Column("accepted_value_minor_units")
      case .settledValue: TimeSeries.Column("settled_value_minor_units")
      case .openValue: TimeSeries.Column("open_value_minor_units", .maximum)
      }
    }
  }

  /// Values are minor units of the reporting currency.
  private(set) var series = TimeSeries(columns: Column.allCases.map(\.declaration))
  private var open = 0
  private var openValue: Int64 = 0
  private var since: Int64 = 0

  mutating func accept(value: Int64, at time: Int64) {
    add(.accepted, .acceptedValue, value, at: time)
    change(by: 1, value: value, at: time)
  }

  mutating func settle(value: Int64, isLate: Bool, at time: Int64) {
    add(.settled, .settledValue, value, at: time)
    if isLate { series.add(Column.late.rawValue, at: time) }
    change(by: -1, value: -value, at: time)
  }

  /// A transfer goes back to its payer: it is no longer open, and not settled either.
  mutating func giveBack(value: Int64, at time: Int64) {
    change(by: -1, value: -value, at: time)
  }

  private mutating func add(_ count: Column, _ sum: Column, _ value: Int64, at time: Int64) {
    series.add(count.rawValue, at: time)
    series.add(sum.rawValue, at: time, Int(value))
  }

  /// What was open until now, and what is from now on.
  private mutating func change(by count: Int, value: Int64, at time: Int64) {
    series.hold(Column.open.rawValue, from: since, until: time, at: open)
    series.hold(Column.openValue.rawValue, from: since, until: time, at: Int(openValue))
    open += count
    openValue += value
    since = time
    series.raise(Column.open.rawValue, at: time, to: open)
    series.raise(Column.openValue.rawValue, at: time, to: Int(openValue))
  }
}
