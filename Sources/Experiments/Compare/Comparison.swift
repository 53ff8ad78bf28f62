import Reporting
import Scenario
import Simulator

/// Why a comparison has no result.
public enum ComparisonFailure<Cause: Error>: Error {
  /// A run could not be prepared.
  case preparation(Cause)
  /// An invariant broke in a run; with the command that shows it again.
  case invariant(InvariantText, command: String)
  /// Runs with one seed met different arrivals, so that they cannot be compared: an entry changes
  /// what it must not.
  case arrivals(String)
  /// Runs report in different units, which are neither added nor compared; with both named.
  case units(String)
  /// A run ended with errors of the scenario, one line each.
  case run(errors: [String], command: String)
  /// The process of every run, or of every run of replication 0, died; how that of the first did.
  case died(ChildDeath)
  /// The runs were stopped from outside.
  case interrupted

  /// A broken invariant in words.
  public struct InvariantText: Sendable, Equatable {
    /// What broke, where and when.
    public let text: String
  }
}

/// How far a comparison has come.
public struct ComparisonProgress: Sendable {
  /// Runs that have ended.
  public var finished: Int
  /// Runs in all.
  public var count: Int
  /// Parts of runs that are under way, added up: 1.5 is three runs at the half.
  public var underWay: Double
  /// Events of all runs so far.
  public var events: Int

  /// The part of the work that is done, 0...1.
  public var fraction: Double { min(1, (Double(finished) + underWay) / Double(max(1, count))) }
}

/// Simulates every strategy on the same arrivals, replication by replication.
///
/// 1. The runs of replication 0 come first, so that an entry that cannot run is told at once.
/// 2. Each run is a whole `ScenarioRun`; runs are spread over threads and do not know each other.
/// 3. The first run, by number, that cannot be prepared, breaks an invariant or ends with an error
///    ends it all; one that does not come to rest does not, nor does one whose process dies, where
///    runs have processes of their own: it is marked.
/// 4. The arrivals of a replication must be the same for every strategy; else its last run ends it.
/// 5. What the runs came to is analysed by `ComparisonAnalysis`.
/// 6. Where intervals are to be narrow and are not, replications are added, and it goes on with 2.
public final class Comparison<Cause: Error> {
  /// Makes run `index` of the plan ready.
  public typealias Preparation = (Int) throws(Cause) -> RunPool<Cause>.Body

  private var plan: ComparisonPlan
  private let reference: String
  private var runs: [ComparedRun?]
  private var trouble: (index: Int, failure: ComparisonFailure<Cause>)?
  private var states: [Int: (fraction: Double, events: Int)] = [:]
  private var finishedEvents = 0
  private var missedThresholds = 0
  /// Runs whose process died, by number.
  private var deaths: [Int: ChildDeath] = [:]
  /// Whether no run of replication 0 has survived, so that the others are spared.
  private var isHopeless: Bool { plan.entries.indices.allSatisfy { deaths[$0] != nil } }
  private var scenarioText = ""
  private var currencies: [String?]

  private init(_ plan: ComparisonPlan, reference: String) {
    self.plan = plan
    self.reference = reference
    runs = Array(repeating: nil, count: plan.runCount)
    currencies = Array(repeating: nil, count: plan.entries.count)
  }

  /// Carries a plan out.
  ///
  /// - `reference`: how the command line names the scenario, for commands that show a run again.
  /// - `threads`: at least 1; change the time it takes and nothing else.
  /// - `process`: if given, each run is carried out by a fork of it, whose death costs that run
  ///   alone.
  /// - `prepare`: loads the scenario with `plan.overrides(run:)` and prepares its run; called for
  ///   one run at a time.
  /// - `progress`: called between windows of runs; returning false stops everything.
  public static func run(
    _ plan: ComparisonPlan, reference: String, threads: Int, process: ForkingProcess? = nil,
    prepare: @escaping Preparation, progress: @escaping (ComparisonProgress) -> Bool
  ) throws(ComparisonFailure<Cause>) -> ComparisonResult {
    let comparison = Comparison(plan, reference: reference)
    var first = 0
    while true {
      let start = first
      do throws(RunPool<Cause>.Refusal) {
        try RunPool<Cause>.run(
          count: comparison.plan.runCount - start, threads: threads,
          isolation: process.map { process in
            RunIsolation(process: process) { comparison.bury(start + $0, $1) }
          },
          prepare: { index throws(Cause) in try prepare(start + index) },
          progress: { index, state in
            let index = start + index
            return comparison.isWorthwhile(index) && progress(comparison.note(index, state))
          },
          finish: { comparison.finish(start + $0, $1) })
      } catch {
        _ = comparison.fail(start + error.index, .preparation(error.cause))
      }
      if let trouble = comparison.trouble { throw trouble.failure }
      try comparison.markDeaths()
      let result = try comparison.result(asPlanned: plan)
      first = comparison.plan.runCount
      guard comparison.extend(result) else { return result }
    }
  }

