import Chance
import PaymentModel
import Plants
import Scenario
import VirtualTime

/// The authorisation workers of a cell. Each takes a record from the bus, looks up the token,
/// scores, routes, calls the acquirer, writes to the ledger, and only then lets the offset be
/// committed.
actor AuthorizationWorkers: IslandActor {
  nonisolated let island: Island
  private let shared: CellShared
  private let bus: Bus
  private let ledger: Ledger
  private let holds: Holds
  private let acquirers: [AcquirerEndpoint]
  private let settings: AuthorizationSettings
  private let routing: RoutingTable
  private let fraud: FraudScore
  private let retry: RetryPolicy
  private let vault: Latency
  private let scoring: Latency
  private let challenge: Challenge
  private let fetch: Int64
  private let deadline: Int64
  private let schemeRoute: [EndpointIndex]
  private var breakers: [CircuitBreaker]
  /// What has come out of the bus.
  private(set) var records: BusWatch
  private var random: RandomStream
  private var attempts: RandomStream
  /// What befalls the token vault and the fraud service; nil: nothing.
  private var vaultFaults: StationFaults?
  private var fraudFaults: StationFaults?

  init(
    shared: CellShared, bus: Bus, ledger: Ledger, holds: Holds,
    acquirers: [AcquirerEndpoint]
  ) {
    island = shared.island
    self.shared = shared
    self.bus = bus
    self.ledger = ledger
    self.holds = holds
    self.acquirers = acquirers
    settings = shared.settings.authorization
    routing = RoutingTable(shared.deployment, region: shared.plan.region)
    fraud = FraudScore(settings)
    retry = RetryPolicy(settings)
    vault = Latency(settings.tokenVaultLatency)
    scoring = Latency(settings.fraudLatency)
    challenge = Challenge(settings, random: shared.random("authorization", "challenge_share"))
    fetch = shared.settings.bus.fetchLatency.nanoseconds
    deadline = settings.deadline.nanoseconds
    schemeRoute = [shared.accountScheme]
    records = BusWatch(
      shared.settings.bus, partitions: Set(shared.plan.merchants.map(\.partition)).count,
      merchants: shared.plan.merchants.count)
    breakers = Array(repeating: CircuitBreaker(settings), count: acquirers.count)
    random = shared.random("authorization", "work")
    attempts = shared.random("authorization", "retries")
    let cell = FaultTargets.cell(shared.plan.index)
    vaultFaults = StationFaults(.tokenVault, cell, shared)
    fraudFaults = StationFaults(.fraudService, cell, shared)
  }

  func start() {
    bus.ready.staff(limit: settings.workers) { [unowned self] in
      self.assumeIsolated { workers in _ = Task { await workers.work() } }
    }
  }

  /// What a worker makes of a record.
  private enum Outcome {
    case approved(endpoint: EndpointIndex, reference: UInt32)
    case declined(DeclineReason)
    case challenged(byScore: Bool)
  }

  /// The life of a worker. One function on purpose: every call of an asynchronous function of an
  /// actor costs two switches, and this loop runs for every payment.
  private func work() async {
    while let record = await bus.ready.channel.receive() {
      await island.sleep(nanoseconds: take(record))
      shared.tell(record.payment, .scored)
      var outcome = assess(record)
      let route = self.route(of: record.payment)
      var attempt = 0
      while outcome == nil {
        if let (endpoint, permit) = choose(route, for: record.payment, attempt) {
          let began = island.now
          let answer = await acquirers[Int(endpoint)].authorize(
            call(for: record.payment),
            deadline: began + (planted(Plant.deadlineDoubled) ? 2 * deadline : deadline))
          shared.tell(record.payment, .attempted(endpoint, answer))
          outcome = note(answer, of: endpoint, permit, record.payment, began: began)
          if island.now - began > deadline {
            island.fail(.deadlineHonoured, "payment \(record.payment): \(island.now - began) ns")
          }
          if answer == nil, !(planted(Plant.reversalLeftOut) && attempt > 0) {
            await reverse(endpoint, record.payment)
          }
        } else {
          noteHeldBack(record.payment)
        }
        if outcome == nil {
          guard let wait = retry.wait(after: attempt, random: &attempts) else {
            outcome = .declined(.acquirersUnavailable)
            break
          }
          attempt += planted(Plant.attemptNotCounted) && attempt == 1 ? 0 : 1
          shared.measurements.retries += 1
          shared.tell(record.payment, .pauses(wait))
          await island.sleep(nanoseconds: wait)
          shared.tell(record.payment, .resumed)
        }
      }
      await ledger.durable()
      finish(record, outcome!)
      records.complete(record)
      bus.call(record) { $0.complete($1) }
    }
  }

  /// Takes a record in hand; returns how long the token look-up and the score take, one after the
  /// other: nothing reads the state in between, so one sleep serves for both.
  private func take(_ record: BusRecord) -> Int64 {
    island.note("authorization workers, payment", Int(record.payment))
    if let fault = records.take(record) {
      island.fail(
        fault == .order ? .busOrder : .busInFlight,
        "offset \(record.offset) of partition \(record.partition), payment \(record.payment)")
    }
    shared.measurements.busLatency.record(island.now.nanoseconds - record.published)
    shared.tell(record.payment, .taken(published: record.published))
    shared.move(record.payment, to: .authorizing)
    shared.store[record.payment].steps.insert(.consumed)
    if shared.store[record.payment].traits.contains(.challengePassed) { return fetch }
    let (lookUp, scored) = (vault.draw(&random), scoring.draw(&random))
    if vaultFaults == nil, fraudFaults == nil { return fetch + lookUp + scored }
    let known = fetch + met(&vaultFaults, record.payment, after: fetch, lookUp)
    return known + met(&fraudFaults, record.payment, after: known, scored)
  }

  /// How long a station takes that is asked so long from now, by the faults that it has then: one
  /// that is down answers once it is back.
  private func met(
    _ faults: inout StationFaults?, _ payment: PaymentID, after delay: Int64, _ time: Int64
  ) -> Int64 {
    let asked = (island.now + delay).nanoseconds
    var begins = asked
    while let (back, met) = faults?.back(from: begins) {
      shared.faults?.met(met, by: payment, at: nil, now: begins)
      begins = back
    }
    guard let (conditions, met) = faults?.meet(at: begins, isUp: true), !met.isEmpty else {
      return begins - asked + time
    }
    shared.faults?.met(met, by: payment, at: nil, now: begins)
    return begins - asked + Int64((Double(time) * conditions.latencyFactor).rounded())
  }

  /// What the score and the rule of strong authentication decide; nil where an acquirer is to be
  /// asked.
  private func assess(_ record: BusRecord) -> Outcome? {
    let payment = record.payment
    island.note("authorization workers, score of payment", Int(payment))
    if shared.store[payment].traits.contains(.challengePassed) { return nil }
    let band = score(payment)
    shared.tell(payment, .assessed(band))
    if band == .review { shared.store[payment].traits.insert(.underReview) }
    switch band {
    case .block: return .declined(.fraudScore)
    case .challenge: return .challenged(byScore: true)
    case .allow, .review:
      return challenge.isAsked(of: shared.store[payment]) ? .challenged(byScore: false) : nil
    }
  }

  private func score(_ payment: PaymentID) -> FraudScore.Band {
    let isFraud = shared.store[payment].traits.contains(.fraud)
    if shared.store[payment].steps.contains(.scored) {
      island.fail(.scoredOnce, "payment \(payment)")
    }
    let band = fraud.band(of: fraud.score(isFraud: isFraud, random: &random))
    shared.store[payment].steps.insert(.scored)
    shared.measurements.bands[band.rawValue][isFraud ? 1 : 0] += 1
    return band
  }

  // MARK: the acquirer

  private func route(of payment: PaymentID) -> [EndpointIndex] {
    let row = shared.store[payment]
    if row.traits.contains(.accountToAccount) { return schemeRoute }
    let merchant = shared.plan.merchants[Int(row.merchant)]
    let route = routing.route(
      risk: merchant.risk, currency: row.currency, override: merchant.acquirerOverride)
    shared.tell(
      payment, .routed(route, risk: merchant.risk, preferred: merchant.acquirerOverride))
    return route
  }

  /// The first acquirer of the route whose breaker lets a call through.
  private func choose(
    _ route: [EndpointIndex], for payment: PaymentID, _ attempt: Int
  ) -> (endpoint: EndpointIndex, permit: CircuitBreaker.Permit)? {
    island.note("authorization workers, acquirers to choose from", route.count)
    for (position, endpoint) in route.enumerated() {
      guard let permit = breakers[Int(endpoint)].permit(now: island.now.nanoseconds) else {
        checkHeldBack(endpoint)
        shared.faults?.heldBack(payment, from: endpoint, now: island.now.nanoseconds)
        shared.tell(payment, .heldBack(endpoint, breakers[Int(endpoint)].state))
        continue
      }
      if position > 0 { shared.measurements.endpoints[Int(endpoint)].failovers += 1 }
      shared.tell(payment, .asks(endpoint, position: position, attempt: attempt))
      return (endpoint, permit)
    }
    return nil
  }

  /// A breaker holds a call back: it must have a reason.
  private func checkHeldBack(_ endpoint: EndpointIndex) {
    let now = island.now.nanoseconds
    if acquirers[Int(endpoint)].call({ $0.breaker.violation(ofCallAt: now) }) == nil {
      let name = shared.deployment.endpoints[Int(endpoint)].name
      island.fail(.breakerLetsThrough, "\(name): closed to a call")
    }
  }

  /// No acquirer could be asked: an attempt all the same.
  private func noteHeldBack(_ payment: PaymentID) {
    if let fault = shared.attempts.began(payment, now: island.now.nanoseconds) {
      island.fail(.retriesWithinPolicy, fault)
    }
    shared.attempts.failed(payment, now: island.now.nanoseconds)
    shared.faults?.waits(payment)
  }

  /// Nothing of earlier attempts may stand when an acquirer is asked, or the outcome is final.
  private func checkNothingStands(_ payment: PaymentID) {
    guard !shared.attempts.isEmpty else { return }
    let unknown = shared.attempts.unknown(of: payment)
    guard !unknown.isEmpty else { return }
    defer { shared.attempts.isUndone(payment) }
    for endpoint in unknown
    where acquirers[Int(endpoint)].call({ $0.stands(payment) }) {
      island.fail(
        .oneAuthorization,
        "payment \(payment): an approval by \(shared.deployment.endpoints[Int(endpoint)].name) "
          + "that came too late stands")
    }
  }

  private func call(for payment: PaymentID) -> AuthorizationCall {
    checkNothingStands(payment)
    let row = shared.store[payment]
    shared.store[payment].steps.insert(.routed)
    return AuthorizationCall(
      payment: payment, amount: row.amount, currency: row.currency, issuer: row.issuer,
      merchant: row.merchant, isSale: !row.traits.contains(.delayedCapture))
  }

  /// What an acquirer's answer means; nil where another attempt may be made. No answer by the
  /// deadline is an unknown outcome.
  private func note(
    _ answer: AcquirerAnswer?, of endpoint: EndpointIndex, _ permit: CircuitBreaker.Permit,
    _ payment: PaymentID, began: VirtualInstant
  ) -> Outcome? {
    island.note("authorization workers, answer of endpoint", Int(endpoint))
    guard let answer else {
      noteFailure(endpoint, permit, payment)
      return nil
    }
    shared.measurements.acquirer(
      Int(endpoint), answeredAfter: island.now - began, at: island.now)
    switch answer {
    case .unavailable:
      noteFailure(endpoint, permit, payment)
      return nil
    case .approved(let reference):
      noteSuccess(endpoint, permit)
      return .approved(endpoint: endpoint, reference: reference)
    case .declined:
      noteSuccess(endpoint, permit)
      return .declined(.issuer)
    }
  }

  private func noteFailure(
    _ endpoint: EndpointIndex, _ permit: CircuitBreaker.Permit, _ payment: PaymentID
  ) {
    let place = Int(endpoint)
    breakers[place].failed(permit, now: island.now.nanoseconds)
    let before = shared.measurements.endpoints[place].breakerOpened
    shared.measurements.endpoints[place].breakerOpened = breakers[place].opened
    if breakers[place].opened > before {
      shared.faults?.opened(endpoint, by: payment, now: island.now.nanoseconds)
    }
  }

  private func noteSuccess(_ endpoint: EndpointIndex, _ permit: CircuitBreaker.Permit) {
    breakers[Int(endpoint)].succeeded(permit)
    if case .closed = breakers[Int(endpoint)].state {
      shared.faults?.closed(endpoint, now: island.now.nanoseconds)
    }
  }

  /// The outcome is unknown: the acquirer may have approved. It is told to undo whatever it did
  /// before anyone is asked again, so that at most one authorisation stands.
  private func reverse(_ endpoint: EndpointIndex, _ payment: PaymentID) async {
    island.note("authorization workers, reversal of payment", Int(payment))
    shared.move(payment, to: .unknown)
    shared.tell(payment, .reverses(endpoint))
    let told = planted(Plant.reversalGoesElsewhere) ? schemeRoute[0] : endpoint
    await acquirers[Int(told)].reverse(payment)
    shared.tell(payment, .reversed(endpoint))
    shared.attempts.reversed(payment, now: island.now.nanoseconds)
    shared.measurements.endpoints[Int(endpoint)].reversed += 1
    shared.move(payment, to: .authorizing)
  }

  // MARK: outcomes

  /// The outcome is durable: the payment's state and whatever follows from it.
  private func finish(_ record: BusRecord, _ outcome: Outcome) {
    let payment = record.payment
    island.note("authorization workers, outcome of payment", Int(payment))
    check(outcome, of: payment)
    switch outcome {
    case .approved(let endpoint, let reference):
      let answered = planted(Plant.approvalOfAnother) ? route(of: payment)[0] : endpoint
      shared.store[payment].endpoint = answered
      shared.store[payment].externalReference = reference
      shared.store[payment].steps.insert(.authorized)
      shared.tell(payment, .referenced(answered, reference))
      shared.tell(payment, .decided(.authorized, nil))
      ledger.call(payment) { $0.hold($1) }
      shared.move(payment, to: .authorized)
      holds.call(payment) { $0.authorized($1) }
    case .declined(let reason):
      shared.store[payment].traits.insert(.keyInDatabase)
      shared.tell(payment, .decided(.declined, reason))
      shared.move(payment, to: .declined)
      shared.measurements.declines[Int(reason.rawValue)] += 1
    case .challenged(let byScore):
      shared.faults?.handedOver(record.payment, now: island.now.nanoseconds)
      return beginChallenge(record, byScore: byScore)
    }
    var isApproved = false
    if case .approved = outcome { isApproved = true }
    noteForFaults(record, outcome)
    shared.measurements.decided(
      isApproved: isApproved, after: island.now.nanoseconds - record.sent, at: island.now)
  }

  private func noteForFaults(_ record: BusRecord, _ outcome: Outcome) {
    guard shared.faults != nil else { return }
    var end = FaultWatch.End.other
    switch outcome {
    case .declined(.acquirersUnavailable): end = .unavailable
    case .declined(.issuer): end = .refused
    default: break
    }
    let now = island.now.nanoseconds
    shared.faults!.decided(record.payment, end, after: now - record.sent, now: now)
  }

  /// The outcome must be what acquirers have answered.
  private func check(_ outcome: Outcome, of payment: PaymentID) {
    var isApproval = false
    var exhausted = false
    switch outcome {
    case .approved: isApproval = true
    case .declined(let reason): exhausted = reason == .acquirersUnavailable
    case .challenged: break
    }
    if shared.store[payment].traits.contains(.approved) != isApproval {
      island.fail(.asAnswered, "payment \(payment): \(outcome)")
    }
    checkNothingStands(payment)
    if let fault = shared.attempts.decided(payment, exhausted: exhausted) {
      island.fail(.retriesWithinPolicy, fault)
    }
  }

  /// Hands the payment to the cardholder. The worker goes on with other records; what the
  /// cardholder does comes back over the bus.
  private func beginChallenge(_ record: BusRecord, byScore: Bool) {
    shared.tell(record.payment, .asksCardholder(byScore: byScore))
    shared.tell(record.payment, .decided(.challenged, nil))
    shared.move(record.payment, to: .challenged)
    let asked = island.now
    let answer =
      byScore ? challenge.draw(&random) : challenge.answer(of: shared.store[record.payment])
    shared.measurements.challengeLatency.record(answer.time)
    island.schedule(at: asked + answer.time) { [self] in
      self.assumeIsolated { $0.endChallenge(record, asked: asked, abandons: answer.abandons) }
    }
  }

  private func endChallenge(_ record: BusRecord, asked: VirtualInstant, abandons: Bool) {
    island.note("authorization workers, challenge of payment", Int(record.payment))
    shared.tell(record.payment, .challenged(isAbandoned: abandons))
    // The clock of the authorisation stands still while the cardholder thinks.
    var record = record
    record.sent += island.now - asked
    guard !abandons else {
      Task { [record] in await self.abandon(record) }
      return
    }
    shared.store[record.payment].traits.insert(.challengePassed)
    bus.call(record) { $0.append($1.payment, sent: $1.sent) }
  }

  private func abandon(_ record: BusRecord) async {
    await ledger.durable()
    finish(record, .declined(.challengeAbandoned))
  }
}
