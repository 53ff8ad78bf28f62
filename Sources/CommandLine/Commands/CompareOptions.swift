import Text
import Experiments
import Reporting
import Scenario

extension Flag {
  static let strategies = Flag(
    "strategies",
    .text("A,B,...", .list(["scenario"] + (strategyDeclarations + modeDeclarations).map(\.name))),
    """
    What to compare: names of `list strategies`, with parameters as in
    fixed_window:window=15min, and any setting by its path:
    merchant_day:costs.wire=4.50 USD. `scenario` is what the file says;
    a strategy that the file has keeps the parameters it has there.
    """)
  static let replications = Flag(
    "replications", .count(ComparisonPlan.replicationRange),
    "Runs of each strategy, 1 to 10000; default: 20.")
  static let untilWidth = Flag(
    "until-width", .text("PERCENT"),
    """
    Adds replications until the interval of cost is as narrow for every
    strategy: 1% of the baseline's cost, from end to end.
    """)
  static let maximumReplications = Flag(
    "max-replications", .count(ComparisonPlan.replicationRange),
    "Most replications of --until-width; default: 1000.")
  static let baseline = Flag(
    "baseline", .text("NAME"), "Strategy that the others are compared with; default: the first.")
  static let confidence = Flag(
    "confidence", .text("SHARE"), "Of intervals, and of all claims together; default: 0.95.")
  static let effectFloor = Flag(
    "effect-floor", .text("SHARE"),
    "Relative differences below it are no claim; default: 0.001.")
  static let results = Flag(
    "results", .toggle, "Compares two stored results: compare --results A B.")
}

/// What the flags of `compare` say, each checked by itself.
struct CompareOptions {
  let replications: Int
  let confidence: Double
  let effectFloor: Double
  /// Nil where replications are as many as was said.
  let untilWidth: Double?
  let maximumReplications: Int
  /// Nil for the standard ones.
  let metrics: [String]?
  private let options: Options

  init(_ options: Options) throws(Failure) {
    self.options = options
    replications = try options.count(.replications) ?? 20
    confidence =
      try Self.value(.confidence, options, "a number of 0.5 to 0.9999, such as 0.95") { text in
        Self.decimal(text).flatMap { (0.5...0.999_9).contains($0) ? $0 : nil }
      } ?? 0.95
    effectFloor =
      try Self.value(.effectFloor, options, "a number of 0 to 1, such as 0.001") { text in
        Self.decimal(text).flatMap { (0...1).contains($0) ? $0 : nil }
      } ?? 0.001
    metrics = try options.metrics()
    untilWidth = try Self.value(
      .untilWidth, options, "a percentage above 0 and up to 100, such as 1%", Self.percentage)
    let most = try options.count(.maximumReplications)
    if most != nil, untilWidth == nil {
      throw options.usage("\(Flag.maximumReplications.spelling) needs --until-width")
    }
    maximumReplications = max(most ?? 1_000, most == nil ? replications : 0)
    if let most, most < replications {
      throw options.usage(
        "\(Flag.maximumReplications.spelling): expected at least the \(replications) replications "
          + "that it begins with, found \(most)")
    }
  }

  /// The plan for a scenario with the seed `seed`.
  func plan(seed: UInt64) throws(Failure) -> ComparisonPlan {
    guard let given = options.given(.strategies) else {
      throw options.usage("compare needs --strategies A,B,...; `list strategies` names them")
    }
    let entries = try checked(.strategies) { () throws(StrategyEntryError) in
      try StrategyEntry.list(given.text)
    }
    let range = ComparisonPlan.strategyRange
    guard range.contains(entries.count) else {
      throw options.usage(
        "--strategies: expected \(range.lowerBound) to \(range.upperBound) strategies, found "
          + "\(entries.count)")
    }
    var plan = ComparisonPlan(
      entries: entries, firstSeed: seed, shared: try options.overrides())
    plan.replications = replications
    plan.confidence = confidence
    plan.effectFloor = effectFloor
    plan.untilWidth = untilWidth
    plan.maximumReplications = maximumReplications
    if let baseline = options.given(.baseline)?.text {
      try checked(.baseline) { () throws(StrategyEntryError) in try plan.setBaseline(baseline) }
    }
    plan.metrics = metrics
    return plan
  }

  private func checked<Value>(
    _ flag: Flag, _ body: () throws(StrategyEntryError) -> Value
  ) throws(Failure) -> Value {
    do throws(StrategyEntryError) {
      return try body()
    } catch { throw options.usage("\(flag.spelling): \(visible(error.description))") }
  }

  private static func value<Value>(
    _ flag: Flag, _ options: Options, _ expected: String, _ read: (String) -> Value?
  ) throws(Failure) -> Value? {
    guard let given = options.given(flag) else { return nil }
    guard let value = read(given.text) else {
      throw options.usage("\(flag.spelling): expected \(expected), found \(quoted(given.text))")
    }
    return value
  }

  /// `1%` as a ratio.
  /// `0.5%` as a share.
  static func percentage(_ text: String) -> Double? {
    guard text.hasSuffix("%"), let value = decimal(String(text.dropLast())), value > 0, value <= 100
    else { return nil }
    return value / 100
  }

  /// Digits with at most one point; at least as many as a recorded command has.
  private static func decimal(_ text: String) -> Double? {
    let isPlain =
      text.utf8.count <= 40 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
    return isPlain ? Double(text) : nil
  }
}
