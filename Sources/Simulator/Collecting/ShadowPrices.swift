import Batching
import PaymentModel
import Pipeline

/// What strategies cost on the run's own obligations, each desk's by itself: a cell settles with
/// its own account, and the transfer desk among its banks.
struct ShadowPrices {
  /// The priced strategies, in the order of the scenario; nil for one that has no price here.
  private(set) var priced: [StrategyCost?] = []
  /// The run's own strategy; nil if it has no price.
  private(set) var own: StrategyCost?
  /// Obligations priced.
  let payments: Int

  init(_ simulation: Simulation, _ books: [ObligationBook]) {
    let deployment = simulation.deployment
    let cells = deployment.cellWorld
    let desk = deployment.deskWorld
    let grouped = books.map(\.grouped)
    let payments = grouped.reduce(0) { $0 + $1.count }
    self.payments = payments
    var sequences = simulation.sequenceTallies[...]
    func price(_ strategy: any BatchingStrategy) -> StrategyCost? {
      var tally = CostTally()
      if let strategy = strategy as? any ShadowPriced {
        for (place, obligations) in grouped.enumerated() {
          // The desk's book is the last.
          tally.merge(
            strategy.tally(obligations, in: place == grouped.count - 1 ? desk : cells))
        }
      } else if strategy is any SequencePriced {
        tally = sequences.removeFirst()
        // It goes by payments as they are captured, and the horizon may leave some unplanned.
        if tally.payments != payments { return nil }
      } else {
        return nil
      }
      return tally.cost(strategy: type(of: strategy).name, in: deployment.world)
    }
    priced = deployment.priced.map(price)
    own = price(deployment.strategy)
  }

  /// Whether a strategy of the scenario could not be priced, as the horizon has left payments out
  /// of every plan.
  var isCut: Bool { priced.contains { $0 == nil } }

  /// Why strategies may cost other than their price when they run; empty if they do not.
  static func limits(_ simulation: Simulation) -> [String] {
    let settings = simulation.deployment.settings
    var limits: [String] = []
    if simulation.ratesMove { limits.append("rates move, and prices take those of the start") }
    if let transfers = simulation.transfers, transfers.givenBack > 0 {
      limits.append(
        "\(transfers.givenBack) transfers were given back, which comes when they have settled")
    }
    if let transfers = simulation.transfers, transfers.volatilityPlans > 0 {
      limits.append("\(transfers.volatilityPlans) plans were made early, as rates had moved")
    }
    if !simulation.failures.isEmpty { limits.append("banks failed") }
    if simulation.rails.rerouted > 0 {
      limits.append("\(simulation.rails.rerouted) instructions went over another rail")
    }
    let isChosen = simulation.deployment.currencies.contains { currency in
      let rails = settings.rails.filter { $0.currency == currency }
      return rails.count > 1
        && (settings.settlement.railChoice != .first || rails[0].maximumAmount != nil)
    }
    if isChosen {
      limits.append("rails are chosen by amount and hour, and prices take each currency's first")
    }
    return limits
  }
}
