import Host
import Declared
import Batching
import Interbank
import Money
import Pipeline
import Reporting
import Scenario
import VirtualTime

/// Why a run could not be set up.
public enum RunError: Error, Sendable, CustomStringConvertible {
  /// The scenario asks for something that does not exist; the text says where and what was
  /// expected.
  case scenario(String)
  /// The trace is missing or cannot be read.
  case missingTrace(String)
  /// The trace has rows that the scenario does not accept.
  case trace(String)

  /// What, where, what was expected, what to do.
  public var description: String {
    switch self {
    case .scenario(let text), .missingTrace(let text), .trace(let text): text
    }
  }

  /// 65 for a bad scenario or trace, 66 for a missing file.
  public var exitCode: Int32 {
    if case .missingTrace = self { return 66 }
    return 65
  }
}

/// How far a run has come; given between windows.
public struct RunProgress: Sendable {
  /// Virtual time reached.
  public var now: VirtualInstant
  /// Virtual time at which payments stop arriving.
  public var arrivalsEnd: VirtualInstant
  /// Requests sent so far.
  public var requests: Int
  /// Requests to come in all, where the scenario says so.
  public var expectedRequests: Int?
  /// Events that all islands have processed so far.
  public var events: Int

  /// A state of a run.
  public init(
    now: VirtualInstant, arrivalsEnd: VirtualInstant, requests: Int, expectedRequests: Int?,
    events: Int
  ) {
    self.now = now
    self.arrivalsEnd = arrivalsEnd
    self.requests = requests
    self.expectedRequests = expectedRequests
    self.events = events
  }
}

/// What a run came to.
public struct RunOutcome: Sendable {
  /// What is shown, written and compared.
  public var result: RunResult
  /// Files beside the standard ones: `journal.csv`, exchanged files under `files/`.
  public var files: [(name: String, bytes: [UInt8])]
  /// The broken invariant, if one broke.
  public var breach: InvariantBreach?
  /// Thresholds on metrics that have no samples, and a run that did not come to rest within
  /// `time.drain_limit`: errors of the scenario, one line each.
  public var errors: [String]
}

/// One run of a loaded scenario: sets the world up, runs it, and collects the result.
public struct ScenarioRun {
  private let scenario: LoadedScenario
  private let deployment: Deployment
  private let work: Simulation.Work
  private let inputs: [InputFile]
  private let traceNotes: [String]
  private let recorded: TransferTraceContents?
  private let suspension: Suspension
  private var story: StoryWatch?

  /// Prepares a run: reads the trace, lays the deployment out.
  ///
  /// - Throws: `RunError` where the scenario names what does not exist.
  public init(
    _ scenario: LoadedScenario, suspension: Suspension = .parking
  ) throws(RunError) {
    self.scenario = scenario
    self.suspension = suspension
    let settings = scenario.settings
    let strategy = try Self.make(settings.settlement.strategy, of: StrategyRegistry.family)
    var priced: [any BatchingStrategy] = []
    for choice in settings.settlement.priced {
      let strategy = try Self.make(choice, of: StrategyRegistry.family)
      guard StrategyRegistry.isPriced(type(of: strategy)) else {
        throw .scenario("settlement.priced: \(StrategyRegistry.notPriced(choice.name))")
      }
      priced.append(strategy)
    }
    let mode = try Self.make(settings.interbank.mode, of: SettlementModeRegistry.family)
    do throws(ScenarioError) {
      try scenario.checkThresholds(MetricCatalog.figures)
    } catch { throw .scenario("\(error)") }
    var input: TraceSource?
    if case .trace(let trace) = settings.workload.source {
      input = try TraceSource(trace, of: scenario)
    }
    let transfers = try settings.workload.transfers.trace.map { trace throws(RunError) in
      try TransferTraceSource(trace, of: scenario)
    }
    recorded = try transfers?.scheduled(by: scenario)
    let rates = try Self.rates(of: scenario)
    var others = [transfers?.file].compactMap(\.self)
    if let path = scenario.bankPath, let name = settings.banks.file {
      others.append(try TraceFile.input(path, named: name))
    }
    do {
      deployment = try Deployment(
        settings: settings, strategy: strategy, priced: priced, mode: mode, rates: rates.series,
        traceMerchants: input?.trace.merchants, recorded: recorded?.payments)
    } catch { throw .scenario("\(scenario.file): fx: \(error)") }
    if let input {
      let (requests, notes) = input.requests(deployment)
      work = .trace(requests)
      inputs = [input.file] + others + rates.inputs
      traceNotes = input.notes + notes + (transfers?.notes ?? [])
    } else if case .generated(let workload) = settings.workload.source {
      guard deployment.hasArrivals(workload) else { throw Self.withoutArrivals(scenario) }
      work = .generated(workload)
      inputs = others + rates.inputs
      traceNotes = transfers?.notes ?? []
    } else {
      fatalError("a workload is generated or a trace")
    }
  }

