import PaymentModel
import VirtualTime

/// What a cell's records and those of acquirers, issuers and banks say of each other when nothing
/// is left to happen.
extension CellAudit {
  func checkOtherSides(_ result: CellResult) {
    checkReconciliation(result)
    checkAcquirers()
    checkMovements()
    checkMerchants()
  }

  /// Nothing disturbs files, statements or replies but what the scenario injects: where both sides
  /// tell the truth, nothing differs.
  private func checkReconciliation(_ result: CellResult) {
    let counts = result.reconciliation
    if counts.exceptions > 0 {
      let first = result.exceptions.first.map { "\($0.kind.rawValue): \($0.context)" } ?? ""
      fail(
        .noException, "\(counts.exceptions) exceptions, the first \(first)")
    }
    // The horizon may have cut off the platform's own capture of a line.
    guard shared.stop == nil else { return }
    if counts.lines != counts.matched {
      fail(
        .linesAnswered,
        "\(counts.lines) lines of files, \(counts.matched) agree with own records")
    }
    guard result.reconciled != result.ends.closed else { return }
    fail(
      .reconciledWhole,
      "\(result.reconciled) payments are stated by both sides, \(result.ends.closed) are settled")
  }

  private func checkAcquirers() {
    let read = reconciler.call { $0.linesRead }
    for (position, acquirer) in acquirers.enumerated() {
      if let unrest = acquirer.call({ $0.unrest }) { fail(.acquirersEmpty, unrest) }
      let written = acquirer.call { $0.written }
      // The horizon may have cut off the last file.
      if shared.stop == nil, written != read[position] {
        fail(
          .linesRead,
          "endpoint \(position): \(written) were written, \(read[position]) read")
      }
    }
  }

  /// Every movement that the bank has reported by itself stands on one statement.
  private func checkMovements() {
    let (reported, stated) = reconciler.call { Movements(both: ($0.reported, $0.movements)) }.both
    if reported != stated {
      fail(.statementsWhole, "\(reported) were reported, \(stated) stated")
    }
  }

  private struct Movements: Sendable { var both: (MovementTally, MovementTally) }

  /// Every merchant has been paid what its batches come to.
  private func checkMerchants() {
    guard shared.stop == nil else { return }
    var paid = WeightedSum()
    for (merchant, amount) in shared.measurements.merchantSettled.enumerated() {
      paid.add(amount, at: UInt64(merchant))
    }
    if paid != shared.owedToMerchants {
      fail(.merchantsPaid, "merchants were paid something else than batches owe them")
    }
  }

  private func fail(_ invariant: Invariant, _ state: String) {
    shared.island.fail(invariant, state)
  }
}

/// Which payments both sides tell of: the acquirer's lines, refunds included, and the bank's
/// statements of whatever their batch was settled by.
struct StatedPayments {
  private let refunds: [PaymentID: Int64]
  private let isBatchStated: [Bool]

  init(_ book: BatchBook, _ reconciler: Reconciler) {
    let payouts = reconciler.call { $0.statedPayouts }
    refunds = reconciler.call { $0.refundsStated }
    isBatchStated =
      [false]
      + book.batches.indices.map { place in
        book.isStated(BatchID(place + 1)) { payouts.contains($0) }
      }
  }

  func contains(_ payment: PaymentID, _ row: PaymentRow, in store: PaymentStore) -> Bool {
    guard row.state == .batched, row.steps.contains(.stated), isBatchStated[Int(row.batch)] else {
      return false
    }
    guard row.traits.contains(.givenBack) else { return true }
    return store.refundedAmount(payment) == refunds[payment]
  }
}
