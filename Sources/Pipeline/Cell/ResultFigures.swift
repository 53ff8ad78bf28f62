import Declared
import Measurement
import PaymentModel

extension CellResult: Measured {
  /// What a cell came to.
  public static let figures: [Figure<CellResult>] = [
    .part(\.ends),
    .counts("steps", \.steps, PaymentSteps.names, "payments that went through the step"),
    .share(
      "settlement_success_rate", .higherIsBetter,
      "settled payments among those captured and not voided",
      { $0.ends.settled + $0.ends.refunded }, of: { $0.payablePayments }
    ).standard(),
    .count("ledger.transfers", \.transfers, "transfers that the ledgers have posted"),
    .part(\.reconciliation),
    .latency(
      "execution_latency", \.executionLatency, .histogram, "instruction sent to executed"),
    .latency(
      "settlement_latency", \.settlementLatency, .histogram, standard: ["mean", "p99"],
      "payment created to money at the merchant's bank"),
    .stored(\.captured, .each(.each(.sum)), in: "cost.acquirers"),
    .stored(\.valueTime, .each(.sum), in: "delay.mean_seconds"),
    .stored(\.valuePaid, .each(.sum), in: "delay.mean_seconds"),
    .stored(\.invariantChecks, Merging { $0.merge($1) }, in: "invariants"),
    .stored(\.unsettledAccounts, Merging { $0 += $1 }, in: "checks"),
    .stored(\.nostro, .each(.sum), in: "invariants"),
    .stored(\.residuals, .each(.sum), in: "fx_residual"),
    .stored(\.exceptions, Merging { $0 += $1 }, in: "notes"),
    .stored(\.obligations, .first, in: "strategies"),
    .stored(\.sequences, .first, in: "strategies"),
    .stored(\.unsettled, Merging { $0.merge($1) }, in: "unsettled"),
    .stored(\.reconciled, .sum, in: "steps"),
    .stored(\.files, .first, in: "files/"),
  ]

  /// Payments that were captured.
  public var capturedPayments: Int { steps[PaymentSteps.captured.rawValue.trailingZeroBitCount] }

  /// Those of them that were not voided.
  public var payablePayments: Int { capturedPayments - ends.voidedAfterCapture }

  /// The results of all cells together. Of a cell that was stopped before it was gone through, what
  /// had become of its payments by then.
  public static func sum(of cells: [Cell]) -> CellResult {
    var found: [CellResult] = []
    for (index, cell) in cells.enumerated() {
      guard var result = cell.result else { continue }
      result.unsettledAccounts = result.unsettledAccounts.map { "cell \(index): \($0)" }
      found.append(result)
    }
    var sum =
      found.first
      ?? CellResult(
        unsettled: UnsettledPayments(currencies: 0),
        obligations: ObligationBook(slots: SlotScale(length: 1)))
    for result in found.dropFirst() { sum.merge(result) }
    for cell in cells where cell.result == nil {
      let standing = cell.standing
      sum.ends.merge(standing.ends)
      for step in sum.steps.indices { sum.steps[step] += standing.steps[step] }
    }
    return sum
  }
}

extension CellResult.Ends: Measured {
  /// How accepted payments ended.
  public static let figures: [Figure<Self>] = [
    .count(
      "payments.settled", \.settled, .higherIsBetter, "payments whose money the bank confirmed"),
    .count("payments.refunded", \.refunded, "payments settled, and all of it given back later"),
    .count("payments.declined", \.declined, .lowerIsBetter, "payments declined"),
    .count(
      "payments.voided", \.voided,
      "payments taken back before capture, or whole before the cut-off of their day"),
    .count(
      "payments.voided_after_capture", \.voidedAfterCapture, "those of them that were captured"),
    .count(
      "payments.expired", \.expired, .lowerIsBetter,
      "payments not captured while the hold was valid"),
    .count(
      "payments.unsettled", \.unsettled, .lowerIsBetter,
      "payments captured whose money was not with the merchant's bank when the run ended"),
    .count(
      "payments.in_flight", \.inFlight, .lowerIsBetter,
      "payments not captured when the run ended, and without another end"),
  ]
}

extension ReconciliationCounts: Measured {
  /// What reconciliation counts.
  public static let figures: [Figure<Self>] = [
    .count("reconciliation.files", \.files, "settlement files read"),
    .count("reconciliation.lines", \.lines, "lines of settlement files"),
    .count(
      "reconciliation.matched", \.matched, .higherIsBetter,
      "lines of settlement files that agree with own records"),
    .count(
      "reconciliation.fuzzy", \.fuzzy, "lines paired afterwards by merchant, amount and date"),
    .count("reconciliation.statements", \.statements, "bank statements read"),
    .count("reconciliation.movements", \.movements, "lines of bank statements"),
    .count(
      "reconciliation.movements_matched", \.movementsMatched, .higherIsBetter,
      "lines of bank statements that agree with own records"),
    .count(
      "reconciliation.totals", \.totalsCompared, "totals by acquirer and currency compared"),
    .count(
      "reconciliation.totals_equal", \.totalsEqual, .higherIsBetter,
      "totals on which both sides agree"),
    .count(
      "reconciliation.exceptions", \.exceptions, .lowerIsBetter,
      "differences between own records and those of acquirers and banks"),
    .share(
      "reconciliation.exception_rate", .lowerIsBetter,
      "exceptions among the lines of files and statements",
      { $0.exceptions }, of: { $0.lines + $0.movements }),
  ]
}
