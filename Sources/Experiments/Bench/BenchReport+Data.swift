import Text
import Reporting

extension BenchReport {
  /// Version of the layout of the report's JSON.
  public static let schemaVersion = 1

  /// The whole report, every difference included.
  public var json: CanonicalJSON {
    [
      "kind": "settlesim-bench",
      "schema_version": .int(Self.schemaVersion),
      "verdict": .string(isRecording ? "recorded" : isRegression ? "regression" : "passed"),
      "scenarios": .array(scenarios.map(Self.json)),
      "speed": speed.map(Self.json) ?? .null,
    ]
  }

  private static func json(_ bench: ResultBench) -> CanonicalJSON {
    [
      "scenario": .string(bench.scenario),
      "outcome": .string(bench.outcome.rawValue),
      "baseline_digest": bench.baselineDigest.map(CanonicalJSON.string) ?? .null,
      "digest": .string(bench.digest),
      "event_count": .int(bench.eventCount),
      "notes": .array(bench.notes.map(CanonicalJSON.string)),
      "differences": .array(
        bench.differences.map { $0.json(from: "baseline", to: "now") }),
    ]
  }

  private static func json(_ speed: SpeedBench) -> CanonicalJSON {
    [
      "rounds": .int(speed.rounds),
      "notes": .array(speed.notes.map(CanonicalJSON.string)),
      "figures": .array(
        speed.rows.map { row in
          [
            "name": .string(row.figure.name),
            "unit": .string(row.figure.unit),
            "value": .decimal(row.figure.value),
            "low": .decimal(row.figure.interval.lowerBound),
            "high": .decimal(row.figure.interval.upperBound),
            "lower_is_better": .boolean(row.figure.lowerIsBetter),
            "baseline": row.baseline.map(CanonicalJSON.decimal) ?? .null,
            "limit": row.limit.map(CanonicalJSON.decimal) ?? .null,
            "regression": .boolean(!speed.isRecorded && row.isRegression),
          ]
        }),
    ]
  }

  /// One line for each scenario, each difference and each figure of speed:
  /// `section,name,figure,baseline,now,difference,relative,result`.
  public func csv() -> String {
    var rows = [
      ["section", "name", "figure", "baseline", "now", "difference", "relative", "result"]
    ]
    for bench in scenarios {
      rows.append([
        "scenario", bench.scenario, "digest", bench.baselineDigest ?? "", bench.digest, "", "",
        bench.outcome.rawValue,
      ])
      for difference in bench.differences {
        rows.append([
          "difference", bench.scenario, difference.name, FigureValue.bare(difference.baseline),
          FigureValue.bare(difference.now), FigureValue.bare(difference.difference),
          difference.relative.map { "\($0)" } ?? "", difference.judgement.rawValue,
        ])
      }
    }
    for row in speed?.rows ?? [] {
      let result = row.baseline == nil ? "new" : row.isRegression ? "worse" : "ok"
      rows.append([
        "speed", row.figure.name, row.figure.unit, row.baseline.map { "\($0)" } ?? "",
        "\(row.figure.value)", row.baseline.map { "\(row.figure.value - $0)" } ?? "",
        row.relative.map { "\($0)" } ?? "", speed?.isRecorded == true ? "recorded" : result,
      ])
    }
    return CSV.encode(rows)
  }

  /// The comparisons as test cases: one for each scenario, one for each figure of speed; what moved
  /// and by how much stands in the text of the failure.
  public func junit() -> JUnitDocument {
    let scenarios = scenarios.map { bench in
      JUnitDocument.Case(
        bench.scenario, className: "settlesim.bench.results",
        bench.isRegression
          ? .failed(
            message: bench.headline,
            details: (bench.notes + bench.differences.map(\.sentence)).joined(separator: "\n"))
          : .passed,
        facts: "baseline \(bench.baselineDigest ?? "none")\nnow      \(bench.digest)",
        file: baseline(bench.scenario))
    }
    let figures = (speed?.rows ?? []).map { row in
      JUnitDocument.Case(
        row.figure.name, className: "settlesim.bench.speed",
        row.baseline == nil
          ? .skipped("the baseline has no such figure")
          : row.isRegression && speed?.isRecorded == false
            ? .failed(
              message: row.sentence,
              details: "\(row.sentence)\ninterval \(row.intervalText)\n\(speed!.rounds) rounds")
            : .passed,
        facts: row.sentence)
    }
    return JUnitDocument(
      "settlesim bench",
      [
        JUnitDocument.Suite("bench: results of the scenarios", scenarios),
        JUnitDocument.Suite("bench: speed of the simulator", figures),
      ].filter { !$0.cases.isEmpty })
  }
}

extension BenchReport {
  /// An error for each scenario that got worse and each figure of speed that did, a notice where
  /// figures only improved and the baseline may be recorded anew.
  public var annotations: [Annotation] {
    junit().annotations
      + scenarios.filter { $0.outcome == .improved }.map {
        Annotation(
          .notice, file: baseline($0.scenario), title: "settlesim bench: \($0.scenario)",
          ([$0.headline] + $0.differences.map(\.sentence)).joined(separator: "\n"))
      }
  }

  private func baseline(_ scenario: String) -> String? {
    baselines.map { "\($0)/\(scenario).json" }
  }
}

extension FigureDifference {
  /// The difference for machines; `from` and `to` name the two values.
  func json(from: String, to: String) -> CanonicalJSON {
    .object([
      "figure": .string(name),
      from: baseline?.json ?? .null,
      to: now?.json ?? .null,
      "difference": difference?.json ?? .null,
      "relative": relative.map(CanonicalJSON.decimal) ?? .null,
      "unit": .string(unit.word),
      "judgement": .string(judgement.rawValue),
    ])
  }
}

extension FigureValue {
  /// The value in a CSV file; nothing where there is none.
  static func bare(_ value: FigureValue?) -> String {
    guard let value else { return "" }
    return if case .text(let text) = value { text } else { value.json.encodedLine() }
  }
}
