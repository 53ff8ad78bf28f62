/// What the ledger's checks found.
public struct LedgerReport: Sendable, Equatable {
  /// Transfers posted.
  public var transfers = 0
  /// Windows at which the sums were checked.
  public var windowsChecked = 0
  /// Whether debits equalled credits per currency at every window.
  public var isBalanced = true
  /// Whether clearing, suspense and in-transit accounts were zero at rest.
  public var isClearingZero = true

  /// An empty ledger.
  public init() {}

  /// The findings of a run.
  public init(transfers: Int, windowsChecked: Int, isBalanced: Bool, isClearingZero: Bool) {
    self.transfers = transfers
    self.windowsChecked = windowsChecked
    self.isBalanced = isBalanced
    self.isClearingZero = isClearingZero
  }
}

/// One phase of reconciliation.
public struct ReconciliationRow: Sendable, Equatable {
  /// The phase: streaming, daily, exceptions.
  public var phase: String
  /// Lines of the files it looked at.
  public var lines: Int
  /// Lines it matched.
  public var matched: Int
  /// Lines it gave up on.
  public var exceptions: Int

  /// The row of `phase`.
  public init(_ phase: String, lines: Int, matched: Int, exceptions: Int) {
    self.phase = phase
    self.lines = lines
    self.matched = matched
    self.exceptions = exceptions
  }
}

/// How an actual value must relate to its target.
public enum Comparison: String, Sendable {
  /// actual < target
  case below = "<"
  /// actual <= target
  case atMost = "<="
  /// actual == target
  case equal = "=="
  case notEqual = "!="
  /// actual >= target
  case atLeast = ">="
  /// actual > target
  case above = ">"

  /// Whether `actual` keeps `target`.
  public func holds(_ actual: Double, _ target: Double) -> Bool {
    switch self {
    case .below: actual < target
    case .atMost: actual <= target
    case .equal: actual == target
    case .notEqual: actual != target
    case .atLeast: actual >= target
    case .above: actual > target
    }
  }
}

/// A service level: shown in every run, judged where the run put it to the test.
public struct LevelRow: Sendable, Equatable {
  /// What is promised.
  public var name: String
  /// How the actual value must relate to the target.
  public var comparison: Comparison
  /// The promised value.
  public var target: Quantity
  /// The measured value; nil without samples.
  public var actual: Quantity?
  /// What the run must have offered for the level to be judged.
  public var condition: String
  /// Whether it did.
  public var isOffered: Bool

  /// The level `name`.
  public init(
    _ name: String, _ comparison: Comparison, _ target: Quantity, actual: Quantity?,
    condition: String = "", isOffered: Bool = true
  ) {
    self.name = name
    self.comparison = comparison
    self.target = target
    self.actual = actual
    self.condition = condition
    self.isOffered = isOffered
  }

  /// Whether the level was met; nil where it was not put to the test.
  public var isMet: Bool? {
    guard isOffered else { return nil }
    return actual.map { comparison.holds($0.value, target.value) }
  }
}

/// A threshold of the scenario.
public struct ThresholdRow: Sendable, Equatable {
  /// The threshold as the scenario writes it.
  public var text: String
  /// The value asked for.
  public var expected: Quantity
  /// The value measured.
  public var actual: Quantity
  /// How far inside the threshold the actual value is; negative when it is missed.
  public var margin: Quantity
  /// Whether it held.
  public var isPassed: Bool

  /// The judgement of `actual` by a threshold; margin and outcome follow from the comparison.
  public init(text: String, _ comparison: Comparison, expected: Quantity, actual: Quantity) {
    self.text = text
    self.expected = expected
    self.actual = actual
    let difference =
      switch comparison {
      case .below, .atMost: expected.value - actual.value
      case .equal: 0 - (expected.value - actual.value).magnitude
      case .atLeast, .above: actual.value - expected.value
      case .notEqual: (expected.value - actual.value).magnitude
      }
    margin = Quantity(difference, expected.unit, currency: expected.currency)
    isPassed = comparison.holds(actual.value, expected.value)
  }
}

/// An invariant checked while running.
public struct InvariantRow: Sendable, Equatable {
  /// What must never break.
  public var name: String
  /// How often it was checked.
  public var checks: Int
  /// How often it was broken.
  public var breaches: Int

  /// The row of invariant `name`.
  public init(_ name: String, checks: Int, breaches: Int) {
    self.name = name
    self.checks = checks
    self.breaches = breaches
  }
}
