/// Which way of a figure is the good one.
public enum Preference: String, Sendable, CaseIterable {
  /// Less is better: cost, delay.
  case lower
  /// More is better: throughput, savings.
  case higher
  /// Neither is better by itself.
  case unknown
}

/// What a comparison comes to, in one word.
public enum DifferenceVerdict: String, Sendable, CaseIterable {
  /// Different beyond chance and the effect floor, to the good side.
  case better
  /// Different beyond chance and the effect floor, to the bad side.
  case worse
  /// Different beyond chance and the effect floor; which side is good is not known.
  case differs
  /// No difference that could be told from chance, or one too small to matter.
  case same = "~"

  /// - Parameters:
  ///   - difference: of the means or the medians, paired or not; variant minus baseline.
  ///   - relative: the same as a part of the baseline; nil where the baseline is zero.
  ///   - pValue: adjusted for the number of comparisons.
  ///   - level: the p-value from which on chance will do as an explanation, 0.05 for instance.
  ///   - effectFloor: relative differences below it do not matter.
  public init(
    difference: Double, relative: Double?, pValue: Double, level: Double, effectFloor: Double,
    preference: Preference
  ) {
    let matters = difference != 0 && (relative.map { abs($0) >= effectFloor } ?? true)
    guard matters && pValue <= level else {
      self = .same
      return
    }
    switch preference {
    case .lower: self = difference < 0 ? .better : .worse
    case .higher: self = difference > 0 ? .better : .worse
    case .unknown: self = .differs
    }
  }
}
