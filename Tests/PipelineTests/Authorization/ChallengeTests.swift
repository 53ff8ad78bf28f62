import Chance
import PaymentModel
import Scenario
import Testing

@testable import Pipeline

@Suite("3-D Secure by rule")
struct ChallengeTests {
  private let payments = (1...20_000).map { paymentRow(KeyFingerprint(UInt64($0) << 20)) }

  private func challenge(share: Double, abandon: Double = 0.2) -> Challenge {
    var settings = AuthorizationSettings()
    (settings.challengeShare, settings.challengeAbandonShare) = (share, abandon)
    return Challenge(settings, random: RandomStream(seed: 5, component: "test", purpose: "rule"))
  }

  private func asked(share: Double) -> [Bool] {
    let challenge = challenge(share: share)
    return payments.map(challenge.isAsked(of:))
  }

  @Test("a share of the payments is asked, within what chance allows", arguments: [0.02, 0.3, 0.9])
  func share(_ share: Double) {
    let count = Double(asked(share: share).count { $0 })
    let n = Double(payments.count)
    #expect(abs(count - n * share) < 3.9 * (n * share * (1 - share)).squareRoot())
  }

  @Test("a share of 0 asks nobody, a share of 1 everybody")
  func ends() {
    #expect(asked(share: 0).allSatisfy { !$0 })
    #expect(asked(share: 1).allSatisfy { $0 })
  }

  @Test("who is asked at a share is asked at a larger one, and answers alike")
  func nested() {
    let (few, many) = (asked(share: 0.1), asked(share: 0.2))
    #expect(zip(few, many).allSatisfy { !$0 || $1 })
    #expect(few != many)
    for payment in payments.prefix(500) {
      let answers = [0.1, 0.2].map { challenge(share: $0).answer(of: payment) }
      #expect(answers[0].time == answers[1].time && answers[0].abandons == answers[1].abandons)
    }
  }

  @Test("who is asked does not decide who gives up")
  func independent() {
    let challenge = challenge(share: 0.3, abandon: 0.2)
    for group in [true, false] {
      let members = payments.filter { challenge.isAsked(of: $0) == group }
      let n = Double(members.count)
      let gaveUp = Double(members.count { challenge.answer(of: $0).abandons })
      #expect(abs(gaveUp - 0.2 * n) < 3.9 * (n * 0.2 * 0.8).squareRoot(), "asked: \(group)")
    }
  }

  @Test("payments from account to account are not asked")
  func accounts() {
    var payment = payments[0]
    payment.traits.insert(.accountToAccount)
    #expect(!challenge(share: 1).isAsked(of: payment))
  }
}
