/// Watches a settlement system from outside: it is told what is handed in and sees the events that
/// come back, keeps books of its own, and notes the first rule that is broken.
///
/// It shares no code with the engine but the nouns, and knows of a mode only what it promises.
/// O(1) for each event where no order is promised; else a binary search and a shift of the queue.
public struct InterbankCheck: Sendable {
  /// The first rule broken; nil: none so far.
  public private(set) var violation: InterbankViolation?

  private(set) var terms: [ParticipantTerms]
  private let promise: QueuePromise
  private let keepsPositions: Bool
  private var books: CheckBooks
  /// Those that were handed in and have not ended.
  private var payments: [Int64: CheckedPayment] = [:]
  private var ended = EndedPayments()
  private var queues: [CheckQueue]
  /// Payments that were handed in and have not ended.
  private var openCount = 0
  private var group: [(payment: InterbankPayment, amount: Int64, entry: CheckEntry)] = []
  private var groupNumber: Int64?
  private var isBatch = false
  private var now = Int64.min
  private var isOpen = false
  private var entries: Int64 = 0
  /// What remains of payments that were handed in and have not ended; minor units.
  private var openValue: Int64 = 0

  /// A check of a system with these participants: of the mode it takes what that promises, and
  /// whether payments move positions.
  public init(mode: any SettlementMode, participants: [ParticipantTerms]) {
    terms = participants
    promise = mode.promise
    keepsPositions = mode.keepsPositions
    books = CheckBooks(participants)
    queues = Array(repeating: CheckQueue(), count: participants.count)
  }

  // MARK: What is handed in

  /// The day starts; caps, limits and reservations count anew.
  public mutating func startDay(at time: Int64) {
    pass(time)
    isOpen = true
    books.startDay()
  }

  /// A payment is handed in. To be told before the events that this brings.
  public mutating func submit(_ payment: InterbankPayment, at time: Int64) {
    // Events that fell due before it may still come, so time does not pass yet.
    openCount += 1
    payments[payment.id] = CheckedPayment(
      payment: payment, handedIn: time, remaining: payment.amount)
    openValue += payment.amount
  }

  /// Money comes in from outside or, negative, leaves. To be told after the events that fell due
  /// before, and before those that follow from it.
  public mutating func adjust(_ participant: Int, by amount: Int64, at time: Int64) {
    finishGroup()
    books.adjust(participant, by: amount)
    checkCover(participant)
  }

  /// What a participant is allowed changes. To be told like `adjust`.
  public mutating func change(_ participant: Int, _ change: TermsChange, at time: Int64) {
    finishGroup()
    switch change {
    case .netDebitCap(let cap): terms[participant].netDebitCap = cap
    case .bilateralLimit(let limit, let payee):
      if let payee {
        terms[participant].bilateralLimits[payee] = limit
      } else {
        terms[participant].bilateralLimit = limit
      }
    case .collateral(let value):
      terms[participant].collateral = value
      books.pledge(participant, value)
      checkCover(participant)
    }
  }

  // MARK: What comes back

  /// The system has done this.
  public mutating func observe(_ events: [SettlementEvent]) {
    for event in events {
      if case .settled(let settlement, let at) = event {
        if settlement.group != groupNumber { finishGroup() }
        pass(at)
        settled(settlement)
      } else {
        finishGroup()
        pass(event.instant)
        observe(event)
      }
    }
    finishGroup()
  }

  /// The day has ended; `system` is as it is then.
  public mutating func endDay(at time: Int64, _ system: InterbankSystem) {
    finishGroup()
    pass(time)
    isOpen = false
    for participant in terms.indices where books.position(participant) != 0 {
      report(.closing, "participant \(participant) has an unpaid position")
    }
    if system.mode.closingRule == .giveBack, queues.contains(where: { $0.count > 0 }) {
      report(.closing, "a payment still waits that was to go back")
    }
    compare(system)
    if let detail = liquidityBreach(system.indicators) { report(.liquidity, detail) }
  }

