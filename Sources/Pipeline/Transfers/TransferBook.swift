import PaymentModel
import VirtualTime

/// The transfers of a run, by number from 1, and what became of each. Pure.
///
/// A transfer is accepted, waits until its strategy takes it, is on its way with its batch, and is
/// settled once, when every wire that its batch depends on has been executed.
struct TransferBook {
  enum State: UInt8, Sendable { case waiting, sent, settled }

  struct Entry {
    var obligation: Obligation
    var state: State
    /// Whether a payee's bank gives money back with it.
    var isReturn = false
    /// When it was settled (ns); not before then.
    var settled = Int64.max
  }

  /// Transfers that are settled together.
  struct Batch {
    var members: [UInt32]
    var payee: BankID
    /// Position in the run's list.
    var currency: UInt8
    /// What arrives at the payee's bank, minor units.
    var payout: Int64
    /// Wires that have not been executed.
    var wires: Int
  }

  private(set) var entries: [Entry] = []
  private(set) var batches: [Batch] = []
  /// Batches that wait for a wire, by number of the wire from 1.
  private var waiting: [[UInt32]] = []
  /// Transfers that no strategy has taken yet, in the order of arrival.
  private(set) var pending: [UInt32] = []
  /// Transfers that are not settled.
  private(set) var open = 0

  subscript(_ number: UInt32) -> Entry { entries[Int(number) - 1] }

  /// The number that the next transfer will have.
  var nextNumber: UInt32 { UInt32(entries.count + 1) }

  mutating func accept(_ obligation: Obligation, isReturn: Bool) {
    precondition(obligation.payment == nextNumber, "transfers are numbered in order of arrival")
    entries.append(Entry(obligation: obligation, state: .waiting, isReturn: isReturn))
    pending.append(obligation.payment)
    open += 1
  }

  /// Takes the pending transfers for which `isWanted` holds, in the order of arrival.
  mutating func take(where isWanted: (Obligation) -> Bool = { _ in true }) -> [Obligation] {
    var taken: [Obligation] = []
    var kept: [UInt32] = []
    for number in pending {
      let obligation = self[number].obligation
      if isWanted(obligation) { taken.append(obligation) } else { kept.append(number) }
    }
    pending = kept
    return taken
  }

  /// Puts transfers that a plan leaves for later back, before those that came since.
  mutating func putBack(_ obligations: [Obligation]) {
    pending = obligations.map(\.payment) + pending
  }

  /// A plan's batch is on its way; returns its number from 1.
  mutating func send(_ batch: Batch) -> UInt32 {
    for number in batch.members { move(number, from: .waiting, to: .sent) }
    batches.append(batch)
    return UInt32(batches.count)
  }

  /// A wire that the batches depend on is on its way; returns its number from 1.
  mutating func addWire(for batches: [UInt32]) -> UInt32 {
    for batch in batches { self.batches[Int(batch) - 1].wires += 1 }
    waiting.append(batches)
    return UInt32(waiting.count)
  }

  /// A wire was executed: the batches that arrive with it. Nil for a wire that is not known or was
  /// executed before.
  mutating func executed(_ wire: UInt32) -> [UInt32]? {
    let index = Int(wire) - 1
    guard waiting.indices.contains(index), !waiting[index].isEmpty else { return nil }
    let dependants = waiting[index]
    waiting[index] = []
    return dependants.filter { batch in
      batches[Int(batch) - 1].wires -= 1
      return batches[Int(batch) - 1].wires == 0
    }
  }

  /// The transfers of a batch that has arrived at `time` (ns).
  mutating func settle(_ batch: UInt32, at time: Int64) -> Batch {
    let settled = batches[Int(batch) - 1]
    for number in settled.members {
      move(number, from: .sent, to: .settled)
      entries[Int(number) - 1].settled = time
    }
    open -= settled.members.count
    return settled
  }

  private mutating func move(_ number: UInt32, from state: State, to next: State) {
    let index = Int(number) - 1
    precondition(
      entries[index].state == state,
      "transfer \(number) is \(entries[index].state) and cannot become \(next)")
    entries[index].state = next
  }
}
