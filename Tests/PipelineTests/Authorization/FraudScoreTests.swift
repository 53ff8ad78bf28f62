import Chance
import Scenario
import Testing
import VirtualTime

@testable import Pipeline

@Suite("Fraud score")
struct FraudScoreTests {
  let score = FraudScore(AuthorizationSettings())

  @Test("the bands begin at 40, 60 and 80")
  func bands() {
    for value in 0...100 {
      let expected: FraudScore.Band =
        value < 40 ? .allow : value < 60 ? .review : value < 80 ? .challenge : .block
      #expect(score.band(of: value) == expected, "score \(value)")
    }
  }

  @Test("the bands follow the scenario")
  func otherBands() {
    var settings = AuthorizationSettings()
    (settings.reviewScore, settings.challengeScore, settings.blockScore) = (10, 20, 30)
    let score = FraudScore(settings)
    let expected: [FraudScore.Band] = [.allow, .review, .review, .challenge, .block]
    #expect([9, 10, 19, 29, 30].map(score.band(of:)) == expected)
  }

  @Test("fraud scores higher than honest payments, each as its signals make likely")
  func means() {
    for isFraud in [false, true] {
      var random = RandomStream(seed: 3, component: "test", purpose: "fraud")
      let scores = (0..<40_000).map { _ in score.score(isFraud: isFraud, random: &random) }
      #expect(scores.allSatisfy { (0...100).contains($0) })
      let mean = Double(scores.reduce(0, +)) / 40_000
      #expect(isClose(mean, exactMean(isFraud: isFraud), within: 0.03))
    }
    #expect(exactMean(isFraud: true) > 10 * exactMean(isFraud: false))
  }

  @Test("a score above any threshold is likelier for fraud than for an honest payment")
  func dominance() {
    var random = RandomStream(seed: 4, component: "test", purpose: "fraud")
    let honest = (0..<20_000).map { _ in score.score(isFraud: false, random: &random) }
    let fraud = (0..<20_000).map { _ in score.score(isFraud: true, random: &random) }
    for threshold in stride(from: 10, through: 100, by: 10) {
      let above = { (scores: [Int]) in scores.filter { $0 >= threshold }.count }
      #expect(above(fraud) > above(honest), "threshold \(threshold)")
    }
  }

  /// The mean score by summing over all combinations of signals.
  private func exactMean(isFraud: Bool) -> Double {
    var sum = 0.0
    for set in 0..<(1 << FraudScore.signals.count) {
      var (points, probability) = (0, 1.0)
      for (bit, signal) in FraudScore.signals.enumerated() {
        let p = isFraud ? signal.fraudulent : signal.honest
        if set & (1 << bit) != 0 {
          points += signal.points
          probability *= p
        } else {
          probability *= 1 - p
        }
      }
      sum += probability * Double(min(points, 100))
    }
    return sum
  }
}
