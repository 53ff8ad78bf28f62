import Chance
import Text
import Money

/// The random factors of `fx.process`, one for each step and currency.
///
/// The logarithm x of a factor takes the step x' = a x + s z with a standard normal z. Over a step
/// of length d years and a half-life of h years, a = 2^(-d/h) and s^2 = v^2 (1 - a^2) h / (2 ln 2),
/// the exact transition of Ornstein and Uhlenbeck's process with volatility v; without a half-life
/// a = 1 and s = v sqrt(d). The factor is e^(x - variance of x / 2), whose mean is 1. Each currency
/// draws from its own stream, so that another currency or a longer run changes none of its steps.
struct RateProcess {
  private let fade: Double
  private let deviation: Double
  private var stream: RandomStream
  private var logarithm = 0.0
  private var variance = 0.0

  /// The factors of `currency` under a volatility per year.
  init(_ settings: FXProcess, seed: UInt64, currency: Currency, volatility: Double) {
    let year = 365.0 * 86_400
    let length = Double(settings.step.seconds) / year
    if let halfLife = settings.halfLife {
      let years = Double(DurationText.nanoseconds(of: halfLife)) / 1e9 / year
      let rate = PortableMath.ln(2) / years
      fade = PortableMath.exp(-rate * length)
      deviation = volatility * ((1 - fade * fade) / (2 * rate)).squareRoot()
    } else {
      fade = 1
      deviation = volatility * length.squareRoot()
    }
    stream = RandomStream(seed: seed, component: "fx.\(currency.code)", purpose: "rate")
  }

  /// The factor of the next step; before the first call it is 1.
  mutating func next() -> Double {
    // In the middle of one of 2^53 parts of 0...1, so that neither tail is ever zero.
    let part = Double(stream.next() >> 11) + 0.5
    let p = part * 0x1p-53
    let normal = PortableMath.normalQuantile(p, complement: 1 - p)
    logarithm = fade * logarithm + deviation * normal
    variance = fade * fade * variance + deviation * deviation
    return PortableMath.exp(logarithm - variance / 2)
  }
}

extension FXProcess.Step {
  /// Length in seconds.
  var seconds: Int64 {
    switch self {
    case .daily: 86_400
    case .hourly: 3_600
    }
  }
}
