import Reporting
import Statistics
import Text

/// Two stored samples against each other.
///
/// They are paired by seed where every seed occurs once on each side and the seeds they share met
/// the same arrivals; else they are independent samples, and Mann and Whitney's test applies.
public struct StoredComparison {
  /// Of each interval, and of all claims together.
  public var confidence = 0.95
  /// Relative differences below it are no claim.
  public var effectFloor = 0.001
  /// The metrics to compare; nil for the standard ones that the runs have.
  public var metrics: [String]?

  /// A comparison with the usual figures.
  public init() {}

  /// The second sample against the first, each of one strategy.
  ///
  /// - Throws: `.unusable` where a unit of the one is not that of the other; both are named.
  public func compare(
    _ first: StoredSample, _ second: StoredSample
  ) throws(StoredSampleError) -> ComparisonResult {
    precondition(!first.runs.isEmpty && !second.runs.isEmpty, "a sample has runs")
    let samples = [first, second]
    let currency = try Self.currency(samples)
    var result = ComparisonResult(identity: first.runs[0].identity)
    result.isStored = true
    result.confidence = confidence
    result.effectFloor = effectFloor
    result.identity.overrides = []
    result.currency = currency
    result.distinctions = StoredDistinctions(first, second).lines
    result.strategies = Self.names(samples).map { ComparedStrategy($0) }
    if let pairs = Self.pairs(first, second) {
      result.pairing = .paired
      result.replications = pairs.count
      for (replication, pair) in pairs.enumerated() {
        for (strategy, run) in [pair.0, pair.1].enumerated() {
          result.runs.append(Self.compared(run, strategy, replication))
        }
      }
      let left = first.runs.count + second.runs.count - 2 * pairs.count
      if left > 0 { result.notes.append("\(left) runs have no counterpart of their seed") }
    } else {
      result.pairing = .unpaired
      result.replications = min(first.runs.count, second.runs.count)
      for (strategy, sample) in samples.enumerated() {
        for (replication, run) in sample.runs.enumerated() {
          result.runs.append(Self.compared(run, strategy, replication))
        }
      }
    }
    ComparisonAnalysis(asked: metrics).fill(&result)
    return result
  }

  /// The one currency of all runs that report money.
  private static func currency(_ samples: [StoredSample]) throws(StoredSampleError) -> String {
    var sides: [(name: String, currency: String)] = []
    for sample in samples {
      for run in sample.runs where run.metrics.keys.contains(where: MetricTraits.isMoney) {
        sides.append((visible(sample.name), run.currency))
      }
      for run in sample.runs {
        for (name, unit) in run.units.sorted(by: { $0.key < $1.key }) {
          let own = MetricTraits.unitName(of: name, currency: run.currency)
          guard unit != own else { continue }
          throw .unusable(
            "\(visible(sample.name)) has \(visible(name)) in \(visible(unit)), this settlesim in "
              + "\(own): figures of two units are not compared; make the comparison again")
        }
      }
    }
    let refusal = MixedUnits.refusal(
      sides, remedy: "run both with the same `costs.currency` (--set)")
    if let refusal { throw .unusable(refusal) }
    return sides.first?.currency ?? ""
  }

  /// The command line that asks for this comparison, quoted for a POSIX shell.
  ///
  /// - Parameters:
  ///   - operands: how the command line names the two samples.
  ///   - strategies: which of their strategies are meant, where that was said.
  public func command(operands: [String], strategies: String?) -> String {
    var words = ["settlesim", "compare", "--results"] + operands
    if let strategies { words += ["--strategies", strategies] }
    words += ComparisonFlags.words(
      metrics: metrics, confidence: confidence, effectFloor: effectFloor)
    return words.map(shellQuoted).joined(separator: " ")
  }

  private static func compared(
    _ run: StoredSample.Run, _ strategy: Int, _ replication: Int
  ) -> ComparedRun {
    var identity = run.identity
    identity.scenarioText = ""
    var compared = ComparedRun(
      strategy: strategy, replication: replication, identity: identity, metrics: run.metrics)
    compared.unrest = run.unrest
    return compared
  }

  /// What the samples are called: the directory, and the strategy where there is one.
  private static func names(_ samples: [StoredSample]) -> [String] {
    let names = samples.map { sample in
      let strategy = sample.runs[0].strategy
      return strategy.isEmpty ? sample.name : "\(sample.name): \(strategy)"
    }
    return names[0] == names[1] ? [names[0], names[1] + "#2"] : names
  }

  /// The runs of one seed, in the order of the first sample; nil where they are no pairs.
  private static func pairs(
    _ first: StoredSample, _ second: StoredSample
  ) -> [(StoredSample.Run, StoredSample.Run)]? {
    for sample in [first, second] {
      guard Set(sample.runs.map(\.identity.seed)).count == sample.runs.count else { return nil }
    }
    let pairs = first.runs.compactMap { run in
      second.runs.first { $0.identity.seed == run.identity.seed }.map { (run, $0) }
    }
    let areSame = pairs.allSatisfy { one, two in
      one.identity.arrivalDigest == two.identity.arrivalDigest && one.identity.arrivalDigest != 0
    }
    return pairs.isEmpty || !areSame ? nil : pairs
  }
}
