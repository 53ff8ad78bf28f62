/// Exponential variables by -ln(u), with a logarithm from a table of 256 cells and a short series:
/// the same bits on every processor. Error below 1e-15 absolute or relative, whichever is larger.
@frozen
public struct Exponential: Sendable {
  @usableFromInline let mean: Double

  /// - Parameter mean: in the unit of the draws, such as nanoseconds; above zero.
  public init(mean: Double) {
    precondition(mean > 0 && mean.isFinite, "an exponential variable has a positive mean")
    self.mean = mean
  }

  /// A draw with mean 1 for 64 random bits; between 0 and 36.8.
  @inlinable
  public static func unit(_ bits: UInt64) -> Double {
    let x = bits >> 11 | 1  // 1...2^53 - 1
    let exponent = 63 - x.leadingZeroBitCount
    let normalised = x << UInt64(63 - exponent)
    let cell = Int(normalised >> 55) & 0xff
    let table = LogarithmTable.shared
    let mantissa = Double(normalised >> 11) * 0x1p-52  // 1..<2
    let r = mantissa * table.inverse[cell] - 1
    let series = r * (1 - r * (0.5 - r * (1.0 / 3 - r * (0.25 - r * 0.2))))
    let value = Double(53 - exponent) * 0x1.62e42fefa39efp-1 - (table.ln[cell] + series)
    return max(value, 0)  // u next to 1: the difference of two roundings
  }

  /// The next draw, in the unit of the mean; not negative.
  @inlinable
  public func draw(_ random: inout RandomStream) -> Double { Self.unit(random.next()) * mean }
}

/// ln of the middle of each of 256 cells of 1..<2, and its inverse.
@usableFromInline
struct LogarithmTable: @unchecked Sendable {
  @usableFromInline static let shared = LogarithmTable()
  @usableFromInline let ln: UnsafePointer<Double>
  @usableFromInline let inverse: UnsafePointer<Double>

  init() {
    let ln = UnsafeMutablePointer<Double>.allocate(capacity: 256)
    let inverse = UnsafeMutablePointer<Double>.allocate(capacity: 256)
    for cell in 0..<256 {
      let middle = 1 + (Double(cell) + 0.5) / 256
      inverse[cell] = 1 / middle
      ln[cell] = -PortableMath.ln(1 / middle)
    }
    self.ln = UnsafePointer(ln)
    self.inverse = UnsafePointer(inverse)
  }
}
