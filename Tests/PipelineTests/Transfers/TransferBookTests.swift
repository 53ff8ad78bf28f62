import Money
import PaymentModel
import Testing

@testable import Pipeline

@Suite("The book of transfers")
struct TransferBookTests {
  private let a = BankID(1)
  private let b = BankID(2)

  private func order(_ number: PaymentID) -> Obligation {
    Obligation(
      payment: number, merchant: MerchantID(0),
      route: SettlementRoute(payer: a, payee: b, source: .usd, destination: .usd), amount: 10,
      captured: 0, businessDay: 0, deadline: 0, latest: .rtgs)
  }

  private func book(_ orders: Int) -> TransferBook {
    var book = TransferBook(keepsHistory: true)
    for number in 1...orders { book.accept(order(PaymentID(number)), isReturn: false) }
    return book
  }

  private func batch(_ members: [PaymentID]) -> TransferBook.Batch {
    TransferBook.Batch(
      members: members, payer: a, payee: b, currency: 0, payout: 10 * Int64(members.count))
  }

  @Test("a transfer is open until it is settled or reversed")
  func open() {
    var book = book(3)
    #expect(book.open == 3)
    book.reverse(2, at: 5)
    #expect(book.open == 2 && book[2].state == .reversed && book.pending == [1, 3])
    let number = book.send(batch(book.take().map(\.payment)))
    #expect(book.open == 2 && book[1].state == .sent)
    #expect(book.settle(number, at: 5).members == [1, 3])
    #expect(book.open == 0 && book[3].state == .settled && book[3].settled == 5)
  }

  @Test("a batch that is reversed is no longer live in its set")
  func reversed() {
    var book = book(2)
    _ = book.take()
    let first = book.send(batch([1]))
    let second = book.send(batch([2]))
    let set = book.wires.addSet(of: [first, second], in: 0)
    #expect(book.live(in: set) == [first, second])
    #expect(book.reverse(batch: first, at: 5).members == [1])
    #expect(book.live(in: set) == [second])
    #expect(book[1].state == .reversed && book[2].state == .sent && book.open == 1)
  }

  @Test("what was reversed cannot settle, what has settled not again, and the book says so")
  func never() {
    var reversed = book(2)
    let number = reversed.send(batch(reversed.take().map(\.payment)))
    var settled = reversed
    #expect(reversed.fault == nil)
    _ = reversed.reverse(batch: number, at: 5)
    #expect(reversed.fault == nil)
    _ = reversed.settle(number, at: 0)
    #expect(reversed.fault != nil)
    _ = settled.settle(number, at: 0)
    #expect(settled.fault == nil)
    var reversedLate = settled
    _ = settled.settle(number, at: 1)
    #expect(settled.fault != nil)
    _ = reversedLate.fail(batch: number, at: 1)
    #expect(reversedLate.fault != nil)
  }
}
