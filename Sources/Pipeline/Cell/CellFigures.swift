import Declared
import Measurement
import PaymentModel

extension CellMeasurements: Measured {
  /// What a cell counts, in the order in which a payment meets it.
  public static let figures: [Figure<CellMeasurements>] =
    requestFigures + authorizationFigures + settlementFigures + [
      .stored(\.arrivals, .first, in: "identity.arrival_digest"),
      .stored(\.series, Merging { $0.merge($1) }, in: "timeseries.csv"),
      .stored(\.arrivalSeries, Merging { $0.merge($1) }, in: "series.csv"),
      .stored(\.merchantPayments, .first, in: "merchants.csv"),
      .stored(\.merchantCaptured, .first, in: "merchants.csv"),
      .stored(\.merchantSettled, .first, in: "merchants.csv"),
      .part(\.checks),
    ]

  /// From a merchant's request to the record on the bus.
  private static let requestFigures: [Figure<CellMeasurements>] = [
    .count("payments.requests", \.requests, "requests sent by merchants, repeated ones included"),
    .derived(
      "payments.accepted", .count, .higherIsBetter, "payments that the gateway accepted",
      { Double($0.number(of: .accepted)) }),
    .derived(
      "payments.refused", .count, .lowerIsBetter,
      "requests that were answered with anything but an acceptance",
      { Double($0.answers.reduce(0, +) - $0.number(of: .accepted)) }),
    .counts(
      "answers", \.answers, Answer.allCases.map(\.name), "requests by the gateway's answer"),
    .count(
      "client.retries", \.clientRetries, .lowerIsBetter,
      "requests that merchants sent again after 429 or 503"),
    .count(
      "client.abandoned_requests", \.abandonedRequests, .lowerIsBetter,
      "requests given up after the last retry"),
    .count(
      "payments.abandoned", \.abandonedPayments, .lowerIsBetter,
      "payments given up by clients after their last retry, none of them accepted"),
    .share(
      "intake.availability", .higherIsBetter, "requests that were not answered with 503",
      { $0.answered - $0.number(of: .unavailable) }, of: { $0.answered }),
    .stored(\.intake, Merging { $0.merge($1) }, in: "throughput.peak_per_second"),
    .derived(
      "intake.offered_per_second", .perSecond,
      "requests in the minute of virtual time in which most came, by the second",
      { $0.intake.offeredPerSecond }),
    .derived(
      "throughput.peak_per_second", .perSecond, .higherIsBetter,
      "payments accepted in the busiest minute of virtual time, by the second",
      { $0.intake.peakPerSecond }),
    .derived(
      "intake.sustained_per_second", .perSecond, .higherIsBetter,
      "payments accepted in the best minute with at most 1 % of acceptances above 100 ms",
      { $0.intake.sustainedPerSecond }),
    .count(
      "payments.unmatched_cancellations", \.unmatchedCancellations, .lowerIsBetter,
      "cancellations that found nothing to take back"),
    .count(
      "double_effects", \.doubleEffects, .lowerIsBetter,
      "keys accepted again because the fast store had forgotten them"),
    .latency(
      "acceptance_latency", \.acceptanceLatency, .histogram,
      "request at the gateway to its answer"),
    .latency(
      "authorization_latency", \.authorizationLatency, .histogram,
      "request sent to decision durable, without the cardholder's time"),
    .latency("idempotency_latency", \.idempotencyLatency, .histogram, "look-up of a key"),
    .latency(
      "bus_latency", \.busLatency, .histogram, "record published to taken by a worker"),
    Figure(
      "bus.maximum_lag", \.maximumLag, .count, .lowerIsBetter, .maximum,
      "most uncommitted records of one partition at once"),
    .count(
      "bus.lag_alerts", \.lagAlerts, .lowerIsBetter,
      "how often a partition's lag rose above bus.lag_alert"),
    .count(
      "bus.lag_pages", \.lagPages, .lowerIsBetter,
      "how often a partition's lag rose above bus.lag_page"),
  ]

  /// Names of the fraud score's bands, from the least suspect.
  public static let bandNames = ["allow", "review", "challenge", "block"]

  /// From the fraud score to the money that is held.
  private static let authorizationFigures: [Figure<CellMeasurements>] = [
    .stored(\.bands, .each(.each(.sum)), in: "fraud_score.block"),
    .family(
      bandNames.flatMap { name in
        [
          FigureDeclaration(
            "fraud_score.\(name)", .count, .neutral, "payments in the band \(name)"),
          FigureDeclaration(
            "fraud_score.\(name)_fraudulent", .count, .neutral,
            "payments in the band \(name) that are fraud in truth"),
        ]
      },
      { cell in
        Dictionary(
          uniqueKeysWithValues: zip(bandNames, cell.bands).flatMap { name, counts in
            [
              ("fraud_score.\(name)", Double(counts.reduce(0, +))),
              ("fraud_score.\(name)_fraudulent", Double(counts[1])),
            ]
          })
      }),
    .count(
      "authorization.retries", \.retries, .lowerIsBetter,
      "further attempts to authorise a payment"),
    .counts(
      "declines", \.declines, DeclineReason.allCases.map(\.name), .lowerIsBetter,
      "declined payments by reason"),
    .derived(
      "payments.challenge_abandoned", .count, .lowerIsBetter,
      "payments whose cardholder gave the challenge up",
      { Double($0.declines[Int(DeclineReason.challengeAbandoned.rawValue)]) }),
    .total(of: \.endpoints),
    .share(
      "approval_rate", .higherIsBetter, "approvals among the acquirers' answers in time",
      { $0.approved }, of: { $0.decided }),
    .share(
      "technical_success_rate", .higherIsBetter, "acquirers' calls that were answered in time",
      { $0.decided }, of: { $0.endpoints.reduce(0) { $0 + $1.calls } }),
    .total(of: \.turnover),
    .latency("commit_latency", \.commitLatency, .histogram, "write to durable"),
    .latency(
      "challenge_latency", \.challengeLatency, .histogram, "cardholder's time over 3-D Secure"),
  ]

