import Reporting
import Text

extension ResultDiff {
  /// Version of the layout of the difference's JSON.
  public static let schemaVersion = 1

  /// One word for machines: `same`, `worse` or `not_worse`.
  public var verdict: String { isSame ? "same" : isWorse ? "worse" : "not_worse" }

  /// The whole difference.
  public var json: CanonicalJSON {
    [
      "kind": "settlesim-diff",
      "schema_version": .int(Self.schemaVersion),
      "verdict": .string(verdict),
      "before": Self.json(before),
      "after": Self.json(after),
      "inputs": .array(
        inputs.map {
          [
            "kind": .string($0.kind.rawValue), "name": .string($0.name),
            "before": $0.before.map(CanonicalJSON.string) ?? .null,
            "after": $0.after.map(CanonicalJSON.string) ?? .null,
          ]
        }),
      "differences": .array(differences.map { $0.json(from: "before", to: "after") }),
      "within_tolerance": .int(tolerated),
      "ignored": .int(ignored),
    ]
  }

  private static func json(_ side: DiffSide) -> CanonicalJSON {
    [
      "name": .string(side.name),
      "scenario": .string(side.record.scenario),
      "seed": .int(side.record.seed),
      "digest": .string(side.record.digest),
      "event_count": .int(side.record.eventCount),
      "settlesim_version": .string(side.record.settlesimVersion),
    ]
  }

  /// A line for each input and each figure that moved:
  /// `section,name,before,after,difference,relative,unit,judged`.
  public func csv() -> String {
    var rows = [["section", "name", "before", "after", "difference", "relative", "unit", "judged"]]
    for input in inputs {
      rows.append(["input", input.subject, input.before ?? "", input.after ?? "", "", "", "", ""])
    }
    for difference in differences {
      rows.append([
        "figure", difference.name, FigureValue.bare(difference.baseline),
        FigureValue.bare(difference.now), FigureValue.bare(difference.difference),
        difference.relative.map { "\($0)" } ?? "", difference.unit.word,
        difference.judgement.rawValue,
      ])
    }
    return CSV.encode(rows)
  }

  /// An error for each figure that got worse.
  public var annotations: [Annotation] { junit().annotations }

  /// The side that is a file and so may stand in a repository.
  private var baseline: String? { [after.name, before.name].first { $0.hasSuffix(".json") } }

  /// A test case for each figure that moved, failed where it got worse; one that stands for all
  /// where none did.
  public func junit() -> JUnitDocument {
    let context = inputs.map(\.sentence).joined(separator: "\n")
    var cases = differences.map { difference in
      JUnitDocument.Case(
        difference.name, className: "settlesim.diff",
        difference.judgement == .worse
          ? .failed(message: difference.sentence, details: context) : .passed,
        facts: difference.sentence, file: baseline)
    }
    let isFailed = isWorse && count(.worse) == 0
    if cases.isEmpty || isFailed {
      cases.append(
        JUnitDocument.Case(
          "every figure", className: "settlesim.diff",
          isFailed ? .failed(message: verdictLine, details: context) : .passed, file: baseline))
    }
    return JUnitDocument(
      "settlesim diff",
      [JUnitDocument.Suite("diff: \(visible(before.name)) -> \(visible(after.name))", cases)])
  }
}
