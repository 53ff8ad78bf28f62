import Money
import PaymentModel
import Testing
import VirtualTime

@testable import Pipeline

@Suite("Watches on what is repeated, written, given back and exchanged")
struct RepeatWatchTests {
  private static func request(
    _ key: KeyFingerprint, attempt: UInt8 = 0, _ traits: PaymentTraits = []
  ) -> PaymentRequest {
    var request = PaymentRequest(
      fingerprint: key, amount: 500, merchant: 0, bodyHash: 0, currency: 0, issuer: 0,
      traits: traits, sent: 0)
    request.attempt = attempt
    return request
  }

  @Test("a request that is refused for now comes again with its key, once, until it is given up")
  func refused() {
    var watch = RepeatWatch()
    watch.arrived(Self.request(1))
    watch.refused(Self.request(1), retries: 1)
    #expect(watch.fault != nil)
    var other = watch
    other.arrived(Self.request(2, attempt: 1))
    #expect(other.fault != nil)
    watch.arrived(Self.request(1, attempt: 1))
    #expect(watch.fault == nil)
    watch.refused(Self.request(1, attempt: 1), retries: 1)
    #expect(watch.fault == nil)
    watch.arrived(Self.request(1, attempt: 1))
    #expect(watch.fault != nil)
  }

  @Test("what a client sends twice comes twice, with one key")
  func twice() {
    var watch = RepeatWatch()
    watch.arrived(Self.request(1, .duplicate))
    #expect(watch.fault != nil)
    var other = watch
    other.arrived(Self.request(2, .resent))
    #expect(other.fault != nil)
    watch.arrived(Self.request(1, .resent))
    #expect(watch.fault == nil)
  }

  @Test("a write is durable after its group has been gathered, and not before an earlier one")
  func commits() {
    var watch = CommitWatch(gather: 10)
    #expect(watch.fault(ofWriteAt: 100, durableAt: 112) == nil)
    #expect(watch.fault(ofWriteAt: 109, durableAt: 112) == nil)
    var (early, overtaking) = (watch, watch)
    #expect(early.fault(ofWriteAt: 110, durableAt: 119) != nil)
    #expect(overtaking.fault(ofWriteAt: 101, durableAt: 111) != nil)
    #expect(watch.fault(ofWriteAt: 110, durableAt: 120) == nil)
    var single = CommitWatch(gather: 0)
    #expect(single.fault(ofWriteAt: 5, durableAt: 5) == nil)
    #expect(single.fault(ofWriteAt: 7, durableAt: 6) != nil)
  }

  @Test("what is given back is what was asked back, of what was captured")
  func back() {
    var watch = BackWatch()
    #expect(watch.isWhole(0, of: 1, captured: 50))
    watch.ask(20, of: 1)
    watch.ask(10, of: 1)
    #expect(watch.allows(30, of: 1) && !watch.allows(31, of: 1) && !watch.allows(1, of: 2))
    #expect(watch.isWhole(30, of: 1, captured: 50) && watch.isWhole(25, of: 1, captured: 25))
    #expect(!watch.isWhole(20, of: 1, captured: 50) && !watch.isWhole(1, of: 2, captured: 50))
    watch.ask(.max, of: 1)
    #expect(watch.isWhole(50, of: 1, captured: 50))
  }
}
