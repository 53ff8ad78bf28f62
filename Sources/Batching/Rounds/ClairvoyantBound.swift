import Money
import PaymentModel

/// What settling obligations costs at least, if all of them were known beforehand: nobody can know
/// that, so that it is a bound and no aim.
///
/// Counted are wires at the lowest price after all discounts, delay, missed deadlines and the
/// spread on what must be exchanged; operators' fees and liquidity are not. A wire has two ends:
/// half its price falls on each bank, and so do half the delay of a payment and half of what it
/// costs to be late. By itself each bank then chooses for each currency in which hours it takes
/// part in a payout, by an exact program over pairs of hours; all of them together cost no less
/// than that. That the positions of a bank cancel out to the cent, so that it needs no wire, is not
/// counted on.
public struct ClairvoyantBound: Sendable {
  /// Payments of one bank and currency that came about in the same hour and are late from the same
  /// hour on.
  private struct Part {
    var count = 0.0
    var value = 0.0
    /// Value times when it could be final at the soonest (ns).
    var moment = 0.0

    mutating func add(_ value: Double, soonest: Int64) {
      count += 1
      self.value += value
      moment += value * Double(soonest)
    }
  }

  private struct Hours: Hashable, Comparable {
    var arrival: Int
    var late: Int

    static func < (first: Hours, second: Hours) -> Bool {
      (first.arrival, first.late) < (second.arrival, second.late)
    }
  }

  private static let hour: Int64 = 3_600_000_000_000
  /// Pairs of hours that are looked at, at most: there is no bound of longer runs.
  private static let most = 50_000_000

  private let outlook: SettlementOutlook
  private let rates: FXTable
  private let costs: CostTable
  private let missed: Double
  private let netsConversions: Bool
  /// Sorted before use.
  private var parts: [BankAccount: [Hours: Part]] = [:]
  /// What payers have and need of each currency over all; sorted before use.
  private var positions: [BankID: CurrencyPositions] = [:]
  /// What no plan can spare.
  private var fixed = 0.0
  /// The hour from which on something due is late, by currency, for all dues that have occurred;
  /// looked up by key.
  private var lateHours: [UInt8: [Int64: Int]] = [:]

  /// Nothing to settle.
  ///
  /// - Parameters:
  ///   - world: the world in which all is settled; its rates hold throughout, and its calendar is
  ///     known.
  ///   - missed: what it costs to miss a deadline, in minor units of the reporting currency.
  ///   - netsConversions: whether payers' conversions may be set off against each other.
  public init(_ world: SettlementWorld, missed: Int64, netsConversions: Bool) {
    outlook = world.outlook!
    rates = world.rates
    costs = world.costs
    self.missed = Double(missed)
    self.netsConversions = netsConversions
  }

  /// Adds an obligation that is due at `due` (ns).
  public mutating func add(_ obligation: Obligation, due: Int64) {
    let route = obligation.route
    let value = obligation.value(by: rates)
    guard value > 0 else { return }
    let soonest = outlook.soonest(route.destination, at: obligation.captured)
    fixed += value * Double(soonest - obligation.captured) * costs.delayRate
    if soonest > due { fixed += missed }
    let arrival = Int(obligation.captured / Self.hour)
    let hours = Hours(
      arrival: arrival,
      late: soonest > due ? .max : max(arrival + 1, lateHour(route.destination, due)))
    for bank in [route.payer, route.payee] {
      let account = BankAccount(bank: bank, currency: route.destination)
      parts[account, default: [:]][hours, default: Part()].add(value, soonest: soonest)
    }
    guard route.source != route.destination else { return }
    if netsConversions {
      positions[route.payer, default: CurrencyPositions()].add(
        obligation.amount, of: route.source, to: route.destination, by: rates)
    } else {
      fixed += spread(
        of: MoneyAmount(minorUnits: obligation.amount, currency: route.source),
        to: route.destination)
    }
  }

  private func spread(of amount: MoneyAmount, to currency: Currency) -> Double {
    let discount = costs.discountsSpread ? Double(costs.discountPartsPerMillion) / 1e6 : 0
    let cost = rates.inReportingCurrency(rates.spreadCost(of: amount, to: currency)).minorUnits
    // Roundings of amounts and of the spread.
    return max(0, Double(cost - 2)) * (1 - discount)
  }

  /// The first hour in which what is sent at its beginning is final after `due`.
  private mutating func lateHour(_ currency: Currency, _ due: Int64) -> Int {
    if let known = lateHours[currency.index]?[due] { return known }
    var hour = Int(due / Self.hour) + 1
    while hour > 0, outlook.soonest(currency, at: Int64(hour - 1) * Self.hour) > due { hour -= 1 }
    lateHours[currency.index, default: [:]][due] = hour
    return hour
  }

  /// The bound, in minor units of the reporting currency; nil where the run is too long for it.
  public func cost() -> Double? {
    let last = parts.values.lazy.flatMap(\.keys).map(\.arrival).max() ?? 0
    guard parts.count * (last + 1) * (last + 1) <= Self.most else { return nil }
    var cost = fixed
    for (bank, position) in positions.sorted(by: { $0.key < $1.key }) {
      for conversion in position.conversions(of: bank, by: rates) {
        cost += spread(
          of: MoneyAmount(minorUnits: conversion.amount, currency: conversion.source),
          to: conversion.destination)
      }
    }
    for (account, parts) in parts.sorted(by: { $0.key < $1.key }) {
      cost += least(parts, account.currency, hours: last + 1) / 2
    }
    return cost
  }

  /// Twice a bank's share in one currency: hours in which it takes part, and what waits for them.
  private func least(_ parts: [Hours: Part], _ currency: Currency, hours: Int) -> Double {
    let price = outlook.leastPrice(currency, costs)
    let parts = parts.sorted { $0.key < $1.key }
    let starts = (0..<hours).map { Double(outlook.soonest(currency, at: Int64($0) * Self.hour)) }
    var least = [Double](repeating: .infinity, count: hours + 1)
    least[0] = 0
    // All that came about in hours from `first` on and before `end` leaves in the hour before it.
    for end in 1...hours {
      let leaving = starts[end - 1]
      var (waiting, first) = (0.0, end)
      var isAny = false
      var place = parts.lastIndex { $0.key.arrival < end } ?? -1
      while first > 0 {
        first -= 1
        while place >= 0, parts[place].key.arrival == first {
          let (key, part) = parts[place]
          isAny = true
          if first < end - 1 {
            waiting += max(0, part.value * leaving - part.moment) * costs.delayRate
            if end - 1 >= key.late { waiting += part.count * missed }
          }
          place -= 1
        }
        least[end] = min(least[end], least[first] + waiting + (isAny ? price : 0))
      }
    }
    return least[hours]
  }
}
