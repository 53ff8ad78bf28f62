extension LatencyHistogram {
  /// Number of recorded values.
  @inlinable public var count: Int { recorded }

  /// Whether nothing has been recorded.
  @inlinable public var isEmpty: Bool { recorded == 0 }

  /// The exact smallest recorded value (ns); nil when empty.
  @inlinable public var min: Int64? { recorded == 0 ? nil : smallest }

  /// The exact largest recorded value (ns); nil when empty.
  @inlinable public var max: Int64? { recorded == 0 ? nil : largest }

  /// The exact sum of the recorded values (ns); 0 when empty.
  @inlinable public var sum: Int128 { total }

  /// The exact mean rounded to the nearest nanosecond, halves up; nil when empty.
  public var mean: Int64? {
    guard recorded > 0 else { return nil }
    return Int64((2 * total + Int128(recorded)) / (2 * Int128(recorded)))
  }

  /// The rank, in ascending order, of the record that a share `q` of `recorded` does not exceed:
  /// max(1, ceil(q * count)), `q` taken to nine decimals so that the rank is computed in integers
  /// (0.07 of 100 records is rank 7, not 8). `q` is in 0...1.
  static func rank(of q: Double, among recorded: Int) -> Int {
    precondition(q >= 0 && q <= 1, "a quantile lies in 0...1")
    let product = Int128(Int64(q * 1e9 + 0.5)) * Int128(recorded)
    return Swift.max(1, Int((product + 999_999_999) / 1_000_000_000))
  }

  /// The value (ns) that a share `q` of the records does not exceed; nil when empty.
  ///
  /// By nearest rank: `rank`. Reported is the upper edge of that record's bucket, but never more
  /// than `max`: so the value is not below the exact quantile and at most 1/128 above it. `q` is in
  /// 0...1; `quantile(1)` is `max`. O(buckets).
  public func quantile(_ q: Double) -> Int64? {
    precondition(q >= 0 && q <= 1, "a quantile lies in 0...1")
    guard recorded > 0 else { return nil }
    let rank = Self.rank(of: q, among: recorded)
    var seen = 0
    for index in buckets.indices {
      seen += Int(buckets[index])
      if seen >= rank { return Swift.min(LatencyHistogram.upperEdge(index), largest) }
    }
    preconditionFailure("bucket counts sum to \(seen), \(recorded) were recorded")
  }

  /// The median (ns); nil when empty.
  public var p50: Int64? { quantile(0.5) }

  /// The 95th percentile (ns); nil when empty.
  public var p95: Int64? { quantile(0.95) }

  /// The 99th percentile (ns); nil when empty.
  public var p99: Int64? { quantile(0.99) }

  /// The 99.9th percentile (ns); nil when empty.
  public var p999: Int64? { quantile(0.999) }

  /// The records above `threshold` (ns) as counted by buckets: exact where `threshold` is the upper
  /// edge of a bucket, else those of its own bucket are not counted. O(buckets).
  public func countAbove(_ threshold: Int64) -> Int {
    precondition(threshold >= 0, "a duration cannot be negative")
    guard recorded > 0 else { return 0 }
    let first = LatencyHistogram.bucketIndex(threshold) + 1
    return buckets[first...].reduce(0) { $0 + Int($1) }
  }

  /// The non-empty buckets in ascending order: lower and upper edge (ns, both inclusive) and count.
  public var filledBuckets: [(lower: Int64, upper: Int64, count: Int)] {
    buckets.indices.filter { buckets[$0] > 0 }.map {
      (LatencyHistogram.lowerEdge($0), LatencyHistogram.upperEdge($0), Int(buckets[$0]))
    }
  }
}
