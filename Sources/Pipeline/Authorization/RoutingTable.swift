import Money
import PaymentModel
import Scenario

/// Which acquirers a payment may go to, in order (SPEC B3): the merchant's own choice first, then
/// the table's primary and fallback for the currency and region; low-risk merchants prefer the
/// cheapest.
struct RoutingTable {
  /// By risk, then currency, then override (0 for none, else 1 + acquirer).
  private var routes: [[EndpointIndex]]
  private let currencies: Int
  private let choices: Int

  init(_ deployment: Deployment, region: String) {
    let acquirers = deployment.settings.acquirers
    let all = acquirers.indices.map { EndpointIndex($0) }
    func serves(_ index: EndpointIndex, _ currency: Currency) -> Bool {
      let acquirer = acquirers[Int(index)]
      return (acquirer.currencies.isEmpty || acquirer.currencies.contains(currency))
        && (acquirer.regions.isEmpty || acquirer.regions.contains(region))
    }
    currencies = deployment.currencies.count
    choices = acquirers.count + 1
    routes = RiskLevel.allCases.flatMap { risk in
      deployment.currencies.flatMap { currency in
        let eligible = all.filter { serves($0, currency) }
          .sorted {
            let (a, b) = (acquirers[Int($0)], acquirers[Int($1)])
            if risk == .low, a.feeRate != b.feeRate { return a.feeRate < b.feeRate }
            return (a.preference, $0) < (b.preference, $1)
          }
        return [eligible]
          + all.map { own in
            eligible.contains(own) ? [own] + eligible.filter { $0 != own } : eligible
          }
      }
    }
  }

  /// Acquirers in the order in which they are tried; empty when none serves the currency.
  func route(
    risk: RiskLevel, currency: CurrencyIndex, override: EndpointIndex?
  ) -> [EndpointIndex] {
    let choice = override.map { Int($0) + 1 } ?? 0
    return routes[(Int(risk.rawValue) * currencies + Int(currency)) * choices + choice]
  }
}
