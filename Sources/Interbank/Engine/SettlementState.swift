/// What a settlement mode works on: accounts, queues, held payments, time, and what is to be told.
///
/// The rules that always hold are kept here, whatever a mode asks for: nothing settles without
/// cover, above a cap, or before it was handed in. A mode only decides when to try what.
public struct SettlementState: Sendable {
  /// Now (ns).
  public internal(set) var now: Int64
  /// The day; the last one, if the system is closed.
  public internal(set) var day = SettlementDay(opening: 0)
  /// Whether the system takes payments.
  public internal(set) var isOpen = false
  /// How waiting payments are handled.
  public let rule: QueueRule

  var accounts: SettlementAccounts
  var queues: ContiguousArray<PayerQueue>
  /// Waiting payments of all payers.
  public internal(set) var queuedCount = 0
  /// What remains of them, in minor units.
  public internal(set) var queuedValue: Int64 = 0
  var pairs: PairCounts
  var held: HeldPayments
  /// Payments handed in while the system was closed.
  var warehoused: [InterbankPayment] = []
  var events: [SettlementEvent] = []
  var recorder: IndicatorRecorder
  var stalls: StallWatch
  /// When waiting payments become more urgent.
  var rises: PriorityRises
  var searches = FutileSearches()
  var batch = OpenBatch()

  private var sequence: Int64 = 0
  private var group: Int64 = 0
  private var affected: ContiguousArray<Int> = []
  private var isAffected: ContiguousArray<Bool>
  private var check = GroupCheck()

  init(
    rule: QueueRule, participants: [ParticipantTerms], keepsPositions: Bool, watchesStalls: Bool,
    rises: [PriorityRise] = []
  ) {
    self.rises = PriorityRises(rises)
    self.rule = rule
    now = .min
    accounts = SettlementAccounts(participants, keepsPositions: keepsPositions)
    queues = ContiguousArray(repeating: PayerQueue(), count: participants.count)
    pairs = PairCounts(participants: participants.count)
    held = HeldPayments(participants: participants.count)
    isAffected = ContiguousArray(repeating: false, count: participants.count)
    recorder = IndicatorRecorder(participants: participants)
    stalls = StallWatch(participants: participants.count, isOn: watchesStalls)
  }

  /// Number of participants.
  public var participants: Int { accounts.count }

  /// Moves the clock. Time in which the system is closed counts for no indicator.
  mutating func advance(to time: Int64) {
    precondition(time >= now, "time goes back from \(now) to \(time)")
    guard time > now else { return }
    if isOpen { recordElapsed(until: time) }
    now = time
  }

  mutating func nextSequence() -> Int64 {
    sequence += 1
    return sequence
  }

  /// A number for payments that are to settle at once.
  mutating func nextGroup() -> Int64 {
    group += 1
    return group
  }

  mutating func takeEvents() -> [SettlementEvent] {
    let taken = events
    events = []
    return taken
  }

  /// Why these payments cannot settle at one moment; nil if they can.
  mutating func obstacle(of legs: some Sequence<GroupLeg>) -> GroupObstacle? {
    check.obstacle(legs, in: accounts)
  }
}

// MARK: - Moving money

extension SettlementState {
  /// Moves `part` of the payment, of which `remaining` is left then, as a member of `group`.
  mutating func move(
    _ payment: InterbankPayment, part: Int64, remaining: Int64, _ mechanism: SettlementMechanism,
    group: Int64
  ) {
    precondition(payment.submitted <= now, "payment \(payment.id) settles before it came about")
    accounts.move(payment.payer, to: payment.payee, amount: part, payment.priority)
    searches.changed()
    recorder.moved(payment, part: part, remaining: remaining, mechanism, at: now, accounts)
    stalls.grew(payment.payee)
    events.append(
      .settled(
        Settlement(
          id: payment.id, amount: part, remaining: remaining, mechanism: mechanism, group: group),
        at: now))
    noteAffected(payment.payee)
  }

  /// Notes what the participants have after a group has moved.
  /// - Precondition: none is below its credit.
  mutating func finishGroup(payer: Int) {
    let account = accounts[payer]
    precondition(account.liquidity >= 0, "participant \(payer) is \(-account.liquidity) short")
    recorder.peaks(of: payer, account)
  }

  mutating func noteAffected(_ participant: Int) {
    guard !isAffected[participant] else { return }
    guard !queues[participant].isEmpty || held.waitsForPosition(participant) else { return }
    isAffected[participant] = true
    affected.append(participant)
  }

  /// The participants whose payments may have become able to move, in the order in which that
  /// happened.
  mutating func takeAffected() -> ContiguousArray<Int> {
    let taken = affected
    guard !taken.isEmpty else { return taken }
    affected = []
    for participant in taken { isAffected[participant] = false }
    return taken
  }
}