  /// The merchants are drawn, so a market of few may have none.
  private static func withoutArrivals(_ scenario: LoadedScenario) -> RunError {
    .scenario(
      "\(scenario.position(of: "workload", "generated", "hour_weights")): "
        + "workload.generated.hour_weights: expected a weight above zero in the local hours of a "
        + "market that has merchants; with seed \(scenario.settings.seed) the "
        + "\(scenario.settings.merchants.count) merchants are in other markets: raise "
        + "`merchants.count`, or give the hours of the run a weight")
  }

  /// The rates of the run, and the file they were read from.
  private static func rates(
    of scenario: LoadedScenario
  ) throws(RunError) -> (series: RateSeries, inputs: [InputFile]) {
    let series: RateSeries
    do throws(ScenarioError) {
      series = try scenario.rateSeries()
    } catch {
      throw error.kind == .missing ? .missingTrace("\(error)") : .scenario("\(error)")
    }
    guard let path = scenario.ecbPath, let file = scenario.settings.fx.ecb?.file else {
      return (series, [])
    }
    do {
      let bytes = try RegularFile.read(path, limit: 1 << 32)
      return (
        series, [InputFile(name: file, sha256: SHA256.hexDigest(of: bytes), size: bytes.count)]
      )
    } catch { throw .missingTrace("\(error)") }
  }

  /// What the scenario chose of a family, with its parameters.
  private static func make<Rule>(
    _ choice: StrategyChoice, of family: Family<Rule>
  ) throws(RunError) -> Rule {
    do {
      guard let type = family.type(named: choice.name) else { throw family.unknown(choice.name) }
      return try family.make(
        choice.name,
        parameters: try ParameterDeclaration.values(
          of: choice.parameters, declared: type.parameters))
    } catch { throw .scenario("\(error)") }
  }

  /// The same run, with somebody who listens for a story: its result is the same.
  public func heard(by story: StoryWatch) -> ScenarioRun {
    var run = self
    run.story = story
    return run
  }

  /// How what it is made of is called.
  public var names: ScenarioNames { ScenarioNames(deployment) }

  /// Runs until the last statement is matched.
  ///
  /// - Parameters:
  ///   - threads: at least 1; changes the time it takes and nothing else.
  ///   - progress: called between windows; returning false stops the run, and its result says so.
  public func run(threads: Int, progress: @escaping (RunProgress) -> Bool = { _ in true })
    -> RunOutcome
  {
    var identity = RunIdentity(scenario)
    identity.scenarioReference = scenario.file
    return CrashReport.reproducible(by: identity.reproducingCommand) {
      outcome(threads: threads, progress: progress)
    }
  }

  private func outcome(
    threads: Int, progress: @escaping (RunProgress) -> Bool
  ) -> RunOutcome {
    let arrivalsEnd = VirtualInstant(
      nanoseconds: scenario.settings.time.duration.nanoseconds)
    var expected: Int?
    if case .generated(let workload) = work, case .payments(let count) = workload.volume {
      expected = count
    }
    // Who has said no is not asked again.
    var goes = true
    func goesOn(_ now: VirtualInstant, requests: Int = 0, events: Int = 0) -> Bool {
      guard goes else { return false }
      goes = progress(
        RunProgress(
          now: now, arrivalsEnd: arrivalsEnd, requests: requests, expectedRequests: expected,
          events: events))
      return goes
    }
    let simulation = Simulation(deployment, work: work, suspension: suspension, story: story) {
      !goesOn(VirtualInstant(nanoseconds: 0))
    }
    simulation.world.plantCrash(seed: scenario.settings.seed)
    let limit = arrivalsEnd + scenario.settings.time.drainLimit.nanoseconds
    var isStuck = false
    let finished = simulation.run(threads: threads, processors: Processors.usable) { now in
      if now > limit, simulation.stop == nil {
        isStuck = true
        return true
      }
      let requests = simulation.cells.reduce(0) { $0 + $1.shared.measurements.requests }
      return !goesOn(now, requests: requests, events: simulation.world.eventCount)
    }
    // Of a run that was stopped, tasks wait for what will not come: they are left as they are.
    defer { if finished { simulation.close() } }
    return ResultCollector(
      scenario: scenario, simulation: simulation, finished: finished, isStuck: isStuck,
      inputs: inputs, notes: traceNotes, recorded: recorded
    ).outcome()
  }
}