  /// From the cut-off to the instructions.
  private static let settlementFigures: [Figure<CellMeasurements>] = [
    .count(
      "settlement.late_events", \.lateEvents,
      "payments that came after the watermark of their day and joined the next"),
    .count("settlement.batches", \.batches, "batches that the strategy planned for merchants"),
    .count(
      "instructions", \.instructions, .lowerIsBetter, "instructions sent for merchants' batches"
    ).standard(),
    .count("settlement.refund_lines", \.refundLines, "refunds that went to merchants' batches"),
    .count("settlement.conversions", \.conversions, "conversions of merchants' money"),
    .count("settlement.deals", \.deals, "deals that covered merchants' conversions"),
    .stored(\.exchange, Merging { $0.merge($1) }, in: "cost.fx"),
    .count(
      "fees.cut", \.feesCut, .lowerIsBetter,
      "fees that were larger than their payment and cut to it"),
    .latency(
      "batch_submission_latency", \.submissionLatency, .histogram,
      "cut-off to instructions sent"),
  ]

  /// Requests that the gateway has answered.
  private var answered: Int { answers.reduce(0, +) }

  /// Approvals in time, by all acquirers.
  private var approved: Int { endpoints.reduce(0) { $0 + $1.approved } }

  /// Approvals and refusals in time.
  private var decided: Int { endpoints.reduce(approved) { $0 + $1.declined } }

  /// The measurements of all cells together, without those of single merchants.
  public convenience init(of cells: [Cell]) {
    self.init(deployment: cells[0].shared.deployment, merchants: 0)
    var sum = self
    for cell in cells { sum.merge(cell.shared.measurements) }
  }

  /// Requests answered with `answer`.
  public func number(of answer: Answer) -> Int { answers[answer.rawValue] }
}

extension CellMeasurements.Endpoint: Measured {
  /// What is counted of an acquirer.
  public static let figures: [Figure<Self>] = [
    .count("acquirers.calls", \.calls, "authorisations asked for, retries included"),
    .count(
      "acquirers.approved", \.approved, .higherIsBetter, "approvals within the deadline"),
    .count("acquirers.declined", \.declined, .lowerIsBetter, "refusals within the deadline"),
    .count(
      "acquirers.unavailable", \.unavailable, .lowerIsBetter,
      "calls turned away: out of service, or too long a queue"),
    .count("acquirers.late", \.late, .lowerIsBetter, "answers that came after the deadline"),
    .count(
      "acquirers.reversed", \.reversed, .lowerIsBetter,
      "reversals, each after an answer that had not come in time"),
    .count(
      "acquirers.breaker_openings", \.breakerOpened, .lowerIsBetter,
      "how often a circuit breaker has opened"),
    .count(
      "acquirers.failovers", \.failovers, .lowerIsBetter,
      "calls made elsewhere because the breakers of acquirers before it were open"),
    .latency("acquirer_latency", \.latency, .histogram, "call to answer"),
  ]
}

extension CellMeasurements.Turnover: Measured {
  /// Money by currency, which cannot be added up: the table of money shows it.
  public static let figures: [Figure<Self>] = [
    .stored(\.authorized, .sum, in: "money"), .stored(\.captured, .sum, in: "money"),
    .stored(\.voided, .sum, in: "money"), .stored(\.refunded, .sum, in: "money"),
    .stored(\.fees, .sum, in: "money"), .stored(\.feesCut, .sum, in: "money"),
    .stored(\.settled, .sum, in: "money"),
    .stored(\.sold, .sum, in: "platform_deals"), .stored(\.bought, .sum, in: "platform_deals"),
  ]
}

extension CellMeasurements.Checks: Measured {
  /// How often invariants were checked.
  public static let figures: [Figure<Self>] = [
    .stored(\.transitions, .sum, in: "invariants"), .stored(\.ledger, .sum, in: "invariants"),
    .stored(\.ledgerWindows, .sum, in: "invariants"), .stored(\.batches, .sum, in: "invariants"),
    .stored(\.keys, .sum, in: "invariants"),
    .stored(\.reconciliation, .sum, in: "invariants"),
    .stored(\.captures, .sum, in: "invariants"),
    .stored(\.confirmations, .sum, in: "invariants"),
    .stored(\.holds, .sum, in: "invariants"), .stored(\.refunds, .sum, in: "invariants"),
    .stored(\.businessDays, .sum, in: "invariants"),
  ]
}
