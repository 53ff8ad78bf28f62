import Declared
import Money
import Text

/// Thresholds against the figures that there are: the name must be one of them, and the value in
/// its unit.
enum ThresholdChecks {
  static func run(
    _ settings: ScenarioSettings, _ figures: [FigureDeclaration], _ root: ScenarioNode,
    _ decoding: inout Decoding
  ) {
    guard !settings.thresholds.isEmpty else { return }
    let known = Dictionary(uniqueKeysWithValues: figures.map { ($0.name, $0) })
    let reporting = settings.costs.currency
    for (index, threshold) in settings.thresholds.enumerated() {
      let path = NodePath([.key("thresholds"), .index(index)])
      guard let figure = known[threshold.metric] else {
        decoding.report(
          in: root, at: [path],
          "no metric `\(printable(threshold.metric))`"
            + hint(threshold.metric, figures.map(\.name)))
        continue
      }
      if threshold.value.value(in: figure, reporting: reporting) == nil {
        let expected = ThresholdValue.expected(for: figure, reporting: reporting)
        decoding.report(
          in: root, at: [path],
          "expected \(expected) for \(figure.name), found `\(printable(threshold.text))`")
      }
    }
  }

  /// The names nearest to `name`, all that are equally near.
  private static func hint(_ name: String, _ names: [String]) -> String {
    guard let nearest = EditDistance.nearest(to: name, among: names) else {
      return "; `settlesim list metrics` names them all"
    }
    func distance(_ other: String) -> Int {
      EditDistance.distance(Array(name.utf8), Array(other.utf8))
    }
    let near = names.filter { distance($0) == distance(nearest) }.prefix(3)
    return "; did you mean \(near.map { "`\($0)`" }.joined(separator: " or "))?"
  }
}

extension LoadedScenario {
  /// Where a threshold stands, or the flag that gave it.
  public func position(ofThreshold index: Int) -> SourcePosition {
    root.deepest([.key("thresholds"), .index(index)]).node.position
  }

  /// Checks the thresholds against the figures that there are, for a scenario that was loaded
  /// without them.
  ///
  /// - Throws: `.invalid` (65), with the place of each threshold that is refused.
  public func checkThresholds(_ figures: [FigureDeclaration]) throws(ScenarioError) {
    var decoding = Decoding()
    ThresholdChecks.run(settings, figures, root, &decoding)
    try decoding.check()
  }
}
