/// When a participant gives a payment to the system that it could give at once.
public enum ReleaseRule: Sendable, Equatable {
  /// At once.
  case immediate
  /// Urgent payments at once; others `lead` ns before their deadline, or at the close if they have
  /// none.
  case urgency(lead: Int64)
  /// Urgent payments at once; others, in order, while what was sent (settled and queued) is not
  /// more than `share` parts per million of what was received; the rest at the close.
  case position(share: Int64)
  /// Nothing before `opening` ns after the day's opening, unless `SettlementDay.releases` tells.
  case time(opening: Int64)
}

/// What a participant has, and what it and others allow it to do. Amounts are minor units.
public struct ParticipantTerms: Sendable, Equatable {
  /// Balance before anything happens.
  public var openingBalance: Int64
  /// Unsecured intraday credit.
  public var creditCap: Int64
  /// Market value of what is pledged for intraday credit.
  public var collateral: Int64
  /// What is taken off the collateral's value, in parts per million.
  public var haircut: Int64
  /// Liquidity that normal payments may not use; payments of higher priority draw it down.
  public var reservedForUrgent: Int64
  /// The most that the participant may have sent net of what it received since the start of the
  /// day; nil: no cap. (A multilateral limit; the *net debit cap* of net systems.)
  public var netDebitCap: Int64?
  /// The most that it may have sent, net, to any one counterparty that `bilateralLimits` does not
  /// name, since the start of the day; nil: no limit.
  public var bilateralLimit: Int64?
  /// The same towards single counterparties, by their index.
  public var bilateralLimits: [Int: Int64]
  /// When it gives payments to the system.
  public var releaseRule: ReleaseRule
  /// Whether the system is there for it: the liquidity of a clearing house, or of a dealer who
  /// always delivers, is in no indicator.
  public var isServed: Bool

  /// Terms.
  /// - Precondition: no amount is negative, and the haircut is at most a million.
  public init(
    openingBalance: Int64, creditCap: Int64 = 0, collateral: Int64 = 0, haircut: Int64 = 0,
    reservedForUrgent: Int64 = 0, netDebitCap: Int64? = nil, bilateralLimit: Int64? = nil,
    bilateralLimits: [Int: Int64] = [:],
    releaseRule: ReleaseRule = .immediate, isServed: Bool = true
  ) {
    precondition(openingBalance >= 0 && creditCap >= 0 && collateral >= 0, "a negative amount")
    precondition(haircut >= 0 && haircut <= 1_000_000, "a haircut of \(haircut) ppm")
    precondition(reservedForUrgent >= 0 && netDebitCap ?? 0 >= 0 && bilateralLimit ?? 0 >= 0)
    precondition(bilateralLimits.values.allSatisfy { $0 >= 0 }, "a negative limit")
    self.openingBalance = openingBalance
    self.creditCap = creditCap
    self.collateral = collateral
    self.haircut = haircut
    self.reservedForUrgent = reservedForUrgent
    self.netDebitCap = netDebitCap
    self.bilateralLimit = bilateralLimit
    self.bilateralLimits = bilateralLimits
    self.releaseRule = releaseRule
    self.isServed = isServed
  }

  /// Credit against collateral after the haircut, rounded down.
  public var securedCredit: Int64 {
    Int64(Int128(collateral) * Int128(1_000_000 - haircut) / 1_000_000)
  }

  /// Whether it limits what it sends to any one counterparty.
  public var hasBilateralLimits: Bool { bilateralLimit != nil || !bilateralLimits.isEmpty }

  /// The most that it may have sent `payee`, net, since the start of the day; nil: no limit.
  public func limit(to payee: Int) -> Int64? {
    bilateralLimits.isEmpty ? bilateralLimit : bilateralLimits[payee] ?? bilateralLimit
  }

  /// Credit in all: how far below zero the balance may go.
  public var credit: Int64 { creditCap + securedCredit }
}
