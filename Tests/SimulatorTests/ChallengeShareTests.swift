import Testing

@testable import Simulator

@Suite("The share of payments under 3-D Secure")
struct ChallengeShareTests {
  /// Scores that challenge and block some, workers enough that nobody waits for another.
  private static let scored = [
    "authorization.review_score=10", "authorization.challenge_score=25",
    "authorization.block_score=45", "workload.generated.fraud_share=0.05",
    "workload.generated.account_to_account_share=0", "workload.client.duplicate_share=0",
    "workload.generated.invalid_share=0",
  ]
  private static let bands = ["allow", "review", "challenge", "block"].flatMap {
    ["fraud_score.\($0)", "fraud_score.\($0)_fraudulent"]
  }

  private func run(share: String, _ settings: String...) throws -> RunOutcome {
    try SmallWorld(Self.scored + ["authorization.challenge_share=\(share)"] + settings).run()
  }

  private func challenged(_ outcome: RunOutcome) -> Int { outcome.count("challenge_latency.count") }

  @Test("it changes who is challenged and no score; what is blocked stays blocked")
  func scores() throws {
    let (without, with) = (try run(share: "0"), try run(share: "0.3"))
    for outcome in [without, with] { #expect(outcome.contradictions == []) }
    for name in Self.bands { #expect(with.metric(name) == without.metric(name), "\(name)") }
    #expect(with.count("declines.fraud_score") == without.count("declines.fraud_score"))
    #expect(without.count("fraud_score.block") > 20 && without.count("fraud_score.review") > 100)
    #expect(challenged(without) == without.count("fraud_score.challenge"))
    let open = Double(without.count("fraud_score.allow") + without.count("fraud_score.review"))
    let more = Double(challenged(with) - challenged(without))
    #expect(abs(more - 0.3 * open) < 3.9 * (open * 0.3 * 0.7).squareRoot(), "\(more) of \(open)")
  }

  @Test("cardholders who are asked give up as often as the scenario says")
  func abandoned() throws {
    let outcome = try run(share: "0.5", "authorization.challenge_abandon_share=0.3")
    let n = Double(challenged(outcome))
    let gaveUp = outcome.metric("payments.challenge_abandoned")
    #expect(n > 700 && abs(gaveUp - 0.3 * n) < 3.9 * (n * 0.3 * 0.7).squareRoot())
  }

  @Test("the cardholder's time is no time of the authorisation, given up or not")
  func clock() throws {
    let outcome = try run(share: "0.5", "authorization.challenge_time=9min")
    #expect(outcome.count("payments.challenge_abandoned") > 50)
    #expect(outcome.metric("challenge_latency.p50") >= 500e9)
    #expect(outcome.metric("authorization_latency.max") < 60e9)
  }

  @Test("at a share of 1 every card payment that is not blocked is challenged, from accounts none")
  func everybody() throws {
    let cards = try run(share: "1")
    #expect(cards.contradictions == [])
    #expect(challenged(cards) == cards.step("scored") - cards.count("fraud_score.block"))
    let accounts = try run(share: "1", "workload.generated.account_to_account_share=1")
    #expect(challenged(accounts) == accounts.count("fraud_score.challenge"))
    #expect(challenged(accounts) < challenged(cards) / 2)
  }
}
