import Reporting
import Simulator

/// What the speed measurement runs: the path of payments at a size of its own, and every other
/// work.
public struct SpeedSetup {
  /// Payments of one run through the whole path: a tenth of a second.
  public var payments = 40_000
  /// Payments of one run of the tandem work: about as long.
  public var tandemPayments = 80_000
  /// What is timed beside the path of payments, each as a ratio to the tandem work. To measure
  /// something more, add it here; its figures appear in the report, and in the baseline with the
  /// next `--update-baseline`.
  public var works: [SpeedWork] = []
  /// What threads cost; nil: not measured.
  public var threads: ThreadSpeed?
  /// Planted by tests into the path of payments; nil otherwise.
  public var probe: SpeedProbe?

  /// The setup of `settlesim bench`.
  public init() {}

  /// Measures speed and memory; nil if `goesOn`, asked now and then, said no.
  ///
  /// - `rounds`: at least one.
  /// - `clock`: nanoseconds of CPU time of the calling thread.
  public func measure(
    rounds: Int, clock: @escaping () -> Int64, goesOn: () -> Bool = { true }
  ) -> [BenchFigure]? {
    let run = PaymentRun(SpeedScenario.run(payments: payments), probe: probe)
    let measurement = SpeedMeasurement(
      yardstick: .tandem(payments: tandemPayments), works: [.payments(run)] + works, clock: clock)
    guard let ratios = measurement.ratios(rounds: rounds, goesOn: goesOn) else { return nil }
    var figures =
      ratios.map { SpeedMeasurement.figure($0.name, ratios: $0.ratios) } + Self.memory(run)
    if let threads {
      guard let costs = threads.measure(goesOn: goesOn) else { return nil }
      figures += costs
    }
    return figures
  }

  /// What a run of payments asks of the allocator, per payment; the second of two runs, since the
  /// first also fills what is kept for the whole process. Empty where it cannot be counted.
  public static func memory(_ run: PaymentRun) -> [BenchFigure] {
    var payments = 0
    var count: AllocationCount?
    for _ in 0..<2 { count = AllocationMeter.measure { payments = run.carryOut() } }
    guard let count, payments > 0 else { return [] }
    return [
      BenchFigure(
        "payments.allocations", unit: BenchFigure.allocationUnit,
        value: Double(count.requests) / Double(payments), lowerIsBetter: true),
      BenchFigure(
        "payments.bytes", unit: "bytes/payment", value: Double(count.bytes) / Double(payments),
        lowerIsBetter: true),
      BenchFigure(
        "payments.peak_bytes", unit: "bytes", value: Double(count.peakBytes), lowerIsBetter: true),
    ]
  }
}
