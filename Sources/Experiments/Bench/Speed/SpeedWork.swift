import Reporting
import Simulator
import Yardstick

/// One timing of a round.
public struct SpeedSample: Sendable, Equatable {
  /// Dotted name of the figure that the timings of all rounds make.
  public var name: String
  /// Time taken, nanoseconds of the clock handed in.
  public var nanoseconds: Int64
  /// How much was done in that time, in the units of the work.
  public var amount: Double

  /// `amount` units done in `nanoseconds`.
  public init(_ name: String, nanoseconds: Int64, amount: Double) {
    self.name = name
    self.nanoseconds = nanoseconds
    self.amount = amount
  }

  /// Units done in a nanosecond.
  var rate: Double { amount / Double(max(nanoseconds, 1)) }
}

/// Something whose speed is measured beside the tandem work, on one thread.
///
/// `SpeedSetup.works` lists what `bench` measures.
public struct SpeedWork {
  /// Does the work once: reads the clock around what is to be timed, and gives one or more samples,
  /// in every round those of the same names.
  public var sample: (_ clock: () -> Int64) -> [SpeedSample]

  /// A work whose samples `sample` takes.
  public init(sample: @escaping (_ clock: () -> Int64) -> [SpeedSample]) { self.sample = sample }

  /// A work of which `body` is timed as a whole; it gives how many units it has done.
  public init(_ name: String, body: @escaping () -> Int) {
    self.init { clock in
      let begin = clock()
      let amount = body()
      return [SpeedSample(name, nanoseconds: clock() - begin, amount: Double(amount))]
    }
  }

  /// The yardstick.
  public static func tandem(payments: Int) -> SpeedWork {
    SpeedWork { clock in
      let work = TandemWork(payments: payments)
      let begin = clock()
      work.run()
      return [SpeedSample("tandem", nanoseconds: clock() - begin, amount: Double(payments))]
    }
  }

  /// Payments through the whole path, by payments accepted.
  public static func payments(_ run: PaymentRun) -> SpeedWork {
    SpeedWork("payments.speed") { run.carryOut() }
  }
}

/// What tests plant into a measured run to see that it is found: something that is done for every
/// request, between the windows of the run. A measurement outside tests has none.
public struct SpeedProbe {
  /// Done once for each request.
  public var perRequest: () -> Void

  /// A probe that does `perRequest`.
  public init(perRequest: @escaping () -> Void) { self.perRequest = perRequest }
}

/// One measured run of payments.
public struct PaymentRun {
  private let run: ScenarioRun
  private let probe: SpeedProbe?

  /// The run of a scenario that is ready.
  public init(_ run: ScenarioRun, probe: SpeedProbe? = nil) {
    self.run = run
    self.probe = probe
  }

  /// Runs on the calling thread; the payments that were accepted.
  public func carryOut() -> Int {
    guard let probe else { return Self.accepted(run.run(threads: 1)) }
    var seen = 0
    let outcome = run.run(threads: 1) { progress in
      for _ in seen..<max(seen, progress.requests) { probe.perRequest() }
      seen = max(seen, progress.requests)
      return true
    }
    return Self.accepted(outcome)
  }

  private static func accepted(_ outcome: RunOutcome) -> Int {
    Int(outcome.result.metrics["payments.accepted"] ?? 0)
  }
}
