import Statistics
import Reporting

/// Timings of works beside the tandem work, in rounds.
///
/// A ratio of two speeds taken side by side says more than either: what slows the machine down
/// slows both. So:
/// 1. every work runs once, untimed, to warm caches and the allocator up;
/// 2. a round alternates the tandem work and every work five times, every other time in reverse;
/// 3. a round's ratio is the best rate of the work over the best rate of the tandem work: what
///    disturbs only ever slows down, so the best of a few is the least disturbed;
/// 4. a figure is the median of the ratios of all rounds, with an interval from their order.
public struct SpeedMeasurement {
  /// How often works and tandem alternate in a round.
  public static let alternations = 5
  /// Rounds unless told otherwise: ten seconds of work.
  public static let standardRounds = 9

  private let yardstick: SpeedWork
  private let works: [SpeedWork]
  private let clock: () -> Int64

  /// - `clock`: nanoseconds; CPU time of the calling thread is the least disturbed.
  public init(yardstick: SpeedWork, works: [SpeedWork], clock: @escaping () -> Int64) {
    self.yardstick = yardstick
    self.works = works
    self.clock = clock
  }

  /// The ratios of every round, by figure, in the order of the works; nil if `goesOn`, asked before
  /// every alternation, said no.
  public func ratios(
    rounds: Int, goesOn: () -> Bool = { true }
  ) -> [(name: String, ratios: [Double])]? {
    precondition(rounds > 0, "a measurement has a round")
    return OwnArena.use { _ in
      _ = yardstick.sample(clock)
      var names: [String] = []
      for work in works { names += work.sample(clock).map(\.name) }
      var ratios: [String: [Double]] = [:]
      for _ in 0..<rounds {
        guard let best = round(goesOn) else { return nil }
        for name in names { ratios[name, default: []].append(best.works[name]! / best.tandem) }
      }
      return names.map { ($0, ratios[$0]!) }
    }
  }

  /// The best rates of one round.
  private func round(_ goesOn: () -> Bool) -> (tandem: Double, works: [String: Double])? {
    var tandem = 0.0
    var best: [String: Double] = [:]
    for alternation in 0..<Self.alternations {
      guard goesOn() else { return nil }
      tandem = max(tandem, yardstick.sample(clock)[0].rate)
      for index in works.indices {
        let work = works[alternation.isMultiple(of: 2) ? index : works.count - 1 - index]
        for sample in work.sample(clock) {
          best[sample.name] = max(best[sample.name] ?? 0, sample.rate)
        }
      }
    }
    return (tandem, best)
  }

  /// The figure that the ratios of all rounds make.
  public static func figure(_ name: String, ratios: [Double]) -> BenchFigure {
    guard let median = MedianInterval(ratios, confidence: 0.99) else {
      preconditionFailure("a measurement has a round, and its ratios are finite")
    }
    return BenchFigure(
      name, unit: BenchFigure.tandemUnit, value: median.median, interval: median.low...median.high,
      lowerIsBetter: false)
  }
}
