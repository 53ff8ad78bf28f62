import Rails
import Chance
import PaymentModel
import Scenario
import VirtualTime

/// One rail of the run and what waits on it.
struct Rail {
  let settings: RailSettings
  let schedule: RailSchedule
  /// Position of its currency in the run's list.
  let currency: Int
  let latency: Latency
  let unavailable: Probability
  var random: RandomStream
  /// Instructions for the next opening or attempt.
  var waiting: DelayedActions<Instruction>
  /// Instructions of a batch rail by the time at which they settle, nanoseconds since the start of
  /// the run.
  var batches: [Int64: [Instruction]] = [:]
  private let fees: RailFees
  /// Instructions of the run by bank, for the operator's tiers.
  private(set) var items: [Int]

  var hours: RailHours { schedule.hours }

  init(
    _ settings: RailSettings, currency: Int, banks: Int, random: RandomStream,
    waiting: DelayedActions<Instruction>
  ) {
    self.settings = settings
    schedule = RailSchedule(settings)
    self.currency = currency
    latency = Latency(settings.latency)
    unavailable = Probability(settings.unavailableRate)
    self.random = random
    self.waiting = waiting
    fees = RailFees(settings)
    items = Array(repeating: 0, count: banks)
  }

  /// The operator's fee for the next instruction of `bank`, minor units of the fee's currency: that
  /// of the tier which the bank's instructions of the month have reached.
  mutating func fee(for bank: BankID) -> Int64 {
    items[Int(bank.rawValue)] += 1
    return fees.fee(ofItem: items[Int(bank.rawValue)]).minorUnits
  }
}
