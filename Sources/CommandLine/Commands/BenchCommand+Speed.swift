import Text
import Experiments
import Reporting
import Simulator

/// The part of `bench` that measures the simulator itself.
struct BenchSpeed {
  /// The name of its baseline, which no scenario may have.
  static let name = "speed"
  static let roundRange = 5...1_000
  /// A slowdown must show in as many measurements in a row: a neighbour on the machine may spoil
  /// one, a change of the program spoils all.
  private static let attempts = 3

  private let context: Context
  private let baselines: BaselineDirectory
  private let rounds: Int
  private let origin: SpeedBaseline.Origin
  private let baseline: SpeedBaseline?
  private let isUpdate: Bool

  /// Checks the flags and reads the baseline.
  init(_ context: Context, _ baselines: BaselineDirectory, isUpdate: Bool) throws(Failure) {
    self.context = context
    self.baselines = baselines
    self.isUpdate = isUpdate
    rounds =
      try context.options.count(.rounds) ?? SpeedMeasurement.standardRounds
    let machine = context.surroundings.machine
    origin = SpeedBaseline.Origin(
      processor: machine.processor, swiftVersion: machine.swiftVersion,
      settlesimVersion: Version.current)
    let read = { (path) throws(BaselineError) in try SpeedBaseline(readingFrom: path) }
    guard !isUpdate else {
      baseline = baselines.former(Self.name, context.console, read)
      return
    }
    let baseline = try baselines.baseline(
      Self.name, update: "settlesim bench --only speed", read)
    guard baseline.origin.configuration == origin.configuration else {
      throw Failure(
        .badInput,
        "settlesim: \(baselines.file(Self.name)): the baseline is of a "
          + "\(visible(baseline.origin.configuration)) build, this is a \(origin.configuration) "
          + "build; --only virtual leaves speed out")
    }
    self.baseline = baseline
  }

  /// Measures, and compares or records.
  func run() throws(Failure) -> SpeedBench {
    context.console.note("measuring speed: \(rounds) rounds")
    context.surroundings.watchSignals()
    guard !isUpdate else {
      let figures = try measure()
      try baselines.write(
        Self.name, SpeedBaseline(figures, rounds: rounds, origin: origin).json)
      return SpeedBench(recording: figures, rounds: rounds, origin: origin, former: baseline)
    }
    var bench = try compare()
    for _ in 1..<Self.attempts {
      guard bench.rows.contains(where: { $0.isRegression && $0.figure.isTimed }) else { break }
      context.console.note("measuring speed again: it is below its baseline")
      bench = try compare()
    }
    return bench
  }

  private func compare() throws(Failure) -> SpeedBench {
    SpeedBench(try measure(), rounds: rounds, origin: origin, baseline: baseline!)
  }

  private func measure() throws(Failure) -> [BenchFigure] {
    let surroundings = context.surroundings
    let figures = surroundings.speed.measure(rounds: rounds, clock: surroundings.threadClock) {
      surroundings.caughtSignal() == nil
    }
    guard let figures else {
      let signal = surroundings.caughtSignal() ?? 0
      throw Failure(
        .signal(signal), "settlesim: stopped by signal \(signal); nothing is compared")
    }
    return figures
  }
}
