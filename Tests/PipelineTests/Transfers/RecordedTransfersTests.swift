import Money
import PaymentModel
import Testing

@testable import Pipeline

@Suite("Recorded transfers")
struct RecordedTransfersTests {
  private static func payment(
    _ arrival: Int64, group: UInt32 = 0, deadline: Int64? = nil, to: Currency = .usd
  ) -> RecordedTransfers.Payment {
    var payment = RecordedTransfers.Payment(
      arrival: arrival, amount: arrival + 1, payer: 0, payee: 1, source: .usd, destination: to)
    payment.group = group
    payment.deadline = deadline
    return payment
  }

  @Test("columns that no row has stay empty, and begin with the usual value where one has it")
  func columns() {
    var recorded = RecordedTransfers()
    for arrival in 0..<3 { recorded.append(Self.payment(Int64(arrival))) }
    #expect(recorded.deadlines.isEmpty && recorded.groups.isEmpty && recorded.earliest.isEmpty)
    #expect(recorded.destinations.isEmpty && recorded.priorities.isEmpty)
    recorded.append(Self.payment(3, deadline: 9, to: .eur))
    recorded.append(Self.payment(4))
    #expect(recorded.deadlines.count == 5 && recorded.destinations.count == 5)
    #expect((0..<5).map { recorded[$0].deadline } == [nil, nil, nil, 9, nil])
    #expect((0..<5).map { recorded[$0].destination } == [.usd, .usd, .usd, .eur, .usd])
    #expect(recorded.currencies == [.usd, .eur])
  }

  @Test("the first row may already have what others have not")
  func first() {
    var recorded = RecordedTransfers()
    recorded.append(Self.payment(0, deadline: 7, to: .eur))
    recorded.append(Self.payment(1))
    #expect(recorded[0].destination == .eur && recorded[1].destination == .usd)
    #expect(recorded[0].deadline == 7 && recorded[1].deadline == nil)
  }

  @Test("in another order groups are numbered by their first payments, and keep their sizes")
  func reordered() {
    var recorded = RecordedTransfers()
    for (arrival, group) in [(5, 1), (3, 2), (4, 1), (2, 2), (1, 2)] {
      recorded.append(Self.payment(Int64(arrival), group: UInt32(group)))
    }
    #expect(recorded.groupSizes == [2, 3])
    let sorted = recorded.reordered([4, 3, 1, 2, 0])
    #expect(sorted.arrivals == [1, 2, 3, 4, 5] && sorted.groups == [1, 1, 1, 2, 2])
    #expect(sorted.groupSizes == [3, 2])
  }
}

@Suite("Instructions that settle all or none")
struct LinkedInstructionsTests {
  private static func instruction(_ group: UInt32, currency: Int = 0) -> Instruction {
    var instruction = Instruction(
      kind: .transfer, cell: Instruction.desk, reference: group, payer: BankID(0),
      payee: BankID(1), currency: CurrencyIndex(currency), amount: 5)
    instruction.group = group
    return instruction
  }

  @Test("a group is tried when it is complete, and again when the bank that lacks money is paid")
  func retried() {
    var linked = LinkedInstructions()
    linked.add(Self.instruction(7), of: 2)
    #expect(linked.next() == nil && !linked.areBlocked && linked.waits(in: CurrencyIndex(0)))
    linked.add(Self.instruction(7), of: 2)
    let complete = linked.next()
    #expect(complete?.group == 7 && complete?.members.count == 2)
    linked.block(7, by: .init(currency: CurrencyIndex(0), bank: 4))
    linked.received(.init(currency: CurrencyIndex(1), bank: 4))
    #expect(linked.next() == nil && linked.areBlocked)
    linked.received(.init(currency: CurrencyIndex(0), bank: 4))
    #expect(linked.next()?.group == 7)
    linked.remove(7)
    #expect(linked.all.isEmpty && !linked.waits(in: CurrencyIndex(0)))
  }

  @Test("a new day tries all, by number; a close takes groups back whole, and what comes late too")
  func days() {
    var linked = LinkedInstructions()
    for group: UInt32 in [3, 1, 2] {
      linked.add(Self.instruction(group), of: 1)
      _ = linked.next()
      linked.block(
        group, by: group == 1 ? nil : .init(currency: CurrencyIndex(0), bank: Int(group)))
    }
    linked.retryAll()
    #expect((0..<3).compactMap { _ in linked.next()?.group } == [1, 2, 3])
    linked.add(Self.instruction(9), of: 2)
    linked.add(Self.instruction(4, currency: 1), of: 1)
    #expect(linked.take(in: CurrencyIndex(0)).map(\.group) == [1, 2, 3, 9])
    #expect(linked.hasGoneBack(9) && !linked.hasGoneBack(4))
    #expect(linked.next()?.group == 4)
  }
}
