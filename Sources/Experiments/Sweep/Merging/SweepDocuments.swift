import Statistics
import Text
import Reporting

/// The files of a merged sweep. They hold no place, no time and nothing of the machine: the same
/// bytes however the points were shared out.
extension SweepResults {
  /// `points.csv`: a row for each figure of each point.
  public var pointsCSV: String {
    let paths = definition.grid.axes.map(\.path)
    var rows = [["point"] + paths + ["seed", "metric", "value"]]
    for entry in entries {
      let start = ["\(entry.point.number)"] + entry.point.values + ["\(entry.point.seed)"]
      for (name, value) in entry.metrics { rows.append(start + [name, value.description]) }
    }
    return CSV.encode(rows)
  }

  /// `points.json`: what was run and what came of it, point by point.
  public var pointsJSON: CanonicalJSON {
    [
      "kind": "settlesim sweep points",
      "schema_version": .int(SweepDefinition.schemaVersion),
      "sweep": .string(definition.identifier),
      "points": .array(entries.map(document)),
    ]
  }

  private func document(_ entry: Entry) -> CanonicalJSON {
    let identity = entry.manifest.identity
    return [
      "point": .int(entry.point.number),
      "id": .string(definition.identifier(of: entry.point)),
      "parameters": parameters(entry.point.values),
      "seed": .int(entry.point.seed),
      "digest": .string(identity.digestHex),
      "event_count": .int(identity.eventCount),
      "verdict": .string(entry.manifest.verdict.rawValue),
      "metrics": .object(
        Dictionary(uniqueKeysWithValues: entry.metrics.map { ($0.name, .decimal($0.value)) })),
    ]
  }

  private func parameters(_ values: [String]) -> CanonicalJSON {
    .object(
      Dictionary(
        uniqueKeysWithValues: zip(definition.grid.axes, values).map { ($0.path, .string($1)) }))
  }

  /// `summary.json`: the medians over the seeds for each combination of values, and the verdict.
  public var summaryJSON: CanonicalJSON {
    [
      "kind": "settlesim sweep summary",
      "schema_version": .int(SweepDefinition.schemaVersion),
      "sweep": .string(definition.identifier),
      "settlesim_version": .string(definition.settlesimVersion),
      "scenario": .string(definition.scenarioName),
      "scenario_sha256": .string(definition.scenarioSHA256),
      "verdict": .string(verdict.rawValue),
      "currency": .string(currency),
      "points": .int(entries.count),
      "seeds": .int(definition.grid.seeds.count),
      "verdicts": .object(
        Dictionary(
          uniqueKeysWithValues: Verdict.allCases.map { verdict in
            (verdict.rawValue, .int(entries.count { $0.manifest.verdict == verdict }))
          })),
      "combinations": .array(combinations.map(document)),
    ]
  }

  private func document(_ combination: Combination) -> CanonicalJSON {
    [
      "first_point": .int(combination.firstPoint),
      "parameters": parameters(combination.values),
      "verdict": .string(combination.verdict.rawValue),
      "metrics": .object(
        Dictionary(
          uniqueKeysWithValues: combination.metrics.map { name, interval in
            (
              name,
              [
                "count": .int(interval.count), "median": .decimal(interval.median),
                "low": .decimal(interval.low), "high": .decimal(interval.high),
                "confidence": .decimal(interval.confidence),
              ]
            )
          })),
    ]
  }
}

extension SweepResults {
  /// The points that differ by their seeds alone.
  public struct Combination: Sendable {
    /// The number of the first of them.
    public var firstPoint: Int
    /// A value for each axis.
    public var values: [String]
    /// The worst verdict.
    public var verdict: Verdict
    /// The figures over the seeds, by ascending name. A figure without samples in some of the runs
    /// counts fewer.
    public var metrics: [(name: String, interval: MedianInterval)]

    /// The figure of this name.
    public func interval(_ name: String) -> MedianInterval? {
      metrics.first { $0.name == name }?.interval
    }
  }

  /// All combinations of values, in the order of their points.
  public var combinations: [Combination] {
    let seeds = definition.grid.seeds.count
    return (0..<definition.grid.combinationCount).map { combination in
      let runs = entries[(combination * seeds)..<((combination + 1) * seeds)]
      var values: [String: [Double]] = [:]
      for run in runs {
        for figure in run.metrics {  // ordered: an array
          values[figure.name, default: []].append(figure.value)
        }
      }
      let names = values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      return Combination(
        firstPoint: combination * seeds + 1,
        values: definition.grid.values(combination: combination),
        verdict: Self.worst(runs.map(\.manifest.verdict)),
        metrics: names.compactMap { name in
          MedianInterval(values[name] ?? []).map { (name: name, interval: $0) }
        })
    }
  }

  /// The worst verdict of all points.
  public var verdict: Verdict { Self.worst(entries.map(\.manifest.verdict)) }

  static func worst(_ verdicts: [Verdict]) -> Verdict {
    let order: [Verdict] = [
      .passed, .levelMissed, .thresholdMissed, .notAtRest, .interrupted, .invariantViolated,
    ]
    return order.last { verdicts.contains($0) } ?? .passed
  }
}
