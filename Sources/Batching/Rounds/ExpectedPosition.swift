/// What a payer is expected to have too much of in a currency, with the square of how far that is
/// uncertain; minor units of the reporting currency.
struct ExpectedPosition {
  var mean = 0.0
  var variance = 0.0

  mutating func add(_ value: Double, square: Double) {
    mean += value
    variance += square
  }

  /// From -1, surely too little, to 1, surely too much.
  private var sign: Double {
    // 1.57 is half pi: the slope at zero is that of the normal distribution.
    let spread = (mean * mean + 1.57 * variance).squareRoot()
    return spread > 0 ? mean / spread : (mean >= 0 ? 1 : -1)
  }

  /// How long an exchange waits until what comes has set it off: for a currency of which there will
  /// be too much anyway nothing is waited for, since the rest of it is dealt then (ns).
  ///
  /// - Parameters:
  ///   - needed: what is expected to be needed of the source currency each nanosecond.
  ///   - left: what there is too much of it.
  ///   - offered: what is expected to come of the destination currency each nanosecond.
  ///   - lacking: what is lacking of it.
  static func wait(
    source: ExpectedPosition, needed: Double, left: Double, destination: ExpectedPosition,
    offered: Double, lacking: Double
  ) -> Double {
    func time(_ amount: Double, _ rate: Double, _ weight: Double) -> Double {
      min(1, weight) * max(0, amount) / max(rate, .leastNormalMagnitude)
    }
    return max(
      time(left, needed, 1 - source.sign), time(lacking, offered, 1 + destination.sign))
  }

  /// The part of an exchange of one currency for another that has to be made all the same, since
  /// nothing comes that it could be set off against.
  static func remains(source: ExpectedPosition, destination: ExpectedPosition) -> Double {
    max(0, min(1, (source.sign - destination.sign) / 2))
  }
}
