import Interbank
import Money
import PaymentModel

/// A transfer between banks' customers, and what became of it.
public struct TransferOutcome: Sendable {
  /// How a transfer came to its end.
  public enum End: Sendable { case settled, failed, reversed, open }
  /// Position among the recorded payments; nil: it was drawn, or gives money back.
  public var record: Int?
  /// Whether it gives money back.
  public var isReturn: Bool
  /// Between which banks and currencies.
  public var route: SettlementRoute
  /// Minor units of the source currency.
  public var amount: Int64
  /// How urgent it is.
  public var priority: PaymentPriority
  /// When it arrived, nanoseconds since the start of the run.
  public var arrived: Int64
  /// When it may be settled at the earliest; nil: at once.
  public var earliest: Int64?
  /// When it should be settled at the latest.
  public var deadline: Int64
  /// What has settled in parts of one that is open and has a wire of its own, minor units.
  public var part: Int64
  /// Whether it settled in parts, of which `ended` is the time of the last.
  public var isInParts: Bool
  /// How it ended.
  public var end: End
  /// When it ended; nil: it has not.
  public var ended: Int64?
  /// How the wire settled with which it was complete; nil: it has not, or nothing had to move.
  public var mechanism: SettlementMechanism?
  /// Number of what moved at the same moment within its currency; 0: nothing.
  public var group: UInt32
}

/// The transfers of a run as they stand at its end: what is kept of them, and no more.
public struct TransferOutcomes: Sendable {
  private let entries: [TransferBook.Entry]
  private let parts: [PaymentID: Int64]
  private let deployment: Deployment

  init(
    _ entries: [TransferBook.Entry], parts: [PaymentID: Int64], _ deployment: Deployment
  ) {
    self.entries = entries
    self.parts = parts
    self.deployment = deployment
  }

  /// How many there are.
  public var count: Int { entries.count }

  /// The transfer with the number `index + 1`.
  public subscript(_ index: Int) -> TransferOutcome {
    let entry = entries[index]
    let obligation = entry.obligation
    let record = entry.record > 0 ? deployment.recorded?[Int(entry.record) - 1] : nil
    let end: TransferOutcome.End =
      switch entry.state {
      case .waiting, .sent: .open
      case .settled: .settled
      case .failed: .failed
      case .reversed: .reversed
      }
    return TransferOutcome(
      record: record == nil ? nil : Int(entry.record) - 1, isReturn: entry.isReturn,
      route: obligation.route, amount: obligation.amount,
      priority: deployment.priority(of: obligation, record),
      arrived: obligation.captured, earliest: record?.earliest,
      deadline: deployment.due(obligation, record),
      part: end == .open ? parts[obligation.payment] ?? 0 : 0,
      isInParts: entry.isInParts || parts[obligation.payment] != nil, end: end,
      ended: entry.ended == .max ? nil : entry.ended, mechanism: entry.mechanism,
      group: entry.group)
  }
}

extension Simulation {
  /// All transfers, in the order in which they were taken on; nil in a scenario without.
  public var transferOutcomes: TransferOutcomes? {
    guard deployment.settings.workload.transfers.isPresent else { return nil }
    return network.island.enter {
      let settled = network.call { $0.settledParts }
      return desk.call { [deployment] desk in
        TransferOutcomes(desk.book.entries, parts: desk.book.parts(settled), deployment)
      }
    }
  }

  /// Balance of a bank's account, minor units: now, at the start of the run, and how far below zero
  /// it may go.
  public func account(
    of bank: BankID, currency: CurrencyIndex
  ) -> (opening: Int64, closing: Int64, credit: Int64) {
    network.island.enter {
      network.call { network in
        let terms = network.systems[Int(currency)].terms[Int(bank.rawValue)]
        return (terms.openingBalance, network.balance(bank, currency), terms.credit)
      }
    }
  }

  /// Whether a bank has a name and terms of its own.
  public func isNamed(_ bank: BankID) -> Bool { deployment.banks.isNamed(bank) }
}
