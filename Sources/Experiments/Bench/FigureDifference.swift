import Declared
import Text
import Reporting
import Simulator

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
    if name == "verdict", let now, baseline != nil {
      return now == .text(Verdict.passed.rawValue) ? .better : .worse
    }
    guard let difference = difference?.number else { return .changed }
    switch FigureDirection(of: name) {
    case .neutral: return .changed
    case .lowerIsBetter: return difference > 0 ? .worse : .better
    case .higherIsBetter: return difference < 0 ? .worse : .better
    }
  }

  /// What moved between two runs, the most telling first: what got worse before what got better
  /// before the rest, in each findings first, money and times before counts, then the largest
  /// relative difference (one from zero is larger than any), then by name. What a threshold can
  /// name stands before the cells of tables.
  static func list(_ before: ResultBaseline, _ after: ResultBaseline) -> [FigureDifference] {
    let names = Set(before.figures.keys).union(after.figures.keys)
    let differences = names.filter {
      before.figures[$0] != after.figures[$0] || before.units[$0] != after.units[$0]
    }.sorted().map {
      name in
      let units = (before.units[name] ?? .plain, after.units[name] ?? .plain)
      let values = (before.figures[name], after.figures[name])
      // Of amounts in two currencies there is no difference: a merchant that has another one.
      guard values.0 == nil || values.1 == nil || units.0 == units.1 else {
        return FigureDifference(
          name, unit: .plain, baseline: .text(units.0.text(values.0)),
          now: .text(units.1.text(values.1)))
      }
      return FigureDifference(
        name, unit: values.1 == nil ? units.0 : units.1, baseline: values.0, now: values.1)
    }
    let keys = differences.map(\.rank)
    return differences.indices.sorted { one, other in
      if keys[one] != keys[other] { return keys[one] < keys[other] }
      return differences[one].name.utf8.lexicographicallyPrecedes(differences[other].name.utf8)
    }.map { differences[$0] }
  }

  /// Where it stands in a list, but for its name.
  private var rank: Rank {
    let size = relative?.magnitude ?? .infinity
    let isFinding = difference == nil && baseline != nil && now != nil
    return Rank(
      judgement: FigureJudgement.allCases.firstIndex(of: judgement)!,
      kind: isFinding ? 0 : unit == .plain ? 2 : 1,
      isInTable: MetricCatalog.figure(name) == nil ? 1 : 0, size: -size)
  }

  private struct Rank: Comparable {
    var judgement: Int
    /// Findings, money and times, whatever else there is.
    var kind: Int
    /// What a threshold can name comes first.
    var isInTable: Int
    var size: Double

    static func < (one: Rank, other: Rank) -> Bool {
      (one.judgement, one.kind, one.isInTable, one.size)
        < (other.judgement, other.kind, other.isInTable, other.size)
    }
  }
}

extension SheetUnit {
  /// `value` as a person writes it: durations with three figures, amounts to the minor unit, both
  /// in full where they are to be exact.
  func text(_ value: FigureValue?, isExact: Bool = false) -> String {
    switch value {
    case nil: return "–"
    case .text(let text)?: return visible(text)
    case .boolean(let value)?: return value ? "true" : "false"
    case .decimal(let value)?:
      guard let currency else { return HumanFormat.significant(value, digits: 9) }
      // What is less than a minor unit is not rounded away.
      return isExact || value.magnitude < 0.01
        ? currency + " " + HumanFormat.significant(value, digits: 9)
        : HumanFormat.quantity(Quantity(value, .money, currency: currency))
    case .integer(let value)?:
      switch self {
      case .amount(let currency):
        return HumanFormat.quantity(Quantity(Double(value), .money, currency: currency))
      case .plain: return HumanFormat.count(Int(value))
      case .nanoseconds:
        return isExact ? HumanFormat.count(Int(value)) + " ns" : HumanFormat.duration(value)
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
