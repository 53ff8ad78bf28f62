import Batching
import Host
import Reporting
import Scenario
import Simulator
import Statistics

/// What more threads than one cost and save: runs on several beside runs on one, in rounds.
///
/// 1. Every work runs once, untimed.
/// 2. A round runs every work once with each number of threads, every other round in reverse.
/// 3. A round's ratios are those of its own runs: the time on two threads to that on one, the time
///    on more threads to that on two, and processor time on several threads to that on one.
/// 4. A figure is the median over the rounds; where several numbers of threads are compared, that
///    of the worst of them. (The worst of each round would grow with the noise of the machine.)
/// 5. All of it is done twice, alone and beside busy processes, one for each processor.
///
/// However many there are, threads must not hurt: the figures have ceilings that no baseline moves.
public struct ThreadSpeed {
  /// Something that can be run on any number of threads.
  public struct Work {
    /// Part of the figures' names.
    public var name: String
    /// Runs it.
    public var run: (_ threads: Int) -> Void

    /// The work `name`.
    public init(_ name: String, run: @escaping (_ threads: Int) -> Void) {
      self.name = name
      self.run = run
    }

    /// The run that `prepare` makes ready, once it is wanted.
    init(_ name: String, of prepare: @escaping () -> ScenarioRun) {
      var prepared: ScenarioRun?
      self.init(name) { threads in
        let run = prepared ?? prepare()
        prepared = run
        _ = run.run(threads: threads)
      }
    }
  }

  /// The works.
  public var works: [Work]
  /// Nanoseconds that have passed, and nanoseconds of processor time of all threads.
  public var clock, processorClock: () -> Int64
  /// Numbers of threads beside one and two.
  public var more = [3, 8, 64]
  /// Odd, so that one round is the median.
  public var rounds = 7
  /// Begins to keep every processor busy; what it returns ends that. Nil: only alone.
  public var keepBusy: (() -> () -> Void)?

  /// Two threads may take so much longer than one, and more so much longer than two.
  public static let timeCeiling = 1.1
  /// Several threads may take so much more processor time than one.
  public static let processorCeiling = 1.25

  /// The measurement of `works`.
  public init(
    works: [Work], clock: @escaping () -> Int64, processorClock: @escaping () -> Int64,
    keepBusy: (() -> () -> Void)? = nil
  ) {
    self.works = works
    self.clock = clock
    self.processorClock = processorClock
    self.keepBusy = keepBusy
  }

  /// The measurement of `settlesim bench`: the smoke scenario's work, and a run of many windows in
  /// which next to nothing happens.
  public static func standard(
    clock: @escaping () -> Int64, processorClock: @escaping () -> Int64
  ) -> ThreadSpeed {
    ThreadSpeed(
      works: [
        Work("small_windows", of: SpeedScenario.smallWindows),
        Work("smoke", of: SpeedScenario.severalCells),
      ], clock: clock, processorClock: processorClock,
      keepBusy: {
        let neighbours = BusyNeighbours(Processors.usable)
        return { neighbours.end() }
      })
  }

  /// The figures; nil if `goesOn`, asked before every run, said no.
  public func measure(goesOn: () -> Bool = { true }) -> [BenchFigure]? {
    guard var figures = measure("alone", goesOn) else { return nil }
    if let keepBusy {
      let end = keepBusy()
      defer { end() }
      guard let busy = measure("busy", goesOn) else { return nil }
      figures += busy
    }
    return figures
  }

  private struct Cost {
    var time: Double
    var processor: Double
  }

  private func measure(_ condition: String, _ goesOn: () -> Bool) -> [BenchFigure]? {
    var figures: [BenchFigure] = []
    for work in works {
      guard goesOn() else { return nil }
      work.run(1)
      var rounds: [[Int: Cost]] = []
      for round in 0..<self.rounds {
        guard let costs = self.round(work, isReversed: round % 2 == 1, goesOn) else { return nil }
        rounds.append(costs)
      }
      func ratios(of threads: Int, to other: Int, _ cost: (Cost) -> Double) -> [Double] {
        rounds.map { cost($0[threads]!) / cost($0[other]!) }
      }
      let name = "threads.\(work.name).\(condition)"
      figures += [
        Self.figure(
          name + ".two", "x one thread", [ratios(of: 2, to: 1, \.time)], Self.timeCeiling),
        Self.figure(
          name + ".more", "x two threads", more.map { ratios(of: $0, to: 2, \.time) },
          Self.timeCeiling),
        Self.figure(
          name + ".processor", "x one thread",
          ([2] + more).map { ratios(of: $0, to: 1, \.processor) }, Self.processorCeiling),
      ]
    }
    return figures
  }

  private func round(_ work: Work, isReversed: Bool, _ goesOn: () -> Bool) -> [Int: Cost]? {
    var costs: [Int: Cost] = [:]
    let counts = [1, 2] + more
    for threads in isReversed ? counts.reversed() : counts {
      guard goesOn() else { return nil }
      let (begin, processorBegin) = (clock(), processorClock())
      work.run(threads)
      costs[threads] = Cost(
        time: Double(max(clock() - begin, 1)),
        processor: Double(max(processorClock() - processorBegin, 1)))
    }
    return costs
  }

  /// The largest of the medians, each of the ratios of one number of threads.
  private static func figure(
    _ name: String, _ unit: String, _ ratios: [[Double]], _ ceiling: Double
  ) -> BenchFigure {
    let medians = ratios.compactMap { MedianInterval($0, confidence: 0.95) }
    guard let median = medians.max(by: { $0.median < $1.median }) else {
      preconditionFailure("a measurement has a round, and its ratios are finite")
    }
    return BenchFigure(
      name, unit: unit, value: median.median, interval: median.low...median.high,
      lowerIsBetter: true, ceiling: ceiling)
  }
}
