import Batching
import PaymentModel
import Testing

@Suite("Groups of obligations")
struct ObligationBookTests {
  @Test("groups do not depend on the order or the book of arrival", arguments: 0..<100)
  func order(seed: Int) throws {
    let small = try SmallWorld(seed: seed)
    var numbers = SplitMix(seed: seed)
    var books = [ObligationBook](
      repeating: ObligationBook(slots: SlotScale(length: SmallWorld.hour)), count: 3)
    var single = books[0]
    for (obligation, fee) in zip(small.obligations, small.fees) {
      single.add(obligation, fee: fee, rates: small.world.rates)
    }
    for (obligation, fee) in Array(zip(small.obligations, small.fees)).shuffled(using: &numbers) {
      books[numbers.pick(0...2)].add(obligation, fee: fee, rates: small.world.rates)
    }
    #expect(ObligationBook.grouped(books) == single.grouped, "seed \(seed)")
    #expect(single.grouped.count == small.obligations.count, "seed \(seed)")
  }

  @Test(
    "a group has one key, and holds counts, sums and refunds of its obligations", arguments: 0..<50)
  func sums(seed: Int) throws {
    let small = try SmallWorld(seed: seed)
    let slots = small.grouped.slots
    for group in small.grouped.groups {
      let members = small.obligations.filter {
        $0.merchant == group.merchant && $0.route == group.route
          && $0.businessDay == group.businessDay && $0.isUrgent == group.isUrgent
          && slots.slot(at: $0.captured) == group.slot
      }
      #expect(group.count == members.count, "seed \(seed)")
      #expect(group.amount == members.map(\.amount).reduce(0, +), "seed \(seed)")
      #expect(group.refunded == -members.map { min(0, $0.amount) }.reduce(0, +), "seed \(seed)")
      let kept = zip(small.obligations, small.fees).filter { members.contains($0.0) }.map(\.1)
      #expect(group.fees == kept.reduce(0, +), "seed \(seed)")
      #expect(group.net == group.amount - group.fees, "seed \(seed)")
      #expect(group.paid == group.net + group.refunded, "seed \(seed)")
    }
  }

  @Test("many slots in turn still make one group each")
  func interleaved() throws {
    var book = ObligationBook(slots: SlotScale(length: 10))
    for round in 0..<5 {
      for slot in 0..<100 {
        var obligation = PlanningTests.obligations(1)[0]
        obligation.captured = Int64(slot * 10 + round)
        try book.add(obligation)
      }
    }
    #expect(book.grouped.groups.map(\.slot) == (0..<100).map { Int32($0) })
    #expect(book.grouped.groups.allSatisfy { $0.count == 5 && $0.amount == 500 })
  }

  @Test("an obligation takes 40 bytes")
  func size() {
    #expect(MemoryLayout<Obligation>.stride == 40)
  }

  @Test("sums beyond 64 bits stop the program")
  func overflow() async {
    await #expect(processExitsWith: .failure) {
      var obligation = PlanningTests.obligations(1)[0]
      obligation.amount = .max
      var book = ObligationBook(slots: SlotScale(length: 10))
      try book.add(obligation)
      try book.add(obligation)
    }
  }
}
