import Batching
import Money
import PaymentModel
import Scenario
import VirtualTime

/// What the deployment looks like at an instant of the run.
extension Deployment {
  /// Rates and costs as a strategy sees them now.
  func world(
    at instant: VirtualInstant, rates: FXTable, clearingBank: BankID? = nil
  ) -> SettlementWorld {
    var world = world
    world.rates = rates
    world.now = instant.nanoseconds
    world.clearingBank = clearingBank
    return world
  }

  /// The day of an instant in UTC, days since 1970-01-01.
  func day(of instant: VirtualInstant) -> Int32 {
    Int32((epochSecond + instant.nanoseconds / 1_000_000_000) / 86_400)
  }
}

/// The last instants at which obligations keep their windows, by currency.
struct SettlementDeadlines {
  private let epochSecond: Int64
  private let hours: [UInt8: RailHours]

  init(_ deployment: Deployment) {
    epochSecond = deployment.epochSecond
    let settings = deployment.settings.rails
    hours = Dictionary(
      uniqueKeysWithValues: deployment.currencies.map { currency in
        (currency.index, RailHours(settings.first { $0.currency == currency }!))
      })
  }

  /// When an obligation has to be settled at the latest: the close of the last business day of its
  /// window, counted from the business day of the destination currency in which it came about.
  /// Nanoseconds since the start of the run.
  func due(_ obligation: Obligation) -> Int64 {
    let hours = hours[obligation.route.destination.index]!
    let arrival = epochSecond + obligation.captured / 1_000_000_000
    let day = hours.calendar.roll(
      hours.next(at: arrival).day, businessDays: obligation.latest.valueDays)
    return (hours.hours(of: day).close - epochSecond) * 1_000_000_000
  }
}
