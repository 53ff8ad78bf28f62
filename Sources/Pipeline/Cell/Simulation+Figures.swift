import Interbank
import Measurement
import PaymentModel
import Scenario
import VirtualTime

/// What can be read of a simulation when it has come to its end.
extension Simulation {
  /// Counts of the interbank network.
  public var rails: RailMeasurements {
    network.island.enter { network.call { $0.measurements } }
  }

  /// Counts of the transfer desk; nil in a scenario without transfers.
  public var transfers: TransferMeasurements? {
    guard deployment.settings.workload.transfers.payments > 0 else { return nil }
    return network.island.enter { desk.call { $0.measurements } }
  }

  /// What the failures of banks came to, in the order of the scenario.
  public var failures: [BankFailureTally] {
    network.island.enter { desk.call { $0.failures } }
  }

  /// Where the account of a bank of the transfers has moved by something else than its customers'
  /// transfers say; nil: nowhere. Holds at rest.
  public var transferDifference: String? {
    guard deployment.settings.workload.transfers.payments > 0 else { return nil }
    for index in 0..<deployment.banks.correspondents {
      let bank = deployment.banks.correspondent(index)
      for (currency, code) in deployment.currencies.enumerated() {
        let (moved, booked) = network.island.enter {
          (
            network.call { $0.balance(bank, UInt8(currency)) } - openingDeposits[index][currency],
            desk.call { $0.moved(bank, UInt8(currency)) }
          )
        }
        if moved != booked {
          return "\(deployment.banks.name(bank)), \(code): account \(moved), ledger \(booked)"
        }
      }
    }
    return nil
  }

  /// Transfers that are neither settled nor reversed.
  public var openTransfers: Int { network.island.enter { desk.call { $0.open } } }

  /// Accounts of the transfer desk that should be zero at rest and are not.
  public var unsettledTransferAccounts: [String] {
    network.island.enter { desk.call { $0.unsettledAccounts() } }
  }

  /// What the settlement systems have recorded, by currency.
  public var indicators: [InterbankIndicators] {
    network.island.enter { network.call { $0.systems.map(\.system.indicators) } }
  }

  /// The indicators of transfers as banks owe them, whatever wires they are paid by; nil in a
  /// scenario without transfers.
  public var obligationIndicators: ObligationIndicators? {
    guard deployment.settings.workload.transfers.payments > 0 else { return nil }
    return network.island.enter { desk.call { $0.obligationIndicators() } }
  }

  /// What the transfers' wires and deals moved between banks, by currency.
  public var movedMoney: [MovedMoney] {
    network.island.enter { network.call { $0.systems.map(\.moved) } }
  }

  /// What the cells and the desk owed, for shadow prices; nil if the run was cut short.
  public var obligations: [ObligationBook]? {
    let books = cells.compactMap { $0.result?.obligations }
    guard books.count == cells.count else { return nil }
    return books + [network.island.enter { desk.call { $0.obligations } }]
  }

  /// What the strategy's plans report, of cells and desk together.
  public var plans: PlanTotals {
    var plans = cells.reduce(into: PlanTotals()) { $0.merge($1.plans) }
    if let transfers { plans.merge(transfers.plans) }
    return plans
  }

  /// The rails of the run, in the order of `rails.rails`.
  public var railSettings: [RailSettings] {
    deployment.settings.rails.filter { deployment.currencies.contains($0.currency) }
  }

  /// Payments settled and queues of the settlement systems over virtual time.
  public var settlementSeries: TimeSeries {
    network.island.enter { network.call { $0.series.series } }
  }

  /// What rounding left of foreign exchange with the cells' platform and the transfer desk, by
  /// currency; minor units, below zero where it cost them.
  public var residuals: [Int64] {
    let desk = transfers?.residuals
    return deployment.currencies.indices.map { index in
      cells.reduce(desk?[index] ?? 0) { $0 + ($1.result?.residuals[index] ?? 0) }
    }
  }

  /// The name of a bank, as in files and results.
  public func name(of bank: BankID) -> String { deployment.banks.name(bank) }

  /// The banks of the run, without the clearing house and the dealer, by position among the
  /// participants of each settlement system.
  public var banks: [BankID] {
    let directory = deployment.banks
    return (0..<directory.count).map { BankID(UInt16($0)) }.filter {
      $0 != directory.clearingHouse && $0 != directory.dealer
    }
  }
}
