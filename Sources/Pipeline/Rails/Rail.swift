import PaymentModel
import Scenario
import VirtualTime

/// One rail of the run and what waits on it.
struct Rail {
  let settings: RailSettings
  let hours: RailHours
  /// Position of its currency in the run's list.
  let currency: Int
  let latency: Latency
  let unavailable: Probability
  var random: RandomStream
  /// Instructions for the next opening or attempt.
  var waiting: DelayedActions<Instruction>
  /// Instructions of the month by bank, for the operator's tiers.
  private var items: [Int]

  init(
    _ settings: RailSettings, currency: Int, banks: Int, random: RandomStream,
    waiting: DelayedActions<Instruction>
  ) {
    self.settings = settings
    hours = RailHours(settings)
    self.currency = currency
    latency = Latency(settings.latency)
    unavailable = Probability(settings.unavailableRate)
    self.random = random
    self.waiting = waiting
    items = Array(repeating: settings.priorItems, count: banks)
  }

  /// The operator's fee for the next instruction of `bank`, minor units of the rail's currency:
  /// that of the tier which the bank's instructions of the month have reached.
  mutating func fee(for bank: BankID) -> Int64 {
    items[Int(bank.rawValue)] += 1
    let item = items[Int(bank.rawValue)]
    let tier = settings.feeTiers.last { $0.from <= item }
    return (tier?.fee ?? settings.fee).minorUnits
  }
}
