extension SettlementSettings {
  /// What settles payments that a file records where the scenario states no strategy: each goes out
  /// as it is, when it arrives.
  static let ofRecorded = StrategyChoice(name: "one_wire_per_payment")
}

extension ScenarioSettings {
  /// Takes what the file leaves out and other keys decide.
  mutating func fill(over root: ScenarioNode) {
    if strategyIsUnstated(in: root), workload.transfers.trace != nil, !workload.drawsPayments {
      settlement.strategy = SettlementSettings.ofRecorded
    }
  }

  fileprivate func strategyIsUnstated(in root: ScenarioNode) -> Bool {
    root["settlement"]?["strategy"] == nil
  }
}

extension WorkloadSettings {
  /// Whether there are payments beside those between banks that a file records.
  fileprivate var drawsPayments: Bool {
    if transfers.payments > 0 { return true }
    switch source {
    case .trace: return true
    case .generated(let generated):
      switch generated.volume {
      case .payments(let count): return count > 0
      case .rate(let rate): return rate > 0
      }
    }
  }
}

extension RelationCheck {
  /// Recorded payments beside others: a default would be wrong for one of the two, and one that
  /// waits for midnight would look like late money.
  mutating func recordedStrategy() {
    guard settings.workload.transfers.trace != nil, settings.workload.drawsPayments,
      settings.strategyIsUnstated(in: root)
    else { return }
    report(
      "expected `settlement.strategy` beside recorded payments: "
        + "\(SettlementSettings.ofRecorded.name) settles each as it arrives, "
        + "\(settings.settlement.strategy.name) all of a day at its end",
      at: [.key("workload"), .key("transfers"), .key("trace")])
  }
}
