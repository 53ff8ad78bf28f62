/// A rate of tokens in whole numbers: so many parts flow in each nanosecond, so many make a token.
public struct TokenRate: Sendable, Equatable {
  /// Parts that flow in during a nanosecond.
  public let perNanosecond: Int64
  /// Parts of one token.
  public let token: Int64

  /// The most tokens that can be kept: four times as many still fit 64 bits.
  public var largestBurst: Int64 { Int64.max / 4 / token }

  /// So many tokens a second, to the nearest thousandth.
  /// - Precondition: it is at least a thousandth and at most 10^12.
  public init(perSecond: Double) {
    var thousandths = Int64((perSecond * 1_000).rounded())
    var scale: Int64 = 1_000
    while scale > 1, thousandths % 10 == 0 {
      thousandths /= 10
      scale /= 10
    }
    perNanosecond = thousandths
    token = 1_000_000_000 * scale
  }
}
