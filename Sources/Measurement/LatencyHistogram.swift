/// A log-linear histogram of durations in whole nanoseconds, from 0 to `Int64.max`.
///
/// Values below 256 ns have a bucket of their own; above, every power of two is cut into 128
/// buckets of equal width, so that no bucket is wider than 1/128 (0.78 %) of its lower edge. The
/// memory is fixed, 57 KiB, and allocated at the first record. Count, minimum, maximum and sum are
/// exact.
///
/// All arithmetic is on integers and all operations commute: the content depends neither on the
/// order of the records nor on how they were spread over islands before `merge`.
@frozen
public struct LatencyHistogram: Sendable, Equatable {
  /// Records per bucket; empty until the first record.
  @usableFromInline var buckets: ContiguousArray<UInt64> = []
  /// Number of recorded values.
  @usableFromInline var recorded = 0
  @usableFromInline var smallest = Int64.max
  @usableFromInline var largest = Int64.min
  @usableFromInline var total: Int128 = 0

  /// An empty histogram; takes no memory of its own until something is recorded.
  @inlinable public init() {}

  /// Records one duration of `nanoseconds`, which must not be negative. O(1), a few nanoseconds.
  @inlinable
  public mutating func record(_ nanoseconds: Int64) {
    precondition(nanoseconds >= 0, "a duration cannot be negative")
    if buckets.isEmpty { allocate() }
    buckets[LatencyHistogram.bucketIndex(nanoseconds)] &+= 1
    recorded &+= 1
    total &+= Int128(nanoseconds)
    if nanoseconds < smallest { smallest = nanoseconds }
    if nanoseconds > largest { largest = nanoseconds }
  }

  /// Adds everything recorded in `other`. Commutative and associative. O(buckets).
  public mutating func merge(_ other: LatencyHistogram) {
    guard other.recorded > 0 else { return }
    if buckets.isEmpty {
      self = other
      return
    }
    for index in buckets.indices { buckets[index] += other.buckets[index] }
    recorded += other.recorded
    total += other.total
    smallest = Swift.min(smallest, other.smallest)
    largest = Swift.max(largest, other.largest)
  }

  @usableFromInline
  @inline(never)
  mutating func allocate() {
    buckets = ContiguousArray(repeating: 0, count: LatencyHistogram.bucketCount)
  }
}

// MARK: - Buckets

extension LatencyHistogram {
  /// log2 of the number of buckets in a power of two.
  @usableFromInline static var octaveBits: Int { @inlinable get { 7 } }

  /// One more than the index of the bucket of `Int64.max`: 55 octaves above the first 256 values.
  @usableFromInline static var bucketCount: Int { 55 * 128 + 256 }

  /// The bucket of `value` (ns, not negative): `value` itself below 256, else octave and fraction.
  @inlinable
  static func bucketIndex(_ value: Int64) -> Int {
    let octave = 63 - (value | 1).leadingZeroBitCount
    let shift = Swift.max(0, octave - octaveBits)
    return (shift << octaveBits) + Int(truncatingIfNeeded: value >> Int64(shift))
  }

  /// The smallest value (ns) that falls into bucket `index`.
  static func lowerEdge(_ index: Int) -> Int64 {
    let shift = Swift.max(0, (index >> octaveBits) - 1)
    return Int64(index - (shift << octaveBits)) << Int64(shift)
  }

  /// The largest value (ns) that falls into bucket `index`.
  static func upperEdge(_ index: Int) -> Int64 {
    let shift = Swift.max(0, (index >> octaveBits) - 1)
    return lowerEdge(index) + ((Int64(1) << Int64(shift)) - 1)
  }
}
