/// A choice among n weighted items in constant time (Walker 1977; Vose 1991), from one 64-bit draw.
public struct AliasTable: Sendable {
  @usableFromInline let thresholds: ContiguousArray<UInt32>
  @usableFromInline let aliases: ContiguousArray<UInt32>

  /// - Parameter weights: not negative, at least one above zero; fewer than 2^32. They need not sum
  ///   to 1. The table keeps them to within 2^-32.
  public init(weights: [Double]) {
    let total = weights.reduce(0, +)
    precondition(total > 0 && total.isFinite, "an alias table needs a positive total weight")
    precondition(weights.allSatisfy { $0 >= 0 }, "a weight is not negative")
    let n = weights.count
    var scaled = weights.map { $0 * Double(n) / total }
    var thresholds = ContiguousArray<UInt32>(repeating: .max, count: n)
    var aliases = ContiguousArray<UInt32>((0..<n).map { UInt32($0) })
    var small = (0..<n).filter { scaled[$0] < 1 }
    var large = (0..<n).filter { scaled[$0] >= 1 }
    while let s = small.popLast(), let l = large.popLast() {
      thresholds[s] = UInt32(min(scaled[s] * 0x1p32, 0x1p32 - 1))
      aliases[s] = UInt32(l)
      scaled[l] -= 1 - scaled[s]
      if scaled[l] < 1 { small.append(l) } else { large.append(l) }
    }
    self.thresholds = thresholds
    self.aliases = aliases
  }

  init(thresholds: ContiguousArray<UInt32>, aliases: ContiguousArray<UInt32>) {
    self.thresholds = thresholds
    self.aliases = aliases
  }

  /// Weights (k + offset)^-exponent of the ranks 1...n (Mandelbrot's generalisation of Zipf's law).
  public static func zipfMandelbrotWeights(
    count: Int, exponent: Double, offset: Double
  ) -> [Double] {
    precondition(count > 0 && offset > -1, "ranks count from 1 and their weights are finite")
    return (1...count).map { PortableMath.pow(Double($0) + offset, -exponent) }
  }

  /// The item for 64 random bits: the upper half chooses the cell, the lower half decides in it.
  @inlinable
  public func choose(_ bits: UInt64) -> Int {
    let cell = Int(((bits >> 32) &* UInt64(thresholds.count)) >> 32)
    return UInt32(truncatingIfNeeded: bits) < thresholds[cell] ? cell : Int(aliases[cell])
  }
}
