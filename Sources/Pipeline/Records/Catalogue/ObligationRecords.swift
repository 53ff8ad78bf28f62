import PaymentModel

/// `obligations.csv`: what banks came to owe for payments, voids, refunds and transfers, in the
/// order in which it came to be settled, and when it was.
final class ObligationRecords: RecordListener {
  private struct Row {
    var owed: OwedRecord
    var batch: BatchID?
    var end = "open"
    var settled: Int64?
    var ended: Int64?
  }
  /// What tells an obligation that waits for its batch from others.
  private struct Key: Hashable {
    var payment: PaymentID
    var amount: Int64
    var captured: Int64
  }

  private let scope: RecordScope
  private var rows: [Row] = []
  /// Rows that are in no batch, the first of several alike last.
  private var waiting: [Key: [Int]] = [:]
  private var members: [BatchID: [Int]] = [:]

  init(_ scope: RecordScope) { self.scope = scope }

  func hear(_ event: RecordedEvent, at time: Int64) {
    switch event {
    case .owed(let owed):
      waiting[key(owed.obligation), default: []].insert(rows.count, at: 0)
      rows.append(Row(owed: owed))
    case .batched(let batch):
      let places = batch.members.compactMap(takeWaiting)
      for place in places { rows[place].batch = batch.number }
      members[batch.number] = places
    case .batchSettled(let batch, let settled):
      for place in members.removeValue(forKey: batch) ?? [] {
        rows[place].end = "settled"
        rows[place].settled = settled
      }
    case .batchReversed(let batch, let end):
      for place in members.removeValue(forKey: batch) ?? [] { giveBack(place, as: end, at: time) }
    case .reversed(let obligation):
      if let place = takeWaiting(obligation) { giveBack(place, as: "reversed", at: time) }
    default: break
    }
  }

  private func giveBack(_ place: Int, as end: String, at time: Int64) {
    rows[place].end = end
    rows[place].ended = time
  }

  private func key(_ obligation: Obligation) -> Key {
    Key(
      payment: obligation.payment, amount: obligation.amount, captured: obligation.captured)
  }

  private func takeWaiting(_ obligation: Obligation) -> Int? {
    let key = key(obligation)
    let place = waiting[key]?.popLast()
    if waiting[key]?.isEmpty == true { waiting[key] = nil }
    return place
  }

  func finish() -> [RecordFile] {
    var writer = RowWriter()
    for (number, row) in rows.enumerated() { write(number + 1, row, &writer) }
    return [RecordFile(name: "obligations.csv", header: Self.header, bytes: writer.bytes)]
  }

  private static let header =
    "id,kind,payment,merchant,acquirer,payer,payee,source_currency,source_minor,"
    + "destination_currency,arrived_ns,business_day,latest_window,due_ns,batch,settled_ns,ended_ns,"
    + "end\n"

  private func write(_ number: Int, _ row: Row, _ writer: inout RowWriter) {
    let obligation = row.owed.obligation
    let route = obligation.route
    writer.add("\(scope.name)/obligation-\(number)")
    writer.add(row.owed.kind.rawValue)
    writer.add("\(scope.name)/payment-\(obligation.payment)")
    writer.add(free: row.owed.endpoint == nil ? "" : scope.name(obligation.merchant))
    writer.add(row.owed.endpoint.map { scope.deployment.endpoints[Int($0)].name } ?? "")
    writer.add(scope.name(route.payer))
    writer.add(scope.name(route.payee))
    writer.add(route.source.code)
    writer.add(obligation.amount)
    writer.add(route.destination.code)
    writer.add(obligation.captured)
    writer.add(RecordScope.date(obligation.businessDay))
    writer.add(obligation.latest.name)
    writer.add(row.owed.due)
    writer.add(row.batch.map(scope.batch) ?? "")
    writer.add(row.settled)
    writer.add(row.ended)
    writer.add(row.end)
    writer.end()
  }
}
