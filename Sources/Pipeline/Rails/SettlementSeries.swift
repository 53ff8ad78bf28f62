import Measurement
import PaymentModel

/// Payments settled and queues of all settlement systems over virtual time. Pure.
struct SettlementSeries {
  /// Figures, each with a column for every currency.
  private enum Figure: Int, CaseIterable {
    case settledValue, queuedValue, settled, queued

    var name: String {
      switch self {
      case .settledValue: "settled_value"
      case .queuedValue: "queued_value"
      case .settled: "settled_payments"
      case .queued: "queued_payments"
      }
    }
    var unit: String { self == .settledValue || self == .queuedValue ? "_minor_units" : "" }
    var kind: TimeSeries.Kind { self == .queuedValue || self == .queued ? .maximum : .sum }
  }

  /// What waits in a queue, since when (ns).
  private struct Level {
    var since: Int64 = 0
    var count = 0
    var value: Int64 = 0
  }

  private(set) var series: TimeSeries
  private var levels: [Level]

  /// - Parameter codes: the currencies' ISO 4217 codes, by position.
  init(currencies codes: [String]) {
    series = TimeSeries(
      columns: Figure.allCases.flatMap { figure in
        codes.map { TimeSeries.Column("\(figure.name)_\($0)\(figure.unit)", figure.kind) }
      })
    levels = Array(repeating: Level(), count: codes.count)
  }

  /// `part` of a payment has settled; `isWhole`: nothing of it remains.
  mutating func settle(_ currency: CurrencyIndex, part: Int64, isWhole: Bool, at time: Int64) {
    series.add(column(.settledValue, currency), at: time, Int(part))
    if isWhole { series.add(column(.settled, currency), at: time) }
  }

  /// The queue of a currency as it is from now on.
  mutating func queue(_ currency: CurrencyIndex, count: Int, value: Int64, at time: Int64) {
    let before = levels[Int(currency)]
    if before.count > 0 {
      series.hold(
        column(.queued, currency), from: before.since, until: time, at: before.count)
      series.hold(
        column(.queuedValue, currency), from: before.since, until: time, at: Int(before.value))
    }
    levels[Int(currency)] = Level(since: time, count: count, value: value)
    guard count > 0 else { return }
    series.raise(column(.queued, currency), at: time, to: count)
    series.raise(column(.queuedValue, currency), at: time, to: Int(value))
  }

  private func column(_ figure: Figure, _ currency: CurrencyIndex) -> Int {
    figure.rawValue * levels.count + Int(currency)
  }
}
