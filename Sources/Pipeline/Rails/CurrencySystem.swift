import Rails
import Interbank
import Money
import PaymentModel
import Scenario

/// The settlement system of one currency with the hours of its business days: where all rails of
/// the currency move money in the end.
///
/// Days, cycles and closes are those of the first rail. Another rail has hours of its own: what it
/// brings outside of the system's starts the day that follows.
struct CurrencySystem {
  var system: InterbankSystem
  /// Keeps books of its own from what goes in and comes out, and knows the rules.
  var check: InterbankCheck
  /// What the transfers' wires and deals have moved.
  var moved: MovedMoney
  let hours: RailHours
  /// The local time at which each participant releases what it holds back; nil: another rule.
  private let releaseTimes: [TimeOfDay?]
  /// The first business day that has not been started.
  private var firstUnstarted: CivilDate
  /// The participants' terms, by position.
  let terms: [ParticipantTerms]
  /// Whether the day has been started.
  var isOpen = false
  /// Time of the timer that is set; `.max` for none. Nanoseconds since the start of the run.
  var armedFor = Int64.max
  /// Whether the next opening is scheduled.
  var isReopening = false
  /// Closing time for which a statement is scheduled, seconds since 1970-01-01.
  var statementAfter = Int64.min

  /// The system of a currency before its first day: the business days are those of the first rail
  /// that moves the currency, the participants all banks of the run.
  init(_ currency: Currency, _ deployment: Deployment) {
    let settings = deployment.settings
    let rail = settings.rails.first { $0.currency == currency }!
    hours = RailHours(rail)
    func inCurrency(_ amount: MoneyAmount) -> Int64 {
      deployment.fx.convert(amount, to: currency).amount.minorUnits
    }
    let banks = deployment.banks
    let indices = Dictionary(
      uniqueKeysWithValues: (0..<banks.count).map { (banks.name(BankID(UInt16($0))), $0) })
    let own = settings.ownTerms
    func bankTerms(_ bank: BankID) -> BankTerms {
      BankTerms(own[banks.name(bank)], in: currency, of: settings)
    }
    let terms = (0..<banks.count).map { index in
      let bank = BankID(UInt16(index))
      if bank == banks.clearingHouse { return ParticipantTerms(openingBalance: 0, isServed: false) }
      // The dealer always delivers: what it lacks is not the system's question.
      if bank == banks.dealer {
        return ParticipantTerms(
          openingBalance: 0, creditCap: InterbankPayment.maximumAmount, isServed: false)
      }
      return ParticipantTerms(bankTerms(bank), of: indices, inCurrency: inCurrency)
    }
    firstUnstarted = hours.next(at: deployment.epochSecond).day
    releaseTimes = (0..<banks.count).map { index in
      let release = bankTerms(BankID(UInt16(index))).release
      return release.rule == .time ? release.at : nil
    }
    self.terms = terms
    system = InterbankSystem(
      mode: deployment.mode, participants: terms,
      rises: settings.interbank.priorityRises.map {
        PriorityRise(within: $0.within.nanoseconds, priority: PaymentPriority($0.to))
      })
    check = InterbankCheck(mode: deployment.mode, participants: terms)
    moved = MovedMoney(
      banks: terms.map(\.isServed), keepsPositions: deployment.mode.keepsPositions)
  }

  /// What the system is told of a business day that it starts.
  /// - Parameter nanoseconds: of a second since 1970-01-01, since the start of the run.
  mutating func startDay(_ day: CivilDate, nanoseconds: (Int64) -> Int64) -> SettlementDay {
    var silentDays = 0
    var silentTime: Int64 = 0
    while firstUnstarted < day {
      let (open, close) = hours.hours(of: firstUnstarted)
      silentDays += 1
      silentTime += nanoseconds(close) - nanoseconds(open)
      firstUnstarted = hours.calendar.next(onOrAfter: firstUnstarted.adding(days: 1))
    }
    firstUnstarted = hours.calendar.next(onOrAfter: day.adding(days: 1))
    return SettlementDay(
      opening: nanoseconds(hours.hours(of: day).open),
      releases: releaseTimes.map { time in
        time.map { nanoseconds(hours.instant(of: $0, in: day)) }
      }, silentDays: silentDays, silentTime: silentTime)
  }
}

extension ParticipantTerms {
  /// The terms of a bank in one currency.
  ///
  /// - Parameters:
  ///   - indices: where each bank is among the participants.
  ///   - inCurrency: converts an amount of the scenario at mid to minor units.
  init(
    _ terms: BankTerms, of indices: [String: Int],
    inCurrency: (MoneyAmount) -> Int64
  ) {
    let secured = inCurrency(terms.lendableCollateral)
    let rule: ReleaseRule
    switch terms.release.rule {
    case .immediate: rule = .immediate
    case .urgency: rule = .urgency(lead: terms.release.leadTime.nanoseconds)
    case .position:
      rule = .position(
        share: Int64((terms.release.receivedShare * 1_000_000).rounded()))
    case .time:
      // Each day tells its own instant, as clocks are set on some.
      rule = .time(opening: 0)
    }
    self.init(
      openingBalance: inCurrency(terms.openingBalance),
      creditCap: inCurrency(terms.overdraftLimit),
      collateral: terms.creditCap.map { min(secured, inCurrency($0)) } ?? secured,
      reservedForUrgent: inCurrency(terms.reserveForUrgent),
      netDebitCap: terms.netDebitCap.map(inCurrency),
      bilateralLimit: terms.bilateralLimit.map(inCurrency),
      bilateralLimits: Dictionary(
        uniqueKeysWithValues: terms.bilateralLimits.map {
          (indices[$0.bank]!, inCurrency($0.limit))
        }),
      releaseRule: rule)
  }
}
