import PaymentModel
import Pipeline
import VirtualTime

/// The invariants that every run checks.
public enum InvariantCatalog {
  /// All of them, in the order in which a payment meets them.
  public static var all: [Invariant] { Invariant.all }
}

/// How often each invariant was looked at in a run.
struct InvariantCounts {
  private let counts: InvariantChecks
  private let atRest: Int

  /// - Parameter finished: whether the run came to its end, so that what holds at rest was checked.
  init(_ simulation: Simulation, _ totals: RunTotals, finished: Bool) {
    atRest = finished ? 1 : 0
    var counts = totals.invariantChecks
    let checks = totals.checks
    counts.add(.legalTransition, checks.transitions)
    counts.add(.posting, checks.ledger)
    counts.add(.balanced, checks.ledgerWindows)
    counts.add(.plan, checks.batches + (simulation.transfers?.checks ?? 0))
    counts.add(.oneWinner, checks.keys)
    counts.add(.settledOnce, totals.ends.closed)
    counts.add(.wholePath, totals.ends.closed)
    counts.add(.interbankRules, simulation.rails.checks)
    counts.add(.executedOnRail, simulation.rails.settled)
    counts.add(.wellFormed, simulation.rails.attempts)
    counts.add(.captureOfOpenApproval, checks.captures)
    counts.add(.confirmedOnce, checks.confirmations)
    counts.add(.transferExecutedOnce, simulation.transfers?.wires ?? 0)
    for invariant in Invariant.runtime where invariant.moment != .rest {
      counts.add(invariant, simulation.world.eventCount)
    }
    Self.countPath(&counts, totals)
    Self.countOtherSides(&counts, simulation, totals)
    self.counts = counts
  }

  /// What is looked at on the path of a payment.
  private static func countPath(_ counts: inout InvariantChecks, _ totals: RunTotals) {
    let checks = totals.checks
    let calls = totals.endpoints.reduce(0) { $0 + $1.calls }
    let records = totals.steps[PaymentSteps.consumed.rawValue.trailingZeroBitCount]
    let decided = totals.declines.reduce(0, +) + totals.endpoints.reduce(0) { $0 + $1.approved }
    let known = totals.count(.replayed) + totals.count(.inFlight) + totals.count(.otherBody)
    for invariant in [Invariant.rateLimit, .gatewayQueue, .clientRetries] {
      counts.add(invariant, totals.requests)
    }
    for invariant in [Invariant.sameResponse, .expiredIsExpired] { counts.add(invariant, known) }
    for invariant in [Invariant.busOrder, .busInFlight, .busCommitted] {
      counts.add(invariant, records)
    }
    for invariant in [
      Invariant.undecided, .rightAcquirer, .noCallWhileOpen, .oneProbe, .acquirerQueue,
      .deadlineHonoured, .retriesWithinPolicy,
    ] {
      counts.add(invariant, calls)
    }
    counts.add(.breakerLetsThrough, totals.endpoints.reduce(0) { $0 + $1.failovers })
    counts.add(.scoredOnce, totals.bands.reduce(0) { $0 + $1.reduce(0, +) })
    counts.add(.asAnswered, decided)
    counts.add(.oneAuthorization, decided)
    counts.add(.holdValidity, checks.holds)
    counts.add(.captureWithinApproval, checks.captures)
    counts.add(.refundWithinCapture, checks.refunds)
    counts.add(.backAsAsked, checks.refunds)
    counts.add(.busLag, totals.count(.accepted))
    counts.add(.voidBeforeCutOff, checks.refunds)
    counts.add(.heldOnce, checks.ledger)
    counts.add(.commitOrder, decided)
    counts.add(.journalEqualsBalances, checks.ledgerWindows)
    counts.add(.cutOff, checks.businessDays)
    counts.add(.sentOnce, totals.instructions)
  }

  /// What is worked out once more by other ways, for cells and the transfer desk alike.
  private static func countOtherSides(
    _ counts: inout InvariantChecks, _ simulation: Simulation, _ totals: RunTotals
  ) {
    let (rails, transfers) = (simulation.rails, simulation.transfers)
    let batches = totals.checks.batches + (transfers?.checks ?? 0)
    let deals = totals.deals + (transfers?.deals ?? 0)
    counts.add(.shares, totals.checks.batches)
    for invariant in [Invariant.payout, .wires, .deferralInTime] { counts.add(invariant, batches) }
    counts.add(.planCost, simulation.plans.rowCount)
    for invariant in [Invariant.dealRate, .dealResiduals] { counts.add(invariant, deals) }
    counts.add(.instructionAsSent, rails.instructions)
    counts.add(.railAttempt, rails.attempts)
    counts.add(.transferEndsOnce, transfers?.accepted ?? 0)
    counts.add(.returnsExact, transfers?.givenBack ?? 0)
  }

  /// How often `invariant` was looked at; what is looked at when nothing is left to happen, once in
  /// a run that came to its end unless its checks are counted.
  func checks(of invariant: Invariant) -> Int {
    let counted = counts[invariant]
    return counted == 0 && invariant.moment == .rest ? atRest : counted
  }
}
