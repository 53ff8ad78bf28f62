import Text
import Reporting

/// A scenario's run against its baseline.
public struct ResultBench: Sendable, Equatable {
  /// What the comparison came to.
  public enum Outcome: String, Sendable {
    /// The digest and every figure are those of the baseline.
    case same
    /// Every figure is that of the baseline, the digest is not: something moved that no figure
    /// shows.
    case digestDiffers = "digest_differs"
    /// A figure got worse or is gone, or what was to be done was not the same.
    case worse
    /// Figures moved, and none of them got worse.
    case improved
    /// The run was recorded as the new baseline.
    case recorded
  }

  /// The scenario's name.
  public var scenario: String
  /// What the comparison came to.
  public var outcome: Outcome
  /// Digests, 16 hexadecimal digits; that of the baseline is nil where there was none.
  public var baselineDigest: String?
  /// The digest of this run.
  public var digest: String
  /// Semantic events of this run.
  public var eventCount: Int
  /// The figures that moved, the most telling first.
  public var differences: [FigureDifference]
  /// What else is not as it was: the scenario file, a file it reads, versions; each on a line.
  public var notes: [String]

  /// Whether this fails a gate: something got worse, or moved and no figure says where to.
  public var isRegression: Bool { outcome == .digestDiffers || outcome == .worse }

  /// How many figures moved in which direction.
  public func count(_ judgement: FigureJudgement) -> Int {
    differences.count { $0.judgement == judgement }
  }

  /// Compares `result` with its baseline, by the judgement of `ResultDiff`.
  public init(_ result: RunResult, baseline: ResultBaseline) {
    self.init(
      ResultDiff(DiffSide("there", baseline), DiffSide("here", ResultBaseline(result))))
  }

  private init(_ diff: ResultDiff) {
    let (old, new) = (diff.before.record, diff.after.record)
    scenario = new.scenario
    (baselineDigest, digest, eventCount) = (old.digest, new.digest, new.eventCount)
    differences = diff.differences
    notes = diff.inputs.map(\.note)
    let isOther = !differences.isEmpty || diff.isDigestOther
    if diff.isSameWork, isOther {
      notes.insert(
        "scenario, inputs and seed are those of the baseline: the program changed", at: 0)
    }
    // Other arrivals make cheaper and dearer days, whatever the program does with them, and what is
    // no longer told may be anything.
    if diff.count(.worse) > 0 || diff.hasOtherArrivals || diff.hasLostFigures {
      outcome = .worse
    } else if differences.isEmpty {
      outcome = diff.isDigestOther ? .digestDiffers : .same
    } else {
      outcome = .improved
    }
  }

  /// What `result` changes as the new baseline, against the former one if there was one.
  public init(recording result: RunResult, former: ResultBaseline?) {
    self.init(result, baseline: former ?? ResultBaseline(result))
    if former == nil {
      baselineDigest = nil
      notes = ["there was no baseline"]
    }
    outcome = .recorded
  }
}

extension InputDifference {
  /// The difference from a baseline for a person, on a line.
  var note: String {
    let values = "\(Self.shown(before)) there, \(Self.shown(after)) here"
    switch kind {
    case .text: return "the scenario file is not that of the baseline: SHA-256 \(values)"
    case .file: return "the file \(visible(name)) is not that of the baseline: SHA-256 \(values)"
    case .version: return "settlesim \(values)"
    case .timeZones: return "time-zone database \(values)"
    case .arrivals: return "what merchants asked for is not that of the baseline: \(values)"
    case .scenario, .setting, .seed: return "\(visible(subject)) \(values)"
    }
  }
}
