/// A distribution of durations in nanoseconds, drawn from one 64-bit word.
public enum Latency: Sendable {
  /// Always the same, in nanoseconds.
  case constant(Int64)
  /// Exponential, with its mean in nanoseconds.
  case exponential(Exponential)
  /// Any distribution by its quantiles in nanoseconds; negative values are taken as zero.
  case table(QuantileTable)

  /// Log-normal through its median and 99th percentile, in nanoseconds.
  public static func logNormal(median: Int64, p99: Int64) -> Latency {
    precondition(median > 0 && p99 > median, "the 99th percentile lies above a positive median")
    let mu = PortableMath.ln(Double(median))
    let z99 = PortableMath.normalQuantile(0.99, complement: 0.01)
    return .table(.logNormal(mu: mu, sigma: (PortableMath.ln(Double(p99)) - mu) / z99))
  }

  /// The slowest of `count` independent draws of this distribution's kind, as a distribution of its
  /// own: its quantile of p is the quantile of p^(1/count) of one. Log-normal, in nanoseconds.
  public static func slowestLogNormal(of count: Int, median: Int64, p99: Int64) -> Latency {
    precondition(median > 0 && p99 > median, "the 99th percentile lies above a positive median")
    let mu = PortableMath.ln(Double(median))
    let z99 = PortableMath.normalQuantile(0.99, complement: 0.01)
    let sigma = (PortableMath.ln(Double(p99)) - mu) / z99
    return .table(
      .slowest(of: count, [1, mu, sigma]) { p, complement in
        PortableMath.exp(mu + sigma * PortableMath.normalQuantile(p, complement: complement))
      })
  }

  /// The slowest of `count` independent exponential draws with this mean, in nanoseconds.
  public static func slowestExponential(of count: Int, mean: Double) -> Latency {
    .table(.slowest(of: count, [2, mean]) { _, complement in -mean * PortableMath.ln(complement) })
  }

  /// The longest draw, in nanoseconds: 1,000 days. What is drawn beyond it is cut to it, so that a
  /// wait added to any instant of a run stays within Int64.
  @inlinable public static var longest: Double { 86_400_000_000_000_000 }

  /// A draw, in whole nanoseconds, rounded down; one 64-bit word of the stream unless constant.
  @inlinable
  public func draw(_ random: inout RandomStream) -> Int64 {
    switch self {
    case .constant(let nanoseconds): return nanoseconds
    case .exponential(let exponential):
      return Int64(min(Exponential.unit(random.next()) * exponential.mean, Self.longest))
    case .table(let table): return Int64(min(max(table.value(random.next()), 0), Self.longest))
    }
  }
}
