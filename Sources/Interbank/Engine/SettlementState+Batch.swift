/// The payments that are collected before they settle one by one in another order than that of
/// arrival.
struct OpenBatch: Sendable {
  /// Payments up to this one, by their order of arrival in the system, are of earlier batches.
  var closedThrough: Int64 = 0
  /// Payments that have come in since, as they entered the queue.
  var entries: [QueuedPayment] = []
}

extension SettlementState {
  /// How many payments the open batch holds, those included that have settled since in another way.
  public var batchCount: Int { batch.entries.count }

  /// Closes the batch: settles its payments by themselves in the order that takes least liquidity,
  /// of those that are found. What lacks cover then waits as ever, and is no longer of a batch.
  /// - Parameter trials: of the search for the order.
  public mutating func settleBatch(trials: Int) {
    let entries = batchInOrder()
    batch = OpenBatch(closedThrough: nextSequence())
    guard !entries.isEmpty else { return }
    let order = BatchReordering.order(
      of: entries.map { entry in
        NettablePayment(
          payer: entry.payment.payer, payee: entry.payment.payee, amount: entry.remaining)
      },
      batchTerms, keepsOrder: rule.order.isStrict, trials: trials)
    for position in order { settleOfBatch(entries[position]) }
    for entry in entries { noteAffected(entry.payment.payer) }
  }

  /// The waiting payments of the batch as they came in, each payer's among them in the order of
  /// its queue. O(batch log queue).
  private func batchInOrder() -> [QueuedPayment] {
    let arrived = batch.entries.compactMap { entry in
      let queue = queues[entry.payment.payer]
      return queue.index(of: entry).map { queue[$0] }
    }
    func payer(_ place: Int) -> Int { arrived[place].payment.payer }
    let places = arrived.indices.sorted { (payer($0), $0) < (payer($1), $1) }
    let queued = arrived.indices.sorted { left, right in
      payer(left) == payer(right)
        ? arrived[left].goesBefore(arrived[right]) : payer(left) < payer(right)
    }
    var ordered = arrived
    for (place, source) in zip(places, queued) { ordered[place] = arrived[source] }
    return ordered
  }

  private var batchTerms: BatchReordering.Terms {
    BatchReordering.Terms(
      free: (0..<participants).map { recorder.unusedPeak(of: $0, accounts[$0]) },
      available: (0..<participants).map { participant in
        let account = accounts[participant]
        return max(0, min(account.available(for: .normal), account.capRoom ?? .max))
      })
  }

  private mutating func settleOfBatch(_ entry: QueuedPayment) {
    let payer = entry.payment.payer
    guard let index = queues[payer].index(of: entry), index == 0 || !rule.order.isStrict else {
      return
    }
    var remaining = entry.remaining
    _ = settleGross(entry.payment, &remaining, .reordering)
    if remaining < entry.remaining { take(entry.remaining - remaining, at: index, of: payer) }
  }
}