  /// How the liquidity that the system says was used contradicts what the events of the day, which
  /// has just ended, have moved; nil: not at all. No participant can have used less than it had
  /// sent, net, at the close.
  func liquidityBreach(_ indicators: InterbankIndicators) -> String? {
    var lowerBound: Int64 = 0
    for participant in terms.indices {
      let net = max(0, books.netSent(participant))
      let used = indicators.participants[participant].dailyMaximumUsage.extremes.first ?? 0
      if used < net { return "participant \(participant) used \(used) and sent \(net), net" }
      if terms[participant].isServed { lowerBound += net }
    }
    guard let day = indicators.days.last else { return "the day is not recorded" }
    guard day.lowerBound == lowerBound, day.liquidityUsed >= lowerBound else {
      return "\(day.liquidityUsed) was used, \(day.lowerBound) sent net, and not \(lowerBound)"
    }
    return nil
  }

  /// Whether the system has what the events say.
  public mutating func compare(_ system: InterbankSystem) {
    finishGroup()
    for participant in terms.indices {
      let balance = books.balance(participant)
      if system.balance(participant) != balance {
        report(
          .conservation,
          "participant \(participant) has \(system.balance(participant)), not \(balance)")
      }
      if system.position(participant) != books.position(participant) {
        report(.conservation, "participant \(participant) has another position")
      }
      if system.queueCount(participant) != queues[participant].count {
        report(.conservation, "participant \(participant) has another queue")
      }
    }
    let waiting = system.queueCount + system.heldCount
    if waiting != openCount {
      report(.conservation, "\(openCount) payments have not ended, \(waiting) of them wait")
    }
    let remaining = system.waiting.reduce(0) { $0 + $1.remaining }
    if remaining != openValue {
      report(.conservation, "\(remaining) wait, \(openValue) have not ended")
    }
    if system.totalBalance != books.total {
      report(.conservation, "balances sum to \(system.totalBalance), not \(books.total)")
    }
  }
}

extension InterbankCheck {
  private mutating func report(_ rule: InterbankViolation.Rule, _ detail: String) {
    guard violation == nil else { return }
    violation = InterbankViolation(rule: rule, detail: detail, at: now)
  }

  private mutating func pass(_ time: Int64) {
    if time < now { report(.time, "time goes back to \(time)") }
    now = max(now, time)
  }

  private mutating func observe(_ event: SettlementEvent) {
    switch event {
    case .settled: break
    case .queued(let id, let reason, _):
      guard let known = open(id) else { return }
      guard reason != .heldByPayer, reason != .systemClosed else { return }
      waits(known.payment)
    case .released(let id, _), .deferred(let id, _, _):
      _ = open(id)
    case .rejected(let id, _, _):
      guard let known = known(id) else { return }
      if known.remaining != known.payment.amount {
        report(.amount, "payment \(id) is rejected after it has moved")
      }
      end(id)
      openValue -= known.remaining
    case .returned(let id, let amount, _, _):
      guard let known = open(id) else { return }
      if amount != known.remaining {
        report(.amount, "payment \(id) returns \(amount) of \(known.remaining)")
      }
      openValue -= known.remaining
      ends(id)
    case .reprioritised(let id, let priority, _):
      guard var known = open(id) else { return }
      if known.payment.priority == priority {
        report(.order, "payment \(id) is \(priority) already")
      }
      known.payment.priority = priority
      moves(known, isNew: false)
    case .resubmitted(let id, _):
      guard let known = open(id) else { return }
      if known.entry == nil { report(.causality, "payment \(id) does not wait") }
      moves(known, isNew: true)
    case .positionSettled(let participant, let amount, _):
      books.pay(participant, amount)
      checkCover(participant)
    }
  }

  /// A payment that was handed in and has not ended, whenever that was.
  private mutating func known(_ id: Int64) -> CheckedPayment? {
    if let known = payments[id] { return known }
    if ended.contains(id) {
      report(.amount, "payment \(id) has ended already")
    } else {
      report(.causality, "payment \(id) is unknown")
    }
    return nil
  }

  /// A payment that has been handed in and has not ended.
  private mutating func open(_ id: Int64) -> CheckedPayment? {
    guard let known = known(id) else { return nil }
    if now < known.handedIn || now < known.payment.submitted {
      report(.causality, "payment \(id) was handed in later, at \(known.handedIn) ns")
    }
    return known
  }

  private mutating func newEntry(_ payment: InterbankPayment) -> CheckEntry {
    entries += 1
    return CheckEntry(payment, promise, number: entries)
  }

