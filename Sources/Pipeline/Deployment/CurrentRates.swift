import Money
import VirtualTime

/// The rates that hold now, for one actor: a step of the run's series is kept while it lasts.
struct CurrentRates {
  private let series: RateSeries
  private let epochSecond: Int64
  /// The step that holds.
  private(set) var step: Int
  private var table: FXTable
  /// When the next step begins, nanoseconds since the start of the run.
  private var next: Int64

  init(_ deployment: Deployment) {
    series = deployment.rates
    epochSecond = deployment.epochSecond
    step = series.step(atUTC: epochSecond)
    table = series.table(step: step)
    next = Self.instant(series.nextChange(afterUTC: epochSecond), epochSecond)
  }

  private static func instant(_ second: Int64?, _ epoch: Int64) -> Int64 {
    second.map { ($0 - epoch) * 1_000_000_000 } ?? .max
  }

  /// The table at `instant`, which must not go back.
  mutating func table(at instant: VirtualInstant) -> FXTable {
    if instant.nanoseconds >= next {
      let second = epochSecond + instant.nanoseconds / 1_000_000_000
      step = series.step(atUTC: second)
      table = series.table(step: step)
      next = Self.instant(series.nextChange(afterUTC: second), epochSecond)
    }
    return table
  }

  /// When the rates change next; nil if they rest.
  var nextChange: VirtualInstant? { next == .max ? nil : VirtualInstant(nanoseconds: next) }

  /// The largest move of any rate between two steps, in basis points.
  func move(from first: Int, to second: Int) -> Double {
    series.largestMove(from: first, to: second)
  }
}
