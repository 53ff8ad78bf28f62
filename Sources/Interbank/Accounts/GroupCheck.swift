import Plants

/// A part of a group of payments that are to settle at one moment.
struct GroupLeg: Sendable {
  var payer: Int
  var payee: Int
  var amount: Int64
  var priority: PaymentPriority

  init(_ payment: InterbankPayment, amount: Int64) {
    payer = payment.payer
    payee = payment.payee
    self.amount = amount
    priority = payment.priority
  }
}

/// Why a group cannot settle at one moment.
public struct GroupObstacle: Error, Sendable, Equatable {
  /// The participant in whose way it stands.
  public var participant: Int
  /// What stands in the way.
  public var reason: SettlementReason
  /// How much is missing, in minor units.
  public var missing: Int64

  /// An obstacle.
  public init(participant: Int, reason: SettlementReason, missing: Int64) {
    self.participant = participant
    self.reason = reason
    self.missing = missing
  }
}

/// Tells whether payments can settle at one moment, all or none: only what each participant has
/// before and after counts.
///
/// The arrays are kept between uses, so that a check costs as much as the group is long.
struct GroupCheck: Sendable {
  private struct Sums: Sendable {
    var incoming: Int64 = 0
    var normal: Int64 = 0
    var urgent: Int64 = 0
  }
  private var sums: ContiguousArray<Sums> = []
  private var touched: ContiguousArray<Int> = []
  private var isTouched: ContiguousArray<Bool> = []
  private var pairs = PairTable<Int64>(participants: 0)
  private var hasPairs = false

  /// The first obstacle by participant; nil if the group can settle.
  mutating func obstacle(
    _ legs: some Sequence<GroupLeg>, in accounts: SettlementAccounts
  ) -> GroupObstacle? {
    prepare(accounts)
    for leg in legs {
      touch(leg.payer)
      touch(leg.payee)
      sums[leg.payee].incoming += leg.amount
      if leg.priority == .normal {
        sums[leg.payer].normal += leg.amount
      } else {
        sums[leg.payer].urgent += leg.amount
      }
    }
    touched.sort()
    var found: GroupObstacle?
    for participant in touched where found == nil {
      found = shortage(participant, in: accounts)
    }
    if found == nil, accounts.hasBilateralLimits { found = overLimit(legs, in: accounts) }
    for participant in touched {
      sums[participant] = Sums()
      isTouched[participant] = false
    }
    touched.removeAll(keepingCapacity: true)
    return found
  }

  private mutating func prepare(_ accounts: SettlementAccounts) {
    if sums.count != accounts.count || accounts.hasBilateralLimits != hasPairs {
      hasPairs = accounts.hasBilateralLimits
      sums = ContiguousArray(repeating: Sums(), count: accounts.count)
      isTouched = ContiguousArray(repeating: false, count: accounts.count)
      pairs = PairTable(participants: accounts.hasBilateralLimits ? accounts.count : 0)
    }
  }

  private mutating func touch(_ participant: Int) {
    guard !isTouched[participant] else { return }
    isTouched[participant] = true
    touched.append(participant)
  }

  /// Normal payments of a group may use what the group brings in, and beyond that may not touch
  /// the reservation, of which the group's urgent payments have taken their part.
  private func shortage(_ participant: Int, in accounts: SettlementAccounts) -> GroupObstacle? {
    let account = accounts[participant]
    let sum = sums[participant]
    let outgoing = sum.normal + sum.urgent
    func missing(_ amount: Int64, _ reason: SettlementReason) -> GroupObstacle {
      GroupObstacle(participant: participant, reason: reason, missing: amount)
    }
    guard outgoing > sum.incoming else { return nil }
    let net = outgoing - sum.incoming
    let after = account.liquidity - net
    if after < 0 { return missing(-after, .liquidityCoverMissing) }
    let reserved = max(0, account.reserved - sum.urgent)
    if sum.normal > sum.incoming, after < reserved, !planted(Plant.groupReserveUnheeded) {
      return missing(reserved - after, .liquidityReserved)
    }
    if let cap = account.capRoom, net > cap { return missing(net - cap, .netDebitCapExceeded) }
    return nil
  }

  private mutating func overLimit(
    _ legs: some Sequence<GroupLeg>, in accounts: SettlementAccounts
  ) -> GroupObstacle? {
    for leg in legs {
      pairs[leg.payer, leg.payee] += leg.amount
      pairs[leg.payee, leg.payer] -= leg.amount
    }
    var found: GroupObstacle?
    for leg in legs {
      let net = pairs[leg.payer, leg.payee]
      guard let room = accounts.bilateralRoom(leg.payer, to: leg.payee), net > 0, net > room
      else { continue }
      found = GroupObstacle(
        participant: leg.payer, reason: .bilateralLimitExceeded, missing: net - room)
      break
    }
    for leg in legs {
      pairs[leg.payer, leg.payee] = 0
      pairs[leg.payee, leg.payer] = 0
    }
    return found
  }
}
