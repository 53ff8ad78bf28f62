import Declared
import Simulator

extension FigureDirection {
  private static let lower = [
    "cost", "latency", "delay", "lost", "in_flight", "expired", "declined", "refused", "stray",
    "double_effects", "maximum_lag", "exception", "breaches", "unavailable", "late",
    "breaker_opens", "failovers", "wires", "queue", "gridlock", "liquidity_usage", "overdraft",
  ]
  private static let higher = [
    "savings_ratio", "wire_reduction", "approval_rate", "success_rate", "settled", "matched",
    "approved", "balanced", "clearing_zero", "netting_efficiency",
  ]

  /// The direction of the figure called `name` of a result: that of the metric of this name. Of
  /// other figures the last word that has a direction decides, so that the settled payments of an
  /// expensive day are still good news.
  public init(of name: String) {
    if let known = MetricCatalog.figure(name) {
      self = known.direction
    } else {
      self.init(byWordsIn: name)
    }
  }

  private init(byWordsIn name: String) {
    // How many samples a latency has is no delay, and how often something was checked no finding. A
    // discount follows the prices that it is taken off: what both come to is judged.
    let isTally = name.contains("latency") && name.hasSuffix(".count") || name.hasSuffix(".checks")
    guard !isTally, !name.contains("discount") else {
      self = .neutral
      return
    }
    func end(_ words: [String]) -> Int? {
      words.compactMap { word in name.ranges(of: word).last?.upperBound.utf16Offset(in: name) }
        .max()
    }
    switch (end(Self.lower), end(Self.higher)) {
    case (nil, nil): self = .neutral
    case (let lower?, let higher?): self = lower > higher ? .lowerIsBetter : .higherIsBetter
    case (_?, nil): self = .lowerIsBetter
    case (nil, _?): self = .higherIsBetter
    }
  }
}

/// What a difference from the baseline means.
public enum FigureJudgement: String, Sendable, CaseIterable {
  /// Moved in the bad direction.
  case worse
  /// Moved in the good direction.
  case better
  /// Moved, in a direction that is neither good nor bad.
  case changed
}
