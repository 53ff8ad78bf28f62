import Money
import Scenario

/// An operator's fees for the instructions of one participant, by their number in the month.
///
/// Tiers are marginal: the fee of a tier holds from its first instruction on and not for the ones
/// before (Federal Reserve Financial Services, volume-based pricing).
public struct RailFees: Sendable {
  private let tiers: [RailSettings.FeeTier]
  /// Instructions of the run's first month that came before the run.
  public let prior: Int

  /// The fees of a rail; without tiers all instructions cost `fee`.
  public init(_ settings: RailSettings) {
    tiers = settings.tiers
    precondition(
      tiers[0].from == 1 && zip(tiers, tiers.dropFirst()).allSatisfy { $0.from < $1.from },
      "the fee tiers of \(settings.name) ascend from 1")
    prior = settings.priorItems
  }

  /// Fee of a participant's `number`-th instruction of a calendar month, counted from 1; those
  /// before the run count in its first month.
  public func fee(ofItem number: Int) -> MoneyAmount {
    precondition(number >= 1, "instructions are counted from 1, not \(number)")
    return tiers.last { $0.from <= number }!.fee
  }

  /// Fee of the first `count` instructions of a month together. O(tiers).
  /// - Precondition: the sum fits 64 bits.
  public func fee(ofItems count: Int) -> MoneyAmount {
    precondition(count >= 0, "there are no \(count) instructions")
    var sum = MoneyAmount.zero(tiers[0].fee.currency)
    for (index, tier) in tiers.enumerated() {
      let end = index + 1 < tiers.count ? tiers[index + 1].from : Int.max
      let items = min(end, count + 1) - tier.from
      guard items > 0 else { continue }
      guard let fees = tier.fee.multiplied(by: Int64(items)) else {
        preconditionFailure("the fee of \(count) instructions does not fit 64 bits")
      }
      sum += fees
    }
    return sum
  }
}

/// How many instructions each participant has given to a rail in the calendar month, for the tiers
/// of its fees. Pure.
///
/// An instruction belongs to the month of the rail's business day in which it is executed; each
/// month begins at zero, and the run's first with what the scenario says came before.
public struct MonthlyItems: Sendable {
  private let hours: RailHours
  private var counts: [Int]
  /// Months since year 0; nil before the first instruction.
  private var month: Int?
  /// UTC second from which the month has to be looked up again: the close of the last day seen.
  private var knownUntil = Int64.min

  /// Counts for so many participants, of which each has sent `prior` in the run's first month.
  public init(participants: Int, prior: Int, hours: RailHours, startingAt second: Int64) {
    self.hours = hours
    counts = Array(repeating: prior, count: participants)
    advance(to: second)
  }

  /// Counts one more at a UTC second, which must not go back: its number in the month, from 1.
  public mutating func add(_ participant: Int, at second: Int64) -> Int {
    advance(to: second)
    counts[participant] += 1
    return counts[participant]
  }

  /// How many a participant has sent in the month of a UTC second, which must not go back.
  public mutating func sent(_ participant: Int, at second: Int64) -> Int {
    advance(to: second)
    return counts[participant]
  }

  private mutating func advance(to second: Int64) {
    guard second >= knownUntil else { return }
    let (day, _, close) = hours.next(at: second)
    knownUntil = close
    let now = day.year * 12 + day.month
    if let month, month != now {
      for index in counts.indices { counts[index] = 0 }
    }
    month = now
  }
}
