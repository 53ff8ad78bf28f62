import Money
import Scenario

/// Chooses a rail for an instruction under `settlement.rail_choice`. Pure.
public struct RailChooser: Sendable {
  /// What the choice is about.
  public struct Request: Sendable {
    /// Amount, in the currency of the rails.
    public var amount: MoneyAmount
    /// UTC second at which the instruction is ready.
    public var second: Int64
    /// Latest value date; nil: any.
    public var latestValueDate: CivilDate?
    /// UTC second at which the money must be final; nil: any within the value date.
    public var deadline: Int64?
    /// Who sends it.
    public var sender: RailSchedule.Sender
    /// Positions in `schedules` of rails that are out of the question: the counterparty could not
    /// be reached over them.
    public var excluded: [Int] = []
    /// UTC second before which a rail must work on the instruction; nil: any time.
    public var processedBefore: Int64?

    /// Makes one from its parts; no rail is excluded and any time will do.
    public init(
      amount: MoneyAmount, second: Int64, latestValueDate: CivilDate? = nil,
      deadline: Int64? = nil, sender: RailSchedule.Sender = .customer
    ) {
      self.amount = amount
      self.second = second
      self.latestValueDate = latestValueDate
      self.deadline = deadline
      self.sender = sender
    }
  }

  /// A rail for an instruction.
  public struct Decision: Sendable, Equatable {
    /// Position of the rail in `schedules`.
    public var rail: Int
    /// What becomes of the instruction there.
    public var times: RailSchedule.Times
    /// Whether deadline and latest value date are kept.
    public var isInTime: Bool
    /// Price to the client plus the operator's fee, in the reporting currency of the rates.
    public var price: MoneyAmount
  }

  /// Schedules of the rails that move the currency, in the order of the scenario.
  public let schedules: [RailSchedule]
  private let choice: RailChoice
  private let wires: [MoneyAmount]
  private let fees: [RailFees]
  private let rates: FXTable

  /// A chooser among the rails of a scenario that move `currency`.
  ///
  /// - Parameter rates: converts prices; it has a rate of each of their currencies.
  /// - Precondition: at least one rail moves the currency.
  public init(_ settings: ScenarioSettings, currency: Currency, rates: FXTable) {
    let rails = settings.rails.filter { $0.currency == currency }
    precondition(!rails.isEmpty, "no rail moves \(currency)")
    schedules = rails.map { RailSchedule($0) }
    choice = settings.settlement.railChoice
    wires = rails.map { rates.inReportingCurrency(settings.costs.wire(on: $0)) }
    fees = rails.map { RailFees($0) }
    self.rates = rates
  }

  /// The rail of an instruction; nil if none is eligible: a rail takes the amount, is not excluded
  /// and works on the instruction in time.
  ///
  /// - first: the first eligible rail.
  /// - cheapest: of those that are in time the lowest price; if none is, the one that is final
  ///   first, so that as little time as possible is lost.
  /// - fastest: the one that is final first.
  ///
  /// Ties go to the cheaper rail, then to the earlier one of the list.
  ///
  /// - Parameter itemsSoFar: how many instructions the sender has given to each rail of `schedules`
  ///   in the month, for the tiers of fees; nil counts those before the run.
  public func choose(_ request: Request, itemsSoFar: [Int]? = nil) -> Decision? {
    precondition(
      itemsSoFar.map { $0.count == schedules.count } ?? true, "a count for each rail")
    let decisions = schedules.indices
      .filter { takes(request.amount, on: $0) && !request.excluded.contains($0) }
      .map { decision(request, rail: $0, number: (itemsSoFar?[$0] ?? fees[$0].prior) + 1) }
      .filter { $0.times.processed < request.processedBefore ?? .max }
    switch choice {
    case .first: return decisions.first
    case .fastest: return Self.fastest(decisions)
    case .cheapest:
      let inTime = decisions.filter(\.isInTime)
      guard !inTime.isEmpty else { return Self.fastest(decisions) }
      return inTime.min {
        ($0.price.minorUnits, $0.times.final, $0.rail)
          < ($1.price.minorUnits, $1.times.final, $1.rail)
      }
    }
  }

  private static func fastest(_ decisions: [Decision]) -> Decision? {
    decisions.min {
      ($0.times.final, $0.price.minorUnits, $0.rail)
        < ($1.times.final, $1.price.minorUnits, $1.rail)
    }
  }

  private func takes(_ amount: MoneyAmount, on rail: Int) -> Bool {
    guard let largest = schedules[rail].settings.maximumAmount else { return true }
    return amount <= largest
  }

  private func decision(_ request: Request, rail: Int, number: Int) -> Decision {
    let times = schedules[rail].times(at: request.second, from: request.sender)
    let isInTime =
      (request.deadline.map { times.final <= $0 } ?? true)
      && (request.latestValueDate.map { times.valueDate <= $0 } ?? true)
    return Decision(
      rail: rail, times: times, isInTime: isInTime,
      price: wires[rail] + rates.inReportingCurrency(fees[rail].fee(ofItem: number)))
  }
}
