import Scenario

/// Where the mapped columns of recorded payments between banks stand.
struct TransferColumns {
  /// Those that a trace of cards has too.
  var shared: TraceColumns
  var payer: Int
  var payee: Int
  var currency: Int
  var toCurrency: Int?
  var priority: Int?
  var deadline: Int?
  var notBefore: Int?
  var group: Int?

  /// Finds the columns of `trace` in a header.
  init(_ header: TraceHeader, _ trace: TransferTrace) throws(TraceError) {
    shared = try TraceColumns(header, trace.rows)
    payer = try header.find(trace.payerColumn, "payer")
    payee = try header.find(trace.payeeColumn, "payee")
    currency = try header.find(trace.currencyColumn, "currency")
    toCurrency = try header.find(trace.toCurrencyColumn, usual: "to_currency")
    priority = try header.find(trace.priorityColumn, usual: "priority")
    deadline = try header.find(trace.deadlineColumn, usual: "deadline")
    notBefore = try header.find(trace.notBeforeColumn, usual: "not_before")
    group = try header.find(trace.groupColumn, usual: "group")
  }
}
