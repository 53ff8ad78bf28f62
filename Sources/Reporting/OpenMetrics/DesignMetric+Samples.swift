import Measurement

extension DesignMetric {
  /// A slot of a series: its end, how much of it the run covers, and the value in it.
  struct Slot {
    var end: Int64
    var length: Int64
    var value: Int64
  }

  /// The slots of a column, up to the end of the run; none where there is no such column. Of those
  /// in which nothing happens any more the first stands for all, and the last.
  static func slots(_ series: TimeSeries?, _ column: String, _ result: RunResult) -> [Slot] {
    guard let series, let place = series.columns.firstIndex(where: { $0.name == column }) else {
      return []
    }
    let last = result.virtualTimeNanoseconds
    let values = series.values(place)
    let busy = (values.lastIndex { $0 != 0 } ?? -1) + 2
    return (0..<series.slotCount).compactMap { slot -> Slot? in
      guard slot < busy || slot == series.slotCount - 1 else { return nil }
      let start = Int64(slot) * series.slotLength
      let end = min(start + series.slotLength, last)
      guard end > start else { return nil }
      return Slot(end: end, length: end - start, value: Int64(series.value(place, slot: slot)))
    }
  }
}

extension RunResult {
  /// The series of card payments; nil where no card payment was asked for.
  var cards: TimeSeries? { (metrics["payments.requests"] ?? 0) > 0 ? series : nil }

  /// The label of amounts in the reporting currency.
  var currencyLabels: [MetricLabel] { [MetricLabel("currency", reportingCurrency ?? "")] }

  /// A figure at the end of the run; none where the run has no samples of it.
  func sample(
    _ figure: String, _ labels: [MetricLabel] = [], suffix: String = "",
    _ change: (Double) -> Double = { $0 }
  ) -> [MetricFamily.Sample] {
    guard let value = metrics[figure] else { return [] }
    return [
      MetricFamily.Sample(
        suffix: suffix, labels: labels, value: OpenMetricsText.number(change(value)),
        time: virtualTimeNanoseconds)
    ]
  }

  /// The quantiles of a latency in milliseconds, with count and sum.
  func quantiles(_ name: String) -> [MetricFamily.Sample] {
    guard let histogram = distributions.first(where: { $0.name == name })?.histogram,
      !histogram.isEmpty
    else { return [] }
    func milliseconds(_ value: Int128) -> String { OpenMetricsText.decimal(value, decimals: 6) }
    let quantiles = [("0.5", 0.5), ("0.95", 0.95), ("0.99", 0.99), ("0.999", 0.999)].map {
      MetricFamily.Sample(
        labels: [MetricLabel("quantile", $0.0)],
        value: milliseconds(Int128(histogram.quantile($0.1)!)), time: virtualTimeNanoseconds)
    }
    return quantiles + [
      MetricFamily.Sample(
        suffix: "_count", value: String(histogram.count), time: virtualTimeNanoseconds),
      MetricFamily.Sample(
        suffix: "_sum", value: milliseconds(histogram.sum), time: virtualTimeNanoseconds),
    ]
  }

  /// A column of a series as so many a second.
  func rates(_ series: TimeSeries?, _ column: String, kind: String) -> [MetricFamily.Sample] {
    DesignMetric.slots(series, column, self).map {
      MetricFamily.Sample(
        labels: [MetricLabel("kind", kind)],
        value: OpenMetricsText.number(Double($0.value) * 1e9 / Double($0.length)), time: $0.end)
    }
  }

  /// Every counting column of a series as a counter that grows.
  func sums(_ series: TimeSeries?, kind: String) -> [MetricFamily.Sample] {
    (series?.columns ?? []).filter { $0.kind == .sum && !$0.name.hasSuffix("_minor_units") }
      .flatMap { column in
        var sum: Int64 = 0
        return DesignMetric.slots(series, column.name, self).map {
          sum += $0.value
          return MetricFamily.Sample(
            suffix: "_total",
            labels: [MetricLabel("kind", kind), MetricLabel("state", column.name)],
            value: String(sum), time: $0.end)
        }
      }
  }
}
