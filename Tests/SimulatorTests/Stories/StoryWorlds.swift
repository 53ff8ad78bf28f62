import Measurement
import Pipeline
import Reporting

@testable import Simulator

extension StoryEdge.World {
  /// A run of it, with everything told.
  func told(threads: Int = 1, _ settings: [String] = []) throws -> ToldRun {
    let fixture = TraceFixture()
    return ToldRun(try prepared(settings, fixture), threads: threads)
  }

  /// The same run with nobody who listens.
  func untold() throws -> RunOutcome {
    let fixture = TraceFixture()
    return try prepared([], fixture).run(threads: 1)
  }

  private func prepared(_ settings: [String], _ fixture: TraceFixture) throws -> ScenarioRun {
    let run: ScenarioRun
    switch self {
    case .lively: run = try ScenarioRun(SmallWorld(Self.livelySettings + settings).load())
    case .crowded: run = try ScenarioRun(SmallWorld(Self.crowdedSettings + settings).load())
    case .atOnce:
      run = try ScenarioRun(
        SmallWorld(Self.small + ["settlement.strategy=one_wire_per_payment"] + settings).load())
    case .transfers: run = try ScenarioRun(SmallWorld(Self.transferSettings + settings).load())
    case .takenBack:
      run = try ScenarioRun(
        TraceReplay.world(Self.rows, in: fixture, TraceReplay.sure + Self.later + settings).load())
    }
    return run
  }

  private static let small = ["merchants.count=12", "workload.generated.payments=300"]
  private static let livelySettings = [
    "merchants.count=12", "workload.generated.payments=1500",
    "workload.capture.immediate_share=1/2", "workload.capture.partial_share=1/4",
    "acquirers.northbank.unavailable_rate=1/5", "acquirers.northbank.late_rate=1/10",
    "workload.generated.fraud_share=1/10",
    "acquirers.southpay.unavailable_rate=1/5", "authorization.retries=2",
    "authorization.breaker_failures=3", "authorization.hold_validity=30h",
    "authorization.challenge_score=20", "authorization.review_score=10",
    "merchants.foreign_currency_share=1/10", "rails.fedwire.unavailable_rate=1/5",
    "time.duration=8h",
  ]
  private static let crowdedSettings =
    small + [
      "workload.client.duplicate_share=1/2", "workload.client.altered_share=1/4",
      "workload.client.duplicate_delay=100ms", "workload.client.retries=2",
      "workload.generated.invalid_share=1/10",
      "merchants.rate_limit_per_second=0.1", "merchants.rate_limit_burst=2", "time.duration=20min",
    ]
  private static let transferSettings = [
    "time.duration=1d", "cells.per_region=1", "workload.generated.payments=0",
    "workload.transfers.payments=400",
    "banks.failures=[{bank: correspondent-3, at: 15h, uncredited: 0s}]",
  ]
  private static let later = ["workload.capture.immediate_share=1/2"]
  private typealias Row = (id: String, second: Int, merchant: String, amount: Int)
  private static let rows: [Row] =
    (1...12).map { ("p\($0)", 36_000 + 60 * $0, "m", 1_000 * $0) }
    + [
      ("C1", 40_000, "m", -1_000), ("C2", 40_010, "m", -2_000), ("C3", 40_020, "m", -3_000),
      ("C4", 40_030, "m", -4_000), ("C5", 86_000, "m", -500), ("C6", 86_050, "m", -300),
      ("C7", 86_341, "m", -7_000),
    ]
}

/// A run with all its stories.
struct ToldRun {
  let outcome: RunOutcome
  let stories: [StoryKey: [StoryEntry]]
  private let epochSecond: Int64

  init(_ run: ScenarioRun, threads: Int) {
    var focus = StoryFocus()
    focus.isEverything = true
    let watch = StoryWatch(focus)
    outcome = run.heard(by: watch).run(threads: threads)
    stories = watch.stories
    epochSecond = run.names.epochSecond
  }

  /// The first story, in the order of cells and numbers, that an edge fits.
  func story(of edge: StoryEdge) -> Story? {
    stories.keys.sorted().first { edge.fits(stories[$0]!) }.map(story)
  }

  func story(_ key: StoryKey) -> Story {
    let subject =
      switch key {
      case .payment(let place): "\(place.scope)/payment-\(place.number)"
      case .request(let key): "request \(String(key, radix: 16))"
      case .batch(let place): "\(place.scope)/batch-\(place.number)"
      case .instruction(let number): "instruction \(number)"
      }
    return Story(
      subject: subject, identity: outcome.result.identity, epochSecond: epochSecond,
      entries: stories[key]!)
  }
}
