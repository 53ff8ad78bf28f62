import PaymentModel

/// `payouts.csv`: what each batch means for each of its merchants, in each currency of their
/// payments: captured less given back, fees, and what is left, to be paid in the batch's currency.
final class PayoutRecords: RecordListener {
  private let scope: RecordScope
  private var rows: [PayoutRecord] = []
  private var settled: [BatchID: Int64] = [:]

  init(_ scope: RecordScope) { self.scope = scope }

  func hear(_ event: RecordedEvent, at time: Int64) {
    switch event {
    case .paidOut(let payout): rows.append(payout)
    case .batchSettled(let batch, let at): settled[batch] = at
    default: break
    }
  }

  func finish() -> [RecordFile] {
    var writer = RowWriter()
    for row in rows {
      writer.add(free: scope.name(row.merchant))
      writer.add(scope.batch(row.batch))
      writer.add(scope.code(row.source))
      writer.add(row.gross)
      writer.add(row.fees)
      writer.add(row.gross - row.fees)
      writer.add(scope.code(row.destination))
      writer.add(settled[row.batch])
      writer.end()
    }
    return [
      RecordFile(
        name: "payouts.csv",
        header: "merchant,batch,currency,gross_minor,fees_minor,net_minor,paid_in,settled_ns\n",
        bytes: writer.bytes)
    ]
  }
}
