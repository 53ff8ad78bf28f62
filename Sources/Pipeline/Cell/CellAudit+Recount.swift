import Money
import PaymentModel
import VirtualTime

/// Compares what the stations of a cell have counted, each for itself, with what the payments come
/// to, counted from their rows.
extension CellAudit {
  /// An empty count for the cell.
  func emptyRecount(_ book: BatchBook) -> PaymentRecount {
    let deployment = shared.deployment
    return PaymentRecount(
      accounts: ledger.call { $0.accounts },
      fees: FeeRecount(
        shared.settings.merchants.feePlans, deployment.currencies, at: deployment.fx),
      merchants: shared.plan.merchants, batches: book.batches.count)
  }

  /// Looks at everything that has been counted twice.
  func compare(_ recount: PaymentRecount, _ book: BatchBook, _ result: inout CellResult) {
    let payments = Int(shared.store.count)
    for invariant in [
      Invariant.stepsInOrder, .timeInOrder, .amountsInOrder, .acceptedIsValid, .countedOnce,
    ] {
      result.invariantChecks.add(invariant, payments)
    }
    checkRows(recount)
    checkCounts(recount)
    checkAcquirers(recount)
    checkJournal(recount)
    checkBus()
    guard shared.stop == nil else { return }
    if let fault = shared.repeats.fault { shared.island.fail(.repeatedAsAsked, fault) }
    expect(.nothingLost, shared.open == 0, "\(shared.open) payments or refunds are open")
    result.invariantChecks.add(.batchHoldsMembers, book.batches.count)
    result.invariantChecks.add(.merchantsPaid, shared.plan.merchants.count)
    result.invariantChecks.add(.feesAsPlanned, payments)
    checkFees(recount)
    checkBatches(recount, book)
    checkMerchants(recount)
  }

  private func expect(
    _ invariant: Invariant, _ holds: Bool, _ state: @autoclosure () -> String
  ) {
    if !holds { shared.island.fail(invariant, state()) }
  }

  private func checkRows(_ recount: PaymentRecount) {
    guard let fault = recount.fault else { return }
    let invariant: Invariant =
      switch fault.rule {
      case .steps: .stepsInOrder
      case .time: .timeInOrder
      case .amounts: .amountsInOrder
      case .request: .acceptedIsValid
      }
    shared.island.fail(invariant, "payment \(fault.payment): \(fault.state)")
  }

  /// What the gateway, the score and the workers have counted.
  private func checkCounts(_ recount: PaymentRecount) {
    let counted = shared.measurements
    let bands = counted.bands.map { $0.reduce(0, +) }
    expect(
      .countedOnce, counted.requests == counted.answers.reduce(0, +),
      "\(counted.requests) requests, \(counted.answers.reduce(0, +)) answers")
    expect(
      .countedOnce, counted.merchantPayments == recount.payments,
      "payments by merchant are not those that were accepted")
    expect(
      .scoredOnce, bands.reduce(0, +) == recount.scored,
      "\(bands.reduce(0, +)) scores, \(recount.scored) payments scored")
    expect(
      .scoredOnce, counted.bands.reduce(0) { $0 + $1[1] } == recount.scoredFraudulent,
      "\(recount.scoredFraudulent) fraudulent payments scored, by bands \(counted.bands)")
    expect(
      .decidedOnce, counted.declines.reduce(0, +) == recount.declined,
      "\(counted.declines.reduce(0, +)) refusals, \(recount.declined) payments declined")
    let blocked = counted.declines[Int(DeclineReason.fraudScore.rawValue)]
    expect(
      .decidedOnce, blocked == bands[FraudScore.Band.block.rawValue],
      "\(bands[FraudScore.Band.block.rawValue]) payments to block, \(blocked) blocked")
  }

  /// What the acquirers have counted, and what they still hold.
  private func checkAcquirers(_ recount: PaymentRecount) {
    let counted = shared.measurements
    let declined = counted.endpoints.reduce(0) { $0 + $1.declined }
    let issuer = counted.declines[Int(DeclineReason.issuer.rawValue)]
    expect(
      .asAnswered, declined == issuer,
      "acquirers declined \(declined) times, \(issuer) payments were")
    expect(
      .retriesWithinPolicy, shared.attempts.isEmpty, "attempts of undecided payments are open")
    for (endpoint, acquirer) in acquirers.enumerated() {
      let name = shared.deployment.endpoints[endpoint].name
      let counts = counted.endpoints[endpoint]
      expect(
        .asAnswered, counts.approved == recount.approvals[endpoint],
        "\(name) approved \(counts.approved), \(recount.approvals[endpoint]) payments have it")
      let opened = acquirer.call { $0.breaker.opened }
      expect(
        .breakerOpens, counts.breakerOpened == opened,
        "\(name): opened \(counts.breakerOpened) times, by its calls \(opened)")
      let reversals = acquirer.call { $0.reversals }
      expect(
        .unknownReversed, counts.reversed == reversals && counts.late <= reversals,
        "\(name): \(counts.late) late answers, \(counts.reversed) reversals sent, "
          + "\(reversals) received")
      for payment in acquirer.call({ $0.standing }) {
        let row = shared.store[payment]
        expect(
          .oneAuthorization,
          row.state == .authorized && row.endpoint == EndpointIndex(endpoint)
            && shared.stop != nil,
          "\(name) holds an approval of payment \(payment), which is \(row.state)")
      }
    }
  }

