import Declared

extension Section where Root == TimeSettings {
  static let time = Section(
    "When the simulated world begins and how long payments arrive.",
    [
      .init("date", \.date, .date, "Date on which the run begins, at 00:00 UTC."),
      .init(
        "duration", \.duration, .duration(from: .least, to: .days(36_525)),
        "How long payments arrive; the run goes on until the last statement is matched."),
      .init(
        "drain_limit", \.drainLimit, .duration(from: .least, to: .days(36_525)),
        "Longest time the run may take after the last arrival before it counts as stuck."),
      .optional(
        "settlement_horizon", \.settlementHorizon, base: .days(1),
        .duration(from: .least, to: .days(73_050)),
        "How long after the start of the run settlement ends for good: what banks have not settled "
          + "by then is counted and priced (`costs.unsettled_rate`, `costs.unsettled_penalty`) and "
          + "does not fail the run; left out, the run goes on until everything is settled."),
    ])
}

extension Section where Root == CellSettings {
  static let cells = Section(
    "How the modelled deployment is split; never derived from the machine.",
    [
      .init(
        "per_region", \.perRegion, .integer(1...256),
        "Autonomous stacks (gateway, bus partitions, workers, ledger shard) in each region."),
      .init(
        "interbank_latency", \.interbankLatency, .duration(from: .least, to: .days(1)),
        "Smallest delay between a cell and the interbank network, longer than zero: it is the "
          + "lookahead of the parallel run."),
    ])
}

extension Section where Root == ReconciliationSettings {
  static let reconciliation = Section(
    "Matching against what acquirers and banks deliver.",
    [
      .init(
        "statement_delay", \.statementDelay, .duration(to: .days(30)),
        "When a bank delivers its statement after the rail's close."),
      .init(
        "keep_files", \.keepFiles, .boolean,
        "Whether the exchanged files are kept in the result, under `files/`."
      ).changing(.files),
    ], retired: ["fuzzy_days"])
}

extension Syntax where Value == ThresholdSetting {
  /// `authorization_latency.p99 <= 500ms`.
  static func threshold(_ figures: [FigureDeclaration]) -> Syntax<ThresholdSetting> {
    Syntax(scalar: ThresholdText.schema(figures), show: { .string($0.text) }) { node, decoding in
      guard let text = node.text else {
        decoding.expected("a threshold such as `payments.lost == 0`", at: node)
        return nil
      }
      switch ThresholdText.parse(text) {
      case .success(let value): return value
      case .failure(let message):
        decoding.report(node, "\(message.text), found \(node.found)")
        return nil
      }
    }
  }
}
