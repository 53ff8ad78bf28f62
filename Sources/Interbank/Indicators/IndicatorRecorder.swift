/// Computes the indicators of a system while it runs: integer sums, O(1) for each payment that
/// comes in or moves, O(participants squared) at a close.
struct IndicatorRecorder: Sendable {
  /// What counts within the day.
  private struct Today: Sendable {
    /// Sent less received, had everything settled on arrival.
    var arrivalNet: Int64 = 0
    var arrivalPeak: Int64 = 0
    var netPeak: Int64 = 0
    /// Credit drawn, and since when.
    var credit: Int64 = 0
    var since: Int64 = 0
    /// Own money and credit on collateral that it has put in, since when, and the most.
    var allocated: Int64 = 0
    var allocatedSince: Int64 = 0
    var allocatedPeak: Int64 = 0
  }
  private(set) var indicators = InterbankIndicators()
  private var today: ContiguousArray<Today>
  private var day = DayIndicators()
  private var arrivedValue: Int128 = 0
  private var arrivedValueTime: Int128 = 0

  init(participants: [ParticipantTerms]) {
    today = ContiguousArray(repeating: Today(), count: participants.count)
    indicators.participants = participants.map { terms in
      var participant = ParticipantIndicators()
      participant.isServed = terms.isServed
      return participant
    }
  }

  // MARK: Days

  mutating func startDay(
    at now: Int64, _ told: SettlementDay, _ accounts: SettlementAccounts, unsettled: Int64
  ) {
    day = DayIndicators()
    day.start = told.opening
    day.carriedIn = unsettled
    arrivedValue = Int128(unsettled)
    arrivedValueTime = Int128(unsettled) * Int128(now)
    for index in today.indices {
      let account = accounts[index]
      today[index] = Today()
      today[index].since = now
      today[index].credit = IndicatorRecorder.credit(account)
      if account.terms.isServed { day.availableAtStart += account.liquidity }
      indicators.participants[index].availableAtStart.note(
        account.liquidity, days: 1 + told.silentDays)
      noteCredit(today[index].credit, account, index)
      today[index].allocated = max(0, account.balance) + account.terms.securedCredit
      today[index].allocatedPeak = today[index].allocated
      today[index].allocatedSince = min(now, told.opening)
      indicators.participants[index].priced.allocated +=
        Int128(told.silentDays) * Int128(today[index].allocated)
      indicators.participants[index].priced.allocatedTime +=
        Int128(told.silentTime) * Int128(today[index].allocated)
    }
  }

  /// A participant has put in so much more, or less.
  private mutating func allocate(_ participant: Int, by amount: Int64, at now: Int64) {
    var own = today[participant]
    indicators.participants[participant].priced.allocatedTime +=
      Int128(own.allocated) * Int128(now - own.allocatedSince)
    own.allocated = max(0, own.allocated + amount)
    own.allocatedSince = now
    own.allocatedPeak = max(own.allocatedPeak, own.allocated)
    today[participant] = own
  }

  /// Credit on collateral has changed while the system is open.
  mutating func pledged(_ participant: Int, by amount: Int64, at now: Int64) {
    allocate(participant, by: amount, at: now)
  }

  /// What a day has cost in liquidity.
  private mutating func priceLiquidity(of participant: Int, at now: Int64) {
    allocate(participant, by: 0, at: now)
    let own = today[participant]
    let length = max(0, now - day.start)
    indicators.participants[participant].priced.allocated += Int128(own.allocatedPeak)
    indicators.participants[participant].priced.used += Int128(own.netPeak)
    indicators.participants[participant].priced.usedTime += Int128(own.netPeak) * Int128(length)
  }

  /// So much of a payment has waited until now, and waits no more.
  mutating func waited(
    _ payment: InterbankPayment, _ value: Int64, _ priority: PaymentPriority, at now: Int64
  ) {
    indicators.participants[payment.payer].priced.wait(
      value, priority, from: min(payment.submitted, now), to: now, due: payment.deadline)
  }

