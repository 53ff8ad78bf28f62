extension Section where Root == ResultSettings {
  static let results = Section(
    "What is written into a result beside its figures.",
    [
      .init(
        "details", \.details, .boolean,
        "Whether obligations, batches, payouts, wires, payments between banks, deals, plans and "
          + "all settings are written as files, so that a third party can recompute the figures."
      ).changing(.files)
    ])
}
