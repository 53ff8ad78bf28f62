import Declared

extension RailMeasurements: Measured {
  /// What the interbank network counts.
  public static let figures: [Figure<RailMeasurements>] = [
    .count("rails.instructions", \.instructions, "instructions that the rails received"),
    .count("rails.attempts", \.attempts, "attempts to execute an instruction"),
    .count(
      "rails.retries", \.retries, .lowerIsBetter,
      "attempts made again because the counterparty was unreachable"),
    .count(
      "rails.rerouted", \.rerouted, .lowerIsBetter,
      "how often an instruction went over another rail, as all attempts on its own had failed"),
    .count("rails.settled", \.settled, .higherIsBetter, "instructions executed"),
    .count(
      "rails.deferred", \.deferred, .lowerIsBetter,
      "how often an instruction was put off to the next business day or window"),
    .count(
      "rails.queued", \.queued, .lowerIsBetter,
      "how often an instruction had to wait in a queue"),
    .count(
      "rails.returned", \.returned, .lowerIsBetter,
      "how often an instruction that was queued at a close came back to its sender"),
    .count(
      "rails.rejected", \.rejected, .lowerIsBetter,
      "how often a settlement system refused an instruction for lack of cover or a cap"),
    .count(
      "rails.waited_for_opening", \.waitedForOpening,
      "how often an instruction had to wait for its rail to open"),
    .count("rails.statements", \.statements, "statements of the platform's accounts delivered"),
    .stored(\.checks, .sum, in: "invariants"),
    .total(of: \.rails),
  ]
}

extension RailTally: Measured {
  /// What a rail counts; the table of rails shows each by itself.
  public static let figures: [Figure<RailTally>] = [
    .stored(\.name, .first, in: "rails"), .stored(\.instructions, .sum, in: "rails"),
    .count(
      "wires", \.wires, .lowerIsBetter, "wires of the run's strategy that were executed"
    ).standard(),
    .count(
      "wires.discounted", \.discounted,
      "wires with enough payments for the consolidation discount"),
    .count("wires.payments", \.payments, "payments that the wires settled"),
    .count(
      "wires.discounted_payments", \.discountedPayments,
      "payments that wires with the discount settled"),
    .stored(\.rerouted, .sum, in: "rails"), .stored(\.fees, .sum, in: "rails"),
  ]
}
