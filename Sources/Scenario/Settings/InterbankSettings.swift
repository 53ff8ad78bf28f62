import Money

/// `interbank`: how participants settle with each other in each currency, in business days of its
/// first rail.
///
/// `banks.opening_balance` is a participant's own money and `banks.overdraft_limit` its unsecured
/// credit; what stands here comes on top. Amounts hold for each currency, converted at mid.
public struct InterbankSettings: Sendable {
  /// Settlement mode, with its own parameters.
  public var mode = StrategyChoice(name: "rtgs")
  /// Most intraday credit that a participant draws on its collateral; nil: all it covers.
  public var creditCap: MoneyAmount?
  /// Market value of the collateral that a participant pledges.
  public var collateral = MoneyAmount(minorUnits: 0, currency: .usd)
  /// Part of the collateral's value that is not lent.
  public var haircut = 0.1
  /// How far a participant's payments may exceed its receipts of the day; nil: without limit.
  public var netDebitCap: MoneyAmount?
  /// The same towards any one other participant; nil: without limit.
  public var bilateralLimit: MoneyAmount?
  /// Part of the liquidity that only urgent instructions may use.
  public var reserveForUrgent = MoneyAmount(minorUnits: 0, currency: .usd)
  /// When a participant hands an instruction to the system.
  public var release = ReleaseSettings()
  /// Part of the card flow's instructions that are urgent.
  public var urgentShare = 0.0
  /// Participants with terms of their own.
  public var participants: [ParticipantSettings] = []
  /// What banks and the operator do at instants of the run.
  public var schedule: [ScheduledAction] = []
  /// Rules by which waiting payments become more urgent.
  public var priorityRises: [PriorityRiseSettings] = []
  /// How many times as often as their curve says transfers come at the most.
  public var largestArrivalRate: Double {
    schedule.reduce(1) { $1.action == .arrivalRate ? max($0, $1.factor ?? 1) : $0 }
  }
  /// The defaults.
  public init() {}
}

/// `interbank.release`: when a participant hands an instruction to the system.
public struct ReleaseSettings: Sendable, Equatable {
  /// The rules. Urgent instructions are handed over at once under each of them but `time`.
  public enum Rule: String, Sendable, CaseIterable {
    /// Everything at once.
    case immediate
    /// The rest `leadTime` before its deadline.
    case urgency
    /// The rest while the participant's payments of the day stay within `receivedShare` of its
    /// receipts.
    case position
    /// All at the local time `at` of the rail, or when it opens, whichever is later.
    case time
  }
  /// The rule.
  public var rule = Rule.immediate
  /// How long before its deadline an instruction is handed over, under `urgency`.
  public var leadTime: Duration = .seconds(3_600)
  /// Payments of the day as a part of its receipts up to which instructions are handed over, under
  /// `position`.
  public var receivedShare = 1.0
  /// Local time of the rail, under `time`.
  public var at = TimeOfDay(hour: 12, minute: 0)
  /// The defaults.
  public init() {}
}

/// One entry of `interbank.participants` or `banks.named`: what differs for a bank.
public struct ParticipantSettings: Sendable {
  /// Name of the bank, as in results: `issuer-1`, `merchant-bank-2`, `correspondent-3`; of a named
  /// bank the name that it is given.
  public var name: String
  /// Instead of `banks.opening_balance`.
  public var openingBalance: BankAmount?
  /// Instead of `banks.overdraft_limit`.
  public var overdraftLimit: BankAmount?
  /// Instead of `interbank.credit_cap`.
  public var creditCap: BankAmount?
  /// Instead of `interbank.collateral`.
  public var collateral: BankAmount?
  /// Instead of `interbank.haircut`.
  public var haircut: Double?
  /// Instead of `interbank.net_debit_cap`.
  public var netDebitCap: BankAmount?
  /// Instead of `interbank.bilateral_limit`.
  public var bilateralLimit: BankAmount?
  /// Limits towards single banks, ascending by name.
  public var bilateralLimits: [(bank: String, limit: BankAmount)] = []
  /// Instead of `interbank.reserve_for_urgent`.
  public var reserveForUrgent: BankAmount?
  /// Instead of `interbank.release`, as a whole.
  public var release: ReleaseSettings?
  /// Nothing differs.
  public init(name: String) { self.name = name }
}

/// The terms of one participant in one currency, after its own entry has replaced the general ones.
///
/// Amounts are those of the scenario, still to be converted. An amount that is given by currency
/// says nothing of the others: there the general one holds, but for the balance, which is nothing.
public struct BankTerms: Sendable {
  /// Own money at the start.
  public var openingBalance: MoneyAmount
  /// Unsecured credit.
  public var overdraftLimit: MoneyAmount
  /// Most secured credit; nil: all that the collateral covers.
  public var creditCap: MoneyAmount?
  /// Collateral after the haircut, cut off to a minor unit.
  public var lendableCollateral: MoneyAmount
  /// Part of the collateral's value that is not lent.
  public var haircut: Double
  /// How far payments may exceed receipts; nil: without limit.
  public var netDebitCap: MoneyAmount?
  /// The same towards one participant that `bilateralLimits` does not name.
  public var bilateralLimit: MoneyAmount?
  /// Limits towards single banks, ascending by name.
  public var bilateralLimits: [(bank: String, limit: MoneyAmount)]
  /// Liquidity that only urgent instructions may use.
  public var reserveForUrgent: MoneyAmount
  /// When instructions are handed over.
  public var release: ReleaseSettings

  /// Terms in `currency` of a bank whose own entry is `own`; nil: it has none.
  public init(
    _ own: ParticipantSettings?, in currency: Currency, of settings: ScenarioSettings
  ) {
    let general = settings.interbank
    let own = own ?? ParticipantSettings(name: "")
    func amount(_ amount: BankAmount?) -> MoneyAmount? { amount?.amount(in: currency) }
    let nothing = MoneyAmount(minorUnits: 0, currency: currency)
    openingBalance =
      own.openingBalance.map { $0.amount(in: currency) ?? nothing } ?? settings.banks.openingBalance
    overdraftLimit = amount(own.overdraftLimit) ?? settings.banks.overdraftLimit
    creditCap = amount(own.creditCap) ?? general.creditCap
    let haircut = own.haircut ?? general.haircut
    self.haircut = haircut
    lendableCollateral = Self.lendable(amount(own.collateral) ?? general.collateral, haircut)
    netDebitCap = amount(own.netDebitCap) ?? general.netDebitCap
    bilateralLimit = amount(own.bilateralLimit) ?? general.bilateralLimit
    bilateralLimits = own.bilateralLimits.compactMap { bank, limit in
      amount(limit).map { (bank, $0) }
    }
    reserveForUrgent = amount(own.reserveForUrgent) ?? general.reserveForUrgent
    release = own.release ?? general.release
  }

  /// What is lent on collateral of a market value, cut off to a minor unit.
  public func lendable(_ collateral: MoneyAmount) -> MoneyAmount {
    Self.lendable(collateral, haircut)
  }

  private static func lendable(_ collateral: MoneyAmount, _ haircut: Double) -> MoneyAmount {
    let lent = 1_000_000 - Int128((haircut * 1_000_000).rounded())
    return MoneyAmount(
      minorUnits: Int64(Int128(collateral.minorUnits) * lent / 1_000_000),
      currency: collateral.currency)
  }
}

extension ScenarioSettings {
  /// The banks that have terms of their own, by name.
  public var ownTerms: [String: ParticipantSettings] {
    Dictionary(
      (interbank.participants + banks.own).map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
  }
}
