import Pipeline
import Reporting
import Scenario
import Text

/// What is told of a run that was cut short, and of one that its horizon has ended: where
/// everything stands, and which limit it was.
extension ResultCollector {
  /// Why a run that did not come to rest was stopped, where everything stood, and what to change.
  func unrest(_ totals: RunTotals) -> String {
    let limit = DurationText.text(scenario.settings.time.drainLimit)
    return
      "\(scenario.file): the run did not come to rest within time.drain_limit (\(limit)) after the "
      + "last arrival: \(standing(totals))\(OpenQueues(simulation).text); "
      + "raise time.drain_limit for what only takes longer, or set time.settlement_horizon to "
      + "count and price what is not settled"
  }

  /// A note for a run that was cut short: what its figures are.
  func cut(_ result: RunResult, _ totals: RunTotals) -> String {
    let time = HumanFormat.duration(result.virtualTimeNanoseconds)
    let cause =
      isStuck
      ? "by time.drain_limit (\(DurationText.text(scenario.settings.time.drainLimit)) after the "
        + "last arrival)"
      : "from outside"
    return "cut short \(cause) after \(time) of virtual time: \(standing(totals))"
  }

  /// Where payments and transfers stand, in words.
  private func standing(_ totals: RunTotals) -> String {
    let ends = totals.ends
    var parts: [String] = []
    if ends.total > 0 {
      let states: [(String, Int)] = [
        ("settled", ends.settled), ("refunded", ends.refunded), ("declined", ends.declined),
        ("voided", ends.voided), ("expired", ends.expired),
        ("captured and not settled", ends.unsettled), ("not captured", ends.inFlight),
      ]
      parts.append(
        "of \(ends.total) payments "
          + states.filter { $0.1 > 0 }.map { "\($0.1) are \($0.0)" }.joined(separator: ", "))
    }
    if let transfers = simulation.transfers {
      let states: [(String, Int)] = [
        ("settled", transfers.settled), ("reversed", transfers.reversed),
        ("cancelled", transfers.cancelled), ("failed for lack of funds", transfers.failed),
        ("open", simulation.openTransfers),
      ]
      parts.append(
        "of \(transfers.accepted) transfers "
          + states.filter { $0.1 > 0 }.map { "\($0.1) are \($0.0)" }.joined(separator: ", "))
    }
    return parts.isEmpty ? "nothing had arrived" : parts.joined(separator: "; ")
  }

  /// The section and the notes about what was never settled.
  func fillUnsettled(_ result: inout RunResult, _ costs: CostCollector) {
    guard let unsettled = costs.unsettled, let settlement = costs.settlement else { return }
    let horizon = simulation.stop?.nanoseconds
    result.unsettled = unsettled.report(at: horizon, price: settlement.unsettled)
    result.notes = unsettled.sentences(at: horizon, price: settlement.unsettled) + result.notes
  }
}
