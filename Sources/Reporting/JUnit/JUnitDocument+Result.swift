import Text

extension JUnitDocument {
  /// The checks of a run: that it came to its end, each threshold, each invariant; the numbers
  /// stand in the text of what failed.
  public init(_ result: RunResult) {
    let name = result.identity.scenarioName
    func className(_ group: String) -> String { "settlesim.\(name).\(group)" }
    let reproduce = "reproduce: \(result.identity.reproducingCommand)"
    let end: Case.Outcome
    switch result.verdict {
    case .interrupted:
      end = .failed(
        message: "the run was stopped", details: "the result is incomplete\n\(reproduce)")
    case .notAtRest:
      end = .failed(
        message: "not all was settled within time.drain_limit after the last arrival",
        details: reproduce)
    case .passed, .levelMissed, .thresholdMissed, .invariantViolated: end = .passed
    }
    let time = result.virtualTimeNanoseconds
    let judged = "judged   after \(HumanFormat.duration(time)) of virtual time"
    let run = Case(
      "comes to its end", className: className("run"), end,
      facts: "ended    after \(HumanFormat.duration(time)) of virtual time", nanoseconds: time)
    let thresholds = result.thresholds.map { row in
      let (expected, actual) = (
        HumanFormat.quantity(row.expected), HumanFormat.quantity(row.actual)
      )
      let numbers =
        "expected \(expected)\nactual   \(actual)\nmargin   \(HumanFormat.quantity(row.margin))"
      return Case(
        row.text, className: className("thresholds"),
        row.isPassed
          ? .passed
          : .failed(
            message: "expected \(expected), actual \(actual)",
            details: "\(row.text)\n\(numbers)\n\(reproduce)"),
        facts: "\(numbers)\n\(judged)")
    }
    let invariants = result.invariants.map { row in
      Case(
        row.name, className: className("invariants"),
        row.breaches == 0
          ? row.checks == 0 ? .skipped("never checked in this run") : .passed
          : .failed(
            message: "broken \(grouped(row.breaches)) times in \(grouped(row.checks)) checks",
            details: reproduce),
        facts: "checks   \(grouped(row.checks))\nbreaches \(grouped(row.breaches))\n\(judged)")
    }
    self.init(
      "settlesim run",
      [
        Suite("\(name): run", [run]), Suite("\(name): thresholds", thresholds),
        Suite(
          "\(name): levels",
          result.levels.map {
            Self.level(
              $0, className: className("levels"), decides: result.levelsDecide, judged, reproduce)
          }),
        Suite("\(name): invariants", invariants),
      ].filter { !$0.cases.isEmpty })
  }

  /// A level: skipped where it was not put to the test, and where it is missed and decides nothing.
  private static func level(
    _ row: LevelRow, className: String, decides: Bool, _ judged: String, _ reproduce: String
  ) -> Case {
    let expected = row.comparison.rawValue + " " + HumanFormat.quantity(row.target)
    let actual = row.actual.map(HumanFormat.quantity) ?? "none"
    let outcome: Case.Outcome =
      switch row.isMet {
      case nil: .skipped("not judged: only if \(row.condition); actual \(actual)")
      case true?: .passed
      case false? where decides:
        .failed(
          message: "expected \(expected), actual \(actual)",
          details: "\(row.name)\nexpected \(expected)\nactual   \(actual)\n\(reproduce)")
      case false?:
        .skipped("missed, which decides nothing here: expected \(expected), actual \(actual)")
      }
    return Case(
      row.name, className: className, outcome,
      facts: "expected \(expected)\nactual   \(actual)\n\(judged)")
  }
}
