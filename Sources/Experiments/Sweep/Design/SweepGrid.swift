/// All points of a sweep, numbered from 1.
///
/// Variations by list or range are crossed, the first given changing slowest; the samples of the
/// sampled ones come after them, and the seeds change fastest. So the number of a point depends on
/// the definition of the sweep alone, and never on who runs it.
public struct SweepGrid: Equatable, Sendable {
  /// A variation with its values spelt out.
  public struct Axis: Equatable, Sendable {
    /// Which value of the scenario.
    public var path: String
    /// The SPEC as it was given.
    public var specification: String
    /// Whether the values are those of the samples, and not crossed.
    public var isSampled: Bool
    /// The values, in the notation of the scenario.
    public var values: [String]
  }

  /// The variations in the order given.
  public let axes: [Axis]
  /// How many samples the sampled axes have; 1 where there are none.
  public let sampleCount: Int
  /// The seeds of every combination.
  public let seeds: [UInt64]
  /// How many combinations of values there are.
  public let combinationCount: Int
  private let crossed: [Int]

  /// How many points there are.
  public var pointCount: Int { combinationCount * seeds.count }

  /// - Throws: `.usage` where the points are too many.
  init(axes: [Axis], sampleCount: Int, seeds: [UInt64]) throws(SweepError) {
    var combinations = sampleCount
    var isTooLarge = false
    for axis in axes where !axis.isSampled && !isTooLarge {
      combinations *= axis.values.count
      isTooLarge = combinations > Variation.limit
    }
    guard !isTooLarge, combinations * seeds.count <= Variation.limit else {
      throw SweepError(
        .usage, "a sweep has at most \(Variation.limit) points: use fewer values or seeds")
    }
    self.axes = axes
    self.sampleCount = sampleCount
    self.seeds = seeds
    combinationCount = combinations
    crossed = axes.indices.filter { !axes[$0].isSampled }
  }

  /// The values of a combination, numbered from 0, in the order of the axes.
  public func values(combination: Int) -> [String] {
    precondition((0..<combinationCount).contains(combination), "there is no such combination")
    let sample = combination % sampleCount
    var rest = combination / sampleCount
    var indices = axes.map { _ in sample }
    for axis in crossed.reversed() {
      indices[axis] = rest % axes[axis].values.count
      rest /= axes[axis].values.count
    }
    return axes.indices.map { axes[$0].values[indices[$0]] }
  }

  /// The point with this number, from 1 to `pointCount`.
  public func point(_ number: Int) -> SweepPoint {
    precondition((1...pointCount).contains(number), "there is no such point")
    let (combination, seed) = (number - 1).quotientAndRemainder(dividingBy: seeds.count)
    return SweepPoint(
      number: number, combination: combination, values: values(combination: combination),
      seed: seeds[seed])
  }
}

/// One run of a sweep.
public struct SweepPoint: Equatable, Sendable {
  /// From 1 on.
  public let number: Int
  /// Which combination of values, from 0 on; points that differ by their seeds share it.
  public let combination: Int
  /// A value for each axis.
  public let values: [String]
  /// The seed of the run.
  public let seed: UInt64

  /// Six digits: the name of the point's directory.
  public var name: String { Self.name(number) }

  /// The same of any number.
  static func name(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// The point whose directory has this name; nil if none has.
  static func number(named name: String) -> Int? {
    guard name.utf8.count == 6, let number = WholeNumber.read(name), number > 0 else { return nil }
    return Int(number)
  }
}
