import Money
import PaymentModel
import Scenario
import VirtualTime

/// What the scenario schedules, as far as it concerns the books and the orders of transfers.
extension TransferDesk {
  /// Books what moves between a bank and the central bank.
  func book(
    _ kind: TransferKind, _ bank: BankID, _ currency: CurrencyIndex, by amount: Int64, entry: Int
  ) {
    post("scheduled entry", UInt32(entry)) { ledger throws(PostingError) in
      if kind == .collateral {
        try ledger.pledge(bank, currency: currency, by: amount, entry: UInt32(entry))
      } else {
        try ledger.adjust(bank, currency: currency, by: amount, entry: UInt32(entry))
      }
    }
  }

  /// What the schedule has brought to a bank's account, by currency; minor units.
  func broughtIn(_ bank: BankID) -> [Int64] {
    deployment.currencyIndices.map { ledger.broughtIn(bank, $0) }
  }

  /// What it has brought to all accounts, by currency, as the central bank has it; minor units.
  var broughtIn: [Int64] { deployment.currencyIndices.map { ledger.broughtIn($0) } }
}

extension InterbankSettings {
  /// From when on transfers come how many times as often as their curve says, in the order of time;
  /// nanoseconds since the start of a run that begins on `date`.
  func arrivalRates(from date: CivilDate) -> [ArrivalRate] {
    let changes = schedule.enumerated().filter { $0.element.action == .arrivalRate }.map {
      (time: $0.element.at.nanoseconds(from: date), place: $0.offset, factor: $0.element.factor!)
    }
    return changes.sorted { ($0.time, $0.place) < ($1.time, $1.place) }
      .map { ArrivalRate(start: $0.time, factor: $0.factor) }
  }
}

/// From when on transfers come how many times as often as their curve says.
struct ArrivalRate: Sendable {
  /// Nanoseconds since the start of the run, a whole minute.
  var start: Int64
  var factor: Double
}
