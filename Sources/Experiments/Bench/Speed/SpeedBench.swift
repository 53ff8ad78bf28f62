import Reporting

/// One figure of the simulator's own speed, ready to be compared.
public struct BenchFigure: Sendable, Equatable {
  /// Dotted name: what is measured, then the figure.
  public var name: String
  /// What the value counts, for its reader: `x tandem`, `allocations/payment`.
  public var unit: String
  /// The value: of timings the median over the rounds.
  public var value: Double
  /// Where the value lies with 99 % confidence, from the rounds; one point where it is counted
  /// rather than timed.
  public var interval: ClosedRange<Double>
  /// Whether a smaller value is good news.
  public var lowerIsBetter: Bool
  /// The value that is just allowed, whatever the baseline; nil where the baseline says.
  public var ceiling: Double?

  /// Unit of timings: speed as a multiple of the tandem work's.
  public static let tandemUnit = "x tandem"
  /// Unit of allocation counts.
  public static let allocationUnit = "allocations/payment"

  /// Whether it was timed; counted otherwise, and then the same in every run.
  public var isTimed: Bool { unit == Self.tandemUnit || ceiling != nil }

  /// The figure `name`.
  public init(
    _ name: String, unit: String, value: Double, interval: ClosedRange<Double>? = nil,
    lowerIsBetter: Bool, ceiling: Double? = nil
  ) {
    self.ceiling = ceiling
    self.name = name
    self.unit = unit
    self.value = value
    self.interval = interval ?? value...value
    self.lowerIsBetter = lowerIsBetter
  }
}

/// The simulator's own speed against its baseline.
public struct SpeedBench: Sendable, Equatable {
  /// A figure and what its baseline allows.
  public struct Row: Sendable, Equatable {
    /// What was measured.
    public var figure: BenchFigure
    /// The value of the baseline; nil where the figure is new.
    public var baseline: Double?
    /// The value that is just allowed; nil where the figure is new.
    public var limit: Double?

    /// A figure with its baseline.
    public init(_ figure: BenchFigure, baseline: Double?, limit: Double?) {
      self.figure = figure
      self.baseline = baseline
      self.limit = limit
    }

    /// Whether the value is beyond what the baseline allows, and the rounds leave no doubt that it
    /// is worse than the baseline itself.
    public var isRegression: Bool {
      guard let baseline, let limit else { return false }
      return figure.lowerIsBetter
        ? figure.value > limit && figure.interval.lowerBound > baseline
        : figure.value < limit && figure.interval.upperBound < baseline
    }

    /// The difference from the baseline as a share of it.
    public var relative: Double? {
      guard let baseline, baseline != 0 else { return nil }
      return (figure.value - baseline) / baseline
    }
  }

  /// Rounds that were measured.
  public var rounds: Int
  /// The figures, in order.
  public var rows: [Row]
  /// Figures of the baseline that were not measured, and whether machine or compiler are others.
  public var notes: [String]
  /// Whether the figures were recorded as the new baseline.
  public var isRecorded = false

  /// Whether any figure is.
  public var isRegression: Bool { !isRecorded && rows.contains(where: \.isRegression) }
}

extension SpeedBench.Row {
  /// What is measured, on one line, with the values.
  public var sentence: String {
    let relative = relative == nil ? "" : " (\(SheetUnit.percent(relative)))"
    return "\(figure.name) \(Self.text(baseline)) -> \(Self.text(figure.value)) \(figure.unit)"
      + "\(relative), allowed \(figure.lowerIsBetter ? "up to" : "down to") \(Self.text(limit))"
  }

  static func text(_ value: Double?) -> String {
    value.map { HumanFormat.significant($0, digits: 4) } ?? "–"
  }

  /// `0.4712…0.4803`, or nothing for what is counted.
  var intervalText: String {
    let interval = figure.interval
    guard interval.lowerBound < interval.upperBound else { return "" }
    return "\(Self.text(interval.lowerBound))…\(Self.text(interval.upperBound))"
  }

  func word(_ isRecorded: Bool) -> String {
    if isRecorded { return "✓ recorded" }
    if baseline == nil { return "– new" }
    return isRegression ? "✗ worse" : "✓ ok"
  }

  func cells(_ isRecorded: Bool) -> [String] {
    [
      figure.name, Self.text(baseline), Self.text(figure.value), intervalText,
      SheetUnit.percent(relative), Self.text(limit), figure.unit, word(isRecorded),
    ]
  }

  static let headers = [
    "speed", "baseline", "now", "interval", "relative", "limit", "unit", "result",
  ]
  static let unitColumn = 6
}
