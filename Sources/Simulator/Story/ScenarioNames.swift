import PaymentModel
import Pipeline

/// How results call what a run is made of.
public struct ScenarioNames: Sendable {
  private var places: [String: MerchantID] = [:]
  /// Names of the merchants, cell by cell.
  public private(set) var merchants: [String] = []
  /// Names of the acquirers, the account-to-account scheme among them.
  public private(set) var acquirers: [String] = []
  /// Cells of the run.
  public private(set) var cells = 0
  /// Seconds between 1970-01-01 and the start of the run.
  public private(set) var epochSecond: Int64 = 0

  /// No names.
  public init() {}

  init(_ deployment: Deployment) {
    for cell in deployment.cells {
      for merchant in cell.merchants {
        let name = deployment.name(of: merchant.id)
        merchants.append(name)
        places[name] = merchant.id
      }
    }
    acquirers = deployment.endpoints.map(\.name)
    cells = deployment.cells.count
    epochSecond = deployment.epochSecond
  }

  /// The merchant of a name; nil: there is none.
  public func merchant(_ name: String) -> MerchantID? { places[name] }
}
