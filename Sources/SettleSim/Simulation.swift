internal import Simulator
internal import VirtualTime

/// A run of a scenario, set up and ready to start.
///
/// ```swift
/// let scenario = try Scenario(contentsOf: "Scenarios/smoke.yaml", settings: ["seed": "7"])
/// let outcome = try Simulation(scenario).run(threads: 2)
/// print(outcome.verdict, outcome["payments.settled"] ?? 0)
/// try outcome.write(to: "results/smoke-7")
/// ```
///
/// The same scenario and seed give the same figures and the same bytes on every machine, with any
/// number of threads and either suspension.
public struct Simulation {
  /// How simulated tasks wait. Both give the same results.
  public enum Suspension: Sendable, CaseIterable {
    /// The switch to a parking executor is the suspension: the faster way.
    case parking
    /// A continuation: by documented means of the language alone.
    case continuation
  }

  /// How far a run has come.
  public struct Progress: Sendable {
    /// Virtual nanoseconds since the scenario's start.
    public let nanoseconds: Int64
    /// When payments stop arriving, likewise; a run goes on until all of them have settled.
    public let arrivalsEnd: Int64
    /// Requests for payment sent so far.
    public let requests: Int
    /// Events of the simulation so far.
    public let events: Int
  }

  /// The prepared run, behind a reference for the reason that `Inner` tells.
  private final class Prepared {
    let run: ScenarioRun

    init(_ run: ScenarioRun) { self.run = run }
  }

  private let prepared: Prepared

  /// Sets the run up: reads the trace and the rates that the scenario names.
  ///
  /// - Throws: `SimulationError`, `.missingFile` or `.refused`.
  public init(
    _ scenario: Scenario, suspension: Suspension = .parking
  ) throws(SimulationError) {
    do throws(RunError) {
      prepared = Prepared(
        try ScenarioRun(
          scenario.loaded, suspension: suspension == .parking ? .parking : .continuation))
    } catch { throw SimulationError(error) }
  }

  /// Runs until everything has settled, and blocks the calling thread meanwhile.
  ///
  /// - Parameters:
  ///   - threads: at least 1; they change the time that it takes and nothing else.
  ///   - progress: called now and then on the calling thread; once it returns false the run is
  ///     stopped, and its outcome is not complete.
  public func run(
    threads: Int = 1, progress: @escaping (Progress) -> Bool = { _ in true }
  ) -> Outcome {
    precondition(threads >= 1, "a run needs a thread")
    let outcome = prepared.run.run(threads: threads) { state in
      progress(
        Progress(
          nanoseconds: state.now.nanoseconds, arrivalsEnd: state.arrivalsEnd.nanoseconds,
          requests: state.requests, events: state.events))
    }
    return Outcome(outcome, threads: threads)
  }
}