  /// Whether run `index` may still matter: not once a run before it has failed.
  private func isWorthwhile(_ index: Int) -> Bool { trouble.map { index < $0.index } ?? true }

  private func note(_ index: Int, _ state: RunProgress) -> ComparisonProgress {
    let done: Double =
      if let expected = state.expectedRequests, expected > 0 {
        Double(state.requests) / Double(expected)
      } else {
        Double(state.now.nanoseconds) / Double(max(1, state.arrivalsEnd.nanoseconds))
      }
    states[index] = (min(max(done, 0), 1), state.events)
    let under = states.keys.sorted().map { states[$0]! }
    return ComparisonProgress(
      finished: runs.count { $0 != nil }, count: plan.runCount,
      underWay: under.reduce(0) { $0 + $1.fraction },
      events: finishedEvents + under.reduce(0) { $0 + $1.events })
  }

  /// Takes an outcome; false when the comparison has failed.
  private func finish(_ index: Int, _ result: RunSummary) -> Bool {
    let (strategy, replication) = plan.place(of: index)
    states[index] = nil
    finishedEvents += result.identity.eventCount
    if let failure = failure(result) { return fail(index, failure) }
    if result.verdict == .thresholdMissed { missedThresholds += 1 }
    var identity = result.identity
    // The text is the same for all runs, and kept once.
    scenarioText = identity.scenarioText
    identity.scenarioText = ""
    var run = ComparedRun(
      strategy: strategy, replication: replication, identity: identity, metrics: result.metrics)
    if result.verdict == .notAtRest {
      run.unrest = result.errors.first ?? Verdict.notAtRest.words
    }
    runs[index] = run
    if let failure = units(result.currency, strategy) { return fail(index, failure) }
    return haveSameArrivals(replication)
  }

  /// Takes note of a run whose process died; false when the comparison has failed.
  private func bury(_ index: Int, _ death: ChildDeath) -> Bool {
    states[index] = nil
    deaths[index] = death
    return !isHopeless && haveSameArrivals(plan.place(of: index).replication)
  }

  private func haveSameArrivals(_ replication: Int) -> Bool {
    let last = replication * plan.entries.count + plan.entries.count - 1
    if let failure = arrivals(replication) { return fail(last, failure) }
    return true
  }

  /// Gives the runs whose process died a place among the others, without figures.
  private func markDeaths() throws(ComparisonFailure<Cause>) {
    let crashes = deaths.filter { !$0.value.isForMemory }
    guard let first = (crashes.isEmpty ? deaths : crashes).min(by: { $0.key < $1.key }) else {
      return
    }
    guard !isHopeless, let known = runs.lazy.compactMap({ $0 }).first else {
      throw .died(first.value)
    }
    for (index, death) in deaths.sorted(by: { $0.key < $1.key }) where runs[index] == nil {
      let (strategy, replication) = plan.place(of: index)
      var identity = known.identity
      identity.seed = plan.seed(replication: replication)
      identity.overrides = plan.overrides(run: index).filter { $0.path != "seed" }.map {
        SettingOverride(path: $0.path, value: $0.value)
      }
      (identity.digest, identity.arrivalDigest, identity.eventCount) = (0, 0, 0)
      var run = ComparedRun(
        strategy: strategy, replication: replication, identity: identity, metrics: [:])
      run.unrest = death.lines[0]
      run.death = death.isForMemory ? .memory : .crash
      runs[index] = run
    }
  }

  /// Keeps a failure, unless a run before it has failed; false.
  private func fail(_ index: Int, _ failure: ComparisonFailure<Cause>) -> Bool {
    if isWorthwhile(index) { trouble = (index, failure) }
    return false
  }

