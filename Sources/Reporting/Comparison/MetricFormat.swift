import Text

/// The values of one metric as a person writes them, all with the same decimals.
struct MetricFormat {
  private let unit: Quantity.Unit
  private let measure: String
  private let decimals: Int

  /// - Parameter isBrief: whether amounts and times in thousands are written in whole units.
  init(_ metric: ComparedMetric, isBrief: Bool = false) {
    unit = metric.unit
    measure = metric.measure
    let medians = metric.rows.compactMap { $0.median?.magnitude }
    let isWhole = medians.allSatisfy { $0 == $0.rounded() && $0 < 1e15 }
    let largest = medians.max() ?? 0
    switch metric.unit {
    case .count: decimals = isWhole ? 0 : 1
    case .number, .money, .seconds:
      decimals =
        isWhole && largest >= 100
        ? 0 : largest >= 1_000 ? (isBrief ? 0 : 2) : largest >= 1 ? (isBrief ? 2 : 4) : 6
    case .nanoseconds, .perSecond, .ratio: decimals = 2
    }
  }

  /// A value with its unit.
  func value(_ value: Double) -> String {
    switch unit {
    case .count, .number, .money, .seconds: grouped(value, decimals: decimals)
    case .nanoseconds, .perSecond, .ratio: HumanFormat.quantity(Quantity(value, unit))
    }
  }

  /// A difference with its sign; of ratios in percentage points.
  func difference(_ difference: Double) -> String {
    if difference == 0 { return "0" }
    let sign = difference > 0 ? "+" : ""
    return unit == .ratio
      ? sign + grouped(difference * 100, decimals: 2) + " pp" : sign + value(difference)
  }

  /// A difference with its sign and, where the digits do not tell, its unit: `+12.30 USD`.
  func differenceWithUnit(_ difference: Double) -> String {
    let text = self.difference(difference)
    switch unit {
    case .number, .money, .seconds: return measure.isEmpty ? text : "\(text) \(measure)"
    case .nanoseconds, .perSecond, .ratio, .count: return text
    }
  }
}
