import Money
import VirtualTime

/// The rates in force, looked up in the run's series for the instant in which they are asked for;
/// for checks, which take none from those who are checked. Pure.
struct MidRates {
  private let series: RateSeries
  private let epochSecond: Int64
  private var known: (step: Int, table: FXTable)?

  init(_ deployment: Deployment) {
    self.init(deployment.rates, startingAt: deployment.epochSecond)
  }

  /// - Parameter epochSecond: UTC second in which the run starts.
  init(_ series: RateSeries, startingAt epochSecond: Int64) {
    self.series = series
    self.epochSecond = epochSecond
  }

  /// The rates of an instant.
  mutating func table(at instant: VirtualInstant) -> FXTable {
    let step = series.step(atUTC: epochSecond + instant.nanoseconds / 1_000_000_000)
    if let known, known.step == step { return known.table }
    let table = series.table(step: step)
    known = (step, table)
    return table
  }
}
