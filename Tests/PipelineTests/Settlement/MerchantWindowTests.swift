import PaymentModel
import Testing

@testable import Pipeline

@Suite("Merchant window")
struct MerchantWindowTests {
  @Test("the cut-off parts the days by event time, not by order of arrival")
  func cutOff() {
    var window = MerchantWindow(closesAt: 100, businessDay: 7)
    #expect(window.add(1, second: 99) == .current)
    #expect(window.add(2, second: 100) == .next)
    #expect(window.add(3, second: 0) == .current)
    let closed = window.close(nextCutOff: 200)
    #expect(closed.businessDay == 7)
    #expect(closed.payments.payments == [1, 3])
    #expect(window.businessDay == 8 && window.opensAt == 100 && window.closesAt == 200)
    let next = window.close(nextCutOff: 300)
    #expect(next.businessDay == 8)
    #expect(next.payments.payments == [2])
  }

  @Test("an event before the watermark's passing is in time, one after it is late and counts")
  func late() {
    var window = MerchantWindow(closesAt: 100, businessDay: 0)
    #expect(window.add(1, second: 40) == .current)
    _ = window.close(nextCutOff: 200)
    #expect(window.add(2, second: 99) == .late)
    #expect(window.add(3, second: 100) == .current)
    #expect(window.close(nextCutOff: 300).payments.payments == [2, 3])
  }

  @Test("refunds come off the next batch, whatever the day")
  func refunds() {
    var window = MerchantWindow(closesAt: 100, businessDay: 0)
    window.add(RefundLine(payment: 1, amount: 5, second: 150))
    #expect(!window.current.isEmpty)
    let closed = window.close(nextCutOff: 200).payments
    #expect(closed.payments.isEmpty && closed.refunds.map(\.payment) == [1])
    #expect(window.current.isEmpty && window.following.isEmpty)
  }

  @Test("what is taken early does not come again at the cut-off, and the next day stays")
  func taking() {
    var window = MerchantWindow(closesAt: 100, businessDay: 0)
    _ = window.add(1, second: 10)
    _ = window.add(2, second: 110)
    #expect(window.take().payments == [1])
    #expect(window.take().isEmpty)
    _ = window.add(3, second: 20)
    #expect(window.close(nextCutOff: 200).payments.payments == [3])
    #expect(window.take().payments == [2])
  }

  @Test(
    "every payment comes out once, in the day of its event unless it was late", arguments: 0..<20)
  func model(seed: Int) {
    var numbers = SplitMix(seed: seed)
    let lateness = 20
    var window = MerchantWindow(closesAt: 100, businessDay: 0)
    var due: [PaymentID: Int32] = [:]
    var lateCount = 0
    var payment: PaymentID = 0
    func check(_ closed: (businessDay: Int32, payments: PaymentList)) {
      for payment in closed.payments.payments {
        let day = due.removeValue(forKey: payment)
        #expect(day == closed.businessDay, "seed \(seed), payment \(payment)")
      }
    }
    for day in 0..<8 as Range<Int32> {
      let watermark = Int(day) * 100 + 100 + lateness
      for now in stride(from: watermark - 99, through: watermark, by: 3) {
        payment += 1
        let second = max(0, now - numbers.pick(0...(numbers.once(in: 4) ? 60 : 5)))
        // Days before this one have been closed.
        let own = Int32(second / 100)
        due[payment] = max(own, day)
        let placement = window.add(payment, second: Int64(second))
        #expect(placement == (own < day ? .late : own == day ? .current : .next))
        if own < day { lateCount += 1 }
      }
      check(window.close(nextCutOff: Int64(day) * 100 + 200))
    }
    check(window.close(nextCutOff: 10_000))
    #expect(due.isEmpty && lateCount > 0)
  }
}
