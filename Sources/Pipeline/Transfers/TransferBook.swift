import Batching
import Interbank
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
    /// When it came to its end (ns): was settled, reversed or failed; not before then.
    var ended = Int64.max
    /// Position among the recorded payments, from 1; 0 for one that was drawn, or gives back.
    var record: UInt32 = 0
    /// The group of settlements, within its currency, with which it settled; 0: nothing moved.
    var group: UInt32 = 0
    var state: State
    /// Whether a payee's bank gives money back with it.
    var isReturn = false
    /// How the wire settled with which it was complete; nil before, and where nothing had to move.
    var mechanism: SettlementMechanism?
    /// Whether the wire with which it was complete had settled in parts.
    var isInParts = false

    init(obligation: Obligation, isReturn: Bool, record: UInt32) {
      self.obligation = obligation
      self.isReturn = isReturn
      self.record = record
      state = .waiting
    }

    /// When it was settled (ns); `.max` if it was not.
    var settled: Int64 { state == .settled ? ended : .max }
  }

  /// Transfers that are settled together.
  struct Batch {
    /// Those of its transfers that follow the first; mostly it has one, which takes no list.
    private var others: [PaymentID] = []
    /// What arrives at the payee's bank, minor units.
    var payout: Int64
    private var first = PaymentID(0)
    var payer: BankID
    var payee: BankID
    /// Position in the run's list.
    var currency: CurrencyIndex
    /// Whether its transfers have gone back to their payers.
    var isReversed = false
    /// Whether its transfers, which settle together, have settled.
    var hasArrived = false

    init(
      members: [PaymentID], payer: BankID, payee: BankID, currency: CurrencyIndex, payout: Int64
    ) {
      self.payer = payer
      self.payee = payee
      self.currency = currency
      self.payout = payout
      self.members = members
    }

    /// Its transfers, which are numbered from 1.
    var members: [PaymentID] {
      get { first == PaymentID(0) ? [] : [first] + others }
      set {
        first = newValue.first ?? PaymentID(0)
        others = Array(newValue.dropFirst())
      }
    }

    /// Whether it has neither arrived nor gone back.
    var isOnItsWay: Bool { !hasArrived && !isReversed }

    func concerns(_ bank: BankID) -> Bool { payer == bank || payee == bank }
  }

  private(set) var entries: [Entry] = []
  private(set) var batches: [Batch] = []
  /// The wires that batches wait for.
  var wires: WireSets
  /// Wires that carry one recorded payment which the schedule names, and no other, by its position.
  var namedWires: [Int: WireID] = [:]
  /// Transfers that no strategy has taken yet.
  private var waiting = WaitingTransfers()
  /// Transfers that no strategy may take yet.
  private(set) var held: Set<PaymentID> = []
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

  /// Makes room for that many transfers.
  mutating func reserve(_ count: Int) {
    entries.reserveCapacity(entries.count + count)
    batches.reserveCapacity(batches.count + count)
    wires.reserve(count)
  }

  /// Takes a transfer on.
  ///
  /// - Parameters:
  ///   - record: its position among the recorded payments, from 1; 0: it is none.
  ///   - isHeld: whether no strategy may take it yet.
  mutating func accept(
    _ obligation: Obligation, isReturn: Bool, record: UInt32 = 0, isHeld: Bool = false
  ) {
    precondition(obligation.payment == nextNumber, "transfers are numbered in order of arrival")
    entries.append(Entry(obligation: obligation, isReturn: isReturn, record: record))
    if isHeld {
      held.insert(obligation.payment)
    } else {
      waiting.append(obligation.payment, for: key(of: obligation))
    }
    open += 1
  }

  /// A strategy may take a transfer from now on; it stands behind those that came before now.
  mutating func letGo(_ number: PaymentID) {
    precondition(held.remove(number) != nil, "transfer \(number) is not held")
    waiting.enter(number, for: key(of: self[number].obligation))
  }

  /// Takes all pending transfers, in the order of arrival.
  mutating func take() -> [Obligation] {
    // In two steps: the whole book, which `obligations` is asked of, would be held meanwhile, and
    // what changes in it copied.
    let taken = waiting.takeAll()
    return obligations(taken)
  }

  /// Takes those that are counted together. O(their number).
  mutating func take(for key: WaitingKey) -> [Obligation] {
    let taken = waiting.take(for: key)
    return obligations(taken)
  }

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
    let asked = Set(pending).union(held)
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

  /// The transfers of a batch that has arrived at `time` (ns) with its last wire, `settlement`.
  mutating func settle(
    _ number: BatchID, at time: Int64, by settlement: Settlement? = nil, inParts: Bool = false
  ) -> Batch {
    let settled = batch(number)
    if !settled.isOnItsWay { note("batch \(number) settles after it has ended") }
    for number in settled.members {
      move(number, from: .sent, to: .settled)
      entries[Int(number) - 1].ended = time
      if let settlement {
        entries[Int(number) - 1].mechanism = settlement.mechanism
        entries[Int(number) - 1].group = UInt32(truncatingIfNeeded: settlement.group)
        entries[Int(number) - 1].isInParts = inParts
      }
    }
    open -= settled.members.count
    batches[Int(number) - 1].hasArrived = true
    return settled
  }

  /// The transfers of a batch on its way go back to their payers at `time` (ns).
  mutating func reverse(batch number: BatchID, at time: Int64) -> Batch {
    giveBack(number, as: .reversed, at: time)
  }

  /// The transfers of a batch that found no funds by the close at `time` (ns) fail: they go back to
  /// their payers for good.
  mutating func fail(batch number: BatchID, at time: Int64) -> Batch {
    giveBack(number, as: .failed, at: time)
  }

  private mutating func giveBack(_ number: BatchID, as end: State, at time: Int64) -> Batch {
    let batch = batch(number)
    for number in batch.members {
      move(number, from: .sent, to: end)
      entries[Int(number) - 1].ended = time
    }
    open -= batch.members.count
    batches[Int(number) - 1].isReversed = true
    return batch
  }

  /// A transfer that waits, or was just taken, goes back to its payer at `time` (ns).
  mutating func reverse(_ number: PaymentID, at time: Int64) {
    move(number, from: .waiting, to: .reversed)
    entries[Int(number) - 1].ended = time
    held.remove(number)
    waiting.remove(number, for: key(of: self[number].obligation))
    open -= 1
  }

  /// What has settled of open transfers that have a wire of their own, minor units, given what has
  /// of each wire.
  func parts(_ settled: [WireID: Int64]) -> [PaymentID: Int64] {
    var parts: [PaymentID: Int64] = [:]
    for (wire, amount) in settled where wires[wire].state == .open {  // ordered: a dictionary
      let batches = wires.batches(of: wires[wire].set)
      guard batches.count == 1, batch(batches[0]).members.count == 1 else { continue }
      parts[batch(batches[0]).members[0]] = amount
    }
    return parts
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
