import Declared
import Measurement

extension TransferMeasurements: Measured {
  /// What the transfer desk counts.
  public static let figures: [Figure<TransferMeasurements>] = [
    .count("transfers.accepted", \.accepted, "transfers taken on"),
    .count(
      "transfers.settled", \.settled, .higherIsBetter, "transfers whose money has arrived"),
    .count(
      "transfers.given_back", \.givenBack,
      "transfers that the receiving bank sent back by a transfer of its own"),
    .count(
      "transfers.reversed", \.reversed,
      "transfers reversed before they were final, as a bank had failed"),
    .count(
      "transfers.cancelled", \.cancelled,
      "transfers taken back by their bank while they waited in a settlement system"),
    .count(
      "transfers.rearranged", \.rearranged,
      "sets of batches that were arranged anew without a failed bank"),
    .count("transfers.batches", \.batches, "batches that the strategy planned for transfers"),
    .count("transfers.wires", \.wires, "wires sent for transfers"),
    .count(
      "transfers.volatility_plans", \.volatilityPlans,
      "plans made before their time because rates had moved"),
    .count("transfers.conversions", \.conversions, "conversions of transfers' money"),
    .count("transfers.deals", \.deals, "deals that covered transfers' conversions"),
    .count(
      "transfers.deadlines_met", \.deadlinesMet, .higherIsBetter,
      "transfers settled within their latest window"),
    .stored(\.deadlinesMissed, .sum, in: "transfers.deadlines_missed"),
    .stored(\.deadlinesUnmeetable, .sum, in: "transfers.deadlines_unmeetable"),
    .count(
      "transfers.failed_funds", \.failed, .lowerIsBetter,
      "transfers given back to their payers at a close, for lack of funds"),
    .stored(\.failedValue, .sum, in: "unsettled"),
    .stored(\.failedValueTime, .sum, in: "cost.unsettled"),
    .latency(
      "transfer_latency", \.delay, .histogram,
      "transfer taken on to money at the receiving bank"),
    .stored(\.arrivals, .first, in: "identity.arrival_digest"),
    .stored(\.exchange, Merging { $0.merge($1) }, in: "cost.fx"),
    .stored(\.residuals, .each(.sum), in: "fx_residual"),
    .stored(\.checks, .sum, in: "invariants"),
    .stored(\.value, .sum, in: "transfers"),
    .stored(\.openValue, .sum, in: "exposure.peak"),
    .stored(\.peakOpenValue, .maximum, in: "exposure.peak"),
    .stored(\.valueTime, .sum, in: "delay.mean_seconds"),
    .stored(\.overTime, .first, in: "transfers.csv"),
    .stored(\.plans, .figures, in: "planning"),
  ]
}
