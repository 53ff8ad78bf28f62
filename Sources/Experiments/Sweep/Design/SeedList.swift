/// `--seeds`: which seeds every combination of values is run with.
public enum SeedList: Equatable, Sendable {
  /// These, in this order.
  case list([UInt64])
  /// This many, from the seed of the sweep on.
  case count(Int)

  /// Reads `1..20`, `1,2,3`, or a count such as `20`.
  public init(_ text: String) throws(SweepError) {
    do throws(Expectation) {
      self = try Self.read(text)
    } catch { throw SweepError(.usage, "--seeds \(text): expected \(error.text)") }
  }

  private static func read(_ text: String) throws(Expectation) -> SeedList {
    func seed(_ text: some StringProtocol) throws(Expectation) -> UInt64 {
      guard let seed = WholeNumber.read(text) else {
        throw Expectation("whole numbers of 0 to 18446744073709551615, found `\(text)`")
      }
      return seed
    }
    let limit = Variation.limit
    let ends = text.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
    if ends.count == 2 {
      let (first, last) = (try seed(ends[0]), try seed(ends[1]))
      guard first <= last else { throw Expectation("the smaller seed first") }
      guard last - first < UInt64(limit) else { throw Expectation("at most \(limit) seeds") }
      return .list(Array(first...last))
    }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    if parts.count == 1 {
      let count = try seed(text)
      guard (1...UInt64(limit)).contains(count) else {
        throw Expectation("a count of 1 to \(limit); a single seed is given by --seed")
      }
      return .count(Int(count))
    }
    guard parts.count <= limit else { throw Expectation("at most \(limit) seeds") }
    var seeds: [UInt64] = []
    var seen: Set<UInt64> = []
    for part in parts {
      let value = try seed(part)
      guard seen.insert(value).inserted else {
        throw Expectation("every seed once, found \(value) twice")
      }
      seeds.append(value)
    }
    return .list(seeds)
  }

  /// The seeds, where the sweep's own is `base`.
  func seeds(from base: UInt64) throws(SweepError) -> [UInt64] {
    switch self {
    case .list(let seeds): return seeds
    case .count(let count):
      guard UInt64(count - 1) <= UInt64.max - base else {
        throw SweepError(.usage, "--seeds \(count): the seeds from \(base) on pass 2^64-1")
      }
      return (0..<UInt64(count)).map { base + $0 }
    }
  }
}