  /// What the ledger has written of payments.
  private func checkJournal(_ recount: PaymentRecount) {
    let journal = ledger.call { $0.journal }
    for kind in [TransferKind.hold, .capture, .release, .void, .refund] {
      expect(
        .journalEqualsPayments, journal[kind] == recount.journal[kind],
        "entries of kind \(kind) are not those of the payments")
    }
    for (position, sums) in recount.sums.enumerated() {
      let turnover = shared.measurements.turnover[position]
      expect(
        .journalEqualsPayments,
        turnover.authorized == sums.authorized && turnover.captured == sums.captured
          && turnover.voided == sums.voided && turnover.refunded == sums.refunded,
        "\(shared.currencies[position]): counted \(turnover), by payments \(sums)")
    }
  }

  private func checkBus() {
    let appended = bus.call { $0.appended }
    let taken = authorization.call { $0.records.taken }
    for (partition, sums) in zip(appended, taken).enumerated() {
      expect(
        .busDeliveredOnce, sums.0 == sums.1,
        "partition \(partition): \(sums.0.count) records appended, \(sums.1.count) taken")
    }
  }

  private func checkFees(_ recount: PaymentRecount) {
    let journal = ledger.call { $0.journal }
    expect(
      .feesAsPlanned, journal.sum(.fee, .feeReturned) == recount.journal[.fee],
      "merchants were charged something else than their plans say")
    for (position, sums) in recount.sums.enumerated() {
      let turnover = shared.measurements.turnover[position]
      expect(
        .feesAsPlanned, turnover.fees == sums.fees && turnover.feesCut == sums.feesCut,
        "\(shared.currencies[position]): charged \(turnover.fees) and cut \(turnover.feesCut), "
          + "by the plans \(sums.fees) and \(sums.feesCut)")
    }
    expect(
      .merchantsPaid,
      journal.sum(.payout, .collection) == recount.journal[.payout]
        && journal[.convertOut] == recount.journal[.convertOut],
      "what was paid out of merchants' accounts is not captures less refunds and fees")
  }

  private func checkBatches(_ recount: PaymentRecount, _ book: BatchBook) {
    for (batch, number) in zip(book.batches, BatchID.all) {
      let members = recount.members[Int(number)]
      let isExact = members.isUnconverted && batch.refunds == 0 && batch.kind == .payments
      expect(
        .batchHoldsMembers,
        members.payments == batch.payments
          && Int(members.payments) <= shared.settings.settlement.maximumBatch
          && (!isExact || members.net == batch.amount),
        "batch \(number): \(batch), its payments \(members)")
      expect(
        .timeInOrder, batch.confirmed >= batch.instructed,
        "batch \(number) was confirmed before it was sent")
    }
  }

  /// What merchants' banks got is what is owed: exactly, where nothing was converted; with a minor
  /// unit for each conversion that may have been rounded, where rates rest.
  private func checkMerchants(_ recount: PaymentRecount) {
    let currencies = shared.currencies
    let lines = Int64(shared.measurements.checks.refunds)
    let ratesMove = shared.deployment.rates.count > 1
    for (index, merchant) in shared.plan.merchants.enumerated() {
      var owed = recount.owed[index]
      var conversions: Int64 = 0
      var isKnown = true
      for position in currencies.indices {
        guard let part = recount.foreign[index * currencies.count + position] else { continue }
        conversions += part.payments
        let net = MoneyAmount(minorUnits: part.net, currency: currencies[position])
        let converted = shared.deployment.fx.conversion(
          of: net, to: currencies[Int(merchant.settlementCurrency)])
        owed += converted?.amount.minorUnits ?? 0
        isKnown = isKnown && converted != nil
      }
      guard conversions == 0 || isKnown && !ratesMove else { continue }
      let paid = shared.measurements.merchantSettled[index]
      expect(
        .merchantsPaid, abs(paid - owed) <= (conversions == 0 ? 0 : conversions + lines),
        "merchant \(merchant.id.rawValue) was paid \(paid), owed are \(owed)")
    }
  }
}
