import Text
import Reporting

/// Everything that one `bench` found.
public struct BenchReport: Sendable, Equatable {
  /// The scenarios, in the order they ran.
  public var scenarios: [ResultBench]
  /// The simulator's own speed; nil where it was not measured.
  public var speed: SpeedBench?
  /// The directory of the baselines as a user names it, for annotations; nil for none.
  public var baselines: String?

  /// A report of what was found.
  public init(scenarios: [ResultBench], speed: SpeedBench?) {
    self.scenarios = scenarios
    self.speed = speed
  }

  /// Whether anything is worse than the baselines have it, or cannot be told to be as good.
  public var isRegression: Bool {
    scenarios.contains(where: \.isRegression) || speed?.isRegression == true
  }

  /// Whether baselines were recorded rather than compared with.
  public var isRecording: Bool {
    scenarios.contains { $0.outcome == .recorded } || speed?.isRecorded == true
  }

  /// Most figures listed for one scenario, where a person reads.
  static let shownDifferences = 20

  /// What moved, each on a line: scenario, figure, values.
  public var regressions: [String] {
    scenarios.filter(\.isRegression).map { "\($0.scenario): \($0.headline)" }
      + (speed?.rows.filter(\.isRegression).map(\.sentence) ?? [])
  }
}

extension ResultBench {
  /// What the comparison came to, on one line, with the figure that tells most.
  public var headline: String {
    switch outcome {
    case .same: return "the same digest and \(HumanFormat.count(eventCount)) events"
    case .digestDiffers:
      return "every figure is the same, the digest is not: \(baselineDigest ?? "–") there, "
        + "\(digest) here"
    case .worse where differences.isEmpty: return "what was to be done is not what it was"
    case .worse: return moved
    case .improved: return moved + "; record the baseline anew with --update-baseline"
    case .recorded:
      guard baselineDigest != nil else { return "a first baseline" }
      if !differences.isEmpty { return "\(Self.figures(differences.count)) of the baseline moved" }
      return baselineDigest == digest ? "the baseline stays as it was" : "only the digest changes"
    }
  }

  private var moved: String {
    let counts = FigureJudgement.allCases.filter { count($0) > 0 }
      .map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", ")
    return "\(Self.figures(differences.count)) moved (\(counts)), first "
      + differences[0].sentence
  }

  private static func figures(_ count: Int) -> String {
    count == 1 ? "1 figure" : "\(HumanFormat.count(count)) figures"
  }

  /// The word for people beside the symbol.
  var word: String {
    switch outcome {
    case .same: "✓ same"
    case .digestDiffers: "✗ differs"
    case .worse: "✗ worse"
    case .improved: "✓ not worse"
    case .recorded: "✓ recorded"
    }
  }
}

extension FigureDifference {
  /// `costs.wires USD 5.00 -> USD 5.01 (+USD 0.01, +0.2 %, worse)`.
  public var sentence: String {
    let percent = relative == nil ? "" : ", " + SheetUnit.percent(relative)
    let size = difference == nil ? "" : unit.signed(difference) + percent + ", "
    let (before, after) = texts
    return "\(visible(name)) \(before) -> \(after) (\(size)\(judgement.rawValue))"
  }

  /// Both values for people, told apart.
  private var texts: (String, String) {
    let short = (unit.text(baseline), unit.text(now))
    if short.0 != short.1 { return short }
    return (unit.text(baseline, isExact: true), unit.text(now, isExact: true))
  }

  /// The cells of a table's row.
  var cells: [String] {
    let (before, after) = texts
    return [
      visible(name), before, after, difference == nil ? "–" : unit.signed(difference),
      // To a baseline of zero there is no relative difference.
      relative == nil && difference != nil ? "n/a" : SheetUnit.percent(relative),
      judgement.rawValue,
    ]
  }

  static let headers = ["figure", "baseline", "now", "difference", "relative", "judged"]
}
