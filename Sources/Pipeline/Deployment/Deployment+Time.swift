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

  /// What strategies are priced with that a cell could use: it deals for all its plans at once.
  public var cellWorld: SettlementWorld {
    var world = world
    world.dealInterval = settings.fx.dealInterval.nanoseconds
    return world
  }

  /// What strategies are priced with that the transfer desk could use.
  public var deskWorld: SettlementWorld {
    var world = world
    world.clearingBank = banks.clearingHouse
    return world
  }

  /// The strategies whose price follows obligations one by one: those of `priced`, in this order,
  /// and the run's own.
  public var sequencePriced: [any SequencePriced] {
    (priced + [strategy]).compactMap { $0 as? any SequencePriced }
  }
}
