import Declared
import Measurement

/// One latency measured along the path.
public struct LatencyRow: Sendable, Equatable {
  /// What lies between start and end: `authorization`.
  public var name: String
  /// From where to where it is measured, for the reader; may be empty.
  public var note: String
  /// Number of samples.
  public var count: Int
  /// Mean, percentiles and largest value (ns); 0 without samples.
  public var mean: Int64 = 0
  /// Median (ns).
  public var p50: Int64 = 0
  /// 95th percentile (ns).
  public var p95: Int64 = 0
  /// 99th percentile (ns).
  public var p99: Int64 = 0
  /// 99.9th percentile (ns).
  public var p999: Int64 = 0
  /// Largest value (ns).
  public var max: Int64 = 0

  /// The figures of a distribution under `name`.
  public init(_ name: String, note: String = "", _ found: any Distribution) {
    self.name = name
    self.note = note
    count = found.count
    mean = found.mean ?? 0
    p50 = found.quantile(0.5) ?? 0
    p95 = found.quantile(0.95) ?? 0
    p99 = found.quantile(0.99) ?? 0
    p999 = found.quantile(0.999) ?? 0
    max = found.max ?? 0
  }
}

/// Calls and failures of one acquirer.
public struct AcquirerRow: Sendable, Equatable {
  /// The acquirer's name.
  public var name: String
  /// Authorisation calls made, retries included.
  public var calls = 0
  /// Calls it approved.
  public var approved = 0
  /// Calls it declined.
  public var declined = 0
  /// Calls answered with an error or refused for overload.
  public var unavailable = 0
  /// Calls whose answer came after the deadline.
  public var late = 0
  /// Times one of its breakers opened.
  public var breakerOpens = 0
  /// Payments that went elsewhere because of it.
  public var failovers = 0

  /// A row of zeros for `name`.
  public init(_ name: String) { self.name = name }
}

/// What one merchant came to.
public struct MerchantRow: Sendable, Equatable {
  /// The merchant's name or number.
  public var name: String
  /// Accepted payments.
  public var payments: Int
  /// Captured money in the settlement currency.
  public var captured: ReportedAmount
  /// Settled money in the settlement currency, net of fees.
  public var settled: ReportedAmount

  /// The row of merchant `name`.
  public init(
    _ name: String, payments: Int, captured: ReportedAmount, settled: ReportedAmount
  ) {
    self.name = name
    self.payments = payments
    self.captured = captured
    self.settled = settled
  }
}

/// How far consumers fell behind, in records of one partition.
public struct BusReport: Sendable, Equatable {
  /// Largest number of unconsumed records seen in a partition.
  public var maximumLag = 0
  /// Lag above which operations are alerted.
  public var alertLag = 5_000
  /// Lag above which operations are paged.
  public var pageLag = 20_000

  /// A bus without lag.
  public init() {}

  /// A bus whose largest lag was `maximumLag`.
  public init(maximumLag: Int, alertLag: Int, pageLag: Int) {
    self.maximumLag = maximumLag
    self.alertLag = alertLag
    self.pageLag = pageLag
  }
}
