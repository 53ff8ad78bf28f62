import Batching
import Money
import PaymentModel
import Plants
import VirtualTime

/// The transfers of a run, by number from 1, and what became of each. Pure.
///
/// A transfer is accepted, waits until its strategy takes it, is on its way with its batch, and is
/// settled once, when every wire that its batch depends on has been executed; or before that it is
/// reversed, as a bank has failed, or fails for lack of funds.
struct TransferBook {
  enum State: UInt8, Sendable { case waiting, sent, settled, reversed, failed }

  struct Entry {
    var obligation: Obligation
    var state: State
    /// Whether a payee's bank gives money back with it.
    var isReturn = false
    /// When it was settled (ns); not before then.
    var settled = Int64.max
    /// When it failed for lack of funds (ns); not before then.
    var failed = Int64.max
  }

  /// Transfers that are settled together.
  struct Batch {
    var members: [PaymentID]
    var payer: BankID
    var payee: BankID
    /// Position in the run's list.
    var currency: CurrencyIndex
    /// What arrives at the payee's bank, minor units.
    var payout: Int64
    /// Whether its transfers have gone back to their payers.
    var isReversed = false
    /// Whether its transfers, which settle together, have settled.
    var hasArrived = false

    /// Whether it has neither arrived nor gone back.
    var isOnItsWay: Bool { !hasArrived && !isReversed }

    func concerns(_ bank: BankID) -> Bool { payer == bank || payee == bank }
  }

  private(set) var entries: [Entry] = []
  private(set) var batches: [Batch] = []
  /// The wires that batches wait for.
  var wires: WireSets
  /// Transfers that no strategy has taken yet.
  private var waiting = WaitingTransfers()
  /// Transfers that are neither settled nor reversed nor failed.
  private(set) var open = 0
  /// The first thing that was asked of the book and cannot be: a transfer that would end twice, or
  /// a batch that has ended already. Nil: none so far.
  private(set) var fault: String?

  /// The strategy's windows; nil if there are none.
  private let cycle: SettlementCycle?

  /// - Parameters:
  ///   - keepsHistory: whether a bank may fail, so that wires and their batches are kept.
  ///   - cycle: the strategy's windows, which say what is counted together.
  init(keepsHistory: Bool = false, cycle: SettlementCycle? = nil) {
    wires = WireSets(keepsHistory: keepsHistory)
    self.cycle = cycle
  }

  /// With what a transfer is counted while it waits.
  func key(of obligation: Obligation) -> WaitingKey {
    let route = obligation.route
    return WaitingKey(payee: route.payee, lane: cycle?.lane(of: route.destination) ?? .all)
  }

  subscript(_ number: PaymentID) -> Entry { entries[Int(number) - 1] }

  /// Transfers that no strategy has taken yet, in the order of arrival.
  var pending: [PaymentID] { waiting.numbers }

  /// How many there are.
  var pendingCount: Int { waiting.count }

  /// How many of them are counted together. O(1).
  func pendingCount(for key: WaitingKey) -> Int { waiting.count(for: key) }

  /// The batch with a number.
  func batch(_ number: BatchID) -> Batch { batches[Int(number) - 1] }

  /// The number that the next transfer will have.
  var nextNumber: PaymentID { PaymentID(entries.count + 1) }

  mutating func accept(_ obligation: Obligation, isReturn: Bool) {
    precondition(obligation.payment == nextNumber, "transfers are numbered in order of arrival")
    entries.append(Entry(obligation: obligation, state: .waiting, isReturn: isReturn))
    waiting.append(obligation.payment, for: key(of: obligation))
    open += 1
  }

  /// Takes all pending transfers, in the order of arrival.
  mutating func take() -> [Obligation] { obligations(waiting.takeAll()) }

  /// Takes those that are counted together. O(their number).
  mutating func take(for key: WaitingKey) -> [Obligation] { obligations(waiting.take(for: key)) }

