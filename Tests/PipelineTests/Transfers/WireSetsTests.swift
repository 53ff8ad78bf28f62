import PaymentModel
import Testing

@testable import Pipeline

@Suite("Wires and the batches that arrive with them")
struct WireSetsTests {
  private let a = BankID(1)
  private let b = BankID(2)
  private let house = BankID(9)

  @Test("the batches of a set arrive together, with its last wire")
  func together() {
    var wires = WireSets()
    let set = wires.addSet(of: [1, 2], in: 0)
    let first = wires.addWire(to: set, payer: a, payee: house, amount: 5)
    let second = wires.addWire(to: set, payer: house, payee: b, amount: 5)
    #expect((first, second) == (1, 2))
    #expect(wires.executed(second) == [])
    #expect(wires.executed(first) == [1, 2])
  }

  @Test("a wire that is unknown, executed or taken back is not executed")
  func once() {
    var wires = WireSets(keepsHistory: true)
    let set = wires.addSet(of: [1], in: 0)
    let wire = wires.addWire(to: set, payer: a, payee: b, amount: 5)
    #expect(wires.executed(2) == nil && wires.executed(0) == nil)
    #expect(wires.executed(wire) == [1])
    #expect(wires.executed(wire) == nil)
    let other = wires.addSet(of: [2], in: 0)
    let back = wires.addWire(to: other, payer: a, payee: b, amount: 7)
    wires.hold(other)
    wires.withdraw(back, moved: 3)
    #expect(wires.executed(back) == nil)
    #expect(wires[back].amount == 3)
  }

  @Test("a set that is held does not arrive before it is let go")
  func hold() {
    var wires = WireSets(keepsHistory: true)
    let set = wires.addSet(of: [1], in: 0)
    let old = wires.addWire(to: set, payer: a, payee: b, amount: 5)
    let rest = wires.addWire(to: set, payer: b, payee: a, amount: 1)
    wires.hold(set)
    wires.withdraw(old, moved: 0)
    #expect(wires.executed(rest) == [])
    let new = wires.addWire(to: set, payer: a, payee: b, amount: 4)
    #expect(wires.release(set) == [])
    #expect(wires.executed(new) == [1])
  }

  @Test("the sets of a bank are those in which it has an open wire, each with all its wires")
  func open() {
    var wires = WireSets(keepsHistory: true)
    let gross = wires.addSet(of: [1], in: 0)
    let net = wires.addSet(of: [2, 3], in: 0)
    let other = wires.addSet(of: [4], in: 0)
    let done = wires.addWire(to: gross, payer: a, payee: b, amount: 1)
    _ = wires.addWire(to: net, payer: house, payee: b, amount: 2)
    _ = wires.addWire(to: other, payer: b, payee: house, amount: 2)
    _ = wires.addWire(to: net, payer: a, payee: house, amount: 2)
    _ = wires.executed(done)
    let found = wires.sets(withOpenWiresOf: a)
    #expect(found.map(\.set) == [net])
    #expect(found.map(\.wires) == [[2, 4]])
  }
}

@Suite("What a set of wires moves once a bank is taken out")
struct RearrangementTests {
  private let a = BankID(1)
  private let b = BankID(2)
  private let c = BankID(3)
  private let house = BankID(9)

  private func wire(_ payer: BankID, _ payee: BankID, _ amount: Int64) -> WireSets.Wire {
    WireSets.Wire(set: 0, payer: payer, payee: payee, amount: amount)
  }

  private func missing(
    _ batches: [(payer: BankID, payee: BankID, amount: Int64)], _ wires: [WireSets.Wire]
  ) -> [BankID: Int64] {
    let plan = Rearrangement(batches: batches, wires: wires, clearingHouse: house)
    return Dictionary(uniqueKeysWithValues: plan.missing(wires).map { ($0.bank, $0.amount) })
  }

  @Test("nothing is missing while all batches are in")
  func whole() {
    let batches = [(payer: a, payee: b, amount: Int64(10)), (b, c, 4), (c, a, 1)]
    #expect(missing(batches, [wire(a, house, 9), wire(house, b, 6), wire(house, c, 3)]) == [:])
  }

  @Test("a netting without one bank moves what the others owe each other")
  func without() {
    // Of a to b 10, b to c 4 and c to a 1 the last remains when b has failed.
    let batches = [(payer: c, payee: a, amount: Int64(1))]
    let wires = [wire(a, house, 9), wire(house, c, 3)]
    #expect(missing(batches, wires) == [a: 10, c: -4])
  }

  @Test("what had become final in parts is given back")
  func parts() {
    #expect(missing([], [wire(a, b, 3)]) == [a: 3])
    #expect(missing([], [wire(b, a, 3)]) == [b: 3])
    #expect(missing([], [wire(a, b, 0)]) == [:])
  }

  @Test("a bank that nets to nothing may owe something without the failed one")
  func even() {
    let batches = [(payer: b, payee: c, amount: Int64(4))]
    #expect(missing(batches, [wire(a, house, 0), wire(house, c, 4)]) == [b: -4])
  }
}
