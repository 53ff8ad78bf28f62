import Reporting
import Text

/// What changed from one run to another: in what was run, and in what came of it.
///
/// One run against one: whether a difference is more than chance is not said here, `compare` says
/// it of paired seeds.
public struct ResultDiff: Sendable, Equatable {
  /// The run before.
  public var before: DiffSide
  /// The run after.
  public var after: DiffSide
  /// What was run that is not the same.
  public var inputs: [InputDifference]
  /// The figures that moved, the most telling first.
  public var differences: [FigureDifference]
  /// Figures that moved within their tolerance.
  public var tolerated = 0
  /// Figures that moved and are to be ignored.
  public var ignored = 0

  /// The difference from `before` to `after`.
  ///
  /// Figures are compared even where the digests agree: prices are computed after the last event.
  public init(_ before: DiffSide, _ after: DiffSide, rules: DiffRules = DiffRules()) {
    self.before = before
    self.after = after
    inputs = InputDifference.list(before, after)
    differences = []
    for difference in FigureDifference.list(before.record, after.record) {
      if rules.ignores(difference) {
        ignored += 1
      } else if rules.tolerates(difference) {
        tolerated += 1
      } else {
        differences.append(difference)
      }
    }
  }

  /// Why the two cannot be compared: they report in two currencies; nil where they can.
  public static func refusal(_ before: DiffSide, _ after: DiffSide) -> String? {
    before.record.mixedUnits(
      after.record, names: (visible(before.name), visible(after.name)),
      remedy: "let both report in one, with costs.currency")
  }

  /// Whether the two runs are the same in every respect that is told.
  public var isSame: Bool { inputs.isEmpty && differences.isEmpty && !isDigestOther }

  /// Whether the events were not the same.
  public var isDigestOther: Bool { before.record.digest != after.record.digest }

  /// How many figures moved in which direction.
  public func count(_ judgement: FigureJudgement) -> Int {
    differences.count { $0.judgement == judgement }
  }

  /// Whether scenario, settings, files and seed are the same, so that what moved was moved by the
  /// program.
  public var isSameWork: Bool {
    !inputs.contains { [.scenario, .setting, .seed, .file, .text].contains($0.kind) }
  }

  /// Whether what was to be done was not the same: payments came at other times, or with something
  /// else in them.
  public var hasOtherArrivals: Bool { inputs.contains { $0.kind == .arrivals } }

  /// Whether the same work gave something else, and no figure shows what.
  public var isUnexplained: Bool {
    isSameWork && isDigestOther && differences.isEmpty && tolerated == 0 && ignored == 0
  }

  /// Whether a figure is gone, so that nothing says how it would have moved.
  public var hasLostFigures: Bool { differences.contains { $0.now == nil } }

  /// Whether a gate fails: a figure got worse, or the same work gave other arrivals, other events
  /// or fewer figures and nothing says whether that is good.
  public var isWorse: Bool {
    count(.worse) > 0 || isUnexplained || isSameWork && (hasOtherArrivals || hasLostFigures)
  }
}