  /// A payment of which `value` waits has another priority: what it has waited counts as before.
  mutating func reprioritised(
    _ payment: InterbankPayment, _ value: Int64, from former: PaymentPriority, at now: Int64
  ) {
    indicators.counts.reprioritised += 1
    waited(payment, value, former, at: now)
    waited(payment, -value, payment.priority, at: now)
  }

  /// So many payments of a participant wait at a close.
  mutating func unsettledAtClose(_ participant: Int, _ count: Int) {
    indicators.participants[participant].priced.unsettled += count
  }

  mutating func endDay(at now: Int64, _ accounts: SettlementAccounts, unsettled: Int64) {
    day.close = now
    day.unsettledAtClose = unsettled
    day.possibleValueTime = arrivedValue * Int128(now) - arrivedValueTime
    for index in today.indices {
      let account = accounts[index]
      creditChanged(index, account, at: now)
      priceLiquidity(of: index, at: now)
      day.settledValue += account.sent
      day.netSent += max(0, account.sent - account.received)
      if account.terms.isServed {
        day.liquidityUsed += today[index].netPeak
        day.upperBound += today[index].arrivalPeak
        day.lowerBound += max(0, account.sent - account.received)
      }
      indicators.participants[index].dailyMaximumUsage.note(today[index].netPeak)
      indicators.participants[index].dailyUpperBound.note(today[index].arrivalPeak)
      indicators.participants[index].dailyLowerBound.note(max(0, account.sent - account.received))
      indicators.participants[index].availableAtClose = account.liquidity
      indicators.participants[index].paymentsSent.note(account.sent)
      indicators.participants[index].paymentsReceived.note(account.received)
    }
    day.bilateralNet = accounts.bilateralNet
    indicators.days.append(day)
  }

  // MARK: Payments

  /// A payment has come in while the system was open.
  mutating func arrived(_ payment: InterbankPayment, at now: Int64) {
    indicators.counts.submitted += 1
    day.submittedValue += payment.amount
    arrivedValue += Int128(payment.amount)
    arrivedValueTime += Int128(payment.amount) * Int128(now)
    today[payment.payee].arrivalNet -= payment.amount
    today[payment.payer].arrivalNet += payment.amount
    today[payment.payer].arrivalPeak = max(
      today[payment.payer].arrivalPeak, today[payment.payer].arrivalNet)
    guard payment.deadline != nil else { return }
    indicators.counts.timed += 1
    indicators.participants[payment.payer].timedCount += 1
    indicators.participants[payment.payer].timedValue += payment.amount
  }

  /// The payment, or the rest of it, will not settle.
  mutating func failed(
    _ payment: InterbankPayment, _ remaining: Int64, isReturn: Bool, at now: Int64
  ) {
    waited(payment, remaining, payment.priority, at: now)
    if isReturn { indicators.counts.returned += 1 } else { indicators.counts.rejected += 1 }
    guard payment.deadline != nil else { return }
    indicators.counts.deadlinesMissed += 1
    indicators.deadlinesMissedValue += payment.amount
  }

  /// A payment was handed in once more.
  mutating func resubmitted() { indicators.counts.resubmitted += 1 }

  /// A payment was taken back.
  mutating func cancelled() { indicators.counts.cancelled += 1 }

  /// A payment was refused before it was taken up.
  mutating func refused() { indicators.counts.rejected += 1 }

