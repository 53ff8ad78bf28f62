import Text
import Scenario

/// Where the mapped columns of a trace stand.
struct TraceColumns {
  var id: Int
  var time: Int
  var date: Int?
  var zone: Int?
  /// Nil where all rows are of one merchant.
  var merchant: Int?
  var amount: Int
  var refund: Int?
  var quantity: Int?
  var currency: Int?
  var cancel: Int?
  /// How many fields each row has.
  var count: Int

  /// Finds the columns of `workload` in a header row.
  init(header: borrowing CSVRow, file: String, workload: TraceWorkload) throws(TraceError) {
    try self.init(TraceHeader(header, file: file), workload)
  }

  /// Finds the columns of `workload` in a header.
  init(_ header: TraceHeader, _ workload: TraceWorkload) throws(TraceError) {
    id = try header.find(workload.idColumn, "id")
    time = try header.find(workload.timeColumn, "time")
    date = try header.find(ifGiven: workload.dateColumn, "date")
    zone = try header.find(ifGiven: workload.zoneColumn, "time_zone")
    if case .column(let name) = workload.merchant { merchant = try header.find(name, "merchant") }
    amount = try header.find(workload.amountColumn, "amount")
    refund = try header.find(ifGiven: workload.refundColumn, "refund_amount")
    quantity = try header.find(ifGiven: workload.quantityColumn, "quantity")
    currency = try header.find(ifGiven: workload.currencyColumn, "currency")
    cancel = try header.find(ifGiven: workload.cancelColumn, "cancel")
    count = header.names.count
  }

  /// Whether a row has the fields of the header, as text, and an id, whose column has a name.
  func check(_ row: borrowing CSVRow, idColumn: String) throws(RowFault) {
    if let fault = row.fault { throw RowFault(fault) }
    guard row.count == count else {
      throw RowFault("expected \(count) fields, found \(row.count)")
    }
    guard CSVText.isValid(row.bytes) else { throw RowFault(CSVText.expected) }
    if row.range(id).isEmpty { throw RowFault("expected an id", column: idColumn) }
  }
}

/// What all text of a trace must be.
enum CSVText {
  static let expected = "expected UTF-8 text without NUL"

  static func isValid(_ bytes: [UInt8]) -> Bool {
    var ascii = true
    for byte in bytes {
      if byte == 0 { return false }
      if byte >= 0x80 { ascii = false }
    }
    return ascii || String(validating: bytes, as: UTF8.self) != nil
  }
}
