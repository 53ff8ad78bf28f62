import Declared

extension LatencyHistogram: Distribution {}

extension Merging where Value == LatencyHistogram {
  /// The records of both.
  public static var histogram: Merging { Merging { $0.merge($1) } }
}