  private func failure(_ result: RunSummary) -> ComparisonFailure<Cause>? {
    var identity = result.identity
    identity.scenarioReference = reference
    let command = identity.reproducingCommand
    if result.verdict == .invariantViolated {
      let text = result.breach ?? "an invariant broke"
      return .invariant(.init(text: text), command: command)
    }
    if result.verdict == .notAtRest { return nil }
    if !result.errors.isEmpty { return .run(errors: result.errors, command: command) }
    return result.verdict == .interrupted ? .interrupted : nil
  }

  /// Notes the currency that a run reports in; a failure where another one has another.
  private func units(_ currency: String?, _ strategy: Int) -> ComparisonFailure<Cause>? {
    currencies[strategy] = currencies[strategy] ?? currency
    guard let currency else { return nil }
    let known = currencies.map { $0 ?? currency }
    return plan.mixedUnits(known).map(ComparisonFailure.units)
  }

  /// Adds replications where the intervals are still too wide; false where all is done.
  private func extend(_ result: ComparisonResult) -> Bool {
    guard let precision = result.precision, !precision.isReached, precision.width != nil,
      plan.replications < plan.maximumReplications
    else { return false }
    plan.replications = PrecisionGoal.next(
      after: plan.replications, limit: plan.maximumReplications)
    runs += Array(repeating: nil, count: plan.runCount - runs.count)
    return true
  }

  /// What the runs so far came to; the command is that of the plan as it was asked for.
  private func result(
    asPlanned asked: ComparisonPlan
  ) throws(ComparisonFailure<Cause>) -> ComparisonResult {
    let runs = runs.compactMap { $0 }
    guard runs.count == plan.runCount else { throw .interrupted }
    var result = ComparisonResult(identity: runs[0].identity)
    result.replications = plan.replications
    result.confidence = plan.confidence
    result.effectFloor = plan.effectFloor
    result.baseline = plan.baseline
    result.currency = currencies.compactMap { $0 }.first ?? ""
    result.strategies = plan.entries.map { entry in
      var strategy = ComparedStrategy(
        entry.name,
        settings: entry.settings.map { SettingOverride(path: $0.path, value: $0.value) })
      strategy.inherited = entry.inherited.map {
        SettingOverride(path: $0.path, value: $0.value)
      }
      return strategy
    }
    result.runs = runs
    result.identity.scenarioText = scenarioText
    result.identity.overrides = plan.shared.map { SettingOverride(path: $0.path, value: $0.value) }
    if missedThresholds > 0 {
      result.notes.append(
        "\(missedThresholds) of \(runs.count) runs missed a threshold of the scenario; thresholds "
          + "judge single runs and do not gate a comparison")
    }
    result.reproducingCommand = asked.command(reference: result.identity.scenarioReference)
    ComparisonAnalysis(asked: plan.metrics).fill(&result)
    if let target = plan.untilWidth {
      PrecisionGoal(target: target, limit: plan.maximumReplications, start: asked.replications)
        .fill(&result)
    }
    return result
  }

  /// Once all runs of a replication are there, they must have met the same arrivals: those that
  /// most entries met or, of as many, the one with the fewest settings.
  private func arrivals(_ replication: Int) -> ComparisonFailure<Cause>? {
    let start = replication * plan.entries.count
    let places = plan.entries.indices.map { start + $0 }
    guard places.allSatisfy({ runs[$0] != nil || deaths[$0] != nil }) else { return nil }
    let met = places.compactMap { place in
      runs[place].map { (entry: plan.entries[place - start], identity: $0.identity) }
    }
    let digests = met.map(\.identity.arrivalDigest)
    let rank = met.indices.map { index in
      (-digests.count { $0 == digests[index] }, met[index].entry.settings.count, index)
    }
    guard let usual = rank.min(by: { $0 < $1 })?.2,
      let other = digests.indices.first(where: { digests[$0] != digests[usual] })
    else { return nil }
    return .arrivals(
      "`\(met[other].entry.name)` changes what merchants ask for: with seed "
        + "\(met[other].identity.seed) it met the arrivals "
        + "\(met[other].identity.arrivalDigestHex) and `\(met[usual].entry.name)` "
        + "\(met[usual].identity.arrivalDigestHex), so that their results "
        + "cannot be paired. Settings of an entry must leave the arrivals alone (workload, "
        + "merchants, cells, banks, time); --set changes them for all")
  }
}