  /// `part` of a payment has moved.
  mutating func moved(
    _ payment: InterbankPayment, part: Int64, remaining: Int64, _ mechanism: SettlementMechanism,
    at now: Int64, _ accounts: SettlementAccounts
  ) {
    let delay = now - payment.submitted
    indicators.counts.byMechanism[Int(mechanism.rawValue)] += 1
    indicators.valueByMechanism[Int(mechanism.rawValue)] += part
    indicators.valueDelay += Int128(part) * Int128(delay)
    waited(payment, part, payment.priority, at: now)
    if remaining > 0 { indicators.participants[payment.payer].priced.splits += 1 }
    let hour = min(23, max(0, Int((now - day.start) / 3_600_000_000_000)))
    indicators.participants[payment.payer].sentByHour[hour] += part
    if payment.forCorrespondent {
      indicators.participants[payment.payer].correspondentValue += part
    }
    creditChanged(payment.payer, accounts[payment.payer], at: now)
    creditChanged(payment.payee, accounts[payment.payee], at: now)
    guard remaining == 0 else { return }
    indicators.counts.settled += 1
    indicators.counts.delay.record(delay)
    guard let deadline = payment.deadline else { return }
    if now <= deadline {
      indicators.counts.deadlinesMet += 1
      indicators.participants[payment.payer].deadlinesMet += 1
      indicators.participants[payment.payer].deadlinesMetValue += payment.amount
    } else {
      indicators.counts.deadlinesMissed += 1
      indicators.deadlinesMissedValue += payment.amount
    }
  }

  /// What a participant has after a group has moved.
  mutating func peaks(of participant: Int, _ account: Account) {
    today[participant].netPeak = max(today[participant].netPeak, account.sent - account.received)
    noteCredit(IndicatorRecorder.credit(account), account, participant)
  }

  /// What a participant may send, net, before it uses more liquidity than it has used that day.
  func unusedPeak(of participant: Int, _ account: Account) -> Int64 {
    max(0, today[participant].netPeak - (account.sent - account.received))
  }

  /// Money came from outside or, negative, went there.
  mutating func adjusted(_ participant: Int, by amount: Int64) {
    if amount > 0 {
      indicators.participants[participant].broughtIn += amount
    } else {
      indicators.participants[participant].takenOut -= amount
    }
  }

  /// What a participant has of its own has changed, and not by a payment.
  mutating func balanceChanged(
    _ participant: Int, _ account: Account, by amount: Int64, at now: Int64
  ) {
    allocate(participant, by: amount, at: now)
    creditChanged(participant, account, at: now)
    noteCredit(today[participant].credit, account, participant)
  }

  private mutating func creditChanged(_ participant: Int, _ account: Account, at now: Int64) {
    let drawn = today[participant].credit
    if drawn > 0 {
      indicators.participants[participant].creditTime +=
        Int128(drawn) * Int128(now - today[participant].since)
    }
    today[participant].credit = IndicatorRecorder.credit(account)
    today[participant].since = now
  }

  private mutating func noteCredit(_ drawn: Int64, _ account: Account, _ participant: Int) {
    guard drawn > indicators.participants[participant].peakCredit else { return }
    indicators.participants[participant].peakCredit = drawn
    indicators.participants[participant].peakSecuredCredit = min(drawn, account.terms.securedCredit)
  }

  /// Credit that a participant draws; none of those that the system itself is there for: what a
  /// dealer who always delivers owes is nobody's intraday credit.
  private static func credit(_ account: Account) -> Int64 {
    account.terms.isServed ? max(0, -(account.balance + account.position)) : 0
  }
}

// MARK: - Queue and time

extension IndicatorRecorder {
  mutating func queueGrew(count: Int, value: Int64) {
    indicators.counts.maximumQueue = max(indicators.counts.maximumQueue, count)
    indicators.maximumQueueValue = max(indicators.maximumQueueValue, value)
  }

  /// `time` (ns) has passed in which these waited, in this kind of stall, and were held back.
  mutating func elapsed(
    _ time: Int64, count: Int, value: Int64, heldValue: Int64, _ stall: Gridlock.State
  ) {
    indicators.counts.queueTime += Int128(count) * Int128(time)
    indicators.queueValueTime += Int128(value) * Int128(time)
    day.delayedValueTime += Int128(value + heldValue) * Int128(time)
    switch stall {
    case .gridlock: indicators.counts.gridlockTime += time
    case .deadlock: indicators.counts.deadlockTime += time
    case .unknown: indicators.counts.unknownStallTime += time
    case .none: break
    }
  }
}
