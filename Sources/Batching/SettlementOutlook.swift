import Rails
import Money
import PaymentModel
import Scenario

/// When and over which rail what is planned now would settle: what a strategy knows of the calendar
/// and the rails. Times are nanoseconds since the start of the run.
public struct SettlementOutlook: Sendable {
  /// What a wire of a window costs on the rail that it would take.
  struct WirePrice: Hashable {
    /// What the bank charges its client, before any discount, in minor units of the reporting
    /// currency.
    var wire: Int64
    /// What the rail's operator charges the bank, likewise.
    var operatorFee: Int64
  }

  /// UTC second at which the run starts.
  let epochSecond: Int64
  /// The settlement system of each currency, by index of the currency.
  let systems: [UInt8: RailSchedule]
  /// All rails of each currency.
  private let rails: [UInt8: [RailSchedule]]
  private let choosers: [UInt8: RailChooser]
  private let prices: [UInt8: [WirePrice]]

  /// The outlook of a scenario.
  ///
  /// - `epochSecond`: UTC second at which the run starts.
  /// - `currencies`: those that settle; the scenario has a rail for each.
  /// - `rates`: convert prices; they have a rate for each of their currencies.
  public init(
    _ settings: ScenarioSettings, epochSecond: Int64, currencies: [Currency], rates: FXTable
  ) {
    self.epochSecond = epochSecond
    func byCurrency<Value>(_ value: (Currency, [RailSettings]) -> Value) -> [UInt8: Value] {
      Dictionary(
        uniqueKeysWithValues: currencies.map { currency in
          (currency.index, value(currency, settings.rails.filter { $0.currency == currency }))
        })
    }
    systems = byCurrency { RailSchedule($1[0]) }
    rails = byCurrency { _, rails in rails.map { RailSchedule($0) } }
    choosers = byCurrency { currency, _ in
      RailChooser(settings, currency: currency, rates: rates)
    }
    prices = byCurrency { _, rails in
      rails.map { rail in
        let fees = RailFees(rail)
        return WirePrice(
          wire: rates.inReportingCurrency(settings.costs.wire(on: rail)).minorUnits,
          operatorFee: rates.inReportingCurrency(fees.fee(ofItem: fees.prior + 1)).minorUnits)
      }
    }
  }

  /// Whether the run settles in a currency.
  func settles(_ currency: Currency) -> Bool { systems[currency.index] != nil }

  /// When an obligation has to be settled at the latest: the close of the last business day of its
  /// window, counted from the business day of the destination currency in which it came about.
  public func due(_ obligation: Obligation) -> Int64 {
    due(
      capturedAt: obligation.captured, in: obligation.route.destination,
      latest: obligation.latest)
  }

  /// The same for what comes about at `time`.
  func due(
    capturedAt time: Int64, in currency: Currency, latest: SettlementWindow
  ) -> Int64 {
    let hours = systems[currency.index]!.hours
    let day = hours.calendar.roll(
      hours.next(at: second(time)).day, businessDays: latest.valueDays)
    return nanoseconds(hours.hours(of: day).close)
  }

  /// When what a customer sends at `time` has usually arrived.
  func arrival(_ currency: Currency, sentAt time: Int64) -> Int64 {
    nanoseconds(systems[currency.index]!.times(at: second(time), from: .customer).final)
  }

  /// Whether what a customer sends at `time` is worked on at once.
  func isOpen(_ currency: Currency, at time: Int64) -> Bool {
    let now = second(time)
    return systems[currency.index]!.times(at: now, from: .customer).processed <= now
  }

  /// When what a customer sends at `time` can be final at the soonest, over whichever rail (ns).
  func soonest(_ currency: Currency, at time: Int64) -> Int64 {
    max(time, rails(of: currency.index).map { nanoseconds($0.soonest(at: second(time))) }.min()!)
  }

  /// What a wire costs at least, after the discount and before what the operator charges.
  func leastPrice(_ currency: Currency, _ costs: CostTable) -> Double {
    let discount = Double(costs.discountPartsPerMillion) / 1e6
    return (prices[currency.index]!.map(\.wire).min().map(Double.init) ?? 0) * (1 - discount)
  }

  /// The rails of a currency.
  func rails(of currency: UInt8) -> [RailSchedule] { rails[currency]! }

  /// The latest window in which an obligation that is planned at `now` is still settled when it is
  /// due; at once if there is none, or if the plan after this one, at `next`, comes too late.
  func latestWindow(of obligation: Obligation, at now: Int64, next: Int64) -> SettlementWindow {
    if !isInTime(obligation, at: next) { return .rtgs }
    let due = due(obligation)
    let currency = obligation.route.destination
    return SettlementWindow.allCases.last { window in
      window <= obligation.latest && close(of: window, currency, at: now) <= due
    } ?? .rtgs
  }

  /// Whether an obligation that is sent at `time` settles by the end of the day it is due on.
  func isInTime(_ obligation: Obligation, at time: Int64) -> Bool {
    close(of: .rtgs, obligation.route.destination, at: time) <= due(obligation)
  }

  /// Whether there is any rail on which an obligation that is sent as it comes about settles by
  /// when it is due. Where there is none, as after the customers' cut-off of the day it is due on,
  /// no rule can meet its deadline.
  ///
  /// - Parameters:
  ///   - obligation: what is to be settled.
  ///   - due: when it is due (ns), where that is not the end of its latest window.
  public func canMeetDeadline(_ obligation: Obligation, by due: Int64? = nil) -> Bool {
    let (due, captured) = (due ?? self.due(obligation), second(obligation.captured))
    return rails[obligation.route.destination.index]!.contains {
      nanoseconds($0.soonest(at: captured)) <= due
    }
  }

  /// What a wire costs on the rail that `settlement.rail_choice` gives it, if it is planned at
  /// `now` for a window and is no larger than any rail takes.
  func price(of window: SettlementWindow, _ currency: Currency, at now: Int64) -> WirePrice {
    let day = businessDay(of: window, currency, at: now)
    let (open, close) = systems[currency.index]!.hours.hours(of: day)
    let request = RailChooser.Request(
      amount: MoneyAmount(minorUnits: 1, currency: currency),
      second: window.valueDays == 0 ? second(now) : max(second(now), open), deadline: close)
    return prices[currency.index]![choosers[currency.index]!.choose(request)?.rail ?? 0]
  }

  /// The close of the day on which what a customer sends at `now` for a window settles.
  func close(of window: SettlementWindow, _ currency: Currency, at now: Int64) -> Int64 {
    let day = businessDay(of: window, currency, at: now)
    return nanoseconds(systems[currency.index]!.hours.hours(of: day).close)
  }

  /// The day on which what a customer sends at `now` for a window settles.
  private func businessDay(
    of window: SettlementWindow, _ currency: Currency, at now: Int64
  ) -> CivilDate {
    let system = systems[currency.index]!
    if window.valueDays == 0 {
      return system.times(at: second(now), from: .customer).businessDay
    }
    return system.hours.calendar.roll(
      system.hours.next(at: second(now)).day, businessDays: window.valueDays)
  }

  /// The UTC second of an instant of the run.
  func second(_ nanoseconds: Int64) -> Int64 { epochSecond + nanoseconds / 1_000_000_000 }
  /// The instant of the run at a UTC second.
  func nanoseconds(_ second: Int64) -> Int64 { (second - epochSecond) * 1_000_000_000 }
}