  /// Takes those that are paid out in some currencies. O(pending).
  mutating func take(paidOutIn currencies: [Currency]) -> [Obligation] {
    take(where: { currencies.contains($0.route.destination) })
  }

  /// Takes those that concern a bank. O(pending).
  mutating func take(concerning bank: BankID) -> [Obligation] {
    take { $0.route.payer == bank || $0.route.payee == bank }
  }

  private mutating func take(where isTaken: (Obligation) -> Bool) -> [Obligation] {
    let taken = obligations(waiting.numbers).filter(isTaken)
    for obligation in taken { waiting.remove(obligation.payment, for: key(of: obligation)) }
    return taken
  }

  /// Takes one that is pending. O(1), amortised.
  mutating func take(_ number: PaymentID) -> Obligation {
    let obligation = self[number].obligation
    waiting.remove(number, for: key(of: obligation))
    return obligation
  }

  /// Puts transfers that a plan leaves for later back, before those that came since.
  mutating func putBack(_ obligations: [Obligation]) {
    guard !obligations.isEmpty, !planted(Plant.deferredForgotten) else { return }
    let book = self
    waiting.putBack(obligations.map { ($0.payment, key(of: $0)) }) {
      book.key(of: book[$0].obligation)
    }
  }

  private func obligations(_ numbers: [PaymentID]) -> [Obligation] {
    numbers.map { self[$0].obligation }
  }

  /// Transfers that wait and that no plan will be asked for; empty unless one was forgotten.
  var forgotten: [PaymentID] {
    let asked = Set(pending)
    return entries.indices.map { PaymentID($0 + 1) }
      .filter { self[$0].state == .waiting && !asked.contains($0) }
  }

  /// A plan's batch is on its way; returns its number from 1.
  mutating func send(_ batch: Batch) -> BatchID {
    for number in batch.members { move(number, from: .waiting, to: .sent) }
    batches.append(batch)
    return BatchID(batches.count)
  }

  /// The batches of a set that are not reversed.
  func live(in set: WireSetID) -> [BatchID] {
    wires.batches(of: set).filter { !batch($0).isReversed }
  }

  /// The transfers of a batch that has arrived at `time` (ns).
  mutating func settle(_ number: BatchID, at time: Int64) -> Batch {
    let settled = batch(number)
    if !settled.isOnItsWay { note("batch \(number) settles after it has ended") }
    for number in settled.members {
      move(number, from: .sent, to: .settled)
      entries[Int(number) - 1].settled = time
    }
    open -= settled.members.count
    batches[Int(number) - 1].hasArrived = true
    return settled
  }

  /// The transfers of a batch on its way go back to their payers.
  mutating func reverse(batch number: BatchID) -> Batch { giveBack(number, as: .reversed) }

  /// The transfers of a batch that found no funds by the close at `time` (ns) fail: they go back to
  /// their payers for good.
  mutating func fail(batch number: BatchID, at time: Int64) -> Batch {
    let failed = giveBack(number, as: .failed)
    for number in failed.members { entries[Int(number) - 1].failed = time }
    return failed
  }

  private mutating func giveBack(_ number: BatchID, as end: State) -> Batch {
    let batch = batch(number)
    for number in batch.members { move(number, from: .sent, to: end) }
    open -= batch.members.count
    batches[Int(number) - 1].isReversed = true
    return batch
  }

  /// A transfer that waits, or was just taken, goes back to its payer.
  mutating func reverse(_ number: PaymentID) {
    move(number, from: .waiting, to: .reversed)
    waiting.remove(number, for: key(of: self[number].obligation))
    open -= 1
  }

  private mutating func move(_ number: PaymentID, from state: State, to next: State) {
    let index = Int(number) - 1
    if entries[index].state != state {
      note("transfer \(number) is \(entries[index].state) and cannot become \(next)")
    }
    entries[index].state = next
  }

  private mutating func note(_ found: String) {
    if fault == nil { fault = found }
  }
}
