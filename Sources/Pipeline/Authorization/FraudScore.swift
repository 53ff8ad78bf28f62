import Chance
import PaymentModel
import Scenario
import VirtualTime

/// Scores a payment from 0 to 100 by rules over its signals (SPEC B2), and says what follows.
///
/// The signals are drawn from what the hidden truth makes likely; the score sees the signals alone.
struct FraudScore {
  enum Band: Int, Sendable, CaseIterable { case allow, review, challenge, block }

  /// A signal, its weight, and how likely it is for honest and for fraudulent payments.
  struct Signal {
    var name: String
    var points: Int
    var honest: Double
    var fraudulent: Double
  }

  static let signals = [
    Signal(name: "velocity", points: 25, honest: 0.010, fraudulent: 0.55),
    Signal(name: "geography_mismatch", points: 20, honest: 0.020, fraudulent: 0.50),
    Signal(name: "amount_anomaly", points: 20, honest: 0.015, fraudulent: 0.40),
    Signal(name: "new_device", points: 15, honest: 0.080, fraudulent: 0.70),
    Signal(name: "address_mismatch", points: 15, honest: 0.040, fraudulent: 0.45),
    Signal(name: "time_of_day", points: 10, honest: 0.060, fraudulent: 0.25),
  ]

  private let block: Int
  private let challenge: Int
  private let review: Int
  /// Scores of all combinations of signals, and how likely each is.
  private let scores: [Int]
  private let honest: AliasTable
  private let fraudulent: AliasTable

  init(_ settings: AuthorizationSettings) {
    block = settings.blockScore
    challenge = settings.challengeScore
    review = settings.reviewScore
    let combinations = 0..<(1 << Self.signals.count)
    scores = combinations.map { set in
      let points = Self.signals.enumerated().reduce(0) { sum, item in
        sum + (set >> item.offset & 1 == 1 ? item.element.points : 0)
      }
      return min(points, 100)
    }
    honest = AliasTable(weights: combinations.map { Self.likelihood($0) { $0.honest } })
    fraudulent = AliasTable(weights: combinations.map { Self.likelihood($0) { $0.fraudulent } })
  }

  /// The score of a payment of which `isFraud` is the hidden truth.
  func score(isFraud: Bool, random: inout RandomStream) -> Int {
    scores[(isFraud ? fraudulent : honest).choose(random.next())]
  }

  /// What follows from a score.
  func band(of score: Int) -> Band {
    if score >= block { return .block }
    if score >= challenge { return .challenge }
    return score >= review ? .review : .allow
  }

  private static func likelihood(_ set: Int, of part: (Signal) -> Double) -> Double {
    signals.enumerated().reduce(1) { product, item in
      let p = part(item.element)
      return product * (set >> item.offset & 1 == 1 ? p : 1 - p)
    }
  }
}
