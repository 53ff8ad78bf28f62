extension Section where Root == TransferTrace {
  static let trace = Section(
    "Payments between banks that a CSV file records, plain or gzip'ed. Those of a group settle all "
      + "or none, at one moment.",
    shared([Section<TraceWorkload>.path]) + [
      .group(
        "columns",
        "Names of the file's columns. One that may be absent is read where the file has a column "
          + "of its usual name, and must be there where it is named here.", columns)
    ]
      + shared(
        Section<TraceWorkload>.notation + Section<TraceWorkload>.orderAndUnit
          + Section<TraceWorkload>.policies)
  ) { trace, node, decoding in
    Section<TraceWorkload>.checkMarks(trace.rows, node, &decoding)
  }

  private static func shared(_ fields: [Field<TraceWorkload>]) -> [Field<TransferTrace>] {
    fields.map { $0.within(\.rows) }
  }

  private static let columns: [Field<TransferTrace>] = [
    .init("id", \.rows.idColumn, .word, "Identifies a payment; no two rows have the same."),
    .init(
      "time", \.rows.timeColumn, .word,
      "When the payment arrives: an instant such as 2026-03-02T08:02:00Z, a time of the run's "
        + "first day such as 08:02, or seconds after the start of the run with up to nine "
        + "decimals. `deadline` and `not_before` are written alike."),
    .optional(
      "date", \.rows.dateColumn, base: "", .word, "The date, where the time has none."),
    .optional("time_zone", \.rows.zoneColumn, base: "", .word, "Time zone of the row."),
    .init(
      "payer", \.payerColumn, .word,
      "The bank that pays: one of `banks.named`, `banks.file` or `banks.correspondents`."),
    .init("payee", \.payeeColumn, .word, "The bank that is paid, another one."),
    .init("amount", \.rows.amountColumn, .word, "How much, above zero."),
    .init("currency", \.currencyColumn, .word, "Currency of the amount; one that a rail moves."),
    .optional(
      "to_currency", \.toCurrencyColumn, base: "", .word,
      "Currency that is paid out, at mid, usually to_currency; absent or empty: `currency`."),
    .optional(
      "priority", \.priorityColumn, base: "", .word,
      "How urgent the payment is, usually priority: normal, high or urgent, or 0, 1 or 2, of which "
        + "2 is the most urgent; absent or empty: normal. High and urgent ones may use what is "
        + "reserved for urgent ones."),
    .optional(
      "deadline", \.deadlineColumn, base: "", .word,
      "When it should be settled at the latest, usually deadline; after it, the payment is late "
        + "and still settles. Absent or empty: the close of the settlement day on which it arrives."
    ),
    .optional(
      "not_before", \.notBeforeColumn, base: "", .word,
      "When it may be settled at the earliest, usually not_before: until then it waits with its "
        + "bank. Absent or empty: at once."),
    .optional(
      "group", \.groupColumn, base: "", .word,
      "What ties payments together, usually group: those with the same text settle all or none, at "
        + "one moment, once all have arrived. Absent or empty: the payment stands alone."),
  ]
}
