import Money

/// `fx`: mid rates against USD and spreads in basis points.
public struct FXSettings: Sendable {
  /// US dollars for one unit of the currency; ascending by code.
  public var usdPerUnit: [(currency: Currency, rate: Double)] = [
    (.eur, 1.1684), (.gbp, 1.3421), (.jpy, 0.006257), (.usd, 1),
  ]
  /// Quoted pairs, ascending by code; a pair without a quote goes over the cheapest path of quoted
  /// ones.
  public var spreads: [(first: Currency, second: Currency, basisPoints: Double)] = [
    (.eur, .gbp, 2), (.usd, .eur, 2.5), (.usd, .gbp, 3), (.usd, .jpy, 2),
  ]
  /// Daily reference rates that replace the mid rates of `usdPerUnit`; nil leaves them fixed.
  public var ecb: ECBRateFile?
  /// A random process by which rates move around the mid rates; nil lets them rest.
  public var process: FXProcess?
  /// A move of any rate by this many basis points since the last plan asks for a new plan; nil:
  /// moves are ignored.
  public var volatilityTrigger: Double?
  /// How often what was sold and bought for merchants is covered by deals with the dealer.
  public var dealInterval: Duration = .seconds(3_600)
  /// The defaults.
  public init() {}
}

/// The European Central Bank's euro foreign exchange reference rates, as the bank publishes them.
public struct ECBRateFile: Sendable, Equatable {
  /// Path of the CSV file, plain or gzip'ed, relative to the scenario file or absolute.
  public var file: String
  /// Names the file.
  public init(file: String) { self.file = file }
}

/// A seeded random process around the mid rates.
///
/// The logarithm of each rate against the dollar takes a normal step of
/// `volatility x sqrt(length of a step in years)`, independent of the other currencies. Its mean is
/// kept at the mid rate. With `halfLife` deviations fade (Ornstein and Uhlenbeck's process),
/// without it they do not (a geometric random walk).
public struct FXProcess: Sendable {
  /// How often rates move.
  public enum Step: String, Sendable, CaseIterable {
    /// At 00:00 UTC.
    case daily
    /// At the full hour.
    case hourly
  }
  /// Annual volatility by currency: 0.08 is 8 % a year of 365 days; currencies not named rest.
  public var volatility: [(currency: Currency, perYear: Double)] = [
    (.eur, 0.08), (.gbp, 0.09), (.jpy, 0.10),
  ]
  /// How often rates move.
  public var step = Step.hourly
  /// Time in which half of a deviation fades; nil: none fades.
  public var halfLife: Duration?
  /// The defaults.
  public init() {}
}
