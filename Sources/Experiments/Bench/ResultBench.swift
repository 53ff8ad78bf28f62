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
    /// Figures moved.
    case figuresDiffer = "figures_differ"
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

  /// Whether this fails a gate: a run is deterministic, so whatever moved was moved by someone.
  public var isRegression: Bool { outcome == .digestDiffers || outcome == .figuresDiffer }

  /// How many figures moved in which direction.
  public func count(_ judgement: FigureJudgement) -> Int {
    differences.count { $0.judgement == judgement }
  }

  /// Compares `result` with its baseline.
  ///
  /// Figures are compared even where the digests agree: prices are computed after the last event.
  public init(_ result: RunResult, baseline: ResultBaseline) {
    let sheet = FigureSheet(result)
    let now = ResultBaseline(result, sheet)
    scenario = now.scenario
    (baselineDigest, digest, eventCount) = (baseline.digest, now.digest, now.eventCount)
    differences = FigureDifference.list(baseline: baseline.figures, now: sheet)
    let isEventsMetricMoved = differences.contains { $0.name == "events" }
    if baseline.eventCount != now.eventCount, !isEventsMetricMoved {
      differences.append(
        FigureDifference(
          "event_count", unit: .plain, baseline: .integer(Int64(baseline.eventCount)),
          now: .integer(Int64(now.eventCount))))
    }
    notes = Self.notes(baseline, now)
    let isSameDigest = baseline.digest == now.digest
    outcome = !differences.isEmpty ? .figuresDiffer : isSameDigest ? .same : .digestDiffers
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

  /// The scenario is told apart from the program: a changed file may well give other figures.
  private static func notes(_ old: ResultBaseline, _ new: ResultBaseline) -> [String] {
    var notes: [String] = []
    let isSameWork =
      old.scenarioSHA256 == new.scenarioSHA256 && old.inputs == new.inputs && old.seed == new.seed
    if old.scenarioSHA256 != new.scenarioSHA256 {
      notes.append(
        "the scenario file is not that of the baseline: SHA-256 \(old.scenarioSHA256.prefix(12))… "
          + "there, \(new.scenarioSHA256.prefix(12))… here")
    }
    for name in Set(old.inputs.keys).union(new.inputs.keys).sorted()
    where old.inputs[name] != new.inputs[name] {
      notes.append("the file \(visible(name)) is not that of the baseline: its SHA-256 differs")
    }
    if old.seed != new.seed { notes.append("seed \(old.seed) there, \(new.seed) here") }
    if old.timeZoneDatabase != new.timeZoneDatabase {
      notes.append(
        "time-zone database \(visible(old.timeZoneDatabase)) there, "
          + "\(visible(new.timeZoneDatabase)) here")
    }
    if old.settlesimVersion != new.settlesimVersion {
      notes.append(
        "settlesim \(visible(old.settlesimVersion)) there, \(visible(new.settlesimVersion)) here")
    }
    if isSameWork, old.digest != new.digest || old.figures != new.figures {
      notes.insert(
        "scenario, inputs and seed are those of the baseline: the program changed", at: 0)
    }
    return notes
  }
}
