import Batching
import PaymentModel

/// `batches.csv`: the batches of cells and of the transfer desk, with the wires that each waited
/// for; several, separated by spaces, where it was netted with others.
final class BatchRecords: RecordListener {
  private struct Row {
    var batch: BatchRecord
    var payments: Int
    var refunds: Int
    var instructed: Int64
    var wires: [UInt32] = []
    var settled: Int64?
    /// What else than settlement it came to.
    var end: String?
  }

  private let scope: RecordScope
  private var rows: [Row] = []
  private var places: [BatchID: Int] = [:]

  init(_ scope: RecordScope) { self.scope = scope }

  func hear(_ event: RecordedEvent, at time: Int64) {
    switch event {
    case .batched(var batch):
      let refunds = batch.members.count { $0.amount < 0 }
      places[batch.number] = rows.count
      let count = batch.members.count
      batch.members = []
      rows.append(
        Row(batch: batch, payments: count - refunds, refunds: refunds, instructed: time))
    case .carried(let batches, let wire):
      for batch in batches { rows[places[batch]!].wires.append(wire) }
    case .batchSettled(let batch, let settled): rows[places[batch]!].settled = settled
    case .batchReversed(let batch, let end): rows[places[batch]!].end = end
    default: break
    }
  }

  func finish() -> [RecordFile] {
    var writer = RowWriter()
    for row in rows { write(row, &writer) }
    return [RecordFile(name: "batches.csv", header: Self.header, bytes: writer.bytes)]
  }

  private static let header =
    "id,payer,payee,merchant,currency,payout_minor,payments,refunds,netting,window,part,due_ns,"
    + "instructed_ns,wires,settled_ns,end\n"

  private func write(_ row: Row, _ writer: inout RowWriter) {
    let batch = row.batch
    let what = scope.cell == nil ? "wire" : "batch"
    writer.add(scope.batch(batch.number))
    writer.add(scope.name(batch.payer))
    writer.add(scope.name(batch.payee))
    writer.add(free: batch.merchant.map { scope.name($0) } ?? "")
    writer.add(scope.code(batch.currency))
    writer.add(batch.payout)
    writer.add(row.payments)
    writer.add(row.refunds)
    writer.add("\(batch.netting)")
    writer.add(batch.window.name)
    writer.add(batch.part)
    writer.add(batch.due)
    writer.add(row.instructed)
    writer.add(row.wires.map { "\(scope.name)/\(what)-\($0)" }.joined(separator: " "))
    writer.add(row.settled)
    writer.add(row.end ?? (row.settled == nil ? "open" : "settled"))
    writer.end()
  }
}
