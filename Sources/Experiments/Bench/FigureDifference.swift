import Declared
import Text
import Reporting

/// A figure that is not what the baseline says.
public struct FigureDifference: Sendable, Equatable {
  /// The figure's name.
  public var name: String
  /// What it is measured in.
  public var unit: SheetUnit
  /// The value of the baseline; nil where the figure is new.
  public var baseline: FigureValue?
  /// The value of this run; nil where the figure is gone.
  public var now: FigureValue?

  /// The difference of a figure from `baseline` to `now`.
  public init(
    _ name: String, unit: SheetUnit, baseline: FigureValue?, now: FigureValue?
  ) {
    self.name = name
    self.unit = unit
    self.baseline = baseline
    self.now = now
  }

  /// `now` minus `baseline`, exact for integers; nil where there are not two numbers.
  public var difference: FigureValue? {
    if case .integer(let old)? = baseline, case .integer(let new)? = now {
      let (value, overflow) = new.subtractingReportingOverflow(old)
      return overflow ? .decimal(Double(new) - Double(old)) : .integer(value)
    }
    guard let old = baseline?.number, let new = now?.number else { return nil }
    return .decimal(new - old)
  }

  /// The difference as a share of the baseline; nil where there are not two numbers or the baseline
  /// is zero.
  public var relative: Double? {
    guard let old = baseline?.number, old != 0, let difference = difference?.number else {
      return nil
    }
    return difference / old.magnitude
  }

  /// Whether it is good or bad news.
  public var judgement: FigureJudgement {
    if case .boolean(let new)? = now, case .boolean? = baseline {
      return new ? .better : .worse
    }
    guard let difference = difference?.number else { return .changed }
    switch FigureDirection(of: name) {
    case .neutral: return .changed
    case .lowerIsBetter: return difference > 0 ? .worse : .better
    case .higherIsBetter: return difference < 0 ? .worse : .better
    }
  }

  /// What moved between two sheets, the most telling first: what got worse before what got better
  /// before the rest, in each the largest relative difference first (one from zero is larger than
  /// any), then by name.
  static func list(baseline: [String: FigureValue], now: FigureSheet) -> [FigureDifference] {
    var differences: [FigureDifference] = []
    for (name, entry) in now.sorted where baseline[name] != entry.value {
      differences.append(
        FigureDifference(name, unit: entry.unit, baseline: baseline[name], now: entry.value))
    }
    let gone = baseline.filter { now.entries[$0.key] == nil }
    for (name, value) in gone.sorted(by: { $0.key < $1.key }) {
      differences.append(FigureDifference(name, unit: .plain, baseline: value, now: nil))
    }
    return differences.sorted { precedes($0, $1) }
  }

  private static func precedes(_ one: FigureDifference, _ other: FigureDifference) -> Bool {
    func rank(_ difference: FigureDifference) -> Int {
      FigureJudgement.allCases.firstIndex(of: difference.judgement)!
    }
    func size(_ difference: FigureDifference) -> Double {
      difference.relative?.magnitude ?? .infinity
    }
    if rank(one) != rank(other) { return rank(one) < rank(other) }
    if size(one) != size(other) { return size(one) > size(other) }
    return one.name.utf8.lexicographicallyPrecedes(other.name.utf8)
  }
}

extension SheetUnit {
  /// `value` as a person writes it.
  func text(_ value: FigureValue?) -> String {
    switch value {
    case nil: return "–"
    case .text(let text)?: return visible(text)
    case .boolean(let value)?: return value ? "true" : "false"
    case .decimal(let value)?:
      return HumanFormat.significant(value, digits: 9) + (currency.map { " " + $0 } ?? "")
    case .integer(let value)?:
      switch self {
      case .amount(let currency): return HumanFormat.count(Int(value)) + " " + currency
      case .plain: return HumanFormat.count(Int(value))
      case .nanoseconds: return HumanFormat.count(Int(value)) + " ns"
      case .money(let currency, let decimals):
        return HumanFormat.money(ReportedAmount(value, currency, decimals: decimals))
      }
    }
  }

  /// As `text`, with a sign.
  func signed(_ value: FigureValue?) -> String {
    guard let number = value?.number else { return text(value) }
    let text = text(value)
    return number > 0 ? "+" + text : text
  }

  /// `+0.12 %`, with as many digits as it takes to be seen.
  static func percent(_ ratio: Double?) -> String {
    guard let ratio, ratio.isFinite else { return "–" }
    let value = ratio * 100
    let sign = value > 0 ? "+" : value < 0 ? "-" : ""
    return sign + HumanFormat.significant(value.magnitude, digits: 3) + " %"
  }
}
