import Reporting
import Scenario

/// What a comparison is to do; checked before anything runs.
public struct ComparisonPlan: Sendable {
  /// Replications that may be asked for.
  public static let replicationRange = 1...10_000
  /// Strategies that may be compared at once.
  public static let strategyRange = 2...50

  /// The variants, in order.
  public var entries: [StrategyEntry]
  /// Position of the entry that the others are compared with.
  public var baseline = 0
  /// Runs of each strategy.
  public var replications = 20
  /// Widest interval that will do, from end to end, as a part of the baseline's figure:
  /// replications are added until the one of cost is as narrow for every entry. Nil where they are
  /// as many as was said.
  public var untilWidth: Double?
  /// Most replications that `untilWidth` may come to.
  public var maximumReplications = 1_000
  /// Seed of replication 0; replication r has the seed r more, modulo 2^64.
  public var firstSeed: UInt64
  /// Of each interval, and of all claims together.
  public var confidence = 0.95
  /// Relative differences below it are no claim.
  public var effectFloor = 0.001
  /// The metrics to compare; nil for the standard ones that the runs have.
  public var metrics: [String]?
  /// What all strategies share beside the file: `--set`.
  public var shared: [ScenarioOverride]

  /// A plan with the usual figures.
  public init(entries: [StrategyEntry], firstSeed: UInt64, shared: [ScenarioOverride] = []) {
    self.entries = entries
    self.firstSeed = firstSeed
    self.shared = shared.filter { $0.path != "seed" }
  }

  /// Runs in all. Run i is that of strategy i modulo their number in replication i divided by it.
  public var runCount: Int { entries.count * replications }

  /// Where run `index` belongs.
  public func place(of index: Int) -> (strategy: Int, replication: Int) {
    (index % entries.count, index / entries.count)
  }

  /// The seed of a replication: `run --seed` with it and the strategy's settings is the same run.
  public func seed(replication: Int) -> UInt64 { firstSeed &+ UInt64(replication) }

  /// Everything that run `index` sets in the scenario, the seed first.
  public func overrides(run index: Int) -> [ScenarioOverride] {
    let (strategy, replication) = place(of: index)
    let seed = ScenarioOverride(
      path: "seed", value: String(seed(replication: replication)), origin: .flag("--seed"))
    return [seed] + entries[strategy].overrides(over: shared)
  }

  /// The command line that asks for this plan, quoted for a POSIX shell; `reference` names the
  /// scenario.
  public func command(reference: String) -> String {
    var words = ["settlesim", "compare", reference, "--strategies"]
    words.append(entries.map(\.text).joined(separator: ","))
    if baseline != 0 { words += ["--baseline", entries[baseline].name] }
    words += ["--replications", String(replications), "--seed", String(firstSeed)]
    if let untilWidth {
      words += ["--until-width", ComparisonFlags.percent(untilWidth)]
      words += ["--max-replications", String(maximumReplications)]
    }
    words += ComparisonFlags.words(
      metrics: metrics, confidence: confidence, effectFloor: effectFloor)
    for override in shared { words += ["--set", "\(override.path)=\(override.value)"] }
    return words.map(shellQuoted).joined(separator: " ")
  }

  /// The plan over the scenario, with the shared settings, that the entries change.
  public func inheriting(from scenario: ScenarioSettings) -> ComparisonPlan {
    var plan = self
    plan.entries = entries.map { $0.inheriting(from: scenario) }
    return plan
  }

  /// Why the entries cannot be compared: they report money in different currencies. Nil where all
  /// report in one.
  ///
  /// - Parameter currencies: ISO 4217 codes, one for each entry.
  public func mixedUnits(_ currencies: [String]) -> String? {
    MixedUnits.refusal(
      zip(entries, currencies).map { (name: "`\($0.name)`", currency: $1) },
      remedy: "let `costs.currency` be the same for all (--set changes it for all)")
  }

  /// The baseline by its name, which is that of one entry.
  public mutating func setBaseline(_ name: String) throws(StrategyEntryError) {
    guard let position = entries.firstIndex(where: { $0.name == name }) else {
      let names = entries.map(\.name)
      throw StrategyEntryError(
        description: "expected one of the strategies (\(names.joined(separator: ", "))), "
          + "found `\(name)`")
    }
    baseline = position
  }
}
