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
    }
  }

  mutating func endDay(at now: Int64, _ accounts: SettlementAccounts, unsettled: Int64) {
    day.close = now
    day.unsettledAtClose = unsettled
    day.possibleValueTime = arrivedValue * Int128(now) - arrivedValueTime
    for index in today.indices {
      let account = accounts[index]
      creditChanged(index, account, at: now)
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
  mutating func failed(_ payment: InterbankPayment, isReturn: Bool) {
    if isReturn { indicators.counts.returned += 1 } else { indicators.counts.rejected += 1 }
    guard payment.deadline != nil else { return }
    indicators.counts.deadlinesMissed += 1
    indicators.deadlinesMissedValue += payment.amount
  }

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

  /// Money came from outside or went there.
  mutating func balanceChanged(_ participant: Int, _ account: Account, at now: Int64) {
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
