import PaymentModel
import Plants

/// The wires of the transfer desk, by number from 1, and the batches that arrive with them. Pure.
///
/// Batches that one netting comprises, or a gross batch alone, form a set: they arrive together,
/// when the last of the set's wires has been executed. A wire that is not executed can be
/// withdrawn; the set then waits for what takes its place.
struct WireSets {
  enum State: UInt8, Sendable { case open, executed, withdrawn }

  struct Wire: Sendable {
    /// Position of its set.
    var set: WireSetID
    var payer: BankID
    var payee: BankID
    /// Minor units; of a withdrawn wire only what had become final in parts.
    var amount: Int64
    var state = State.open

    func concerns(_ bank: BankID) -> Bool { payer == bank || payee == bank }
  }

  private struct Group {
    /// The batches, by number; empty once they have arrived, unless history is kept.
    var batches: [BatchID]
    /// Wires that have not been executed, and a hold while the set is rearranged.
    var open: Int32 = 0
    var currency: CurrencyIndex
  }

  private(set) var wires: [Wire] = []
  private var groups: [Group] = []
  /// What banks send by wires that are open, minor units by currency and bank; looked up by key.
  private var underWay: [UInt32: Int64] = [:]
  /// Whether sets are kept after their arrival, for a failure that may come.
  let keepsHistory: Bool

  init(keepsHistory: Bool = false) { self.keepsHistory = keepsHistory }

  /// Makes room for that many wires, each of a set of its own.
  mutating func reserve(_ count: Int) {
    wires.reserveCapacity(wires.count + count)
    groups.reserveCapacity(groups.count + count)
  }

  /// The wire with a number.
  subscript(_ wire: WireID) -> Wire { wires[Int(wire) - 1] }

  /// What a bank sends in a currency by wires that are open, minor units.
  func underWay(from bank: BankID, _ currency: CurrencyIndex) -> Int64 {
    underWay[key(bank, currency)] ?? 0
  }

  private func key(_ bank: BankID, _ currency: CurrencyIndex) -> UInt32 {
    UInt32(currency.rawValue) << 16 | UInt32(bank.rawValue)
  }

  /// Whether no wire is under way.
  var isEmpty: Bool { wires.allSatisfy { $0.state != .open } }

  /// Numbers of the wires that are open.
  var open: [WireID] {
    wires.indices.filter { wires[$0].state == .open }.map { WireID($0 + 1) }
  }

  /// Wires of a set that have not been executed, and holds.
  func openCount(of set: WireSetID) -> Int { Int(groups[Int(set)].open) }

  /// The batches of a set.
  func batches(of set: WireSetID) -> [BatchID] { groups[Int(set)].batches }

  /// The currency of a set, a position in the run's list.
  func currency(of set: WireSetID) -> CurrencyIndex { groups[Int(set)].currency }

  /// Whether all wires of a set are executed or withdrawn.
  func hasArrived(_ set: WireSetID) -> Bool { groups[Int(set)].open == 0 }

  /// Batches in one currency that arrive together; returns the position of their set.
  mutating func addSet(of batches: [BatchID], in currency: CurrencyIndex) -> WireSetID {
    groups.append(Group(batches: batches, currency: currency))
    return WireSetID(groups.count - 1)
  }

  /// A wire that the batches of `set` depend on is on its way; returns its number.
  mutating func addWire(
    to set: WireSetID, payer: BankID, payee: BankID, amount: Int64
  ) -> WireID {
    if !planted(Plant.wireNotCounted) || groups[Int(set)].open == 0 { groups[Int(set)].open += 1 }
    wires.append(Wire(set: set, payer: payer, payee: payee, amount: amount))
    underWay[key(payer, currency(of: set)), default: 0] += amount
    return WireID(wires.count)
  }

  /// A wire was executed: the batches that arrive with it. Nil for a wire that is not open.
  mutating func executed(_ wire: WireID) -> [BatchID]? {
    let index = Int(wire) - 1
    guard wires.indices.contains(index), wires[index].state == .open else { return nil }
    wires[index].state = .executed
    end(wires[index])
    if planted(Plant.settledOnFirstWire) {
      let batches = groups[Int(wires[index].set)].batches
      groups[Int(wires[index].set)].batches = []
      _ = release(wires[index].set)
      return batches
    }
    return release(wires[index].set)
  }

  /// An open wire was taken back; `moved` of it had become final before.
  /// - Precondition: the set is held.
  mutating func withdraw(_ wire: WireID, moved: Int64) {
    let index = Int(wire) - 1
    precondition(wires[index].state == .open, "wire \(wire) is \(wires[index].state)")
    wires[index].state = .withdrawn
    end(wires[index])
    wires[index].amount = moved
    groups[Int(wires[index].set)].open -= 1
    precondition(groups[Int(wires[index].set)].open > 0, "the set of wire \(wire) is not held")
  }

  private mutating func end(_ wire: Wire) {
    underWay[key(wire.payer, currency(of: wire.set)), default: 0] -= wire.amount
  }

  /// Keeps a set from arriving until `release`.
  mutating func hold(_ set: WireSetID) { groups[Int(set)].open += 1 }

  /// Lets go of a set, or of one of its wires: the batches that arrive with that.
  mutating func release(_ set: WireSetID) -> [BatchID] {
    groups[Int(set)].open -= 1
    guard groups[Int(set)].open == 0 else { return [] }
    let batches = groups[Int(set)].batches
    if !keepsHistory { groups[Int(set)].batches = [] }
    return batches
  }

  /// Numbers of all wires of the sets in which `bank` has an open one, set by set in the order of
  /// the first such wire. O(wires).
  func sets(withOpenWiresOf bank: BankID) -> [(set: WireSetID, wires: [WireID])] {
    grouped(wires.filter { $0.state == .open && $0.concerns(bank) })
  }

  /// Numbers of all wires of the sets to which the wires with these numbers belong, set by set in
  /// the order in which they are given. O(wires).
  func sets(of numbers: [WireID]) -> [(set: WireSetID, wires: [WireID])] {
    grouped(numbers.map { self[$0] })
  }

  private func grouped(_ chosen: [Wire]) -> [(set: WireSetID, wires: [WireID])] {
    var places: [WireSetID: Int] = [:]
    var found: [(set: WireSetID, wires: [WireID])] = []
    for wire in chosen where places[wire.set] == nil {
      places[wire.set] = found.count
      found.append((wire.set, []))
    }
    for (index, wire) in wires.enumerated() {
      if let place = places[wire.set] { found[place].wires.append(WireID(index + 1)) }
    }
    return found
  }
}
