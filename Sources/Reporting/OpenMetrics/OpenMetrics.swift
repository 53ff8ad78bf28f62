import Declared
import Measurement
import Text

/// A result as OpenMetrics, with instants in virtual time: `promtool tsdb create-blocks-from
/// openmetrics` makes blocks of a Prometheus of it.
///
/// The names that the design documents give come first (`settle_...`), then every latency as a
/// histogram and every other figure of the run (`settlesim_...`). What the run has not measured is
/// absent.
public enum OpenMetrics {
  /// The exposition of `result`.
  ///
  /// Every sample has the scenario's name and the run's digest as labels, so that several runs in
  /// one database are not taken for one.
  public static func render(_ result: RunResult) -> String {
    let text = OpenMetricsText(
      start: result.startSecond,
      labels: [
        MetricLabel("scenario", result.identity.scenarioName),
        MetricLabel("run", result.identity.digestHex),
      ])
    return text.render(
      [info(result)] + DesignMetric.all.map { $0.family(result) } + histograms(result)
        + figures(result))
  }

  /// What was run.
  private static func info(_ result: RunResult) -> MetricFamily {
    let identity = result.identity
    return MetricFamily(
      name: "settlesim_run", kind: .info,
      help: "The run that all samples of this file are of, at its end",
      samples: [
        MetricFamily.Sample(
          suffix: "_info",
          labels: [
            MetricLabel("seed", String(identity.seed)),
            MetricLabel("scenario_sha256", identity.scenarioSHA256),
            MetricLabel("settlesim_version", identity.settlesimVersion),
            MetricLabel("verdict", result.verdict.rawValue),
            MetricLabel("complete", result.isComplete ? "true" : "false"),
          ], value: "1", time: result.virtualTimeNanoseconds)
      ])
  }

  // MARK: latencies

  /// Buckets between two powers of two.
  private static let bucketsPerOctave: Int64 = 4

  private static func histograms(_ result: RunResult) -> [MetricFamily] {
    result.distributions.filter { !$0.histogram.isEmpty }.map { distribution in
      MetricFamily(
        name: "settlesim_\(OpenMetricsText.name(distribution.name))_latency_seconds",
        kind: .histogram, unit: "seconds", help: distribution.meaning,
        samples: samples(distribution.histogram, at: result.virtualTimeNanoseconds))
    }
  }

  /// Cumulative buckets. Each ends where a bucket of the histogram ends, so that its count is
  /// exact; the bounds of the exposition are those ends in seconds.
  private static func samples(
    _ histogram: LatencyHistogram, at time: Int64
  ) -> [MetricFamily.Sample] {
    var samples: [MetricFamily.Sample] = []
    func add(_ suffix: String, _ labels: [MetricLabel] = [], _ value: String) {
      samples.append(
        MetricFamily.Sample(suffix: suffix, labels: labels, value: value, time: time))
    }
    var seen = 0
    var bound: Int64?
    for bucket in histogram.filledBuckets {
      let end = edge(above: bucket.upper)
      if let bound, bound != end {
        add("_bucket", [MetricLabel("le", seconds(Int128(bound)))], String(seen))
      }
      seen += bucket.count
      bound = end
    }
    if let bound { add("_bucket", [MetricLabel("le", seconds(Int128(bound)))], String(seen)) }
    add("_bucket", [MetricLabel("le", "+Inf")], String(seen))
    add("_count", [], String(histogram.count))
    add("_sum", [], seconds(histogram.sum))
    return samples
  }

  /// The last nanosecond of the quarter of an octave that `value` lies in: an end of a bucket,
  /// since an octave of the histogram has 128 of them.
  private static func edge(above value: Int64) -> Int64 {
    guard value >= 256 else { return 255 }
    let octave = Int64(1) << Int64(63 - value.leadingZeroBitCount)
    let quarter = octave / bucketsPerOctave
    let next = octave &+ ((value - octave) / quarter + 1) &* quarter
    return next &- 1
  }

  private static func seconds(_ nanoseconds: Int128) -> String {
    let text = OpenMetricsText.decimal(nanoseconds, decimals: 9)
    return text.contains(".") ? text : text + ".0"
  }

  // MARK: figures

  /// Parts of a latency, which its histogram tells.
  private static let latencyParts: Set = ["count", "mean", "p50", "p95", "p99", "p999", "max"]

  private static func figures(_ result: RunResult) -> [MetricFamily] {
    let stems = Set(result.distributions.map { $0.name + "_latency" })
    return result.figures.compactMap { figure in
      guard let value = result.metrics[figure.name] else { return nil }
      let parts = figure.name.split(separator: ".").map(String.init)
      if parts.count == 2, stems.contains(parts[0]), latencyParts.contains(parts[1]) { return nil }
      return family(figure, value, result)
    }
  }

  private static func family(
    _ figure: FigureDeclaration, _ value: Double, _ result: RunResult
  ) -> MetricFamily {
    var name = "settlesim_" + OpenMetricsText.name(figure.name)
    var unit = ""
    var value = value
    var labels: [MetricLabel] = []
    switch figure.unit {
    case .nanoseconds:
      unit = "seconds"
      value /= 1e9
    case .seconds: unit = "seconds"
    case .ratio: unit = "ratio"
    case .money: labels = [MetricLabel("currency", result.reportingCurrency ?? "")]
    case .count, .perSecond, .number: break
    }
    if !unit.isEmpty, !name.hasSuffix("_" + unit) { name += "_" + unit }
    // Suffixes that the format keeps for counters and their like.
    if ["_total", "_count", "_sum", "_bucket", "_info", "_created"].contains(where: name.hasSuffix)
    {
      name += "_value"
    }
    return MetricFamily(
      name: name, kind: .gauge, unit: unit, help: figure.meaning,
      samples: [
        MetricFamily.Sample(
          labels: labels, value: OpenMetricsText.number(value), time: result.virtualTimeNanoseconds)
      ])
  }
}
