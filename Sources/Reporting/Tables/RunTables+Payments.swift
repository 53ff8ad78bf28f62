import Declared

extension RunTables {
  /// Tables that have as many rows as a run has payments: they are in files of their own and
  /// nowhere else, written row by row.
  public static let large: [RunTable] = [payments]

  static let payments = RunTable(
    "payments", "Payments between banks",
    note: "In the order of arrival; instants are nanoseconds since the start of the run.",
    prominence: .detail,
    each: { $0.payments?.rows ?? AnySequence([]) },
    columns: [
      .name("id", "payment", "Id in the file that records it; transfer-7 for one that was drawn") {
        $0.id
      },
      .text("kind", "kind", "recorded, drawn, or return for what gives money back") { $0.kind },
      .text("payer", "payer", "The bank that pays") { $0.payer },
      .text("payee", "payee", "The bank that is paid") { $0.payee },
      .currency { $0.amount.currency },
      .money("amount", "amount", "What is owed") { $0.amount },
      .money(
        "settled_amount", "settled",
        "What of it has moved: all, or parts of one that is open and has a wire of its own"
      ) { $0.moved },
      .text("to_currency", "paid out in", "ISO 4217 code of the currency that is paid out") {
        $0.toCurrency
      },
      .text("priority", "priority", "normal, high or urgent") { $0.priority },
      .duration("arrived_ns", "arrived", "When it arrived") { $0.arrived },
      .duration("not_before_ns", "not before", "When it may be settled at the earliest") {
        $0.notBefore
      },
      .duration("deadline_ns", "deadline", "When it should be settled at the latest") {
        $0.deadline
      },
      .text("end", "end", "settled, returned (no funds by a close), cancelled or unsettled") {
        $0.end.rawValue
      },
      .duration("ended_ns", "ended", "When it ended") { $0.ended },
      .flag("in_parts", "in parts", "Whether it settled in parts, the last of them when it ended") {
        $0.isInParts
      },
      .text(
        "mechanism", "mechanism",
        "How the wire settled with which it was complete; netted where nothing had to move"
      ) { $0.mechanism },
      .count(
        "group", "group",
        "Number, within its currency, of what moved at the same moment, all or none"
      ) { $0.group },
    ])
}
