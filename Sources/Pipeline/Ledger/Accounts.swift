import Money
import PaymentModel

/// The chart of accounts of a cell's ledger. Every account exists in every currency of the run.
struct Accounts {
  let merchants: Int
  let endpoints: Int
  let currencies: Int

  /// Accounts beside those of merchants and endpoints.
  enum Own: Int, CaseIterable {
    /// What merchants were charged.
    case fees
    /// Paid out and not yet confirmed by the bank; zero at rest.
    case inTransit
    /// The platform's money at its settlement bank.
    case nostro
    /// Currency sold and bought for merchants and not covered yet; zero at rest.
    case fxPosition
    /// What rounding left of conversions and the deals that covered them.
    case fxResidual
    var name: String {
      switch self {
      case .fees: "fees"
      case .inTransit: "in_transit"
      case .nostro: "nostro"
      case .fxPosition: "fx_position"
      case .fxResidual: "fx_residual"
      }
    }
  }

  /// Accounts in all.
  var count: Int { (merchants + endpoints + Own.allCases.count) * currencies }

  /// What the platform owes a merchant.
  func payable(_ merchant: CellMerchant, _ currency: CurrencyIndex) -> Int {
    Int(merchant) * currencies + Int(currency)
  }
  /// What an acquirer or scheme owes the platform; zero at rest.
  func receivable(_ endpoint: EndpointIndex, _ currency: CurrencyIndex) -> Int {
    (merchants + Int(endpoint)) * currencies + Int(currency)
  }
  /// An account of the platform's own.
  func own(_ account: Own, _ currency: CurrencyIndex) -> Int {
    (merchants + endpoints + account.rawValue) * currencies + Int(currency)
  }

  /// The name used in the journal.
  func name(_ account: Int) -> String {
    let position = account / currencies
    if position < merchants { return "payable:merchant-\(position)" }
    if position < merchants + endpoints { return "receivable:endpoint-\(position - merchants)" }
    return Own.allCases[position - merchants - endpoints].name
  }
}

extension Accounts {
  /// The chart of a cell.
  init(of plan: CellPlan, _ deployment: Deployment) {
    merchants = plan.merchants.count
    endpoints = deployment.endpoints.count
    currencies = deployment.currencies.count
  }
}