  private mutating func waits(_ payment: InterbankPayment) {
    let entry = newEntry(payment)
    payments[payment.id]?.entry = entry
    queues[payment.payer].count += 1
    if isCompared(payment) { queues[payment.payer].insert(entry) }
  }

  /// A payment takes another place, if it waits in the queue.
  /// - Parameter isNew: whether it goes behind those that came since.
  private mutating func moves(_ known: CheckedPayment, isNew: Bool) {
    var moved = known
    let payment = known.payment
    if let former = known.entry {
      queues[payment.payer].remove(former)
      let entry =
        isNew ? newEntry(payment) : CheckEntry(payment, promise, number: former.number)
      moved.entry = entry
      if isCompared(payment) { queues[payment.payer].insert(entry) }
    }
    payments[payment.id] = moved
  }

  private mutating func end(_ id: Int64) {
    if payments.removeValue(forKey: id) != nil { openCount -= 1 }
    ended.insert(id)
  }

  private mutating func ends(_ id: Int64) {
    let known = payments[id]
    end(id)
    if let known, known.entry != nil { queues[known.payment.payer].count -= 1 }
  }

  /// Whether the promise says anything of this payment.
  private func isCompared(_ payment: InterbankPayment) -> Bool {
    switch promise {
    case .none: false
    case .strict: true
    case .strictAmongUrgent: payment.priority == .urgent
    }
  }

  // MARK: Groups

  private mutating func settled(_ settlement: Settlement) {
    guard let known = open(settlement.id) else { return }
    if !isOpen { report(.causality, "payment \(settlement.id) settles while the system is closed") }
    if groupNumber == nil {
      groupNumber = settlement.group
      isBatch = settlement.mechanism == .batch
    }
    let remaining = known.remaining - settlement.amount
    if settlement.amount <= 0 || remaining < 0 || remaining != settlement.remaining {
      report(.amount, "payment \(settlement.id) settles \(settlement.amount) of \(known.remaining)")
    }
    payments[settlement.id]?.remaining = remaining
    openValue -= settlement.amount
    group.append((known.payment, settlement.amount, known.entry ?? newEntry(known.payment)))
    if remaining == 0 { ends(settlement.id) }
    books.move(known.payment, settlement.amount, onPosition: keepsPositions)
  }

  /// All members of the group have been seen: what holds afterwards is checked.
  private mutating func finishGroup() {
    guard groupNumber != nil else { return }
    for (payment, _, entry) in group {  // ordered: an array
      let payer = payment.payer
      checkCover(payer)
      if let cap = terms[payer].netDebitCap, books.netSent(payer) > cap, sent(by: payer) > 0 {
        report(.netDebitCap, "participant \(payer) has sent \(books.netSent(payer)), net")
      }
      if let limit = terms[payer].limit(to: payment.payee),
        books.netSent(payer, payment.payee) > limit, sent(by: payer, to: payment.payee) > 0
      {
        report(.bilateralLimit, "participant \(payer) to \(payment.payee), payment \(payment.id)")
      }
      guard !isBatch, isCompared(payment) else { continue }
      let first = queues[payer].first { payments[$0] != nil }
      if let first, first < entry {
        report(.order, "payment \(payment.id) settles before \(first.id)")
      }
    }
    if let participant = books.reservationBroken(by: group.map { ($0.payment, $0.amount) }) {
      report(.reservation, "participant \(participant) uses what is reserved")
    }
    group = []
    groupNumber = nil
  }

  /// What the group that has just moved takes from a participant, net: one that is above a cap that
  /// was lowered meanwhile may still take part in what takes nothing from it.
  private func sent(by payer: Int, to payee: Int? = nil) -> Int64 {
    group.reduce(0) { sum, member in
      let (payment, amount) = (member.payment, member.amount)
      if payment.payer == payer, payee == nil || payment.payee == payee { return sum + amount }
      return payment.payee == payer && (payee == nil || payment.payer == payee) ? sum - amount : sum
    }
  }

  private mutating func checkCover(_ participant: Int) {
    let short = books.shortage(participant)
    if short > 0 { report(.cover, "participant \(participant) is \(short) below its credit") }
  }
}
