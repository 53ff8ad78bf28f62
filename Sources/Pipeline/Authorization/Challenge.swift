import Chance
import PaymentModel
import Scenario

/// 3-D Secure: whom a rule of strong customer authentication asks beside those whose score asks
/// for it, and what cardholders do.
struct Challenge {
  /// What the cardholder does: gives up, or passes, after a time in nanoseconds.
  struct Answer {
    var time: Int64
    var abandons: Bool
  }

  /// Cards only: the protocol knows no payment from account to account.
  private let isRuled: Bool
  private let share: Probability
  private let time: Latency
  private let abandonShare: Probability
  private let ruled: RandomStream

  /// - Parameter random: for those that the rule asks; each payment has a stream of it to itself,
  ///   so that another share moves no other draw.
  init(_ settings: AuthorizationSettings, random: RandomStream) {
    isRuled = settings.challengeShare > 0
    share = Probability(settings.challengeShare)
    time = Latency(settings.challengeTime)
    abandonShare = Probability(settings.challengeAbandonShare)
    ruled = random
  }

  /// Whether the rule asks for a challenge of the payment; who is asked at one share is asked at
  /// every larger one.
  func isAsked(of payment: PaymentRow) -> Bool {
    guard isRuled, !payment.traits.contains(.accountToAccount) else { return false }
    var random = ruled.stream(for: payment.fingerprint.rawValue)
    return random.chance(share)
  }

  /// What the cardholder does whom the rule asks; the same for every share.
  func answer(of payment: PaymentRow) -> Answer {
    var random = ruled.stream(for: payment.fingerprint.rawValue)
    _ = random.next()
    return draw(&random)
  }

  /// What a cardholder does.
  func draw(_ random: inout RandomStream) -> Answer {
    let time = self.time.draw(&random)
    return Answer(time: time, abandons: random.chance(abandonShare))
  }
}
