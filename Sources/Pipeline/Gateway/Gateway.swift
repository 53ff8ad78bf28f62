import Chance
import PaymentModel
import Plants
import Scenario
import VirtualTime

/// The front door of a cell: validates, limits rates, recognises repeated keys, puts new payments
/// on the bus and answers when the record is durable there.
actor Gateway: IslandActor {
  nonisolated let island: Island
  private let shared: CellShared
  private let bus: Bus
  private let requests: Channel<PaymentRequest>
  private let settings: GatewaySettings
  private let serviceTime: Latency
  private let fastStore: Latency
  private let database: Latency
  private let publish: Latency
  private let maximumAmounts: [Int64]
  private let queueLimit: Int64
  private let mode: IdempotencySettings.Mode
  private let tokenRate: TokenRate
  private let tokenBurst: Int
  private var servers: FIFOServers
  private var keys: IdempotencyStore
  private var buckets: [TokenBucket]
  /// The rate limits once more, as they are to be kept.
  private var meters: [RateMeter]
  private let census: KeyCensus
  private let clientRetries: Int
  private var random: RandomStream
  /// Set by the cell after both exist.
  private var merchants: Merchants?
  private var holds: Holds?

  init(shared: CellShared, bus: Bus, expectedPayments: Int) {
    let all = shared.settings
    island = shared.island
    self.shared = shared
    self.bus = bus
    settings = all.gateway
    requests = Channel(shared.island, lastInFirstOut: true)
    serviceTime = Latency(settings.serviceTime)
    fastStore = Latency(all.idempotency.fastStoreLatency)
    database = Latency(all.idempotency.databaseLatency)
    publish = Latency(slowestOf: all.bus.replicas, all.bus.publishLatency)
    queueLimit = settings.queueLimit.nanoseconds
    mode = all.idempotency.mode
    tokenRate = all.merchants.tokenRate
    tokenBurst = all.merchants.rateLimitBurst
    maximumAmounts = shared.deployment.currencies.map {
      shared.deployment.fx.convert(all.gateway.maximumAmount, to: $0).amount.minorUnits
    }
    servers = FIFOServers(count: settings.instances * settings.concurrency)
    keys = IdempotencyStore(all.idempotency, expectedKeys: expectedPayments)
    buckets = Array(
      repeating: TokenBucket(burst: all.merchants.rateLimitBurst, all.merchants.tokenRate),
      count: shared.plan.merchants.count)
    meters = Array(repeating: RateMeter(), count: shared.plan.merchants.count)
    census = KeyCensus(all.idempotency)
    clientRetries = all.workload.client.retries
    random = shared.random("gateway", "latency")
  }

  func connect(merchants: Merchants, holds: Holds) {
    self.merchants = merchants
    self.holds = holds
  }

  /// A request reaches the gateway now.
  func accept(_ request: PaymentRequest) {
    island.note("gateway, merchant", Int(request.merchant))
    keys.prefetch(request.fingerprint)
    shared.repeats.arrived(request)
    if !requests.hasIdleReceiver { Task { await self.serve() } }
    requests.trySend(request)
  }

  /// A merchant takes a payment back, or a part of it.
  func cancel(fingerprint: KeyFingerprint, amount: Int64) {
    island.note("gateway, cancellation of key", Int(truncatingIfNeeded: fingerprint.rawValue))
    guard let payment = keys.payment(fingerprint, in: shared.store) else {
      shared.measurements.unmatchedCancellations += 1
      return
    }
    shared.askedBack.ask(amount, of: payment)
    shared.tell(payment, .askedBack(amount))
    holds!.call { $0.cancel(payment, amount: amount) }
  }

  /// Whether a payment of this key has been accepted.
  func knows(_ fingerprint: KeyFingerprint) -> Bool {
    keys.payment(fingerprint, in: shared.store) != nil
  }

  /// Payments that are accepted and on their way to the bus.
  private(set) var publishing = 0

  /// Tasks that wait for a request.
  var idleTasks: Int { requests.idleReceivers }

  /// Lets the waiting tasks end, and lets go of those who hold the gateway themselves, or none of
  /// them would ever be given back.
  func close() {
    requests.close()
    merchants = nil
    holds = nil
  }

  private func serve() async {
    while let request = await requests.receive() {
      let arrival = island.now.nanoseconds
      switch decide(request) {
      case .refuse(let answer, let cause, let delay):
        shared.measurements.intake.add(at: arrival, isAccepted: false, after: delay)
        await island.sleep(nanoseconds: delay)
        refuse(
          request, planted(Plant.refusedAnsweredAccepted) ? .accepted : answer, cause, after: delay)
      case .publish(let payment, let delay):
        shared.measurements.intake.add(at: arrival, isAccepted: true, after: delay)
        publishing += 1
        await island.sleep(nanoseconds: delay)
        publishing -= 1
        if !planted(Plant.acceptedNotPublished) || payment.rawValue % 97 != 3 {
          bus.call((payment, request.sent)) { $0.append($1.0, sent: $1.1) }
          if planted(Plant.publishedTwice), payment.rawValue % 41 == 3 {
            bus.call((payment, request.sent)) { $0.append($1.0, sent: $1.1) }
          }
        }
        answer(request, .accepted, .none, after: delay)
        shared.measurements.count(.accepted, at: island.now)
      }
    }
  }

  private enum Decision {
    case refuse(CellMeasurements.Answer, RequestStep.Cause, delay: Int64)
    case publish(PaymentID, delay: Int64)
  }

  /// Decides in the order of arrival; what it costs in time is slept off afterwards, in one go.
  private func decide(_ request: PaymentRequest) -> Decision {
    let now = island.now
    guard servers.wait(at: now) <= queueLimit else {
      return .refuse(.unavailable, .queue, delay: 0)
    }
    let (begin, served) = servers.serve(at: now, service: serviceTime.draw(&random))
    if begin - now > queueLimit || Int(request.attempt) > clientRetries {
      island.fail(
        begin - now > queueLimit ? .gatewayQueue : .clientRetries,
        "request \(request.fingerprint), attempt \(request.attempt), waits \(begin - now) ns")
    }
    let delay = served - now
    guard request.currency != PaymentRequest.unknownCurrency, request.amount > 0,
      request.amount <= maximumAmounts[Int(request.currency)]
    else { return .refuse(.malformed, .body, delay: delay) }
    guard takeToken(of: request.merchant) else {
      return .refuse(.rateLimited, .rate, delay: delay)
    }
    let second = UInt32(now.nanoseconds / 1_000_000_000)
    let claim = keys.find(
      request.fingerprint, bodyHash: request.bodyHash, nowSecond: second, in: shared.store)
    let lookUp = lookUpTime(claim)
    shared.measurements.idempotencyLatency.record(lookUp)
    shared.measurements.checks.keys += 1
    check(claim, of: request, second)
    switch claim {
    case .inFlight: return .refuse(.inFlight, .key, delay: delay + lookUp)
    case .same where planted(Plant.repeatTakenForNew):
      return .publish(create(request, second), delay: delay + lookUp)
    case .same: return .refuse(.replayed, .key, delay: delay + lookUp)
    case .otherBody: return .refuse(.otherBody, .key, delay: delay + lookUp)
    case .new:
      guard bus.call(request.merchant, { $0.hasRoom(merchant: $1) }) else {
        return .refuse(.unavailable, .partition, delay: delay + lookUp)
      }
      let payment = create(request, second)
      let publication = publish.draw(&random)
      if let traces = shared.traces, traces.samples(request.fingerprint) {
        shared.store[payment].traits.insert(.traced)
      }
      shared.tell(
        payment,
        .accepted(
          request,
          PaymentTraces.Intake(
            arrived: now.nanoseconds, served: delay, lookUp: lookUp, publication: publication)))
      return .publish(payment, delay: delay + lookUp + publication)
    }
  }

  private func create(_ request: PaymentRequest, _ second: UInt32) -> PaymentID {
    if bus.call(request.merchant, { $0.isFull(merchant: $1) }) {
      island.fail(.busLag, "request \(request.fingerprint) of merchant \(request.merchant)")
    }
    let payment = shared.add(PaymentRow(request, createdSecond: second))
    shared.takeUp(request.fingerprint)
    let forgotten = keys.claim(
      request.fingerprint, for: payment, nowSecond: second, in: shared.store)
    if forgotten != nil { shared.measurements.doubleEffects += 1 }
    shared.measurements.merchantPayments[Int(request.merchant)] += 1
    return payment
  }

  /// What the answer to a known key must be, by the payment that has it.
  private func check(
    _ claim: IdempotencyStore.Claim, of request: PaymentRequest, _ second: UInt32
  ) {
    let (payment, isSameBody, isOpen): (PaymentID, Bool, Bool?)
    switch claim {
    case .new: return
    case .same(let known): (payment, isSameBody, isOpen) = (known, true, false)
    case .inFlight(let known): (payment, isSameBody, isOpen) = (known, true, true)
    case .otherBody(let known): (payment, isSameBody, isOpen) = (known, false, nil)
    }
    let row = shared.store[payment]
    let saysSame =
      row.amount == request.amount && row.merchant == request.merchant
      && row.currency == request.currency
    if row.fingerprint != request.fingerprint || saysSame != isSameBody
      || isOpen.map({ $0 != row.state.isUndecided }) == true
    {
      island.fail(
        .sameResponse, "\(claim) for payment \(payment), \(row.state), same body: \(saysSame)")
    }
    if census.isForgotten(
      payment, now: Int64(second), newest: PaymentID(shared.store.count + 1), shared.store)
    {
      island.fail(.expiredIsExpired, "\(claim): payment \(payment) of \(row.createdSecond) s")
    }
  }

  private func takeToken(of merchant: CellMerchant) -> Bool {
    let now = island.now.nanoseconds
    let taken =
      planted(Plant.tokenNotTaken)
      || buckets[Int(merchant)].take(now: now, tokenRate, burst: tokenBurst)
    let conforms = meters[Int(merchant)].conforms(now: now, tokenRate, burst: tokenBurst)
    if taken != conforms {
      island.fail(.rateLimit, "merchant \(merchant): let through \(taken), within \(conforms)")
    }
    return taken
  }

  /// A key that the fast store does not hold costs a look into the database, unless there is none.
  private func lookUpTime(_ claim: IdempotencyStore.Claim) -> Int64 {
    switch mode {
    case .fastStore: return fastStore.draw(&random)
    case .database: return database.draw(&random)
    case .hybrid:
      let first = fastStore.draw(&random)
      switch claim {
      case .new: return first
      case .inFlight(let payment), .same(let payment), .otherBody(let payment):
        return keys.isInFastStore(payment) ? first : first + database.draw(&random)
      }
    }
  }

  private func refuse(
    _ request: PaymentRequest, _ answer: CellMeasurements.Answer, _ cause: RequestStep.Cause,
    after delay: Int64
  ) {
    self.answer(request, answer, cause, after: delay)
    if answer == .rateLimited || answer == .unavailable {
      shared.repeats.refused(request, retries: clientRetries)
      merchants!.call { $0.refused(request) }
    }
  }

  private func answer(
    _ request: PaymentRequest, _ answer: CellMeasurements.Answer, _ cause: RequestStep.Cause,
    after delay: Int64
  ) {
    shared.tell(request, .answered(answer, cause, after: delay))
    island.note("gateway, answer to merchant", Int(request.merchant))
    shared.measurements.answered(answer, after: delay, at: island.now)
    island.digest.add(answer, to: request, at: island.now.nanoseconds)
  }
}
