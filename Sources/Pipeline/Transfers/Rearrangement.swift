import PaymentModel

/// What a set of wires has to move once some of its batches are taken out, against what its wires
/// move: a pure function of both. Minor units of one currency.
///
/// A bank's wires with the hub must come to what its remaining batches come to. Where they do not,
/// what is not final is withdrawn, and the difference moves by new wires: so a netting is done
/// anew without the failed bank, and what had become final is given back by a payment of its own.
struct Rearrangement {
  /// The bank that all wires of the set are with.
  let hub: BankID
  /// What each bank is to receive (negative: to pay) in the end, ascending by bank.
  private let due: [(bank: BankID, amount: Int64)]

  /// - Parameters:
  ///   - batches: what remains of the set: who pays whom how much.
  ///   - wires: all wires of the set, at least one.
  ///   - clearingHouse: the hub of netted sets; other sets are between two banks.
  init(
    batches: [(payer: BankID, payee: BankID, amount: Int64)], wires: [WireSets.Wire],
    clearingHouse: BankID
  ) {
    let hub = wires.contains { $0.concerns(clearingHouse) } ? clearingHouse : wires[0].payee
    self.hub = hub
    var amounts: [BankID: Int64] = [:]
    for wire in wires { amounts[wire.payer == hub ? wire.payee : wire.payer] = 0 }
    for batch in batches {
      amounts[batch.payer, default: 0] -= batch.amount
      amounts[batch.payee, default: 0] += batch.amount
    }
    due = amounts.filter { $0.key != hub }.sorted { $0.key < $1.key }
      .map { (bank: $0.key, amount: $0.value) }
  }

  /// What is missing of what each bank is to receive, given the set's wires as they are now; banks
  /// for which nothing is missing are left out. Ascending by bank.
  func missing(_ wires: [WireSets.Wire]) -> [(bank: BankID, amount: Int64)] {
    due.compactMap { bank, amount in
      let moved = wires.reduce(Int64(0)) { sum, wire in
        wire.payee == bank ? sum + wire.amount : wire.payer == bank ? sum - wire.amount : sum
      }
      return moved == amount ? nil : (bank, amount - moved)
    }
  }
}
