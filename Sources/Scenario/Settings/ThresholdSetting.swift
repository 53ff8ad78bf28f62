import Declared
import Money

/// One assertion on a metric; a run that misses it exits with code 99.
public struct ThresholdSetting: Sendable, Equatable {
  /// How the metric must compare with the value.
  public enum Comparison: String, Sendable, CaseIterable {
    case lessOrEqual = "<=", greaterOrEqual = ">=", less = "<", greater = ">", equal = "==",
      notEqual = "!="
  }
  /// As it stands in the file.
  public var text: String
  /// Dotted name of a metric of the summary, such as `authorization_latency.p99`.
  public var metric: String
  /// How the metric must compare with `value`.
  public var comparison: Comparison
  /// What the metric is compared with.
  public var value: ThresholdValue

  /// Makes one from its parts.
  public init(text: String, metric: String, comparison: Comparison, value: ThresholdValue) {
    self.text = text
    self.metric = metric
    self.comparison = comparison
    self.value = value
  }
}

/// The value of a threshold in the unit in which it is written.
public enum ThresholdValue: Sendable, Equatable {
  /// `0.18`, `2000`.
  case number(Double)
  /// `18%`, as a part of the whole.
  case percent(Double)
  /// `500ms`, in nanoseconds.
  case duration(Int64)
  /// `120 USD`, in units of the currency.
  case money(Double, Currency)
  /// `100/s`.
  case rate(Double)

  /// The value in the unit of `figure`; nil where it is written in another one.
  ///
  /// - `reporting`: the currency that amounts of the run are reported in.
  public func value(in figure: FigureDeclaration, reporting: Currency) -> Double? {
    switch (self, figure.unit) {
    case (.duration(let value), .nanoseconds): Double(value)
    case (.duration(let value), .seconds): Double(value) / 1e9
    case (.money(let value, reporting), .money): value
    case (.percent(let value), .ratio): value
    // Above the whole, 95 may stand for 95 % or for 9,500 %.
    case (.number(let value), .ratio): value.magnitude <= 1 ? value : nil
    case (.number(let value), .count), (.number(let value), .number),
      (.number(let value), .perSecond), (.rate(let value), .perSecond):
      value
    default: nil
    }
  }

  /// What a threshold on `figure` is written in, as in `expected ...`.
  public static func expected(for figure: FigureDeclaration, reporting: Currency) -> String {
    switch figure.unit {
    case .nanoseconds, .seconds: "a duration such as `500ms`"
    case .money:
      "an amount in \(reporting.code), the reporting currency, such as `120 \(reporting.code)`"
    case .ratio: "a ratio such as `95%` or `0.95`"
    case .perSecond: "a rate such as `100/s`"
    case .count: "a bare number such as `0`, as it is a count"
    case .number: "a bare number such as `2.5`, as it has no unit"
    }
  }
}
