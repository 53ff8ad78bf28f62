import Chance
import VirtualTime

/// Bounds for tests of samples. Seeds are fixed, so a test that passes passes always; the bounds
/// are those that a correct sampler exceeds once in a thousand seeds.
enum Statistics {
  /// Pearson's statistic of counts against expected counts.
  static func chiSquare(_ observed: [Int], expected: [Double]) -> Double {
    zip(observed, expected).reduce(0) { sum, cell in
      let difference = Double(cell.0) - cell.1
      return sum + difference * difference / cell.1
    }
  }

  /// The 99.9 % quantile of chi-square (Wilson and Hilferty 1931; within 1 % above 3 degrees).
  static func chiSquareBound(degrees: Int) -> Double {
    let k = Double(degrees)
    let root = 1 - 2 / (9 * k) + 3.0902 * (2 / (9 * k)).squareRoot()
    return k * root * root * root
  }

  /// Kolmogorov's distance of a sample from a distribution function, times the root of its size.
  static func kolmogorov(_ sample: [Double], _ distribution: (Double) -> Double) -> Double {
    let n = Double(sample.count)
    var largest = 0.0
    for (i, x) in sample.sorted().enumerated() {
      let p = distribution(x)
      largest = max(largest, p - Double(i) / n, Double(i + 1) / n - p)
    }
    return largest * n.squareRoot()
  }

  /// The 99.9 % quantile of Kolmogorov's distribution.
  static let kolmogorovBound = 1.9495

  /// The normal distribution function from Abramowitz and Stegun 7.1.26 (error below 1.5e-7).
  static func normalDistribution(_ z: Double) -> Double {
    let x = abs(z) / 2.0.squareRoot()
    let t = 1 / (1 + 0.327_591_1 * x)
    let tail = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592]
      .reduce(0) { ($0 + $1) * t }
    let erf = 1 - tail * PortableMath.exp(-x * x)
    return z < 0 ? (1 - erf) / 2 : (1 + erf) / 2
  }
}

/// Results of independent replications and the interval for their mean.
struct Replications {
  private var values: [Double] = []

  /// - Parameter run: one replication, for seeds 1, 2, ...; 30 of them.
  init(_ run: (UInt64) -> Double) { values = (1...30).map { run(UInt64($0)) } }

  var mean: Double { values.reduce(0, +) / Double(values.count) }

  /// Half the width of the 99.9 % interval (Student's t with 29 degrees: 3.659).
  var halfWidth: Double {
    let n = Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    return 3.659 * (variance / n).squareRoot()
  }

  /// Whether theory lies in the interval, and the interval is narrow enough to mean something.
  func agree(with theory: Double, within width: Double = 0.05) -> Bool {
    abs(mean - theory) <= halfWidth && halfWidth < width * theory
  }

  var interval: String { "\(mean) ± \(halfWidth)" }
}
