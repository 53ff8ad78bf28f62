import Text
import Experiments
import Reporting

/// `settlesim compare --results A B`: stored results against each other, without a run.
extension CompareCommand {
  /// The comparison of the two operands.
  func compareStored(_ options: CompareOptions) throws(Failure) -> ComparisonResult {
    let operands = context.operands
    guard operands.count == 2 else {
      throw context.options.usage("--results needs two results: compare --results A B")
    }
    for flag in [
      Flag.replications, .untilWidth, .maximumReplications, .baseline, .seed, .set, .dryRun,
    ]
    where !context.options.values(flag).isEmpty {
      throw context.options.usage("\(flag.spelling) has no meaning with --results")
    }
    var samples: [StoredSample] = []
    for operand in operands {
      do throws(StoredSampleError) {
        samples.append(
          try StoredSample(path: context.surroundings.resolved(operand), name: operand))
      } catch {
        if case .missing = error { throw Failure(.missingFile, "settlesim: \(error)") }
        throw Failure(.badInput, "settlesim: \(error)")
      }
    }
    let names = try strategies(of: samples)
    var comparison = StoredComparison()
    comparison.confidence = options.confidence
    comparison.effectFloor = options.effectFloor
    comparison.metrics = options.metrics
    var result: ComparisonResult
    do throws(StoredSampleError) {
      result = try comparison.compare(samples[0].only(names[0]), samples[1].only(names[1]))
    } catch { throw Failure(.badInput, "settlesim: \(error)") }
    result.reproducingCommand = comparison.command(
      operands: operands, strategies: context.options.given(.strategies)?.text)
    return result
  }

  /// Which strategy of each sample is meant: the one of `--strategies`, its only one, or the only
  /// one that both have.
  private func strategies(of samples: [StoredSample]) throws(Failure) -> [String] {
    if let given = context.options.given(.strategies)?.text {
      let asked = StrategyEntry.names(given)
      guard (1...2).contains(asked.count) else {
        throw context.options.usage("--strategies: expected one name, or one for each result")
      }
      for (sample, name) in zip(samples, [asked[0], asked[asked.count - 1]])
      where !sample.strategies.contains(name) {
        throw context.options.usage(
          "--strategies: \(visible(sample.name)) has no runs of \(quoted(name)), but of "
            + sample.strategies.map(quoted).joined(separator: ", "))
      }
      return [asked[0], asked[asked.count - 1]]
    }
    if samples.allSatisfy({ $0.strategies.count == 1 }) { return samples.map { $0.strategies[0] } }
    let common = samples[0].strategies.filter(samples[1].strategies.contains)
    guard common.count == 1 else {
      throw context.options.usage(
        "--strategies NAME or A,B must say which to compare, of "
          + samples.flatMap(\.strategies).map(quoted).joined(separator: ", "))
    }
    return [common[0], common[0]]
  }
}
