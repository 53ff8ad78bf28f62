/// Which payments have ended: a bit for each of those whose numbers are given out one after the
/// other, as there may be millions.
struct EndedPayments: Sendable {
  private var bits: [UInt64] = []
  /// Those whose numbers are below zero, or far beyond those before.
  private var others: Set<Int64> = []

  /// How far beyond the numbers before a number may be to have a bit.
  private static let reach: Int64 = 1 << 20

  func contains(_ id: Int64) -> Bool {
    guard id >= 0, id / 64 < bits.count else { return others.contains(id) }
    return bits[Int(id / 64)] & (1 << UInt64(id % 64)) != 0 || others.contains(id)
  }

  mutating func insert(_ id: Int64) {
    guard id >= 0, id / 64 < Int64(bits.count) + Self.reach else {
      others.insert(id)
      return
    }
    while id / 64 >= bits.count { bits.append(0) }
    bits[Int(id / 64)] |= 1 << UInt64(id % 64)
  }
}
