import Synchronization

/// A distribution as a table of its quantiles, drawn from by one look-up and a linear
/// interpolation.
///
/// The cells halve towards both ends: each tail has 32 cells for probabilities in 2^-(k+1)...2^-k,
/// down to 2^-32, so a draw is accurate relative to its distance from the nearer end. Building
/// takes two thousand evaluations of the quantile function. A jump of the quantile function becomes
/// a ramp as wide as its cell.
///
/// A table is 16 kB of memory that is never given back, so that islands on different threads share
/// it without counting references; the factories below make each table once for the process.
@frozen
public struct QuantileTable: @unchecked Sendable {
  @usableFromInline static let cellsPerOctave = 32
  @usableFromInline static let octaves = 31
  /// Values of one tail.
  @usableFromInline static let side = octaves * cellsPerOctave + 1
  /// Lower tail then upper tail, from the middle outwards.
  @usableFromInline let values: UnsafePointer<Double>

  /// - Parameter quantile: the value below which the variable lies with probability `p`; gets `p`
  ///   and 1 - p, both inside 0...1 and never zero.
  public init(_ quantile: (_ p: Double, _ complement: Double) -> Double) {
    let values = UnsafeMutablePointer<Double>.allocate(capacity: 2 * Self.side)
    var index = 0
    for octave in 0...Self.octaves {
      let cells = octave < Self.octaves ? Self.cellsPerOctave : 1
      for cell in 0..<cells {
        // From one power of two to the next: 2^-(octave+1) * (1 - cell / (2 * cellsPerOctave)).
        let share = 1 - Double(cell) / Double(2 * Self.cellsPerOctave)
        let p = Double(sign: .plus, exponent: -(octave + 1), significand: 1) * share
        values[index] = quantile(p, 1 - p)
        values[Self.side + index] = quantile(1 - p, p)
        index += 1
      }
    }
    self.values = UnsafePointer(values)
  }

  /// The value for 64 random bits. Neighbouring bits do not give neighbouring values.
  @inlinable
  public func value(_ bits: UInt64) -> Double {
    // 62 bits as a fraction of 1/2, the distance from the nearer end; beyond the table, its end.
    let distance = max(bits >> 2, 1 << 31)
    let octave = distance.leadingZeroBitCount - 2
    let normalised = distance << UInt64(octave + 2)  // top bit set
    let fraction = ~normalised & 0x7fff_ffff_ffff_ffff  // 0 at the octave's larger end
    let cell = Int(fraction >> 58)
    let rest = Double(fraction & 0x3ff_ffff_ffff_ffff) * 0x1p-58
    let begin = values + (Int(bits & 1) * Self.side + octave * Self.cellsPerOctave + cell)
    return begin[0] + (begin[1] - begin[0]) * rest
  }
}

extension QuantileTable {
  /// exp(mu + sigma Z) for a standard normal Z; `mu` is the logarithm of the median, in the
  /// logarithm of the unit of the draws.
  public static func logNormal(mu: Double, sigma: Double) -> QuantileTable {
    shared([1, mu, sigma]) {
      QuantileTable { p, complement in
        PortableMath.exp(mu + sigma * PortableMath.normalQuantile(p, complement: complement))
      }
    }
  }

  /// The largest of `count` independent variables with the given quantile function, which `key`
  /// stands for.
  static func slowest(
    of count: Int, _ key: [Double], _ quantile: (_ p: Double, _ complement: Double) -> Double
  ) -> QuantileTable {
    precondition(count > 0, "the largest of none is not defined")
    return shared([4, Double(count)] + key) {
      QuantileTable { p, complement in
        // p^(1/count), and 1 less that, which for a small complement is complement / count.
        let root = PortableMath.exp(PortableMath.ln(p) / Double(count))
        return quantile(root, complement < 1e-8 ? complement / Double(count) : 1 - root)
      }
    }
  }

  /// A standard normal variable.
  public static func normal() -> QuantileTable {
    shared([2]) { QuantileTable { PortableMath.normalQuantile($0, complement: $1) } }
  }

  /// Measured quantiles, linear between neighbours.
  ///
  /// - Parameter points: ascending in both; the first has probability 0 and the last 1.
  public static func empirical(_ points: [(probability: Double, value: Double)]) -> QuantileTable {
    precondition(points.count >= 2, "a distribution needs two quantiles")
    precondition(
      points[0].probability == 0 && points[points.count - 1].probability == 1,
      "quantiles run from probability 0 to 1")
    precondition(
      zip(points, points.dropFirst()).allSatisfy {
        $0.probability <= $1.probability && $0.value <= $1.value
      }, "quantiles ascend")
    return shared([3] + points.flatMap { [$0.probability, $0.value] }) {
      QuantileTable { p, _ in
        var i = 1
        while i < points.count - 1, points[i].probability < p { i += 1 }
        let (a, b) = (points[i - 1], points[i])
        guard b.probability > a.probability else { return b.value }
        let share = (p - a.probability) / (b.probability - a.probability)
        return a.value + (b.value - a.value) * min(max(share, 0), 1)
      }
    }
  }

  /// The tables made so far, by kind and parameters.
  private static let known = Mutex<[[Double]: QuantileTable]>([:])

  private static func shared(_ key: [Double], _ make: () -> QuantileTable) -> QuantileTable {
    known.withLock { known in
      if let table = known[key] { return table }
      let table = make()
      known[key] = table
      return table
    }
  }
}
