import Reporting
import Testing

@testable import Simulator

@Suite("Runs that are cut short")
struct CutRunTests {
  private func end(_ outcome: RunOutcome, _ name: String) -> Int {
    outcome.result.endStates.first { $0.name == name }?.count ?? 0
  }

  /// What is told of a cut run must follow from each other.
  private func contradictions(_ outcome: RunOutcome) -> [String] {
    var found: [String] = []
    func expect(_ holds: Bool, _ text: String) { if !holds { found.append(text) } }
    let ends = ["settled", "refunded", "declined", "voided", "expired", "unsettled", "in_flight"]
    let sum = ends.reduce(0) { $0 + end(outcome, $1) }
    expect(sum == outcome.count("payments.accepted"), "\(sum) ends")
    expect(outcome.step("validated") == sum, "validated: \(outcome.step("validated"))")
    let captured = ["settled", "refunded", "unsettled"].reduce(0) { $0 + end(outcome, $1) }
    expect(outcome.step("captured") == captured, "captured: \(outcome.step("captured"))")
    let note = outcome.result.notes.first ?? ""
    expect(note.hasPrefix("cut short"), "note: \(note)")
    let settled = end(outcome, "settled")
    expect(note.contains("\(settled) are settled") || settled == 0, "note: \(note)")
    return found
  }

  @Test("count every payment by what happened to it, and name the limit and the key that raises it")
  func stuck() throws {
    let settings = ["workload.capture.immediate_share=4/5"]
    let whole = try SmallWorld(settings).run()
    let cut = try SmallWorld(settings + ["time.drain_limit=3d"]).run()
    #expect(cut.result.verdict == .notAtRest && contradictions(cut) == [])
    let settled = end(cut, "settled")
    #expect(settled > 1_000 && settled < end(whole, "settled"))
    #expect(end(cut, "in_flight") > 0 && end(cut, "in_flight") < 400)
    #expect(end(cut, "declined") == end(whole, "declined"))
    #expect(cut.step("consumed") == whole.step("consumed"))
    let error = try #require(cut.errors.first)
    for part in [
      "time.drain_limit (3d)", "\(settled) are settled",
      "\(end(cut, "in_flight")) are not captured", "raise time.drain_limit",
      "time.settlement_horizon",
    ] { #expect(error.contains(part), "\(error)") }
  }

  @Test("also when they are stopped from outside, at any time", arguments: [0, 1, 30, 200])
  func interrupted(_ windows: Int) throws {
    var calls = 0
    let hours = Array(repeating: "1", count: 24).joined(separator: ", ")
    let outcome = try SmallWorld(
      "workload.transfers.payments=100", "workload.transfers.hour_weights=[\(hours)]",
      "cells.per_region=1"
    ).run { _ in
      calls += 1
      return calls <= windows
    }
    #expect(outcome.result.verdict == .interrupted)
    let accepted = outcome.count("payments.accepted")
    #expect(accepted == 0 || contradictions(outcome) == [])
    #expect(outcome.result.notes.first?.hasPrefix("cut short from outside after") == true)
  }

  @Test("transfers are counted by what happened to them")
  func transfers() throws {
    let outcome = try SmallWorld(
      HorizonTests.day + ["banks.opening_balance=8000 USD", "time.drain_limit=2d"]
    ).run()
    #expect(outcome.result.verdict == .notAtRest)
    let transfers = try #require(outcome.result.transfers)
    let open = transfers.accepted - transfers.settled
    #expect(open > 0 && transfers.settled > 0)
    #expect(outcome.errors[0].contains("\(transfers.settled) are settled, \(open) are open"))
  }
}
