import Batching
import PaymentModel
import Testing

@testable import Pipeline

@Suite("Transfers that wait")
struct WaitingTransfersTests {
  @Test("whatever is taken, put back or removed, those that wait are the ones of a plain list")
  func plainList() {
    var numbers = SplitMix(seed: 4)
    for _ in 0..<40 {
      var waiting = WaitingTransfers()
      var list: [(number: PaymentID, key: WaitingKey)] = []
      var payees: [WaitingKey] = []
      var taken: [(number: PaymentID, key: WaitingKey)] = []
      for _ in 0..<300 {
        let payee = WaitingKey(payee: BankID(UInt16(numbers.next() % 5)), lane: .all)
        switch numbers.next() % 16 {
        case 0:
          taken = list
          list = []
          #expect(waiting.takeAll() == taken.map(\.number))
        case 1, 2:
          taken = list.filter { $0.key == payee }
          list.removeAll { $0.key == payee }
          #expect(waiting.take(for: payee) == taken.map(\.number))
        case 3...5:
          guard !list.isEmpty else { continue }
          let place = Int(numbers.next() % UInt64(list.count))
          waiting.remove(list[place].number, for: list[place].key)
          list.remove(at: place)
        case 6:
          list = taken + list
          waiting.putBack(taken) { payees[Int($0) - 1] }
          taken = []
        default:
          payees.append(payee)
          list.append((PaymentID(payees.count), payee))
          waiting.append(PaymentID(payees.count), for: payee)
        }
        #expect(waiting.numbers == list.map(\.number) && waiting.count == list.count)
        #expect(waiting.count(for: payee) == list.count { $0.key == payee })
      }
    }
  }
}
