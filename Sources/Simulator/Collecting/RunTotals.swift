import Measurement
import PaymentModel
import Pipeline

/// The measurements of all cells added up, in the order of the cells.
struct RunTotals {
  var answers = [Int](repeating: 0, count: CellMeasurements.Answer.allCases.count)
  var requests = 0
  var clientRetries = 0
  var abandonedRequests = 0
  var declines = [Int](repeating: 0, count: DeclineReason.allCases.count)
  var endpoints: [CellMeasurements.Endpoint]
  var turnover: [CellMeasurements.Turnover]
  var series: TimeSeries
  var latencies: [String: LatencyHistogram] = [:]
  var maximumLag = 0
  var lagAlerts = 0
  var lagPages = 0
  var bands = [[Int]](repeating: [0, 0], count: 4)
  var checks = CellMeasurements.Checks()
  var retries = 0
  var lateEvents = 0
  var batches = 0
  var instructions = 0
  var refundLines = 0
  var unmatchedCancellations = 0
  var doubleEffects = 0
  var ends = CellResult.Ends()
  var steps = [Int](repeating: 0, count: PaymentSteps.names.count)
  var transfers = 0
  var reconciliation = ReconciliationCounts()
  var exceptions: [ReconciliationException] = []
  var unsettledAccounts: [String] = []
  var stored = 0

  init(_ cells: [Cell]) {
    endpoints = cells[0].shared.measurements.endpoints
    turnover = cells[0].shared.measurements.turnover
    series = cells[0].shared.measurements.series
    for (index, cell) in cells.enumerated() {
      add(cell.shared.measurements, isFirst: index == 0)
      stored += Int(cell.shared.store.count)
      if let result = cell.result {
        add(result, cell: index)
      } else {
        ends.inFlight += Int(cell.shared.store.count)
      }
    }
  }

  private mutating func add(_ cell: CellMeasurements, isFirst: Bool) {
    for i in answers.indices { answers[i] += cell.answers[i] }
    for i in declines.indices { declines[i] += cell.declines[i] }
    for band in bands.indices {
      for truth in 0..<2 { bands[band][truth] += cell.bands[band][truth] }
    }
    requests += cell.requests
    clientRetries += cell.clientRetries
    abandonedRequests += cell.abandonedRequests
    maximumLag = max(maximumLag, cell.maximumLag)
    lagAlerts += cell.lagAlerts
    lagPages += cell.lagPages
    retries += cell.retries
    lateEvents += cell.lateEvents
    batches += cell.batches
    instructions += cell.instructions
    refundLines += cell.refundLines
    unmatchedCancellations += cell.unmatchedCancellations
    doubleEffects += cell.doubleEffects
    checks.transitions += cell.checks.transitions
    checks.ledger += cell.checks.ledger
    checks.ledgerWindows += cell.checks.ledgerWindows
    checks.batches += cell.checks.batches
    checks.keys += cell.checks.keys
    checks.reconciliation += cell.checks.reconciliation
    merge("acceptance_latency", cell.acceptanceLatency)
    merge("authorization_latency", cell.authorizationLatency)
    merge("idempotency_latency", cell.idempotencyLatency)
    merge("bus_latency", cell.busLatency)
    merge("commit_latency", cell.commitLatency)
    merge("challenge_latency", cell.challengeLatency)
    merge("batch_submission_latency", cell.submissionLatency)
    for endpoint in cell.endpoints { merge("acquirer_latency", endpoint.latency) }
    guard !isFirst else { return }
    series.merge(cell.series)
    for i in endpoints.indices { endpoints[i].add(cell.endpoints[i]) }
    for i in turnover.indices { turnover[i].add(cell.turnover[i]) }
  }

  private mutating func add(_ result: CellResult, cell: Int) {
    ends.settled += result.ends.settled
    ends.refunded += result.ends.refunded
    ends.declined += result.ends.declined
    ends.voided += result.ends.voided
    ends.expired += result.ends.expired
    ends.inFlight += result.ends.inFlight
    for i in steps.indices { steps[i] += result.steps[i] }
    transfers += result.transfers
    merge("settlement_latency", result.settlementLatency)
    merge("execution_latency", result.executionLatency)
    reconciliation.add(result.reconciliation)
    exceptions += result.exceptions
    unsettledAccounts += result.unsettledAccounts.map { "cell \(cell): \($0)" }
  }

  private mutating func merge(_ name: String, _ histogram: LatencyHistogram) {
    latencies[name, default: LatencyHistogram()].merge(histogram)
  }

  /// Payments declined for `reason`.
  func count(_ reason: DeclineReason) -> Int { declines[Int(reason.rawValue)] }

  /// Payments that were captured.
  var captured: Int { steps[PaymentSteps.captured.rawValue.trailingZeroBitCount] }

  /// Requests answered with `answer`.
  func count(_ answer: CellMeasurements.Answer) -> Int { answers[answer.rawValue] }
}

extension CellMeasurements.Endpoint {
  fileprivate mutating func add(_ other: CellMeasurements.Endpoint) {
    calls += other.calls
    approved += other.approved
    declined += other.declined
    unavailable += other.unavailable
    late += other.late
    reversed += other.reversed
    breakerOpened += other.breakerOpened
    failovers += other.failovers
    latency.merge(other.latency)
  }
}

extension CellMeasurements.Turnover {
  fileprivate mutating func add(_ other: CellMeasurements.Turnover) {
    authorized += other.authorized
    captured += other.captured
    refunded += other.refunded
    fees += other.fees
    paidOut += other.paidOut
  }
}

extension ReconciliationCounts {
  fileprivate mutating func add(_ other: ReconciliationCounts) {
    files += other.files
    lines += other.lines
    matched += other.matched
    fuzzy += other.fuzzy
    statements += other.statements
    movements += other.movements
    movementsMatched += other.movementsMatched
    totalsCompared += other.totalsCompared
    totalsEqual += other.totalsEqual
    exceptions += other.exceptions
  }
}
