extension KeyChange {
  /// The keys of the entries of `liquidity_saving`, for each mode that takes a list of mechanisms.
  static let mechanisms: [String: KeyChange] = Dictionary(
    uniqueKeysWithValues: ["rtgs", "hybrid_offset"].flatMap { mode in
      entries.filter { mode == "rtgs" || !$0.key.hasPrefix("{reordering}") }.map { entry in
        let key = entry.key.isEmpty ? "" : "." + entry.key
        return (
          "interbank.mode.{\(mode)}.liquidity_saving.[]\(key)",
          sequence(mode, entry.before, to: entry.after)
        )
      }
    })

  private struct Entry {
    var key: String
    var before: String
    var after: String

    init(_ key: String, _ before: String, _ after: String) {
      (self.key, self.before, self.after) = (key, before, after)
    }

    /// The time between two runs of a mechanism by itself.
    init(every mechanism: String) {
      self.init(
        "{\(mechanism)}.every", mechanism, "{mechanism: \(mechanism), every: 2h}")
    }
  }

  private static let entries =
    [
      Entry("", "gridlock_resolution", "whole_payment"),
      // By itself it does what is done anyway; between two others it is seen.
      Entry(
        "{fifo}.every", "bilateral, fifo, gridlock_resolution",
        "bilateral, {mechanism: fifo, every: 2h}, gridlock_resolution"),
      Entry(
        "{one_to_many_offset}.offset_limit", "one_to_many_offset",
        "{mechanism: one_to_many_offset, offset_limit: 1}"),
      Entry("{bilateral}.nodes", "bilateral", "{mechanism: bilateral, nodes: 0}"),
      Entry("{whole_payment}.nodes", "whole_payment", "{mechanism: whole_payment, nodes: 0}"),
      Entry(
        "{reordering}.batch", "{mechanism: reordering, every: 1d}",
        "{mechanism: reordering, every: 1d, batch: 90}"),
      Entry("{reordering}.trials", "reordering", "{mechanism: reordering, trials: 0}"),
    ]
    + [
      "bilateral_offset", "one_to_many_offset", "bilateral", "gridlock_resolution",
      "whole_payment", "maximum_circulation", "reordering",
    ].map { Entry(every: $0) }

  /// Payments of three banks with little money, so that much is left to what is changed.
  private static func sequence(_ mode: String, _ before: String, to after: String) -> KeyChange {
    // One against several in order finds little; and what waits longer has more to be offset with.
    let isBypassed = before == "one_to_many_offset"
    let rest =
      mode != "rtgs"
      ? "patience: 1d, interval: 2h" : "queue_order: \(isBypassed ? "fifo_bypass" : "fifo")"
    func setting(_ list: String) -> String {
      "interbank.mode={name: \(mode), \(rest), liquidity_saving: [\(list)]}"
    }
    return .transfers(
      setting(after), given: wired, "banks.opening_balance=500 USD",
      "workload.transfers.payments=300", "workload.transfers.originators=3",
      "workload.transfers.counterparties=3", "time.settlement_horizon=2d", setting(before))
  }
}
