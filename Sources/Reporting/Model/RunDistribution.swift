import Measurement

/// All values of one latency, of which the latencies of a result are a few: for exports that need
/// the whole distribution.
public struct RunDistribution: Sendable, Equatable {
  /// The name, as in the result's latencies: `authorization`.
  public var name: String
  /// From where to where it is measured.
  public var meaning: String
  /// The values (ns).
  public var histogram: LatencyHistogram

  /// The values of the latency `name`.
  public init(_ name: String, _ meaning: String, _ histogram: LatencyHistogram) {
    self.name = name
    self.meaning = meaning
    self.histogram = histogram
  }
}
