extension Section where Root == ResultSettings {
  static let results = Section(
    "What is written into a result beside its figures.",
    [
      .init(
        "details", \.details, .boolean,
        "Whether obligations, batches, payouts, wires, payments between banks, deals, plans and "
          + "all settings are written as files, so that a third party can recompute the figures."
      ).changing(.files),
      .init(
        "trace_one_in", \.traceOneIn, .integer(0...1_000_000_000),
        "Of so many card payments the way of one is written down, span by span, in spans.csv and "
          + "for the exports perfetto and otlp: 1000 for one in a thousand, 1 for all, 0 for none. "
          + "Which ones follows from seed and key alone."
      ).changing(.files),
      .init(
        "payments", \.payments, .choice(),
        "Of which payments between banks' customers payments.csv tells the end, the instant, the "
          + "mechanism and the group: recorded: all of a run that replays recorded ones "
          + "(`workload.transfers.trace`), else none; all; none."
      ).changing(.files),
    ])
}
